import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { chart } from '../src/commands/chart.ts'
import { chartFlags } from '../src/commands/chart-flags.ts'
import { diff } from '../src/commands/diff.ts'
import { discover } from '../src/commands/discover.ts'
import { generate, generateFlags } from '../src/commands/generate.ts'
import { help } from '../src/commands/help.ts'
import { init } from '../src/commands/init.ts'
import { meshFlags } from '../src/commands/input.ts'
import type { Outcome } from '../src/commands/outcome.ts'
import { parameters } from '../src/commands/parameters.ts'
import { schema } from '../src/commands/schema.ts'
import { validate, validateFlags } from '../src/commands/validate.ts'
import { version } from '../src/commands/version.ts'
import { phases, waveOf } from '../src/engines/phases.ts'
import { changes } from '../src/gitops/index.ts'
import { runFunction } from '../src/hosts/krm.ts'
import { isMap, type KubeObject } from '../src/k8s/object.ts'
import { byImportance, problemLine } from '../src/problem-text.ts'
import { defaultSettings, engineNames, readSettings } from '../src/settings.ts'
import { writeYaml } from '../src/yaml/write.ts'

/**
 * The examples of the documents are what the program does. A fenced block that shows output says how it is made:
 *
 * - `console`: lines that begin with `$ render-istio` are run, what follows is what they print, long lines folded;
 * - `<!-- file: NAME -->` above a block: a file of the repository, or a new one that later examples of the page use;
 * - `<!-- object: ARGUMENTS | KIND NAME /pointer … | … -->`: parts of objects that `generate` renders;
 * - `sh`: lines that begin with `render-istio` must succeed.
 *
 * A page is compared as a whole with itself made anew, so that `vitest -u` brings stale examples up to date.
 */
const pages = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...['docs', 'docs/hosts'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
]

const root = process.cwd()
const scratch = mkdtempSync(join(tmpdir(), 'docs-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** A folder for the files of one page, in which the repository's fixtures are to be found. */
function folderFor(page: string): string {
  const folder = join(scratch, page.replaceAll('/', '-'))
  mkdirSync(folder)
  symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'))
  return folder
}

const terminal = { hasColour: () => false, environment: {} }

const commands: { readonly [name: string]: (argv: readonly string[]) => Outcome } = {
  generate: (argv) => generate(argv, terminal),
  diff,
  validate: (argv) => validate(argv, terminal),
  chart,
  schema,
  version,
  help,
  discover,
  parameters,
  init,
}

/** A command line such as `render-istio generate -f in.yaml > out.yaml`, run in a folder. */
function run(command: string, folder: string): Outcome & { readonly printed: string } {
  const [, line = '', input, output] = /^render-istio(.*?)(?: < (\S+))?(?: > (\S+))?$/.exec(command) ?? []
  const argv = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'|'$/g, ''))
  process.chdir(folder)
  try {
    const [name = '', ...rest] = argv
    if (!input) expect(Object.keys(commands), command).toContain(name)
    const outcome = input ? runFunction(readFileSync(input)) : (commands[name]?.(rest) as Outcome)
    const told = byImportance(outcome.problems).map((problem) => folded(problemLine(problem)))
    if (output) writeFileSync(output, outcome.stdout)
    return { ...outcome, printed: told.join('') + (output ? '' : outcome.stdout) }
  } finally {
    process.chdir(root)
  }
}

/** A line as a page shows it, where it can't be wider than the column. */
function folded(line: string): string {
  const lines = ['']
  for (const word of line.split(' ')) {
    const last = lines.length - 1
    if (`${lines[last]} ${word}`.length < 96) lines[last] += `${lines[last] === '' ? '' : ' '}${word}`
    else lines.push(`    ${word}`)
  }
  return `${lines.join('\n')}\n`
}

