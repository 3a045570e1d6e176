import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { parameters as known } from '../src/hosts/argocd/parameters.ts'

/**
 * Speaks to the plugin as Argo CD's plugin server does: it copies the repository into a folder of its own, runs the
 * command of plugin.yaml in the Application's folder with the variables that it knows, reads stdout as Kubernetes
 * objects, and hands stderr to the user when the exit code isn't 0.
 */
const { spec } = parse(readFileSync('plugin.yaml', 'utf8'))
const scratch = mkdtempSync(join(tmpdir(), 'argocd-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const bin = join(scratch, 'bin')
mkdirSync(bin)
symlinkSync(resolve('dist/render-istio.cjs'), join(bin, 'render-istio'))

interface Request {
  /** The files of the Application's folder. */
  readonly files: { readonly [name: string]: string }
  readonly parameters?: unknown
  readonly environment?: { readonly [name: string]: string }
}

let checkouts = 0

/** A repository of its own for a request, and what a command is started with there. */
function checkout({ files, parameters, environment }: Request) {
  const root = join(scratch, `checkout-${checkouts++}`)
  const folder = join(root, 'clusters/one')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text, { mode: 0o644 })
  }
  const env = {
    PATH: `${bin}:${dirname(process.execPath)}`,
    ARGOCD_APP_NAME: 'mesh',
    ARGOCD_APP_NAMESPACE: 'istio-system',
    ARGOCD_APP_PROJECT_NAME: 'default',
    ARGOCD_APP_REVISION: '0123456789abcdef0123456789abcdef01234567',
    ARGOCD_APP_SOURCE_PATH: 'clusters/one',
    ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example.com/mesh.git',
    ARGOCD_APP_SOURCE_TARGET_REVISION: 'main',
    KUBE_VERSION: '1.33.1',
    KUBE_API_VERSIONS: '',
    ...(parameters !== undefined && { ARGOCD_APP_PARAMETERS: JSON.stringify(parameters) }),
    ...environment,
  }
  return { folder, env }
}

type CommandLine = { readonly command: readonly string[]; readonly args?: readonly string[] }

