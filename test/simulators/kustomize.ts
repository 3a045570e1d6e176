import type { KubeObject } from '../../src/k8s/object.ts'
import { compare, groupOf, type Timeline } from './timeline.ts'

/** kustomize's legacy order of kinds; other kinds come between these and the last ones. */
const first = [
  ...['Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy'],
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service'],
  ...['LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet'],
  ...['CronJob', 'PodDisruptionBudget'],
]
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** What `kustomize build` makes of the objects unless its `sortOptions` say `fifo`. */
export function legacySort(objects: readonly KubeObject[]): KubeObject[] {
  const key = (object: KubeObject) => [
    rank(object.kind),
    [groupOf(object) || '~G', object.apiVersion.split('/').at(-1), object.kind].join('_'),
    [object.metadata.namespace ?? '~X', object.metadata.name].join('|'),
  ]
  return [...objects].sort((a, b) => compare(key(a), key(b)))
}

/** `kubectl apply` of a stream: one object after the other, and it waits for none of them. */
export function kubectlApply(objects: readonly KubeObject[]): Timeline {
  return objects.map((object) => ({ object, gate: 0 }))
}

/** Somebody applies a stream by hand, one object after the other, and waits for each. */
export function patientApply(objects: readonly KubeObject[]): Timeline {
  return objects.map((object, gate) => ({ object, gate }))
}

function rank(kind: string): number {
  const index = first.indexOf(kind)
  if (index >= 0) return index - first.length
  return last.indexOf(kind) + 1
}
