import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { generate } from '../src/commands/generate.ts'
import { phases } from '../src/engines/phases.ts'

const home = process.cwd()
const scratch = mkdtempSync(join(tmpdir(), 'folder-'))
afterAll(() => {
  process.chdir(home)
  rmSync(scratch, { recursive: true })
})

/** Every test works in a folder of its own, as at the root of a repository. */
beforeEach(() => process.chdir(mkdtempSync(join(scratch, 'repository-'))))

const input = resolve('fixtures/default/istio-operator.yaml')

function run(...args: string[]) {
  const { stdout, problems, exitCode } = generate(['-f', input, ...args])
  return { stdout, exitCode, codes: problems.map(({ code }) => code), messages: problems.map(({ message }) => message) }
}

function tree(folder: string): string[] {
  return (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const contents = (folder: string) => Object.fromEntries(tree(folder).map((file) => [file, readFileSync(file, 'utf8')]))
const list = () => JSON.parse(readFileSync('mesh/.render-istio.json', 'utf8')) as { files: { [path: string]: string } }
const istiod = 'mesh/03-control-plane/deployment_istio-system_istiod.yaml'
const gateway = 'mesh/06-gateways/deployment_istio-system_istio-ingressgateway.yaml'

/** What kustomize makes of a folder: the documents of its resources, folders entered. */
function build(folder: string): unknown[] {
  const { resources } = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources: string[] }
  return resources.flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return build(path)
    return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS({ maxAliasCount: -1 }))
  })
}

function stream(...args: string[]): unknown[] {
  return run('-o', 'json', ...args)
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a folder', () => {
  test('has a sub-folder for each phase, whose kustomizations make the stream', () => {
    const { exitCode, stdout, codes } = run('-o', 'mesh')
    expect({ exitCode, codes }).toEqual({ exitCode: 0, codes: [] })
    expect(stdout).toMatch(/^mesh: \d+ files, \d+ written, 0 removed\n$/)
    const folders = readdirSync('mesh').filter((name) => statSync(join('mesh', name)).isDirectory())
    const all = phases.map((phase, index) => `${String(index).padStart(2, '0')}-${phase}`)
    expect(folders).toEqual(all.filter((name) => name !== '05-mesh-config'))
    expect(build('mesh')).toEqual(stream())
  })

  test('has a list with the digest of every other file', () => {
    run('-o', 'mesh')
    expect(Object.keys(list().files).map((path) => join('mesh', path))).toEqual(
      tree('mesh').filter((file) => file !== 'mesh/.render-istio.json'),
    )
    expect(Object.values(list().files).every((digest) => /^sha256:[0-9a-f]{64}$/.test(digest))).toBe(true)
  })

  test('is the same wherever and whenever it is written, and is not touched when it is', () => {
    run('-o', 'mesh')
    const first = contents('mesh')
    const times = tree('mesh').map((file) => statSync(file).mtimeMs)
    expect(run('-o', './mesh/').stdout).toMatch(/ 0 written, 0 removed\n$/)
    expect(tree('mesh').map((file) => statSync(file).mtimeMs)).toEqual(times)
    run('-o', 'other')
    expect(Object.values(contents('other'))).toEqual(Object.values(first))
  })

  test('follows the input: what changes is written, what goes is removed', () => {
    run('-o', 'mesh')
    const before = contents('mesh')
    const { stdout } = run('-o', 'mesh', '--set', 'profile=minimal', '--set', 'values.pilot.traceSampling=5')
    expect(stdout).toMatch(/ [1-9]\d* written, [1-9]\d* removed\n$/)
    expect(existsSync(gateway)).toBe(false)
    expect(existsSync('mesh/06-gateways')).toBe(false)
    const after = contents('mesh')
    const fresh = run('-o', 'fresh', '--set', 'profile=minimal', '--set', 'values.pilot.traceSampling=5')
    expect(fresh.exitCode).toBe(0)
    expect(Object.values(after)).toEqual(Object.values(contents('fresh')))
    expect(after[istiod]).not.toBe(before[istiod])
  })

  test('two control planes share it', () => {
    const operator = (name: string) =>
      `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: ${name}}\nspec: {profile: minimal, revision: ${name}}\n`
    mkdirSync('in')
    for (const name of ['blue', 'green']) writeFileSync(`in/${name}.yaml`, operator(name))
    expect(generate(['in', '-o', 'mesh']).exitCode).toBe(0)
    expect(readdirSync('mesh/03-control-plane')).toEqual([
      'deployment_istio-system_istiod-blue.yaml',
      'deployment_istio-system_istiod-green.yaml',
      'kustomization.yaml',
    ])
  })
})