/** The objects that `generate` renders with these arguments. */
function objects(args: string, folder: string): KubeObject[] {
  const { stdout, exitCode, printed } = run(`render-istio generate ${args} -o json`, folder)
  expect(exitCode, printed).toBe(0)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What a `console` block shows when its commands are run again. */
function consoleText(block: string, folder: string): string {
  let exitCode = 0
  const commands = block.split('\n').filter((line) => line.startsWith('$ '))
  const shown = commands.map((line) => {
    if (line === '$ echo $?') return `${line}\n${exitCode}\n`
    const { printed, exitCode: code } = run(line.slice(2), folder)
    exitCode = code
    return `${line}\n${printed}`
  })
  return shown.join('').trimEnd()
}

/** `-f x.yaml | Deployment istiod /spec/replicas | ?Service istiod`: with `?` it may be missing, and so may its fields. */
function objectText(marker: string, folder: string): string {
  const [args = '', ...wanted] = marker.split(' | ')
  const all = objects(args, folder)
  const parts = wanted.map((one) => {
    const [name = '', ...pointers] = one.trim().split(/ (?=\/)/)
    const may = name.startsWith('?')
    const found = all.find(({ kind, metadata }) => `${kind} ${metadata.name}` === name.replace('?', ''))
    if (!found && may) return `# There is no ${name.slice(1)}.\n`
    const paths = ['/kind', '/metadata/name', ...pointers].map(steps)
    for (const path of paths) expect(may || at(found, path) !== undefined, `${name}: ${path.join('/')}`).toBe(true)
    return writeYaml(only(found, paths))
  })
  return parts.join('---\n')
}

/** The steps of a JSON pointer. */
function steps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/'))
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, step) => (here as { [key: string]: unknown } | undefined)?.[step], value)
}

/** The value with those of its members that lie on one of the paths. */
function only(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (paths.some((path) => path.length === 0)) return value
  const below = (key: string) => paths.filter(([first]) => first === key).map((path) => path.slice(1))
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => (below(String(index)).length > 0 ? [only(item, below(String(index)))] : []))
  }
  if (!isMap(value)) return value
  const members = Object.entries(value).filter(([key]) => below(key).length > 0)
  return Object.fromEntries(members.map(([key, member]) => [key, only(member, below(key))]))
}

interface Block {
  /** The comment above the block, without its brackets. */
  readonly marker: string
  readonly language: string
  readonly text: string
}

/** The text of a page with each fenced block as `change` makes it. */
function eachBlock(page: string, change: (block: Block) => string): string {
  const fence = /(?:^<!-- (.*) -->\n\n?)?^```(\w*)\n([\s\S]*?)^```$/gm
  return page.replace(fence, (all, marker = '', language = '', text = '') => {
    const before = all.slice(0, all.indexOf('```'))
    return `${before}\`\`\`${language}\n${change({ marker, language, text }).trimEnd()}\n\`\`\``
  })
}

function fresh({ marker, language, text }: Block, folder: string): string {
  const [, how = '', what = ''] = /^(file|object): (.*)$/.exec(marker) ?? []
  if (how === 'object') return objectText(what, folder)
  if (how === 'file' && existsSync(what)) return readFileSync(what, 'utf8')
  if (how === 'file') {
    mkdirSync(dirname(join(folder, what)), { recursive: true })
    writeFileSync(join(folder, what), text)
  }
  if (language === 'console') return consoleText(text, folder)
  if (language === 'sh') {
    for (const line of text.split('\n').filter((one) => one.startsWith('render-istio '))) {
      expect(run(line, folder).exitCode, line).toBe(0)
    }
  }
  return text
}

test.each(pages)('the examples of %s are what the program does', async (page) => {
  const folder = folderFor(page)
  const again = eachBlock(readFileSync(page, 'utf8'), (block) => fresh(block, folder))
  await expect(again).toMatchFileSnapshot(join('..', page))
})

/** The anchors that GitHub gives a page's headings. */
function anchors(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
  const dead = links.filter(([, file = '', anchor]) => {
    const target = file === '' ? page : normalize(join(dirname(page), file))
    return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor))
  })
  expect(dead.map(([link]) => link)).toEqual([])
})

test.each(pages)('%s names only files that are there', (page) => {
  const named = [...readFileSync(page, 'utf8').matchAll(/`((?:src|test|fixtures|docs|scripts|bench|\.ci)\/[\w./-]*)`/g)]
  const gone = named.map(([, file = '']) => file).filter((file) => !existsSync(resolve(file)))
  expect(gone).toEqual([])
})

