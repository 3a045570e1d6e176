import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { inFolder } from '../../test/run.ts'
import type { Problem } from '../problem.ts'
import { problemLine } from '../problem-text.ts'
import { isDirectory, isPath, profileFiles, readDirectory, readText } from './files.ts'

const scratch = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let count = 0

/** A new folder with these files; a name that ends in `/` is a folder. */
function folderOf(files: { readonly [name: string]: string | Uint8Array }): string {
  const folder = join(scratch, String(count++))
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(path, content)
  }
  return folder
}

const operator = (name: string, spec = '{}') =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: ${name}\nspec: ${spec}\n`

function collect() {
  const problems: Problem[] = []
  return { report: (problem: Problem) => void problems.push(problem), lines: () => problems.map(problemLine) }
}

describe('a text', () => {
  const folder = folderOf({
    'plain.yaml': 'a: ü\n',
    'marked.yaml': '\ufeffa: 1\n',
    'empty.yaml': '',
    'utf16.yaml': Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x3a, 0x00),
    'latin1.yaml': Uint8Array.of(0x61, 0x3a, 0x20, 0xfc),
    'folder/': '',
  })
  symlinkSync('nowhere', join(folder, 'dangling'))
  symlinkSync('circle', join(folder, 'circle'))

  test.each<[string, string | undefined, string[]]>([
    ['plain.yaml', 'a: ü\n', []],
    ['marked.yaml', 'a: 1\n', []],
    ['empty.yaml', '', []],
    ['utf16.yaml', 'a:', []],
    ['latin1.yaml', undefined, ['latin1.yaml:1:4: error: the text must be valid UTF-8 [invalid-text]']],
    [
      'absent.yaml',
      undefined,
      [
        'absent.yaml:1:1: error: "absent.yaml" must be a file that can be read; there is none; check the path; it is relative to the working directory. [file-not-read]',
      ],
    ],
    [
      'dangling',
      undefined,
      [
        'dangling:1:1: error: "dangling" must be a file that can be read; there is none; check the path; it is relative to the working directory. [file-not-read]',
      ],
    ],
    [
      'folder',
      undefined,
      [
        'folder:1:1: error: "folder" must be a file that can be read; it is a directory; name it without `-f`: every IstioOperator in it is a control plane then. [file-not-read]',
      ],
    ],
    [
      'circle',
      undefined,
      [
        'circle:1:1: error: "circle" must be a file that can be read; reading it failed (ELOOP); check the path and who may read it. [file-not-read]',
      ],
    ],
    [
      'plain.yaml/x',
      undefined,
      [
        'plain.yaml/x:1:1: error: "plain.yaml/x" must be a file that can be read; reading it failed (ENOTDIR); check the path and who may read it. [file-not-read]',
      ],
    ],
    [
      'a\0b',
      undefined,
      [
        'a\\u0000b:1:1: error: "a\\u0000b" must be a file that can be read; reading it failed (ERR_INVALID_ARG_VALUE); check the path and who may read it. [file-not-read]',
      ],
    ],
    [
      'x'.repeat(5000),
      undefined,
      [
        `${'x'.repeat(5000)}:1:1: error: "${'x'.repeat(5000)}" must be a file that can be read; reading it failed (ENAMETOOLONG); check the path and who may read it. [file-not-read]`,
      ],
    ],
  ])('of %s', (file, text, told) => {
    const { report, lines } = collect()
    expect(inFolder(folder, () => readText(file, report))).toBe(text)
    expect(lines()).toEqual(told)
  })

  test('that somebody asked for is missed where it was asked for', () => {
    const { report, lines } = collect()
    readText(join(folder, 'absent'), report, { file: '--filename', line: 2, col: 1 })
    expect(lines()[0]).toMatch(/^--filename:2:1: error/)
  })
})

test.each<[string, boolean]>([
  ['folder', true],
  ['folder/', true],
  ['file', false],
  ['file/below', false],
  ['absent', false],
  ['', false],
  ['to-folder', true],
  ['to-file', false],
  ['dangling', false],
  ['circle', false],
  ['a\0b', false],
  ['x'.repeat(5000), false],
])('whether %j is a folder: %s', (path, expected) => {
  const folder = folderOf({ 'folder/': '', file: '' })
  for (const [name, target] of Object.entries({
    'to-folder': 'folder',
    'to-file': 'file',
    dangling: 'x',
    circle: 'circle',
  }))
    symlinkSync(target, join(folder, name))
  expect(inFolder(folder, () => isDirectory(path))).toBe(expected)
})

describe('a folder', () => {
  const names = (folder: string) => {
    const { report, lines } = collect()
    const found = inFolder(folder, () => readDirectory('.', report))
    return {
      found: found.map(({ file, value }) => `${file} ${(value as { metadata: { name: string } }).metadata.name}`),
      told: lines(),
    }
  }

  test('holds the IstioOperators of its own YAML and JSON files, by file name', () => {
    const folder = folderOf({
      'c.yaml': operator('c'),
      'B.yml': `${operator('b1')}---\n${operator('b2')}`,
      'a.json': JSON.stringify({ apiVersion: 'install.istio.io/v1', kind: 'IstioOperator', metadata: { name: 'a' } }),
      'other.yaml': 'kind: ConfigMap\ndata: {x: IstioOperator}\n',
      'notes.txt': operator('notes'),
      '.hidden.yaml': operator('hidden'),
      'deeper/d.yaml': operator('d'),
      'folder.yaml/e.yaml': operator('e'),
    })
    symlinkSync('deeper', join(folder, 'link.yaml'))
    symlinkSync('deeper/d.yaml', join(folder, 'z.yaml'))
    expect(names(folder)).toEqual({ found: ['B.yml b1', 'B.yml b2', 'a.json a', 'c.yaml c', 'z.yaml d'], told: [] })
  })

  test('holds none when it is empty', () => {
    expect(names(folderOf({ 'x/': '' }))).toEqual({ found: [], told: [] })
  })

  test('is read as far as it can be', () => {
    const folder = folderOf({
      'a.yaml': operator('a'),
      'b.yaml': 'kind: IstioOperator\na: [',
      'c.yaml': Uint8Array.of(0xff),
    })
    symlinkSync('nowhere', join(folder, 'd.yaml'))
    const { found, told } = names(folder)
    expect(found).toEqual(['a.yaml a'])
    expect(told.map((line) => line.replace(/:.*\[/, ' ['))).toEqual([
      'b.yaml [yaml-syntax]',
      'c.yaml [invalid-text]',
      'd.yaml [file-not-read]',
    ])
  })

  test('that is none is told', () => {
    const { report, lines } = collect()
    expect(readDirectory(join(scratch, 'absent'), report)).toEqual([])
    expect(lines()[0]).toMatch(/must be a file that can be read; there is none.*\[file-not-read\]$/)
  })
})

describe('a profile', () => {
  const folder = folderOf({
    'mesh/cp.yaml': operator('cp', '{profile: x}'),
    'mesh/beside.yaml': operator('beside'),
    'mesh/beside.json': JSON.stringify({
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      metadata: { name: 'json' },
    }),
    'mesh/deep/down.yaml': operator('down'),
    'above.yaml': operator('above'),
    'mesh/empty.yaml': '# nothing\n',
    'mesh/broken.yaml': 'a: [\n',
    'mesh/other.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
    'mesh/two.yaml': `${operator('one')}---\n${operator('two')}`,
    'mesh/folder.yaml/': '',
  })
  const outside = folderOf({ 'secret.yaml': operator('secret') })
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'mesh/out.yaml'))
  symlinkSync('beside.yaml', join(folder, 'mesh/in.yaml'))

  const find = (name: string, cwd = folder, file = 'mesh/cp.yaml') =>
    inFolder(cwd, () => {
      const { report, lines } = collect()
      const [from] = readDirectory(dirname(file), () => {}).filter((document) => document.file.endsWith('cp.yaml'))
      const named = readDirectory(dirname(file), () => {}).filter((document) => document.file.endsWith('beside.yaml'))
      const place = () => ({ file: 'cp.yaml', line: 5, col: 17 })
      const found = profileFiles(named, report).find(name, from, place)
      const value = typeof found === 'object' ? (found.value as { metadata?: { name: string } }) : undefined
      return { found: value ? (value.metadata?.name ?? 'nameless') : found, told: lines() }
    })

  test.each<[string, string | undefined]>([
    ['beside', 'beside'],
    ['nobody', undefined],
    ['./beside.yaml', 'beside'],
    ['beside.yaml', 'beside'],
    ['beside.json', 'json'],
    ['deep/down.yaml', 'down'],
    ['./deep/../beside.yaml', 'beside'],
    ['../above.yaml', 'above'],
    ['./in.yaml', 'beside'],
    ['./absent.yaml', undefined],
    ['./folder.yaml', undefined],
    ['./deep', undefined],
    ['./a\0b.yaml', undefined],
  ])('%j is %s', (name, expected) => {
    expect(find(name)).toEqual({ found: expected, told: [] })
  })

  test.each<[string, string]>([
    ['../../secret.yaml', 'cp.yaml:5:17: error: `spec.profile` must stay below'],
    ['/etc/hosts/x.yaml', 'cp.yaml:5:17: error: `spec.profile` must stay below'],
    ['./out.yaml', 'cp.yaml:5:17: error: `spec.profile` must stay below'],
    [
      './empty.yaml',
      'cp.yaml:5:17: error: the profile must be an IstioOperator; "mesh/empty.yaml" is empty [no-operator]',
    ],
    ['./broken.yaml', 'mesh/broken.yaml:1:4: error: a brace or bracket must be closed [yaml-syntax]'],
  ])('%j is refused, and that is told once', (name, line) => {
    const { found, told } = find(name)
    expect(found).toBe('refused')
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(line)
  })

  test.each<[string, string]>([
    ['./other.yaml', 'mesh/other.yaml:2:7: error: the input must be an IstioOperator'],
    ['./two.yaml', 'mesh/two.yaml:7:1: error: a file given as one input must hold one IstioOperator'],
  ])('%j is a mistake in that file', (name, line) => {
    expect(find(name).told[0]).toContain(line)
  })

  test('may stand in the folder of a file outside of the working directory', () => {
    const elsewhere = folderOf({ 'x/': '' })
    const { found, told } = find('./beside.yaml', elsewhere, join(folder, 'mesh/cp.yaml'))
    expect({ found, told }).toEqual({ found: 'beside', told: [] })
    expect(find('../above.yaml', elsewhere, join(folder, 'mesh/cp.yaml')).found).toBe('refused')
  })
})

test.each<[string, boolean]>([
  ['company', false],
  ['company.v2', false],
  ['company.yaml', true],
  ['company.yml', true],
  ['company.json', true],
  ['./company', true],
  ['a/b', true],
])('whether %s is a path: %s', (name, expected) => {
  expect(isPath(name)).toBe(expected)
})
