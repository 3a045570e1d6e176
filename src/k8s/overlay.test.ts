import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readDocuments } from '../yaml/read.ts'
import type { KubeObject } from './object.ts'
import { applyOverlay, applyPatches, type MissReason, type OverlayPatch } from './overlay.ts'

const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'istiod', annotations: { 'a.b/c': 'x' }, labels: null },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [
          { name: 'one', args: ['--a', '--b=1', '--c'], ports: [{ containerPort: 8080 }, { containerPort: 9 }] },
          { name: 'two' },
          { image: 'unnamed' },
        ],
        empty: [],
        nested: [[1, 2], [{ x: 1 }]],
        mixed: [null, 'x'],
      },
    },
  },
}

/** What stands at `spec.template.spec`, after a patch below it. */
const patched = (path: string, value?: unknown) => {
  const result = applyOverlay(object, `spec.template.spec.${path}`, value)
  return [(result.object as typeof object).spec.template.spec, result.miss?.reason] as const
}
const pod = object.spec.template.spec
const [one, two, unnamed] = pod.containers

describe('writes', () => {
  test.each<[path: string, value: unknown, expected: object, miss?: MissReason]>([
    // A key takes the value, whatever was there.
    ['containers.[name:two].image', 'new', { containers: [one, { name: 'two', image: 'new' }, unnamed] }],
    ['containers[1].image', 'new', { containers: [one, { name: 'two', image: 'new' }, unnamed] }],
    ['containers', ['x'], { containers: ['x'] }],
    ['hostNetwork', true, { hostNetwork: true }],
    ['hostname', '', { hostname: '' }],
    ['nodeSelector', {}, { nodeSelector: {} }],
    ['tolerations', [], { tolerations: [] }],
    // Items, by index, by key and text, by pattern.
    ['containers.[2]', { name: 'z' }, { containers: [one, two, { name: 'z' }] }],
    ['containers.[name:two]', 'text', { containers: [one, 'text', unnamed] }],
    ['containers.[0].args.[:--b]', 'B', { containers: [{ ...one, args: ['--a', 'B', '--c'] }, two, unnamed] }],
    ['containers.[0].args.[b=\\d$]', 'B', { containers: [{ ...one, args: ['--a', 'B', '--c'] }, two, unnamed] }],
    ['containers.[0].args.[(?i)--C]', 'C', { containers: [{ ...one, args: ['--a', '--b=1', 'C'] }, two, unnamed] }],
    [
      'containers.[0].ports.[containerPort:9].name',
      'n',
      { containers: [{ ...one, ports: [{ containerPort: 8080 }, { containerPort: 9, name: 'n' }] }, two, unnamed] },
    ],
    ['containers.[name:<nil>].name', 'n', { containers: [one, two, { image: 'unnamed', name: 'n' }] }],
    // Beyond the end, and -1, append.
    ['containers.[3].name', 'new', { containers: [...pod.containers, { name: 'new' }] }],
    ['containers.[99].name', 'new', { containers: [...pod.containers, { name: 'new' }] }],
    ['containers.[-1]', { name: 'new' }, { containers: [...pod.containers, { name: 'new' }] }],
    ['containers.[-1].args.[0]', 'x', { containers: [...pod.containers, { args: ['x'] }] }],
    ['empty.[0]', 'x', { empty: ['x'] }],
    // Missing maps are made; a missing list is made as a map with a key in brackets.
    ['affinity.nodeAffinity.x', 1, { affinity: { nodeAffinity: { x: 1 } } }, 'unknown-field'],
    ['volumes.[0].name', 'v', { volumes: { '[0]': { name: 'v' } } }, 'literal-key'],
    ['volumes.[name:v]', {}, { volumes: { '[name:v]': {} } }, 'literal-key'],
    ['volumes.[bad', 1, { volumes: { '[bad': 1 } }, 'unknown-field'],
    // Text that is YAML becomes a map; JSON, and text without colons, stays.
    ['affinity', 'nodeAffinity: {}', { affinity: { nodeAffinity: {} } }],
    ['affinity', 'a:\n  b: on\n', { affinity: { a: { b: true } } }],
    ['affinity', '# nothing:\n', { affinity: {} }],
    ['containers.[1]', 'name: x', { containers: [one, { name: 'x' }, unnamed] }],
    ['hostname', 'a: b', { hostname: { a: 'b' } }, 'text-is-a-map'],
    ['hostname', '{"a": 1}', { hostname: '{"a": 1}' }],
    ['hostname', '[{"a": 1}]', { hostname: '[{"a": 1}]' }],
    ['hostname', 'http://a:80', { hostname: 'http://a:80' }],
    ['hostname', 'a\nb', { hostname: 'a\nb' }],
    ['hostname', 'a: [', { hostname: 'a: [' }],
    ['hostname', '3', { hostname: '3' }],
    // A null item takes a map; a list in a list keeps its items, though not what is in them.
    ['mixed.[0].x', 1, { mixed: [{ x: 1 }, 'x'] }],
    ['nested.[1].[0].x', 2, { nested: [[1, 2], [{ x: 2 }]] }],
    ['nested.[0].[1]', 5, {}, 'fixed-list'],
    ['nested.[0].[7].x', 5, {}, 'fixed-list'],
    // Nothing is found.
    ['containers.[name:three].image', 'x', {}, 'no-such-item'],
    ['containers.[name:TWO].image', 'x', {}, 'no-such-item'],
    ['containers.[0].args.[--z]', 'x', {}, 'no-such-item'],
    ['empty.[name:x]', 'x', {}, 'no-such-item'],
    ['containers.[two].image', 'x', {}, 'bad-selector'],
    ['containers.[name=two].image', 'x', {}, 'bad-selector'],
    ['containers.[name:t:o].image', 'x', {}, 'bad-selector'],
    ['containers.[-2].image', 'x', {}, 'bad-selector'],
    ['containers.name.image', 'x', {}, 'bad-selector'],
    ['containers.[0].args.name', 'x', {}, 'bad-selector'],
    ['containers.[0].args.[]', 'x', {}, 'bad-selector'],
    ['containers.[0].args.[(]', 'x', {}, 'bad-selector'],
    ['containers.[0].args.[(?=a)]', 'x', {}, 'bad-selector'],
    ['containers.[name:one].name.first', 'x', {}, 'not-a-map'],
    // Fields that the API does not have.
    ['contaners', [], { contaners: [] }, 'unknown-field'],
    ['securityContext.nope.deep', 1, { securityContext: { nope: { deep: 1 } } }, 'unknown-field'],
    ['hostname.first', 1, { hostname: { first: 1 } }, 'unknown-field'],
    ['__proto__', 1, JSON.parse('{"__proto__": 1}'), 'unknown-field'],
  ])('%s = %j', (path, value, expected, miss) => {
    const before = structuredClone(object)
    expect(patched(path, value)).toEqual([{ ...pod, ...expected }, miss])
    expect(object).toEqual(before)
  })
})