describe('files of others', () => {
  test('stay, and stay out of the kustomizations', () => {
    mkdirSync('mesh/03-control-plane', { recursive: true })
    writeFileSync('mesh/README.md', 'ours')
    writeFileSync('mesh/03-control-plane/mine.yaml', 'kind: Mine\n')
    expect(run('-o', 'mesh').exitCode).toBe(0)
    expect(run('-o', 'mesh', '--set', 'profile=empty', '--allow-empty').exitCode).toBe(0)
    expect(tree('mesh')).toEqual([
      'mesh/.render-istio.json',
      'mesh/03-control-plane/mine.yaml',
      'mesh/README.md',
      'mesh/kustomization.yaml',
    ])
    expect(readFileSync('mesh/kustomization.yaml', 'utf8')).not.toContain('mine')
  })

  test.each<[string, (file: string) => void, string]>([
    ['a file of somebody else', (file) => writeFileSync(file, 'kind: Mine\n'), 'foreign-file'],
    ['a folder', (file) => mkdirSync(file), 'foreign-file'],
    ['a link', (file) => symlinkSync('/etc/hostname', file), 'foreign-file'],
  ])('%s in the way is not replaced, and nothing else is written', (_, put, code) => {
    mkdirSync('mesh/03-control-plane', { recursive: true })
    put(istiod)
    const before = tree('mesh')
    const { exitCode, codes, messages } = run('-o', 'mesh')
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: [code] })
    expect(messages[0]).toContain(`"${istiod}"`)
    expect(tree('mesh')).toEqual(before)
  })

  test('a link to a folder is not followed', () => {
    mkdirSync('elsewhere')
    mkdirSync('mesh')
    symlinkSync('../elsewhere', 'mesh/03-control-plane')
    expect(run('-o', 'mesh')).toMatchObject({ exitCode: 1 })
    expect(readdirSync('elsewhere')).toEqual([])
  })

  test('a file in place of the folder is refused', () => {
    writeFileSync('mesh', 'x')
    expect(run('-o', 'mesh').exitCode).toBe(1)
    expect(readFileSync('mesh', 'utf8')).toBe('x')
  })

  test.each(['mesh', 'mesh/dir', 'mesh/dir/more'])('a file above the folder is refused: %s', (folder) => {
    writeFileSync('mesh', 'x')
    for (const flags of [[], ['--check']]) {
      const { exitCode, messages } = run('-o', folder, ...flags)
      expect({ exitCode, messages }).toEqual({
        exitCode: 1,
        messages: ['`--output` must be a folder; "mesh" is a file'],
      })
    }
    expect(readFileSync('mesh', 'utf8')).toBe('x')
  })

  test('one that is equal to what is written is taken over', () => {
    run('-o', 'mesh')
    rmSync('mesh/.render-istio.json')
    expect(run('-o', 'mesh')).toMatchObject({ exitCode: 0 })
    expect(Object.keys(list().files).length).toBeGreaterThan(30)
  })
})