describe('README.md', () => {
  const text = readFileSync('README.md', 'utf8')

  test('has one block of two lines to start with, each from a fresh checkout', () => {
    const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
    const starts = blocks.filter((block) => block.includes('npm ci'))
    expect(starts).toHaveLength(1)
    const lines = starts[0]?.trim().split('\n') ?? []
    expect(lines).toHaveLength(2)
    expect(lines.every((line) => line.startsWith('npm ci && '))).toBe(true)
    expect(lines[1]).toBe('npm ci && npm test')
    const [, args = ''] = /npm run --silent render -- (.*)$/.exec(lines[0] ?? '') ?? []
    expect(objects(args, '.').length).toBeGreaterThan(30)
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(scripts.render).toMatch(/ generate$/)
  })

  test('tells the story of every fixture, with a command that works', () => {
    for (const story of readdirSync('fixtures')) expect(text).toContain(`fixtures/${story}\``)
    const commands = [...text.matchAll(/`(render-istio generate fixtures[^`]*)`/g)].map(([, command = '']) => command)
    expect(commands.length).toBeGreaterThan(5)
    for (const command of commands) expect(run(command, '.').exitCode, command).toBe(0)
  })

  test('numbers the waves as they are numbered', () => {
    for (const phase of phases) expect(text).toContain(`| ${waveOf(phase, { start: -5, step: 1 })} | ${phase} |`)
  })
})

/** The part of a page below a heading, up to the next one of that level. */
function section(page: string, heading: string): string {
  const [, after = ''] = readFileSync(page, 'utf8').split(`${heading}\n`)
  return after.split(/^## /m)[0] ?? ''
}

test.each(changes.map(({ name }) => name))('docs/gitops-changes.md shows `%s` before and after', (name) => {
  const before: string[] = []
  const after: string[] = []
  eachBlock(section('docs/gitops-changes.md', `## \`${name}\``), ({ marker, text }) => {
    if (marker.startsWith('object: ')) (marker.includes(` --keep ${name} `) ? before : after).push(text)
    return text
  })
  expect(before.length).toBeGreaterThan(0)
  expect(after.length).toBe(before.length)
  before.forEach((text, index) => {
    expect(text).not.toBe(after[index])
  })
})

test('docs/gitops-changes.md has a section for what each engine adds', () => {
  for (const engine of engineNames.filter((name) => name !== 'none')) {
    expect(section('docs/gitops-changes.md', `## Engine \`${engine}\``)).not.toBe('')
  }
})

/** What stands in back-quotes at the start of a table's rows. */
const rows = (page: string) => [...readFileSync(page, 'utf8').matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)

test('docs/settings.md has every setting and every flag, and no others', () => {
  let known = ''
  readSettings(
    { '?????????????': 1 },
    defaultSettings,
    () => undefined,
    ({ hint = '' }) => (known = hint),
  )
  const settings = /known are (.*)\.$/.exec(known)?.[1]?.split(', ') ?? []
  expect(settings.length).toBeGreaterThan(5)
  const flags = Object.keys({ ...meshFlags, ...generateFlags, ...validateFlags }).map((name) => `--${name}`)
  expect(flags.length).toBeGreaterThan(10)
  const documented = rows('docs/settings.md').map((name) => name.split(/[ .]/)[0])
  expect([...new Set(documented)].sort()).toEqual([...settings, ...flags].sort())
})

test('docs/chart.md has every flag, and no others', () => {
  const documented = rows('docs/chart.md').map((name) => name.slice(2))
  expect(documented).toEqual(Object.keys(chartFlags))
})

/** Every functionConfig that a page shows, as YAML. */
const configurations = pages.flatMap((page) => {
  const found: string[] = []
  eachBlock(readFileSync(page, 'utf8'), ({ text }) => {
    if (/^kind: RenderIstio$/m.test(text) || /^kind: ConfigMap\nmetadata:\n {2}name: render-istio$/m.test(text))
      found.push(text)
    return text
  })
  return found
})

test.each(configurations)('the function takes the configuration that is shown: %s', (text) => {
  const indented = text.replaceAll(/^(?=.)/gm, '  ')
  const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- apiVersion: install.istio.io/v1alpha1\n  kind: IstioOperator\nfunctionConfig:\n${indented}`
  const { problems, exitCode, stdout } = runFunction(Buffer.from(list))
  // What a page suppresses is not wrong in the smallest mesh.
  const told = problems.filter(({ code }) => code !== 'unused-suppression')
  expect({ told, exitCode }).toEqual({ told: [], exitCode: 0 })
  expect(stdout).toContain('kind: Deployment')
})