describe('deletes', () => {
  const without = (key: string) => Object.fromEntries(Object.entries(pod).filter(([name]) => name !== key))
  test.each<[path: string, expected: object, miss?: MissReason]>([
    ['containers', without('containers')],
    ['containers.[name:one]', { ...pod, containers: [two, unnamed] }],
    ['containers.[0].args.[--b]', { ...pod, containers: [{ ...one, args: ['--a', '--c'] }, two, unnamed] }],
    ['containers.[2].image', { ...pod, containers: [one, two, {}] }],
    // What is missing leaves empty maps behind.
    ['volumes', pod, 'nothing-there'],
    ['dnsConfig.options.x', { ...pod, dnsConfig: { options: {} } }, 'nothing-there'],
    ['volumes.[0]', { ...pod, volumes: {} }, 'nothing-there'],
    ['containers.[7]', pod, 'nothing-there'],
    ['containers.[7].name', pod, 'nothing-there'],
    ['mixed.[0].x', pod, 'nothing-there'],
    ['nested.[0].[1]', pod, 'fixed-list'],
  ])('%s', (path, expected, miss) => {
    expect(patched(path)).toEqual([expected, miss])
    expect(patched(path, null)).toEqual([expected, miss])
  })
})

test.each<[path: string, value: unknown, reason: MissReason]>([
  ['', 1, 'empty-path'],
  ['.', undefined, 'empty-path'],
  ['a.'.repeat(300), 1, 'too-deep'],
])('the path "%s" leads nowhere', (path, value, reason) => {
  expect(applyOverlay(object, path, value)).toMatchObject({ object, miss: { reason } })
})

test('below a null, keys are set and items are not', () => {
  const set = applyOverlay(object, 'metadata.labels.x', 'y')
  expect(set).toEqual({ object: { ...object, metadata: { ...object.metadata, labels: { x: 'y' } } } })
  expect(applyOverlay(object, 'metadata.labels.x', null)).toMatchObject({ object, miss: { reason: 'nothing-there' } })
  expect(applyOverlay(object, 'metadata.labels.[0].x', 'y')).toMatchObject({ object, miss: { reason: 'fixed-list' } })
})

test('dots in names are escaped', () => {
  const { object: result, miss } = applyOverlay(object, 'metadata.annotations.a\\.b/c', 'y')
  expect([(result as typeof object).metadata.annotations, miss]).toEqual([{ 'a.b/c': 'y' }, undefined])
})

test.each([
  ['spec.template.spec.containers.[name:thre].image', 'x', 30, '[name:thre]', ['one', 'two']],
  ['spec.template.spec.containers[0].args.[--z]', 'x', 38, '[--z]', ['--a', '--b=1', '--c']],
  ['spec.replica', 3, 5, 'replica', ['replicas']],
  ['spec.template.spec.xyzzy', undefined, 19, 'xyzzy', ['containers', 'empty', 'nested', 'mixed']],
  ['spec.replicas.x', 3, 14, 'x', []],
])('what is wrong with %s, and where', (path, value, offset, segment, candidates) => {
  expect(applyOverlay(object, path, value).miss).toMatchObject({ offset, segment, candidates })
})

