import { describe, expect, test } from 'vitest'
import { at } from '../../../test/at.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'
import { applyOverlays } from './overlays.ts'

const deployment = (namespace: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'gateway', namespace },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'istio-proxy', image: 'i', args: ['a', 'b'] }] } } },
})
const objects: readonly KubeObject[] = [
  deployment('a'),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'gateway', namespace: 'a' }, spec: { type: 'ClusterIP' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'gateway-account', namespace: 'a' } },
]

function apply(overlays: unknown, among = objects) {
  const told: string[] = []
  const before = structuredClone(among)
  const result = applyOverlays(among, overlays, {
    path: [],
    report: (severity, code, below, message, hint) =>
      void told.push(`${severity} ${code} ${below.join('.')}: ${message}${hint ? `; ${hint}` : ''}`),
  })
  expect(among).toEqual(before)
  return { result, told }
}

const patch = (path: string, value?: unknown) => ({ path, ...(value !== undefined && { value }) })
const onDeployment = (...patches: object[]) => [{ kind: 'Deployment', name: 'gateway', patches }]
const container: Path = ['spec', 'template', 'spec', 'containers', 'istio-proxy']

test.each<[string, unknown, string]>([
  ['kind', 5, '`kind`, and that text'],
  ['kind', undefined, '`kind`, and that text'],
  ['apiVersion', '', '`apiVersion`, and that text'],
  ['metadata', undefined, '`metadata`, and that a map'],
  ['metadata', [], '`metadata`, and that a map'],
  ['metadata.name', 5, '`metadata.name`, and that text'],
])('what is left must be an object: %s becomes %j', (path, value, message) => {
  const { result, told } = apply(onDeployment(patch(path, value)))
  expect(told).toEqual([
    expect.stringContaining(`error bad-patch overlays.0: the overlay must leave Deployment "gateway" with ${message}`),
  ])
  expect(result).toEqual(objects)
})

test.each([{}, { kind: 'Deployment' }, { name: 'gateway' }, { kind: 5, name: {} }])('%j names nothing', (overlay) => {
  expect(apply([{ ...overlay, patches: [patch('kind')] }])).toEqual({ result: objects, told: [] })
})

describe('an overlay', () => {
  test.each<[string, unknown, number, Path, unknown]>([
    ['sets a field', onDeployment(patch('spec.replicas', 3)), 0, ['spec', 'replicas'], 3],
    ['makes a field', onDeployment(patch('spec.paused', true)), 0, ['spec', 'paused'], true],
    [
      'makes the maps on the way',
      onDeployment(patch('metadata.labels.team', 'mesh')),
      0,
      ['metadata', 'labels', 'team'],
      'mesh',
    ],
    [
      'sets a field of a named item',
      onDeployment(patch('spec.template.spec.containers.[name:istio-proxy].image', 'mine')),
      0,
      [...container, 'image'],
      'mine',
    ],
    [
      'takes an item away when it has no value',
      onDeployment(patch('spec.template.spec.containers.[name:istio-proxy]')),
      0,
      ['spec', 'template', 'spec', 'containers'],
      [],
    ],
    [
      'applies its patches in order',
      onDeployment(patch('spec.strategy', { type: 'Recreate' }), patch('spec.strategy.type', 'RollingUpdate')),
      0,
      ['spec', 'strategy'],
      { type: 'RollingUpdate' },
    ],
    [
      'sees what those before it left',
      [
        ...onDeployment(patch('spec.strategy', { type: 'Recreate' })),
        ...onDeployment(patch('spec.strategy.type', 'RollingUpdate')),
      ],
      0,
      ['spec', 'strategy'],
      { type: 'RollingUpdate' },
    ],
    [
      'counts by kind and name, whatever it calls the apiVersion',
      [{ apiVersion: 'v9', kind: 'Service', name: 'gateway', patches: [patch('spec.type', 'NodePort')] }],
      1,
      ['spec', 'type'],
      'NodePort',
    ],
  ])('%s', (_, overlays, index, path, expected) => {
    const { result, told } = apply(overlays)
    expect(told).toEqual([])
    expect(at(result[index], path)).toEqual(expected)
    expect(result.filter((_, other) => other !== index)).toEqual(objects.filter((_, other) => other !== index))
  })

  test('changes every object of its kind and name', () => {
    const { result, told } = apply(onDeployment(patch('spec.replicas', 3)), [deployment('a'), deployment('b')])
    expect(told).toEqual([])
    expect(result.map((one) => at(one, ['spec', 'replicas']))).toEqual([3, 3])
  })

  test.each([[undefined], [null], ['x'], [{}], [[]]])('that is %j is none', (overlays) => {
    expect(apply(overlays)).toEqual({ result: objects, told: [] })
  })
})

describe('an overlay that misses', () => {
  test.each<[string, unknown, string[]]>([
    [
      'its object',
      [{ kind: 'Deployment', name: 'gatway', patches: [patch('spec.replicas', 3)] }],
      [
        'error overlay-miss overlays.0.name: the overlay must name an object of this component; there is no Deployment "gatway"; did you mean Deployment "gateway"? The component renders Deployment "gateway".',
      ],
    ],
    [
      'a kind that is not rendered',
      [{ kind: 'StatefulSet', name: 'x', patches: [] }],
      [
        'error overlay-miss overlays.0.name: the overlay must name an object of this component; there is no StatefulSet "x"; the component renders Deployment, Service, ServiceAccount.',
      ],
    ],
    [
      'an item',
      onDeployment(patch('spec.replicas', 2), patch('spec.template.spec.containers.[name:istio-prox].image', 'x')),
      [
        'error overlay-miss overlays.0.patches.1.path: `path` "spec.template.spec.containers.[name:istio-prox].image" must lead somewhere: `spec.template.spec.containers` has no item `[name:istio-prox]`; did you mean "istio-proxy"? There: "istio-proxy".',
      ],
    ],
  ])('%s', (_, overlays, lines) => {
    expect(apply(overlays).told).toEqual(lines)
  })

  test('leaves what the others do', () => {
    const { result, told } = apply([
      { kind: 'Secret', name: 'x', patches: [] },
      ...onDeployment(patch('spec.replicas', 3)),
    ])
    expect(told).toHaveLength(1)
    expect(at(result[0], ['spec', 'replicas'])).toBe(3)
  })

  test('the same in two objects is told once', () => {
    const { told } = apply(onDeployment(patch('spec.template.spec.volumes.[name:x].name', 'y')), [
      deployment('a'),
      deployment('b'),
    ])
    expect(told).toHaveLength(1)
  })
})
