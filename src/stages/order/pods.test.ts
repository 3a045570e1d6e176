import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../k8s/object.ts'
import { injectionOf, namedBy, podOf } from './pods.ts'

const metadata = { name: 'a', namespace: 'n' }
const pod = { metadata: { labels: { a: 'b' } }, spec: { serviceAccountName: 's' } }

test.each<[KubeObject, boolean]>([
  [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: pod } }, true],
  [{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { template: pod } }, true],
  [{ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: pod } }, true],
  [{ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: { spec: { template: pod } } } }, true],
  [{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...pod.metadata }, spec: pod.spec }, true],
  [{ apiVersion: 'example.io/v1', kind: 'Deployment', metadata, spec: { template: pod } }, false],
  [{ apiVersion: 'v1', kind: 'Service', metadata, spec: {} }, false],
])('%j', (object, makesPods) => {
  const found = podOf(object)
  expect(found !== undefined).toBe(makesPods)
  if (found) expect(found).toMatchObject({ labels: { a: 'b' }, spec: { serviceAccountName: 's' } })
})

test('a workload without a template makes an empty pod', () => {
  expect(podOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: null })).toEqual({
    labels: {},
    annotations: {},
    spec: {},
  })
})

const inject = 'sidecar.istio.io/inject'
test.each([
  [{}, {}, 'unsaid'],
  [{ [inject]: 'true' }, {}, 'asked'],
  [{ [inject]: true }, {}, 'asked'],
  [{ [inject]: 'false' }, { [inject]: 'true' }, 'refused'],
  [{}, { [inject]: 'true' }, 'asked'],
  [{}, { [inject]: 'false' }, 'refused'],
])('labels %j and annotations %j: %s', (labels, annotations, expected) => {
  expect(injectionOf({ labels, annotations, spec: {} })).toBe(expected)
})

describe('what a pod names', () => {
  test.each<[unknown, string[]]>([
    [{}, []],
    [{ serviceAccountName: 's' }, ['ServiceAccount s']],
    [{ priorityClassName: 'p', runtimeClassName: 'r' }, ['PriorityClass p', 'RuntimeClass r']],
    [{ imagePullSecrets: [{ name: 'i' }] }, ['Secret i']],
    [{ volumes: [{ configMap: { name: 'c' } }, { secret: { secretName: 's' } }] }, ['ConfigMap c', 'Secret s']],
    [{ volumes: [{ persistentVolumeClaim: { claimName: 'p' } }, { emptyDir: {} }] }, ['PersistentVolumeClaim p']],
    [
      { volumes: [{ projected: { sources: [{ configMap: { name: 'c' } }, { secret: { name: 's' } }] } }] },
      ['ConfigMap c', 'Secret s'],
    ],
    [
      { containers: [{ envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }] }] },
      ['ConfigMap c', 'Secret s'],
    ],
    [{ initContainers: [{ env: [{ valueFrom: { configMapKeyRef: { name: 'c' } } }] }] }, ['ConfigMap c']],
    [
      { containers: [{ env: [{ name: 'A', value: 'b' }, { valueFrom: { secretKeyRef: { name: 's' } } }] }] },
      ['Secret s'],
    ],
    [{ volumes: null, containers: 'none' }, []],
  ])('%j', (spec, expected) => {
    const named = namedBy({ labels: {}, annotations: {}, spec: spec as { [field: string]: unknown } })
    expect(named.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected)
  })
})