function run({ command: [program = '', ...first], args = [] }: CommandLine, request: Request) {
  const { folder, env } = checkout(request)
  const before = readdirSync(folder)
  const { status, stdout, stderr, signal } = spawnSync(program, [...first, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  expect(signal).toBeNull()
  expect(readdirSync(folder)).toEqual(before)
  return { status, stdout, stderr }
}

const discover = (request: Request) => run(spec.discover.find, request)
const generate = (request: Request) => run(spec.generate, request)
const parameters = (request: Request) => {
  const { status, stdout, stderr } = run(spec.parameters.dynamic, request)
  return { status, stderr, list: JSON.parse(stdout) as { [field: string]: unknown }[] }
}

interface Tree {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly metadata: { readonly name?: unknown; readonly annotations?: { readonly [name: string]: string } }
}

/** What Argo CD makes of stdout: a stream of objects, and an error if anything in it is none. */
function objects(stdout: string): Tree[] {
  const found = parseAllDocuments(stdout).map((document) => document.toJS({ maxAliasCount: -1 }) as Tree)
  for (const { apiVersion, kind, metadata } of found) {
    expect([typeof apiVersion, typeof kind, typeof metadata?.name]).toEqual(['string', 'string', 'string'])
  }
  return found
}

function operator(spec: string, name = 'control-plane') {
  return `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: ${name}\nspec: ${spec}\n`
}

const minimal = { 'istio-operator.yaml': operator('{profile: minimal}') }

describe('discover', () => {
  test.each<[string, Request['files'], string[]]>([
    ['one file', minimal, ['istio-operator.yaml']],
    ['several', { 'b.yml': operator('{}'), 'a.json': JSON.stringify(parse(operator('{}'))) }, ['a.json', 'b.yml']],
    ['among other documents', { 'all.yaml': `a: b\n---\n${operator('{}')}` }, ['all.yaml']],
    ['one with a mistake in its YAML, for generate to tell', { 'x.yaml': `${operator('{')}  a: b: c\n` }, ['x.yaml']],
    ['none', { 'deployment.yaml': 'kind: Deployment\n' }, []],
    ['only words about one', { 'note.yaml': 'text: about the kind IstioOperator\n' }, []],
    ['only in files of other kinds', { 'README.md': operator('{}'), 'x.txt': operator('{}') }, []],
    ['only in a folder below', { 'below/x.yaml': operator('{}'), 'x.yaml': '' }, []],
    [
      "only in Argo CD's own file",
      { '.argocd-source.yaml': operator('{}'), '.argocd-source-mesh.yaml': operator('{}') },
      [],
    ],
    ['YAML that is none', { 'x.yaml': '{{ template }}\n: [' }, []],
    ['a chart', { 'Chart.yaml': 'name: x\n', 'templates/x.yaml': operator('{}') }, []],
  ])('%s', (_, files, expected) => {
    const { status, stdout, stderr } = discover({ files })
    expect({ status, stderr, found: stdout.split('\n').filter(Boolean) }).toEqual({
      status: 0,
      stderr: '',
      found: expected,
    })
  })
})

describe('parameters', () => {
  const value = (list: { [field: string]: unknown }[], name: string) => {
    const found = list.find((one) => one.name === name)
    return found?.[{ '': 'string', array: 'array', map: 'map' }[String(found.collectionType)] ?? '']
  }

  test('shows what holds now, from the file and what lies below it', () => {
    const files = { 'x.yaml': operator('{profile: minimal, revision: blue, values: {global: {network: net1}}}') }
    const { status, stderr, list } = parameters({ files })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const names = ['profile', 'revision', 'hub', 'tag', 'environment', 'set', 'values']
    expect(list.map(({ name }) => name)).toEqual(names)
    expect(names.map((name) => value(list, name))).toEqual([
      'minimal',
      'blue',
      'registry.istio.io/release',
      '1.30.3',
      '',
      [],
      { 'global.network': 'net1' },
    ])
  })

  test('shows variables as defaults, but not what the form itself said', () => {
    const { list } = parameters({
      files: minimal,
      environment: { ARGOCD_ENV_PROFILE: 'demo', ARGOCD_ENV_ENVIRONMENT: 'prod' },
      parameters: [{ name: 'profile', string: 'ambient' }],
    })
    expect([value(list, 'profile'), value(list, 'environment')]).toEqual(['demo', 'prod'])
  })

  test('leaves open what differs between control planes', () => {
    const files = {
      'blue.yaml': operator('{profile: minimal, revision: blue}', 'blue'),
      'green.yaml': operator('{profile: minimal, revision: green}', 'green'),
    }
    const { list } = parameters({ files })
    expect([value(list, 'profile'), value(list, 'revision')]).toEqual(['minimal', ''])
  })

  test('keeps secrets, and what would come back as something else, to itself', () => {
    const files = {
      'x.yaml': operator(
        '{values: {a: {apiToken: x, list: [1], text: "1", number: 1, "a.b": c, flag: true, eq: "a=b"}}}',
      ),
    }
    expect(value(parameters({ files }).list, 'values')).toEqual({
      'a.number': '1',
      'a.a\\.b': 'c',
      'a.flag': 'true',
    })
  })

  test.each<[string, Request['files']]>([
    ['an empty folder', { 'x.txt': '' }],
    ['a mistake in the file', { 'x.yaml': operator('{profile: defalt}') }],
    ['no YAML at all', { 'x.yaml': `${operator('{')}` }],
    ['a spec that is none', { 'x.yaml': operator('text') }],
  ])('has a form for %s', (_, files) => {
    const { status, list } = parameters({ files })
    expect(status).toBe(0)
    expect(list.length).toBeGreaterThan(5)
  })

  test('what is announced is understood, and plugin.yaml announces the rest', () => {
    const dynamic = parameters({ files: minimal }).list
    const all = [...dynamic, ...spec.parameters.static] as { [field: string]: unknown }[]
    const announced = known.filter((one) => one.announced !== undefined)
    const shown = ({ name, title, tooltip, collectionType }: { [field: string]: unknown }) => ({
      name,
      title,
      tooltip,
      collectionType,
    })
    expect(all.map(shown)).toEqual(announced.map(shown))
    expect(all.every(({ required, itemType }) => required === false && itemType === 'string')).toBe(true)
  })
})

describe('generate', () => {
  test('renders what is in the folder, with waves', () => {
    const { status, stdout, stderr } = generate({ files: minimal, parameters: null })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const found = objects(stdout)
    expect(found.length).toBeGreaterThan(30)
    expect(found.every(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave'] !== undefined)).toBe(
      true,
    )
  })

  test('takes every IstioOperator of the folder, and leaves the files of Argo CD alone', () => {
    const files = {
      'blue.yaml': operator('{profile: minimal, revision: blue}', 'blue'),
      'green.yaml': operator('{profile: minimal, revision: green}', 'green'),
      '.argocd-source.yaml': operator('{profile: minimal, revision: red}', 'red'),
      'gateway.yaml': 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: mine}\n',
    }
    const names = objects(generate({ files }).stdout).flatMap(({ kind, metadata }) =>
      kind === 'Deployment' ? [metadata.name] : [],
    )
    expect(names).toEqual(['istiod-blue', 'istiod-green'])
  })

  test.each<[string, Partial<Request>, string]>([
    ['a text', { parameters: [{ name: 'profile', string: 'default' }] }, 'name: istio-ingressgateway'],
    ['a list', { parameters: [{ name: 'set', array: ['hub=h.example.com/a'] }] }, 'h.example.com/a/pilot'],
    ['a map', { parameters: [{ name: 'values', map: { 'global.network': 'net7' } }] }, 'istio.io/network: net7'],
    ['a variable', { environment: { ARGOCD_ENV_REVISION: 'blue' } }, 'name: istiod-blue'],
    ['the preset', { parameters: [{ name: 'environment', string: 'prod' }] }, 'minReplicas: 3'],
    ['waves', { parameters: [{ name: 'waves', map: { start: '100', step: '10' } }] }, 'sync-wave: "170"'],
    [
      'a text over a variable',
      { environment: { ARGOCD_ENV_TAG: '1.0' }, parameters: [{ name: 'tag', string: '1.30.9' }] },
      'pilot:1.30.9',
    ],
  ])('does as %s of the Application says', (_, request, expected) => {
    const plain = generate({ files: minimal })
    const { status, stdout, stderr } = generate({ files: minimal, ...request })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(expected)
    expect(plain.stdout).not.toContain(expected)
    objects(stdout)
  })

  test('renders from parameters alone', () => {
    const { status, stdout } = generate({
      files: { 'x.txt': '' },
      parameters: [{ name: 'profile', string: 'minimal' }],
    })
    expect(status).toBe(0)
    expect(objects(stdout).length).toBeGreaterThan(30)
  })

  test.each<[string, Partial<Request>, RegExp]>([
    ['a profile', { parameters: [{ name: 'profile', string: 'defalt' }] }, /^parameter profile:1:1: error: .*"defalt"/],
    ['a name', { parameters: [{ name: 'hubb', string: 'x' }] }, /^parameter hubb:1:1: error: .*did you mean `hub`/],
    ['a form', { parameters: [{ name: 'hub', array: ['x'] }] }, /^parameter hub:1:1: error: .*must be a `string`/],
    ['a path', { parameters: [{ name: 'set', array: ['revision=b', '=x'] }] }, /^parameter set:2:\d+: error: /],
    ['an environment', { environment: { ARGOCD_ENV_ENVIRONMENT: 'x' } }, /error: `environment` must name a preset/],
    ['the list', { environment: { ARGOCD_APP_PARAMETERS: '{' } }, /^ARGOCD_APP_PARAMETERS:1:1: error: /],
    ['the file', { files: { 'x.yaml': operator('{profile: [}') } }, /^x\.yaml:5:\d+: error: /],
    ['the folder', { files: { 'x.yaml': 'a: b\n' } }, /error: the input must hold an IstioOperator/],
    ['everything off', { files: { 'x.yaml': operator('{profile: empty}') } }, /error: .*must enable at least one/],
  ])('a mistake in %s: nothing on stdout, the best line first, exit 1', (_, request, first) => {
    const { status, stdout, stderr } = generate({ files: minimal, ...request })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.split('\n')[0]).toMatch(first)
    expect(stderr.length).toBeLessThan(2000)
  })

  test('warns of APIs that the cluster does not have, and renders', () => {
    const served = 'v1,apps/v1,policy/v1,rbac.authorization.k8s.io/v1,apiextensions.k8s.io/v1'
    const request = { files: minimal, environment: { KUBE_API_VERSIONS: `${served},admissionregistration.k8s.io/v1` } }
    const { status, stderr, stdout } = generate(request)
    expect(status).toBe(0)
    expect(stderr).toMatch(/^KUBE_API_VERSIONS:1:1: warning: .*"autoscaling\/v2".*\[api-unlisted\]\n$/)
    expect(stdout).toBe(generate({ files: minimal }).stdout)
  })

  test('fifty at the same time render the same bytes', async () => {
    const { folder, env } = checkout({ files: minimal, parameters: [{ name: 'profile', string: 'demo' }] })
    const one = () =>
      new Promise<string>((done, failed) => {
        const child = spawn(spec.generate.command[0], spec.generate.command.slice(1), { cwd: folder, env })
        let text = ''
        child.stdout.on('data', (chunk) => (text += chunk))
        child.on('close', (code) => (code === 0 ? done(text) : failed(new Error(`exit ${code}`))))
      })
    const texts = await Promise.all(Array.from({ length: 50 }, one))
    expect(new Set(texts).size).toBe(1)
    expect(objects(texts[0] ?? '').length).toBeGreaterThan(40)
  })

  test('TERM ends it at once', async () => {
    const { folder, env } = checkout({ files: minimal })
    // It waits for a standard input that never ends.
    const child = spawn('render-istio', ['generate', '-f', '-'], { cwd: folder, env, detached: true })
    await new Promise((done) => setTimeout(done, 300))
    const start = Date.now()
    process.kill(-(child.pid ?? 0), 'SIGTERM')
    const signal = await new Promise((done) => child.on('exit', (_, by) => done(by)))
    expect(signal).toBe('SIGTERM')
    expect(Date.now() - start).toBeLessThan(1000)
  })
})

test('the fixtures are discovered, announced and generated', () => {
  for (const story of readdirSync('fixtures').filter((name) => !name.startsWith('k'))) {
    const folder = join(scratch, 'stories', story)
    cpSync(join('fixtures', story), folder, { recursive: true })
    const files = Object.fromEntries(
      readdirSync(folder)
        .filter((name) => /^[^.].*\.yaml$/.test(name) && !['expected.yaml', 'resource-list.yaml'].includes(name))
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    )
    expect(discover({ files }).stdout, story).not.toBe('')
    expect(parameters({ files }).list.length, story).toBeGreaterThan(5)
    const { status, stdout, stderr } = generate({ files })
    expect({ story, status }).toEqual({ story, status: 0 })
    expect(stderr).not.toContain('error')
    expect(objects(stdout).length, story).toBeGreaterThan(5)
  }
})
