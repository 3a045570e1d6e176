import type { KubeObject } from '../../src/k8s/object.ts'
import { annotation, at, compare, groupOf, nameOf, position, type Step, type Timeline } from './timeline.ts'

/** Argo CD's order of kinds inside a wave. */
const kindOrder = [
  ...['Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget'],
  ...['ServiceAccount', 'Secret', 'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume'],
  ...['PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleList', 'ClusterRoleBinding'],
  ...['ClusterRoleBindingList', 'Role', 'RoleList', 'RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod'],
  ...['ReplicationController', 'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob'],
  ...['IngressClass', 'Ingress', 'APIService'],
]

export type Health = 'Healthy' | 'Progressing' | 'Degraded'

export interface Sync {
  readonly timeline: Timeline
  /** `Stuck` is a sync that runs until somebody ends it. */
  readonly outcome: 'Succeeded' | 'Failed' | 'Stuck'
  /** The objects whose health ended or held the sync. */
  readonly because: readonly string[]
}

/**
 * A sync of objects that are not in the cluster yet: waves ascending, kinds then names inside one, and every wave but
 * the last one waits until its objects are healthy. `healthOf` says how healthy an object ever gets.
 */
export function sync(objects: readonly KubeObject[], healthOf: (object: KubeObject) => Health = healthy): Sync {
  const tasks = pulledUp(
    pulledUp(sorted(objects), namespaceName, ({ metadata }) => metadata.namespace as string | undefined),
    definedKind,
    (object) => `${groupOf(object)}/${object.kind}`,
  )
  const last = tasks.at(-1)?.gate
  const timeline: Step[] = []
  for (const wave of [...new Set(tasks.map(({ gate }) => gate))]) {
    const now = tasks.filter(({ gate }) => gate === wave)
    timeline.push(...now)
    if (wave === last) break
    const because = (health: Health) =>
      now.filter(({ object }) => healthOf(object) === health).map(({ object }) => nameOf(object))
    if (because('Degraded').length > 0) return { timeline, outcome: 'Failed', because: because('Degraded') }
    if (because('Progressing').length > 0) return { timeline, outcome: 'Stuck', because: because('Progressing') }
  }
  return { timeline, outcome: 'Succeeded', because: [] }
}

/** A cluster without metrics and without load balancers: what may never become healthy, doesn't. */
export function bareCluster(object: KubeObject): Health {
  if (object.kind === 'HorizontalPodAutoscaler') return 'Degraded'
  if (object.kind === 'Service' && at(object, 'spec', 'type') === 'LoadBalancer') return 'Progressing'
  if (object.kind === 'Ingress' || groupOf(object) === 'gateway.networking.k8s.io') return 'Progressing'
  return 'Healthy'
}

/** When each object that is no longer wanted is deleted, in gates of the sync that also applies `wanted`. */
export function prune(live: readonly KubeObject[], wanted: readonly KubeObject[]): Timeline {
  const names = new Set(wanted.map(nameOf))
  const gone = live.filter((object) => !names.has(nameOf(object)) && !options(object).includes('Prune=false'))
  // What came first goes last: the waves of what is pruned change places, the first with the last one and so on.
  const waves = [...new Set(gone.map(waveOf))].sort((a, b) => a - b)
  const mirrored = (wave: number) => waves[waves.length - 1 - waves.indexOf(wave)] as number
  const last = Math.max(0, ...wanted.map(waveOf), ...gone.map(waveOf)) + 1
  return gone
    .map((object) => ({ object, gate: options(object).includes('PruneLast=true') ? last : mirrored(waveOf(object)) }))
    .sort((a, b) => a.gate - b.gate)
}

function options(object: KubeObject): string[] {
  return (annotation(object, 'argocd.argoproj.io/sync-options') ?? '').split(',').map((option) => option.trim())
}

function healthy(): Health {
  return 'Healthy'
}

function waveOf(object: KubeObject): number {
  const wave = annotation(object, 'argocd.argoproj.io/sync-wave') ?? ''
  return /^[+-]?\d+$/.test(wave) ? Number(wave) : 0
}

function sorted(objects: readonly KubeObject[]): Step[] {
  const key = (object: KubeObject) => [
    waveOf(object),
    position(kindOrder, object.kind),
    String(object.metadata.name),
    nameOf(object),
  ]
  return objects
    .map((object) => ({ object, gate: waveOf(object) }))
    .sort((a, b) => compare(key(a.object), key(b.object)))
}

/** A Namespace or CRD that would come after the first object that needs it is pulled up before that. */
function pulledUp(
  tasks: readonly Step[],
  provides: (object: KubeObject) => string | undefined,
  needs: (object: KubeObject) => string | undefined,
): Step[] {
  const result: Step[] = []
  for (const task of tasks) {
    const provided = provides(task.object)
    const user = provided === undefined ? -1 : result.findIndex(({ object }) => needs(object) === provided)
    if (user < 0) result.push(task)
    else result.splice(user, 0, { object: task.object, gate: (result[user] as Step).gate })
  }
  return result
}

function namespaceName({ kind, metadata }: KubeObject): string | undefined {
  return kind === 'Namespace' ? String(metadata.name) : undefined
}

function definedKind(object: KubeObject): string | undefined {
  if (object.kind !== 'CustomResourceDefinition') return undefined
  return `${at(object, 'spec', 'group')}/${at(object, 'spec', 'names', 'kind')}`
}