describe('files that somebody changed', () => {
  test.each<[string, string, string[]]>([
    ['that would be replaced', istiod, ['--set', 'tag=1']],
    ['that are as they would be rendered', istiod, []],
    ['that would be removed', gateway, ['--set', 'profile=minimal']],
  ])('%s are refused by name, and nothing is written', (_, file, args) => {
    run('-o', 'mesh')
    writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`)
    const before = contents('mesh')
    const { exitCode, codes, messages } = run('-o', 'mesh', ...args)
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: ['edited-file'] })
    expect(messages[0]).toContain(`"${file}"`)
    expect(contents('mesh')).toEqual(before)
    rmSync(file)
    expect(run('-o', 'mesh', ...args).exitCode).toBe(0)
  })

  test('by their line ends only are ours still', () => {
    run('-o', 'mesh')
    for (const file of tree('mesh')) writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(run('-o', 'mesh', '--check')).toMatchObject({ exitCode: 0, stdout: '' })
    expect(run('-o', 'mesh', '--set', 'tag=1').exitCode).toBe(0)
  })

  test('and a list that is broken, or leads out of the folder, changes nothing', () => {
    writeFileSync('precious.yaml', 'x')
    const digest = 'sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
    for (const text of ['{', '[]', '{"files":{}}', '{"files":{"a":1}}', `{"files":{"../precious.yaml":"${digest}"}}`]) {
      rmSync('mesh', { recursive: true, force: true })
      mkdirSync('mesh')
      writeFileSync('mesh/.render-istio.json', text)
      expect(run('-o', 'mesh'), text).toMatchObject({ exitCode: 1, codes: ['file-list'] })
      expect(run('-o', 'mesh', '--check'), text).toMatchObject({ exitCode: 1, codes: ['file-list'] })
    }
    expect(tree('.')).toEqual(['mesh/.render-istio.json', 'precious.yaml'])
  })
})

test('a run that was cut off can be finished, with the same input or another one', () => {
  run('-o', 'mesh')
  const before = contents('mesh')
  run('-o', 'mesh', '--set', 'tag=2')
  const after = contents('mesh')
  for (const next of [['--set', 'tag=2'], ['--set', 'tag=3'], []]) {
    // The list as it is while files are replaced: of each of them it has both digests.
    const files = Object.fromEntries(
      Object.keys(list().files).map((path) => {
        const one = (text: string | undefined) => JSON.parse(text ?? '').files[path] as string
        return [path, [...new Set([one(after['mesh/.render-istio.json']), one(before['mesh/.render-istio.json'])])]]
      }),
    )
    for (const [index, file] of tree('mesh').entries()) {
      writeFileSync(file, (index % 2 === 0 ? before : after)[file] ?? '')
    }
    writeFileSync('mesh/.render-istio.json', JSON.stringify({ files }))
    expect(run('-o', 'mesh', ...next)).toMatchObject({ exitCode: 0 })
    expect(run('-o', 'mesh', '--check', ...next)).toMatchObject({ exitCode: 0 })
    run('-o', 'mesh', '--set', 'tag=2')
  }
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to is told as it is (skipped for root)', () => {
  mkdirSync('mesh')
  chmodSync('mesh', 0o555)
  expect(run('-o', 'mesh')).toMatchObject({ exitCode: 1, codes: ['file-not-written'] })
  chmodSync('mesh', 0o755)
})

test('a folder on which nothing can be written is told as it is', () => {
  const { exitCode, codes, messages } = run('-o', '/proc/self/mesh')
  expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: ['file-not-written'] })
  expect(messages[0]).toMatch(/ENOENT|EPERM|EACCES/)
})

test('a name that no disk takes is told as it is', () => {
  const folder = 'a'.repeat(300)
  expect(run('-o', folder).codes).toEqual(['file-not-written'])
  expect(run('-o', folder, '--check').codes).toEqual(['file-not-read'])
})

describe('--check', () => {
  test('says nothing of a folder that is up to date', () => {
    run('-o', 'mesh')
    expect(run('-o', 'mesh', '--check')).toMatchObject({ exitCode: 0, stdout: '', codes: [] })
  })

  test('lists what differs, changes nothing and fails', () => {
    run('-o', 'mesh')
    rmSync('mesh/01-crds/kustomization.yaml')
    writeFileSync('mesh/04-webhooks/kustomization.yaml', 'x')
    const before = contents('mesh')
    const { exitCode, codes, stdout } = run('-o', 'mesh', '--check', '--set', 'profile=minimal', '--set', 'tag=1')
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: ['outdated-folder'] })
    const lines = stdout.trim().split('\n')
    expect(lines).toContain('missing mesh/01-crds/kustomization.yaml')
    expect(lines).toContain(`extra   ${gateway}`)
    expect(lines).toContain(`changed ${istiod} (+1 -1)`)
    expect(lines.some((line) => line.startsWith('changed mesh/04-webhooks/kustomization.yaml (+'))).toBe(true)
    expect(contents('mesh')).toEqual(before)
  })

  test('of a folder that is not there, lists everything', () => {
    const { exitCode, stdout } = run('-o', 'mesh', '--check')
    expect(exitCode).toBe(1)
    expect(stdout.trim().split('\n').length).toBeGreaterThan(30)
    expect(existsSync('mesh')).toBe(false)
  })

  test('of a list that is gone, tells of the list', () => {
    run('-o', 'mesh')
    rmSync('mesh/.render-istio.json')
    expect(run('-o', 'mesh', '--check')).toMatchObject({ exitCode: 1, stdout: 'missing mesh/.render-istio.json\n' })
  })
})

describe('for Flux', () => {
  const kustomizations = () =>
    parseAllDocuments(readFileSync('clusters/one/flux.yaml', 'utf8')).map((document) => document.toJS())

  test('each phase is a Kustomization that waits for the one before', () => {
    expect(run('-o', 'clusters/one', '--engine', 'flux').exitCode).toBe(0)
    const all = kustomizations()
    expect(all.map(({ spec }) => spec.path)).toEqual(
      ['00-namespaces', '01-crds', '02-access', '03-control-plane', '04-webhooks', '06-gateways', '07-scaling'].map(
        (name) => `./clusters/one/${name}`,
      ),
    )
    for (const [index, { metadata, spec }] of all.entries()) {
      const before = all[index - 1]
      expect(spec.dependsOn).toEqual(before && [{ name: before.metadata.name }])
      expect(spec.wait).toBe(index < all.length - 1)
      expect(spec).toMatchObject({ prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } })
      expect(metadata.namespace).toBe('flux-system')
      const folder = build(spec.path) as { kind: string }[]
      expect(folder.length).toBeGreaterThan(0)
    }
    expect(all.flatMap(({ spec }) => build(spec.path))).toEqual(stream('--engine', 'flux'))
    expect(parse(readFileSync('clusters/one/kustomization.yaml', 'utf8')).resources).toEqual(['flux.yaml'])
  })

  test('source, path and namespace are as they are said to be', () => {
    const flags = ['--flux-source', 'OCIRepository/mesh', '--flux-path', 'deploy/', '--flux-namespace', 'gitops']
    run('-o', 'clusters/one', '--engine', 'flux', ...flags)
    expect(kustomizations()[0]).toMatchObject({
      metadata: { namespace: 'gitops' },
      spec: { path: './deploy/00-namespaces', sourceRef: { kind: 'OCIRepository', name: 'mesh' } },
    })
  })

  test.each<[string, string[], string]>([
    ['a path that is not in the repository', ['-o', join(scratch, 'absolute')], '--flux-path'],
    ['a path out of it', ['-o', '../up'], '--flux-path'],
    ['a source without a kind', ['-o', 'mesh', '--flux-source', 'flux-system'], '--flux-source'],
    ['a source of another kind', ['-o', 'mesh', '--flux-source', 'Secret/a'], '--flux-source'],
  ])('%s is refused', (_, args, flag) => {
    const { exitCode, messages } = run('--engine', 'flux', ...args)
    expect(exitCode).toBe(1)
    expect(messages[0]).toContain(`\`${flag}\``)
    expect(existsSync('mesh')).toBe(false)
  })
})

test.each<[string, string[], RegExp]>([
  ['a misspelt format', ['-o', 'jsn'], /must be "yaml", "json" or a folder; it is "jsn"/],
  ['a file', ['-o', 'mesh.yaml'], /must be "yaml", "json" or a folder/],
  ['nothing', ['-o', ''], /must be "yaml", "json" or a folder/],
  ['--check alone', ['--check'], /`--check` must come with the folder/],
])('%s is no folder', (_, args, message) => {
  const { exitCode, stdout, messages } = run(...args)
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(messages[0]).toMatch(message)
  expect(readdirSync('.')).toEqual([])
})

test('a mistake in the input leaves the folder as it is', () => {
  run('-o', 'mesh')
  const before = contents('mesh')
  expect(run('-o', 'mesh', '--set', 'profile=defalt').exitCode).toBe(1)
  expect(contents('mesh')).toEqual(before)
})