describe('patches of one overlay build on each other', () => {
  test.each<[patches: OverlayPatch[], expected: object, misses: (MissReason | undefined)[]]>([
    [
      [
        { path: 'a', value: { b: { c: 1 } } },
        { path: 'a.b.c', value: 2 },
      ],
      { a: { b: { c: 2 } } },
      ['unknown-field', undefined],
    ],
    // In what was written before, a list is appended to, a list can be made, and a map given as text moves.
    [
      [
        { path: 'data', value: { l: ['x'] } },
        { path: 'data.l', value: 'y' },
      ],
      { data: { l: ['x', 'y'] } },
      [undefined, 'appended'],
    ],
    [
      [
        { path: 'data', value: { l: [] } },
        { path: 'data.l', value: ['y'] },
      ],
      { data: { l: [['y']] } },
      [undefined, 'appended'],
    ],
    [
      [
        { path: 'data', value: { l: ['x'] } },
        { path: 'data.l.[0]', value: 'y' },
      ],
      { data: { l: ['y'] } },
      [undefined, undefined],
    ],
    [
      [
        { path: 'data', value: {} },
        { path: 'data.l.[0]', value: 'y' },
      ],
      { data: { l: ['y'] } },
      [undefined, undefined],
    ],
    [
      [
        { path: 'data', value: {} },
        { path: 'data.l.[n:x]', value: 'y' },
      ],
      { data: { l: { '[n:x]': 'y' } } },
      [undefined, 'literal-key'],
    ],
    [
      [
        { path: 'data', value: { k: 1 } },
        { path: 'data.k', value: 'a: b' },
      ],
      { data: { a: 'b' } },
      [undefined, 'text-is-a-map'],
    ],
    [
      [
        { path: 'data.made.here', value: 1 },
        { path: 'data.made', value: 'a: b' },
      ],
      { data: { made: { a: 'b' } } },
      ['unknown-field', 'text-is-a-map'],
    ],
    [
      [{ path: 'data.x', value: 'y' }, { path: 'data.x' }, { path: 'data.x' }],
      { data: {} },
      [undefined, undefined, 'nothing-there'],
    ],
  ])('%j', (patches, expected, misses) => {
    const base = { apiVersion: 'v1', kind: 'ConfigMap' }
    const result = applyPatches(base, patches)
    expect(result.object).toEqual({ ...base, ...expected })
    expect(result.misses.map((miss) => miss?.reason)).toEqual(misses)
  })
})

test('a kind that is not known has no unknown fields', () => {
  expect(applyOverlay({ apiVersion: 'x/v1', kind: 'Y' }, 'spec.a.b', 'c: d')).toEqual({
    object: { apiVersion: 'x/v1', kind: 'Y', spec: { a: { b: { c: 'd' } } } },
  })
})

const cases = new URL('../../../shared/conformance/cases/', import.meta.url)

interface Operator {
  readonly spec: {
    readonly profile: string
    readonly components: { readonly [name: string]: { readonly k8s: { readonly overlays: Overlay[] } } }
  }
}
interface Overlay {
  readonly kind: string
  readonly name: string
  readonly patches?: OverlayPatch[]
}

const read = (file: string) =>
  readDocuments(readFileSync(new URL(file, cases), 'utf8'), file, () => {}).map((document) => document.value)

describe.skipIf(!existsSync(cases))("istioctl's results (skipped without ../shared)", () => {
  test.each([
    'd-bad-paths-silently-ignored',
    'd-cni-and-ztunnel-overlays',
    'd-create-missing-intermediate',
    'd-delete-missing-is-noop',
    'd-empty-string-value-is-not-delete',
    'd-escaped-selector-webhook',
    'd-hpa-configmap-and-webhooks',
    'd-json-string-stays-string',
    'd-list-selector-whole-item',
    'd-list-value-selector-clusterrole',
    'd-multiline-string-becomes-map',
    'd-order-and-dependencies',
    'd-structured-values',
    'd-unmatched-kind-or-name-ignored',
  ])('%s', (name) => {
    const [operator] = read(`${name}/input.yaml`) as Operator[]
    let objects = read(`a-profile-${operator?.spec.profile}/expected.yaml`) as KubeObject[]
    for (const { k8s } of Object.values(operator?.spec.components ?? {})) {
      for (const overlay of k8s.overlays) {
        objects = objects.map((object) =>
          object.kind === overlay.kind && object.metadata.name === overlay.name
            ? (applyPatches(object, overlay.patches ?? []).object as KubeObject)
            : object,
        )
      }
    }
    const byName = (list: readonly KubeObject[]) =>
      Object.fromEntries(
        list.map((object) => [`${object.kind} ${object.metadata.name} ${object.metadata.namespace}`, object]),
      )
    expect(byName(objects)).toEqual(byName(read(`${name}/expected.yaml`) as KubeObject[]))
  })
})
