import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { generate } from '../src/commands/generate.ts'
import { map } from '../src/components/words.ts'
import { runFunction } from '../src/hosts/krm.ts'
import { isMap, type KubeObject } from '../src/k8s/object.ts'
import { readDocuments } from '../src/yaml/read.ts'
import { casesIn, kept } from './oracle/cases.ts'
import { inFolder } from './run.ts'

const scratch = mkdtempSync(join(tmpdir(), 'determinism-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** The stories of `fixtures/`, each with its IstioOperators. */
const stories = readdirSync('fixtures').flatMap((story) => {
  const files = readdirSync(join('fixtures', story)).filter((file) =>
    ['istio-operator.yaml', 'production-profile.yaml'].includes(file),
  )
  return files.length > 0 ? [{ story, files }] : []
})

const inputOf = (files: readonly string[]) =>
  files.includes('istio-operator.yaml') ? 'istio-operator.yaml' : 'production-profile.yaml'

function rendered(argv: readonly string[]): string {
  const { stdout, exitCode, problems } = generate(argv)
  expect({ exitCode, errors: problems.filter(({ severity }) => severity === 'error') }).toEqual({
    exitCode: 0,
    errors: [],
  })
  return stdout
}

/** The one document of a text; nothing when there are others. The reader of the program is by far the fastest. */
function document(text: string): unknown {
  const [first, ...more] = readDocuments(text, 'f', () => {})
  return more.length === 0 ? first?.value : undefined
}

type Operator = { readonly metadata?: { readonly name?: string }; readonly spec: { readonly [field: string]: unknown } }

function read(story: string, file: string): Operator {
  return document(readFileSync(join('fixtures', story, file), 'utf8')) as Operator
}

interface Item extends KubeObject {
  readonly metadata: KubeObject['metadata'] & { readonly annotations?: { readonly [name: string]: string } }
}

interface List {
  readonly text: string
  readonly items: readonly Item[]
  readonly rendered: readonly Item[]
}

/** A ResourceList through the KRM function: its items afterwards, and those that were rendered. */
function run(list: string | readonly unknown[]): List {
  const text =
    typeof list === 'string'
      ? list
      : JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: list })
  const { stdout, exitCode, problems } = runFunction(new TextEncoder().encode(text))
  expect({ exitCode, errors: problems.filter(({ severity }) => severity === 'error') }).toEqual({
    exitCode: 0,
    errors: [],
  })
  const { items } = document(stdout) as { items: Item[] }
  return { text: stdout, items, rendered: items.filter(({ kind }) => kind !== 'IstioOperator') }
}

/** An item of a package, as kpt hands it over. */
function item(operator: Operator, file: string, name = operator.metadata?.name): unknown {
  const metadata = {
    ...operator.metadata,
    ...(name !== undefined && { name }),
    annotations: { 'internal.config.kubernetes.io/path': file, 'internal.config.kubernetes.io/index': '0' },
  }
  return { ...operator, metadata }
}

function itemsOf({ story, files }: (typeof stories)[number]): unknown[] {
  return files.map((file) => item(read(story, file), `mesh/${file}`))
}

/** How many objects went when gateways were switched off. */
let removed = 0

describe.each(stories)('$story', (one) => {
  const path = join('fixtures', one.story, inputOf(one.files))

  test('is the same bytes twice', () => {
    expect(rendered(['-f', path])).toBe(rendered(['-f', path]))
    expect(run(itemsOf(one)).text).toBe(run(itemsOf(one)).text)
  })

  test('changes nothing in a package that holds its own output', () => {
    const first = run(itemsOf(one))
    const second = run(first.text)
    expect(second.items).toEqual(first.items)
    expect(run(second.text).text).toBe(second.text)
  })

  test('leaves nothing behind of what is switched off', () => {
    const [first, ...profiles] = itemsOf(one) as Operator[]
    const components = { ...map(first?.spec.components), ingressGateways: [], egressGateways: [] }
    const off = [{ ...first, spec: { ...first?.spec, components } } as Operator, ...profiles]
    const before = run(itemsOf(one))
    const operators = new Map(off.map((operator) => [(operator as Operator).metadata?.name, operator]))
    const after = run(
      before.items.map((item) => (item.kind === 'IstioOperator' ? operators.get(String(item.metadata.name)) : item)),
    )
    expect(after.items).toEqual(run(off).items)
    removed += before.items.length - after.items.length
  })
})

test('there are stories, and objects that go', () => {
  expect(stories.length).toBeGreaterThan(7)
  expect(removed).toBeGreaterThan(30)
})

