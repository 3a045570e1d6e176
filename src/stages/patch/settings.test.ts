import { describe, expect, test } from 'vitest'
import { at } from '../../../test/at.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'
import { applySettings } from './settings.ts'
import type { Target } from './target.ts'

const target: Target = { kind: 'Deployment', name: 'istiod', container: 'discovery', keepsPorts: false }

const objects: readonly KubeObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: 'n' },
    spec: {
      strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
      template: {
        metadata: { annotations: { a: 'chart' } },
        spec: {
          nodeSelector: { os: 'linux' },
          tolerations: [{ key: 'cni' }],
          containers: [
            {
              name: 'discovery',
              image: 'i',
              env: [
                { name: 'A', value: 'chart' },
                { name: 'B', value: 'chart' },
              ],
              resources: { requests: { cpu: '500m', memory: '2Gi' } },
              readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 3 },
            },
            { name: 'other', image: 'o' },
          ],
        },
      },
    },
  },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'another', namespace: 'n' }, spec: { replicas: 1 } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istiod', namespace: 'n' },
    spec: { type: 'ClusterIP', ports: [{ port: 80, name: 'chart' }] },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'istiod', namespace: 'n' },
    spec: { minReplicas: 1, maxReplicas: 5, metrics: [{ type: 'Resource' }] },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'istiod', namespace: 'n' },
    spec: { minAvailable: 1 },
  },
]

function apply(k8s: object, to: Target | undefined = target, among = objects) {
  const told: string[] = []
  const before = structuredClone(among)
  const result = applySettings(among, { ...k8s }, to, {
    path: ['spec', 'components', 'pilot', 'k8s'],
    report: (severity, code, below, message, hint, part) =>
      void told.push(`${severity} ${code} ${below.join('.')} ${part ?? 'value'}: ${message}${hint ? `; ${hint}` : ''}`),
  })
  expect(among).toEqual(before)
  const find = (kind: string, name = 'istiod') => result.find((one) => one.kind === kind && one.metadata.name === name)
  return { result, find, told }
}

const pod: Path = ['spec', 'template', 'spec']
const container: Path = [...pod, 'containers', 'discovery']

