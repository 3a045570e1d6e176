import type { KubeObject } from '../../src/k8s/object.ts'
import { compare, groupOf, type Step, type Timeline } from './timeline.ts'

/** The order of kinds inside a stage; other kinds come between these and the last ones. */
const first = [
  ...['CustomResourceDefinition', 'Namespace', 'ClusterRole', 'ResourceQuota', 'StorageClass', 'ServiceAccount'],
  ...['PodSecurityPolicy', 'Role', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Service', 'LimitRange'],
  ...['PriorityClass', 'Deployment', 'StatefulSet', 'CronJob', 'PodDisruptionBudget'],
]
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** What a Kustomization applies, and waits for, before all the rest. */
const definitions = ['CustomResourceDefinition', 'Namespace', 'ClusterRole']

/**
 * Flux Kustomizations that depend on each other in a row, each with `wait: true`: inside one, the definitions, then
 * classes, then all the rest in one go.
 */
export function reconcile(kustomizations: readonly (readonly KubeObject[])[]): Timeline {
  const steps: Step[] = []
  let gate = 0
  for (const objects of kustomizations) {
    for (const stage of [0, 1, 2]) {
      const now = objects.filter((object) => stageOf(object) === stage).sort((a, b) => compare(key(a), key(b)))
      steps.push(...now.map((object) => ({ object, gate })))
      gate += 1
    }
  }
  return steps
}

function stageOf({ kind }: KubeObject): number {
  if (definitions.includes(kind)) return 0
  return kind.endsWith('Class') ? 1 : 2
}

function key(object: KubeObject) {
  const { kind, metadata } = object
  const index = first.indexOf(kind)
  const rank = index >= 0 ? index - first.length : last.indexOf(kind) + 1
  return [rank, groupOf(object), kind, String(metadata.namespace ?? ''), String(metadata.name)]
}
