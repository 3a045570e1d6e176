import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readDocuments } from '../yaml/read.ts'
import { kindType, type PatchMistake, strategicMerge } from './merge.ts'
import type { KubeObject } from './object.ts'
import type { TypeName } from './types.ts'

/** Items with these names. */
const named = (...names: string[]) => names.map((name) => ({ name }))

type Row = [what: string, type: TypeName | undefined, original: unknown, patch: unknown, expected: unknown]

const container = (original: unknown, patch: unknown, expected: unknown): [TypeName, unknown, unknown, unknown] => [
  'core/v1.Container',
  original,
  patch,
  expected,
]

describe('merges', () => {
  test.each<Row>([
    [
      'maps, deep',
      ...container(
        { resources: { limits: { cpu: 1 }, requests: { a: 1 } } },
        { resources: { limits: { memory: 2 } } },
        { resources: { limits: { cpu: 1, memory: 2 }, requests: { a: 1 } } },
      ),
    ],
    ['scalars', ...container({ image: 'a' }, { image: 'b', tty: false }, { image: 'b', tty: false })],
    ['null, which deletes', ...container({ image: 'a', name: 'b' }, { image: null, command: null }, { name: 'b' })],
    [
      'nulls within something new, which are left out',
      ...container(
        {},
        { resources: { limits: null, requests: { a: null, b: 1 } } },
        { resources: { requests: { b: 1 } } },
      ),
    ],
    [
      'what is of another kind, which is replaced',
      ...container({ env: 'x', resources: [] }, { env: [], resources: { a: null } }, { env: [], resources: {} }),
    ],
    ['a list without a key, which is replaced', ...container({ args: ['a', 'b'] }, { args: ['c'] }, { args: ['c'] })],
    [
      'null in a list that is replaced, which stays',
      'core/v1.PodSpec',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b', value: null }] },
      { tolerations: [{ key: 'b', value: null }] },
    ],
    [
      'a map that is replaced',
      'policy/v1.PodDisruptionBudgetSpec',
      { selector: { matchLabels: { a: 'b' } } },
      { selector: { matchLabels: { c: 'd' } } },
      { selector: { matchLabels: { c: 'd' } } },
    ],
    [
      'items by key',
      ...container(
        {
          env: [
            { name: 'a', value: '1' },
            { name: 'b', value: '2' },
          ],
        },
        { env: [{ name: 'b', value: '3' }] },
        {
          env: [
            { name: 'a', value: '1' },
            { name: 'b', value: '3' },
          ],
        },
      ),
    ],
    [
      'items, which keep what the patch is silent about',
      ...container(
        { env: [{ name: 'a', value: '1' }] },
        { env: [{ name: 'a', valueFrom: {} }] },
        { env: [{ name: 'a', value: '1', valueFrom: {} }] },
      ),
    ],
    [
      'items by a number',
      'core/v1.ServiceSpec',
      { ports: [{ port: 80 }, { port: 443, name: 'tls' }] },
      { ports: [{ port: 443, nodePort: 1 }] },
      { ports: [{ port: 80 }, { port: 443, name: 'tls', nodePort: 1 }] },
    ],
    [
      'the first of two items with one key',
      'core/v1.ServiceSpec',
      {
        ports: [
          { port: 53, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
      { ports: [{ port: 53, name: 'dns' }] },
      {
        ports: [
          { port: 53, protocol: 'TCP', name: 'dns' },
          { port: 53, protocol: 'UDP' },
        ],
      },
    ],
    [
      'nulls of a new item, which stay',
      ...container(
        { env: [], name: 'x' },
        { env: [{ name: 'a', value: null }] },
        { env: [{ name: 'a', value: null }], name: 'x' },
      ),
    ],
    [
      'items with null for a key',
      ...container(
        { env: [{ name: null, value: 'a' }, { name: true }] },
        { env: named('b') },
        { env: [{ name: 'b' }, { name: null, value: 'a' }, { name: true }] },
      ),
    ],
    ['an empty list into one with keys', ...container({ env: named('a') }, { env: [] }, { env: named('a') })],
    [
      'scalars of a set',
      'meta/v1.ObjectMeta',
      { finalizers: ['a', 'b'] },
      { finalizers: ['b', 'c'] },
      { finalizers: ['a', 'b', 'c'] },
    ],
    [
      'values of map[string]',
      'meta/v1.ObjectMeta',
      { labels: { a: '1' } },
      { labels: { b: '2', a: null } },
      { labels: { b: '2' } },
    ],
    ['nothing', 'apps/v1.Deployment', { spec: { replicas: 1 } }, {}, { spec: { replicas: 1 } }],
    ['into nothing', 'apps/v1.Deployment', undefined, { spec: { replicas: 1 } }, { spec: { replicas: 1 } }],
    [
      'what is undefined as if it were absent',
      ...container(
        { image: undefined, name: 'a' },
        { image: { x: undefined }, args: undefined },
        { image: {}, name: 'a' },
      ),
    ],
    [
      'names that JavaScript has its own mind about',
      'meta/v1.ObjectMeta',
      { labels: {} },
      JSON.parse('{"labels": {"__proto__": "x", "constructor": {"y": 1}}}'),
      JSON.parse('{"labels": {"__proto__": "x", "constructor": {"y": 1}}}'),
    ],
    // Custom resources: RFC 7386.
    [
      'a custom resource: maps, and lists as a whole',
      undefined,
      { a: { b: 1, c: 2 }, l: named('x') },
      { a: { b: null, d: 3 }, l: named('y') },
      { a: { c: 2, d: 3 }, l: named('y') },
    ],
    [
      'a custom resource: maps over anything else',
      undefined,
      { a: [1], b: 1 },
      { a: { x: { y: null } }, b: null },
      { a: { x: {} } },
    ],
    [
      'an inside that is not known',
      'apps/v1.Deployment',
      { status: { l: [1], x: 1 } },
      { status: { l: [2], x: null } },
      { status: { l: [2] } },
    ],
  ])('%s', (_, type, original, patch, expected) => {
    const before = structuredClone([original, patch])
    const mistakes: PatchMistake[] = []
    expect(strategicMerge(type, original, patch, (mistake) => mistakes.push(mistake))).toEqual(expected)
    expect([original, patch]).toEqual(before)
    expect(mistakes.filter((mistake) => mistake.severity === 'error')).toEqual([])
  })
})

/** Of the two next in line, an item that the patch leaves alone goes first only where it stood before the other. */
test.each<[original: string, patch: string, expected: string]>([
  ['abc', '', 'abc'],
  ['', 'abc', 'abc'],
  ['abc', 'x', 'xabc'],
  ['abc', 'b', 'abc'],
  ['abc', 'cb', 'acb'],
  ['abc', 'bx', 'abxc'],
  ['abc', 'xb', 'xabc'],
  ['abcd', 'dxb', 'acdxb'],
])('the order of %j with %j is %j', (original, patch, expected) => {
  const env = (letters: string) => ({ env: named(...letters) })
  expect(strategicMerge('core/v1.Container', env(original), env(patch))).toEqual(env(expected))
  const finalizers = (letters: string) => ({ finalizers: [...letters] })
  expect(strategicMerge('meta/v1.ObjectMeta', finalizers(original), finalizers(patch))).toEqual(finalizers(expected))
})

describe('directives', () => {
  const env = (...names: string[]) => ({ env: named(...names) })
  test.each<Row>([
    [
      '$patch: replace in a map',
      'core/v1.PodSpec',
      { securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: 'replace', fsGroup: 2 } },
      { securityContext: { fsGroup: 2 } },
    ],
    [
      '$patch: delete in a map',
      'core/v1.PodSpec',
      { securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: 'delete' } },
      { securityContext: {} },
    ],
    [
      '$patch of the whole',
      'core/v1.PodSpec',
      { hostNetwork: true },
      { $patch: 'replace', hostPID: true },
      { hostPID: true },
    ],
    [
      '$patch where there is nothing',
      'core/v1.PodSpec',
      {},
      { securityContext: { $patch: 'delete' }, affinity: { nodeAffinity: { $patch: 'replace', a: 1 } } },
      { affinity: {} },
    ],
    ['$patch: delete of an item', ...container(env('a', 'b'), { env: [{ name: 'a', $patch: 'delete' }] }, env('b'))],
    [
      '$patch: delete of an item that is not there',
      ...container(env('a'), { env: [{ name: 'x', $patch: 'delete' }] }, env('a')),
    ],
    [
      '$patch: delete in a list that is not there',
      ...container({}, { env: [{ name: 'x', $patch: 'delete' }, { name: 'y' }] }, env('y')),
    ],
    [
      '$patch: replace of a list',
      ...container(
        env('a', 'b'),
        { env: [{ name: 'b', value: '1' }, { $patch: 'replace' }] },
        { env: [{ name: 'b', value: '1' }] },
      ),
    ],
    [
      'a directive in a new item',
      'core/v1.PodSpec',
      { containers: named('a') },
      { containers: [{ name: 'b', env: [{ name: 'x', $patch: 'delete' }], '$setElementOrder/env': [] }] },
      { containers: [{ name: 'b', env: [] }, { name: 'a' }] },
    ],
    [
      '$retainKeys',
      'apps/v1.DeploymentSpec',
      { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
      { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
    [
      '$retainKeys where there is nothing',
      'apps/v1.DeploymentSpec',
      {},
      { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
    [
      'a strategy without it, which keeps the rest',
      'apps/v1.DeploymentSpec',
      { strategy: { rollingUpdate: { maxSurge: 1 } } },
      { strategy: { type: 'Recreate' } },
      { strategy: { rollingUpdate: { maxSurge: 1 }, type: 'Recreate' } },
    ],
    [
      '$deleteFromPrimitiveList',
      'meta/v1.ObjectMeta',
      { finalizers: ['a', 'b', 'c'] },
      { '$deleteFromPrimitiveList/finalizers': ['b', 'x'], finalizers: ['d'] },
      { finalizers: ['d', 'a', 'c'] },
    ],
    [
      '$deleteFromPrimitiveList of another list',
      ...container({ args: ['a', 'b'] }, { '$deleteFromPrimitiveList/args': ['a'] }, { args: ['b'] }),
    ],
    [
      '$deleteFromPrimitiveList where there is nothing',
      'meta/v1.ObjectMeta',
      {},
      { '$deleteFromPrimitiveList/finalizers': ['b'] },
      {},
    ],
    [
      '$setElementOrder',
      ...container(env('a', 'b', 'c'), { '$setElementOrder/env': named('c', 'b', 'a') }, env('c', 'b', 'a')),
    ],
    [
      '$setElementOrder with a change',
      ...container(
        env('a', 'b', 'c'),
        { '$setElementOrder/env': named('c', 'x', 'a'), env: named('x') },
        env('b', 'c', 'x', 'a'),
      ),
    ],
    [
      '$setElementOrder after a deletion',
      ...container(
        env('a', 'b', 'c'),
        { '$setElementOrder/env': named('x'), env: [{ name: 'a', $patch: 'delete' }, { name: 'x' }] },
        env('b', 'c', 'x'),
      ),
    ],
    [
      '$setElementOrder of a new list',
      ...container({}, { '$setElementOrder/env': named('b', 'a'), env: named('b', 'a') }, env('b', 'a')),
    ],
    [
      '$setElementOrder of no list',
      ...container({ image: 'x' }, { '$setElementOrder/env': named('b') }, { image: 'x' }),
    ],
    [
      '$setElementOrder of scalars',
      'meta/v1.ObjectMeta',
      { finalizers: ['a', 'b'] },
      { '$setElementOrder/finalizers': ['b', 'x', 'a'], finalizers: ['x'] },
      { finalizers: ['b', 'x', 'a'] },
    ],
  ])('%s', (_, type, original, patch, expected) => {
    const mistakes: PatchMistake[] = []
    const result = strategicMerge(type, original, patch, (mistake) => mistakes.push(mistake))
    expect([result, mistakes.filter((mistake) => mistake.severity === 'error')]).toEqual([expected, []])
  })
})

describe('mistakes', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { finalizers: ['a'], labels: { a: 'b' } },
    spec: {
      strategy: { type: 'x' },
      template: { spec: { containers: [{ name: 'a', args: ['x'] }], tolerations: [{ key: 'a' }] } },
    },
  }
  const inPod = (patch: object) => ({ spec: { template: { spec: patch } } })
  test.each<[patch: unknown, path: string, message: string]>([
    [5, '', 'must be a map'],
    [inPod({ containers: [{ image: 'x' }] }), 'spec.template.spec.containers.0', 'an item must have `name`'],
    [
      inPod({ containers: [{ name: 'b' }, { name: {} }] }),
      'spec.template.spec.containers.1',
      'an item must have `name`',
    ],
    [inPod({ containers: [{ $patch: 'delete' }] }), 'spec.template.spec.containers.0', 'an item must have `name`'],
    [inPod({ containers: ['x'] }), 'spec.template.spec.containers.0', 'must be a map'],
    [inPod({ containers: [{ name: 'a', $patch: 'merge' }] }), 'spec.template.spec.containers.0', 'not "merge"'],
    [inPod({ tolerations: [{ $patch: 'replace' }] }), 'spec.template.spec.tolerations', 'replaces as a whole'],
    [{ spec: { $patch: 'merge' } }, 'spec.$patch', '"replace" or "delete", not "merge"'],
    [{ spec: { $patch: null } }, 'spec.$patch', 'not null'],
    [
      { spec: { strategy: { $patch: 'replace', rollingUpdate: { $patch: 'delete' } } } },
      'spec.strategy',
      'replaces as a whole',
    ],
    [{ spec: { strategy: { $retainKeys: 'type' } } }, 'spec.strategy.$retainKeys', 'must be a list'],
    [
      { spec: { strategy: { $retainKeys: ['type'], rollingUpdate: {} } } },
      'spec.strategy.$retainKeys',
      'it lacks `rollingUpdate`',
    ],
    [{ metadata: { finalizers: [1] } }, 'metadata.finalizers', 'scalars of one type'],
    [{ metadata: { finalizers: [{}] } }, 'metadata.finalizers', 'scalars of one type'],
    [
      { metadata: { '$deleteFromPrimitiveList/finalizers': 'a' } },
      'metadata.$deleteFromPrimitiveList/finalizers',
      'list of scalars',
    ],
    [
      inPod({ '$deleteFromPrimitiveList/containers': ['a'] }),
      'spec.template.spec.$deleteFromPrimitiveList/containers',
      'list of scalars',
    ],
    [inPod({ '$setElementOrder/containers': 'a' }), 'spec.template.spec.$setElementOrder/containers', 'must be lists'],
    [
      inPod({ '$setElementOrder/containers': named('a'), containers: null }),
      'spec.template.spec.$setElementOrder/containers',
      'must be lists',
    ],
    [
      inPod({ '$setElementOrder/containers': [{}] }),
      'spec.template.spec.$setElementOrder/containers',
      'nothing but the merge key',
    ],
    [
      inPod({ '$setElementOrder/containers': named('a'), containers: named('b') }),
      'spec.template.spec.$setElementOrder/containers',
      'must name all items',
    ],
    [
      inPod({ '$setElementOrder/containers': named('a', 'b'), containers: named('b', 'a') }),
      'spec.template.spec.$setElementOrder/containers',
      'must name all items',
    ],
    [inPod({ '$setElementOrder/tolerations': ['a'] }), 'spec.template.spec.tolerations', 'the type has none'],
  ])('%j', (patch, path, message) => {
    const mistakes: PatchMistake[] = []
    expect(strategicMerge('apps/v1.Deployment', object, patch, (mistake) => mistakes.push(mistake))).toEqual(object)
    expect(mistakes).toMatchObject([{ severity: 'error', message: expect.stringContaining(message) }])
    expect(mistakes[0]?.path.join('.')).toBe(path)
  })
})

test.each<
  [type: TypeName | undefined, original: unknown, patch: unknown, result: unknown, mistakes: Partial<PatchMistake>[]]
>([
  // A field that the type does not have is only doubted, as long as there is nothing to merge.
  [
    'core/v1.Container',
    {},
    { imag: 'x' },
    { imag: 'x' },
    [
      {
        severity: 'warning',
        path: ['imag'],
        message: '`imag` must be a field of core/v1.Container',
        hint: 'did you mean `image`?',
      },
    ],
  ],
  [
    'core/v1.Container',
    { nope: {} },
    { nope: { a: 1 } },
    { nope: {} },
    [{ severity: 'warning' }, { severity: 'error', path: ['nope'] }],
  ],
  ['core/v1.Container', { image: {} }, { image: { a: 1 } }, { image: {} }, [{ severity: 'error', path: ['image'] }]],
  [
    'core/v1.Container',
    { resources: [] },
    { resources: [1] },
    { resources: [] },
    [{ severity: 'error', path: ['resources'] }],
  ],
  // The object is at fault.
  [
    'core/v1.Container',
    { env: [{ value: 'x' }] },
    { env: named('a') },
    { env: [{ value: 'x' }] },
    [{ severity: 'error', path: ['env'] }],
  ],
  // What is not applied leaves the rest alone.
  [
    'core/v1.Container',
    { env: named('a') },
    { env: [{}], image: 'x' },
    { env: named('a'), image: 'x' },
    [{ severity: 'error', path: ['env', 0] }],
  ],
  [
    undefined,
    { a: 1 },
    { $patch: 'replace', b: { $retainKeys: ['c'], c: 1 } },
    { a: 1, b: { c: 1 } },
    [{ path: ['$patch'] }, { path: ['b', '$retainKeys'] }],
  ],
])('%s: %j with %j', (type, original, patch, expected, expectedMistakes) => {
  const mistakes: PatchMistake[] = []
  expect(strategicMerge(type, original, patch, (mistake) => mistakes.push(mistake))).toEqual(expected)
  expect(mistakes).toMatchObject(expectedMistakes)
})

const cases = new URL('../../../shared/conformance/cases/', import.meta.url)

type K8s = { readonly [field: string]: unknown }

const read = (file: string) =>
  readDocuments(readFileSync(new URL(file, cases), 'utf8'), file, () => {}).map((document) => document.value)

const onPod = (fields: unknown) => ({ spec: { template: { spec: fields } } })
const onDiscovery = (fields: K8s) => onPod({ containers: [{ name: 'discovery', ...fields }] })

describe.skipIf(!existsSync(cases))("istioctl's results (skipped without ../shared)", () => {
  test.each<[name: string, kind: string, ...patches: ((k8s: K8s) => unknown)[]]>([
    ['c-pilot-service', 'Service', ({ service }) => ({ spec: service })],
    ['c-pilot-annotations', 'Service', ({ serviceAnnotations }) => ({ metadata: { annotations: serviceAnnotations } })],
    [
      'c-pilot-annotations',
      'Deployment',
      ({ podAnnotations }) => ({ spec: { template: { metadata: { annotations: podAnnotations } } } }),
    ],
    ['c-pilot-affinity', 'Deployment', ({ affinity }) => onPod({ affinity })],
    ['c-pilot-tolerations', 'Deployment', ({ tolerations }) => onPod({ tolerations })],
    ['c-pilot-strategy-recreate', 'Deployment', ({ strategy }) => ({ spec: { strategy } })],
    ['c-pilot-hpaspec', 'HorizontalPodAutoscaler', ({ hpaSpec }) => ({ spec: hpaSpec })],
    [
      'c-pilot-empty-collections',
      'Deployment',
      ({ env, resources }) => onDiscovery({ env, resources }),
      ({ tolerations, nodeSelector }) => onPod({ tolerations, nodeSelector }),
      ({ strategy }) => ({ spec: { strategy } }),
    ],
  ])('%s: %s', (name, kind, ...patches) => {
    const [operator] = read(`${name}/input.yaml`) as { spec: { components: { pilot: { k8s: K8s } } } }[]
    const k8s = operator?.spec.components.pilot.k8s ?? {}
    const istiod = (file: string) =>
      (read(file) as KubeObject[]).find((object) => object.kind === kind && object.metadata.name === 'istiod')
    const before: unknown = istiod('a-profile-minimal/expected.yaml')
    const after = patches.reduce((object, patch) => {
      const { apiVersion } = object as KubeObject
      return strategicMerge(kindType(apiVersion, kind), object, patch(k8s))
    }, before)
    const expected = istiod(`${name}/expected.yaml`)
    expect(after).toEqual(expected)
    expect(expected).toBeDefined()
  })
})