describe('a setting', () => {
  test.each<[string, object, string, Path, unknown]>([
    [
      'affinity',
      { affinity: { nodeAffinity: { x: 1 } } },
      'Deployment',
      [...pod, 'affinity'],
      { nodeAffinity: { x: 1 } },
    ],
    [
      'nodeSelector',
      { nodeSelector: { pool: 'a' } },
      'Deployment',
      [...pod, 'nodeSelector'],
      { os: 'linux', pool: 'a' },
    ],
    // The API merges no tolerations.
    ['tolerations', { tolerations: [{ key: 'a' }] }, 'Deployment', [...pod, 'tolerations'], [{ key: 'a' }]],
    ['priorityClassName', { priorityClassName: 'p' }, 'Deployment', [...pod, 'priorityClassName'], 'p'],
    [
      'securityContext',
      { securityContext: { runAsUser: 0 } },
      'Deployment',
      [...pod, 'securityContext'],
      { runAsUser: 0 },
    ],
    [
      'env',
      {
        env: [
          { name: 'B', value: 'user' },
          { name: 'C', value: 'user' },
        ],
      },
      'Deployment',
      [...container, 'env'],
      [
        { name: 'B', value: 'user' },
        { name: 'C', value: 'user' },
        { name: 'A', value: 'chart' },
      ],
    ],
    ['imagePullPolicy', { imagePullPolicy: 'Always' }, 'Deployment', [...container, 'imagePullPolicy'], 'Always'],
    [
      'readinessProbe',
      { readinessProbe: { periodSeconds: 9 } },
      'Deployment',
      [...container, 'readinessProbe'],
      { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 9 },
    ],
    [
      'resources',
      { resources: { requests: { cpu: '1' }, limits: { cpu: '2' } } },
      'Deployment',
      [...container, 'resources'],
      { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2' } },
    ],
    [
      'podAnnotations',
      { podAnnotations: { b: 'user' } },
      'Deployment',
      ['spec', 'template', 'metadata', 'annotations'],
      { a: 'chart', b: 'user' },
    ],
    ['replicaCount', { replicaCount: 3 }, 'Deployment', ['spec', 'replicas'], 3],
    [
      'strategy',
      { strategy: { rollingUpdate: { maxSurge: 1 } } },
      'Deployment',
      ['spec', 'strategy'],
      { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    ],
    [
      'hpaSpec',
      { hpaSpec: { maxReplicas: 9, metrics: [{ type: 'Pods' }] } },
      'HorizontalPodAutoscaler',
      ['spec'],
      { minReplicas: 1, maxReplicas: 9, metrics: [{ type: 'Pods' }] },
    ],
    [
      'podDisruptionBudget',
      { podDisruptionBudget: { minAvailable: 2 } },
      'PodDisruptionBudget',
      ['spec'],
      { minAvailable: 2 },
    ],
    ['service', { service: { type: 'NodePort' } }, 'Service', ['spec', 'type'], 'NodePort'],
    ['serviceAnnotations', { serviceAnnotations: { a: 'b' } }, 'Service', ['metadata', 'annotations'], { a: 'b' }],
  ])('%s', (_, k8s, kind, path, expected) => {
    const { find, told } = apply(k8s)
    expect(told).toEqual([])
    const found = at(find(kind), path)
    if (Array.isArray(expected) && path.at(-1) === 'env') expect(new Set(found as unknown[])).toEqual(new Set(expected))
    else expect(found).toEqual(expected)
  })

  test('changes its own object and nothing else', () => {
    const { result } = apply({ replicaCount: 3, env: [{ name: 'C', value: 'c' }] })
    expect(result.slice(1)).toEqual(objects.slice(1))
    expect(at(result[0], [...pod, 'containers', 'other'])).toEqual({ name: 'other', image: 'o' })
  })

  test.each<[string, object, string, Path]>([
    ['a null takes away what the chart has', { nodeSelector: null }, 'Deployment', [...pod, 'nodeSelector']],
    ['a null deep down', { resources: { requests: null } }, 'Deployment', [...container, 'resources', 'requests']],
    ['a null budget', { podDisruptionBudget: { minAvailable: null } }, 'PodDisruptionBudget', ['spec', 'minAvailable']],
  ])('%s', (_, k8s, kind, path) => {
    const { find, told } = apply(k8s)
    expect(told).toEqual([])
    expect(at(find(kind), path) ?? undefined).toBe(undefined)
    expect(find(kind)).toBeDefined()
  })

  test('`maxUnavailable` silences the `minAvailable` of the chart', () => {
    const { find } = apply({ podDisruptionBudget: { maxUnavailable: 1 } })
    expect(find('PodDisruptionBudget')?.spec).toEqual({ maxUnavailable: 1, minAvailable: null })
  })

  test("a gateway's ports come in through its values, others' are merged", () => {
    const k8s = { service: { ports: [{ port: 443 }] } }
    const ports = (keepsPorts: boolean) => at(apply(k8s, { ...target, keepsPorts }).find('Service'), ['spec', 'ports'])
    expect(ports(true)).toEqual([{ port: 80, name: 'chart' }])
    expect(new Set(ports(false) as object[])).toEqual(new Set([{ port: 80, name: 'chart' }, { port: 443 }]))
  })
})

describe('a setting that changes nothing', () => {
  test.each<[string, object, Target | undefined, string]>([
    [
      'for an object that is not there',
      { replicaCount: 3 },
      { ...target, name: 'istiod-canary' },
      'warning patch-without-target replicaCount key: `replicaCount` must have an object to change; there is no Deployment "istiod-canary"; remove it, or switch on what it belongs to.',
    ],
    [
      'for an autoscaler that is switched off',
      { hpaSpec: {} },
      { ...target, name: 'x' },
      'warning patch-without-target hpaSpec key: `hpaSpec` must have an object to change; there is no HorizontalPodAutoscaler "x"; switch autoscaling on (`autoscaleEnabled`, `autoscaleMin`, `autoscaleMax` in the values).',
    ],
    [
      'of a component without a workload',
      { affinity: {} },
      undefined,
      'warning patch-without-target affinity key: `affinity` must not be set here: `spec.components.pilot.k8s` has no workload; remove it, or switch on what it belongs to.',
    ],
    [
      'as the installer never applies it',
      { volumes: [] },
      target,
      "warning ignored-setting volumes key: `volumes` must not be set here: it is never applied; use an overlay with the path `spec.template.spec.volumes` or the component's values instead.",
    ],
  ])('%s', (_, k8s, to, line) => {
    const told: string[] = []
    const context = {
      path: ['spec', 'components', 'pilot', 'k8s'],
      report: (severity: string, code: string, below: Path, message: string, hint?: string, part = 'value') =>
        void told.push(`${severity} ${code} ${below.join('.')} ${part}: ${message}; ${hint}`),
    }
    expect(applySettings(objects, { ...k8s }, to, context)).toEqual(objects)
    expect(told).toEqual([line])
  })

  test('because the list has an item without its key', () => {
    const { told } = apply({ env: [{ value: 'x' }] })
    expect(told).toEqual([expect.stringMatching(/^error bad-patch env/)])
  })

  test('because there is none', () => {
    expect(apply({}).result).toEqual(objects)
    expect(apply({ overlays: [], unknown: 1 }).result).toEqual(objects)
  })
})