describe('several control planes', () => {
  const planes: readonly Operator[] = ['blue', 'green', ''].map((revision) => ({
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: revision || 'stable', namespace: 'istio-system' },
    spec: {
      profile: 'minimal',
      ...(revision && { revision, components: { base: { enabled: false } } }),
    },
  }))
  const items = planes.map((plane) => item(plane, `mesh/${plane.metadata?.name}.yaml`))
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]

  test.each(orders)('in the order %i, %i, %i are the same objects in the same order', (...order) => {
    expect(run(order.map((index) => items[index])).rendered).toEqual(run(items).rendered)
  })

  test('that share objects name one owner, whatever their order', () => {
    const sharing = ['green', 'blue'].map((revision) => {
      const plane = {
        ...planes[0],
        metadata: { name: revision, namespace: 'istio-system' },
        spec: { profile: 'minimal', revision },
      }
      return item(plane as Operator, `mesh/${revision}.yaml`)
    })
    expect(run(sharing.toReversed()).rendered).toEqual(run(sharing).rendered)
  })

  test('in files of other names are the same objects in the same order', () => {
    const folders = [
      ['a.yaml', 'b.yaml', 'c.yaml'],
      ['c.yaml', 'a.yaml', 'b.yaml'],
    ].map((names, index) => {
      const folder = join(scratch, `planes-${index}`)
      mkdirSync(folder)
      for (const [plane, name] of names.entries()) writeFileSync(join(folder, name), JSON.stringify(planes[plane]))
      return folder
    })
    const [first = '', second = ''] = folders.map((folder) => inFolder(folder, () => rendered([])))
    expect(second).toBe(first)
  })
})

/** The same data with the keys of every map turned round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reversed(member)])
      .reverse(),
  )
}

/** Inputs of one plain document that istioctl renders. */
const inputs = [
  ...stories.map(({ story, files }) => ({
    name: story,
    folder: join('fixtures', story),
    file: inputOf(files),
    args: [] as string[],
  })),
  ...casesIn(kept).flatMap(({ name, folder, argv, renders }) => {
    const [flag, path, ...args] = argv
    const plain = renders && flag === '-f' && path === join(folder, 'input.yaml') && !args.includes('-f')
    const isPlain = plain && isMap(document(readFileSync(path, 'utf8')))
    return isPlain ? [{ name, folder, file: 'input.yaml', args }] : []
  }),
]

test('there are inputs', () => {
  expect(inputs.length).toBeGreaterThan(80)
})

test.each(inputs)('$name renders the same objects from maps in another order', ({ name, folder, file, args }) => {
  const there = join(scratch, 'turned', name)
  cpSync(folder, there, { recursive: true })
  const before = rendered(['--compat', 'istioctl', '-o', 'json', '-f', join(there, file), ...args])
  const value = document(readFileSync(join(there, file), 'utf8'))
  writeFileSync(join(there, file), JSON.stringify(reversed(value)))
  const after = rendered(['--compat', 'istioctl', '-o', 'json', '-f', join(there, file), ...args])
  const objects = (text: string) =>
    text
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind !== 'CustomResourceDefinition')
  expect(objects(after)).toEqual(objects(before))
})

describe('the program', () => {
  const program = resolve('dist/render-istio.cjs')
  const argv = ['generate', '-f', resolve('fixtures/gateways/istio-operator.yaml')]
  const start = (env: object, cwd = process.cwd()) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      maxBuffer: 64 << 20,
    })
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' })
    return stdout
  }
  const usual = start({ TZ: 'UTC', LANG: 'C' })

  test.each<[string, object]>([
    ['in another time zone', { TZ: 'Pacific/Kiritimati' }],
    ['in Turkish', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' }],
    ['in Lithuanian, which sorts y behind i', { LANG: 'lt_LT.UTF-8', LC_COLLATE: 'lt_LT.UTF-8' }],
    ['without an environment', {}],
    ['under another home and user', { HOME: '/nonexistent', USER: 'nobody', XDG_CONFIG_HOME: '/nonexistent' }],
    ['with a crowded environment', { DEBUG: '*', ISTIO_HUB: 'x', HUB: 'x', TAG: 'x', KUBECONFIG: '/nonexistent' }],
  ])('says the same %s', (_, env) => {
    expect(start(env).equals(usual)).toBe(true)
  })

  test('says the same in another folder', () => {
    const folder = join(scratch, 'elsewhere')
    mkdirSync(folder)
    expect(start({}, folder).equals(usual)).toBe(true)
  })

  test('says the same on another day', () => {
    const later = join(scratch, 'later.cjs')
    writeFileSync(later, 'const now = Date.now; Date.now = () => now() + 400 * 86400e3; Math.random = () => 0.5\n')
    expect(start({ NODE_OPTIONS: `--require ${later}` }).equals(usual)).toBe(true)
  })
})

test('a file that is moved renders the same', () => {
  const folder = join(scratch, 'moved')
  mkdirSync(folder)
  cpSync('fixtures/demo/istio-operator.yaml', join(folder, 'a.yaml'))
  const before = inFolder(folder, () => rendered([]))
  mkdirSync(join(folder, 'deep'))
  renameSync(join(folder, 'a.yaml'), join(folder, 'deep', 'z.json'))
  expect(inFolder(folder, () => rendered(['deep']))).toBe(before)
})
