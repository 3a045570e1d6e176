import { components } from '../../../components/index.ts'
import { map, valueAt } from '../../../components/words.ts'
import type { Resolved } from '../../2-resolve.ts'
import { podOf } from '../../order/pods.ts'
import { selects } from '../../order/selectors.ts'
import type { Rendered } from '../../stage.ts'
import { culprit, type Mesh, type MeshRule, type MeshTell, planeOf } from './mesh.ts'
import { isWritten, quote, writtenPath } from './rule.ts'

/**
 * Reports `autoscaler-bounds` for autoscalers that the API server refuses, `scaled-twice` for a number of pods beside an
 * autoscaler, and `budget-blocks-drain` for budgets that never let a pod go, so that no node can be drained.
 */
export const scaling: MeshRule = (mesh, tell) => {
  for (const item of mesh.rendered) {
    if (item.object.kind === 'HorizontalPodAutoscaler') {
      bounds(mesh, item, tell)
      replicas(mesh, item, tell)
    }
    if (item.object.kind === 'PodDisruptionBudget') budget(mesh, item, tell)
  }
}

function bounds(mesh: Mesh, item: Rendered, tell: MeshTell): void {
  const { minReplicas = 1, maxReplicas } = map(item.object.spec)
  if (typeof minReplicas !== 'number' || typeof maxReplicas !== 'number') return
  const sources = (field: 'min' | 'max') => ({
    overlay: `${field}Replicas`,
    k8s: [['hpaSpec', `${field}Replicas`]],
    own: [[`autoscale${field === 'min' ? 'Min' : 'Max'}`]],
  })
  if (minReplicas < 1) {
    tell(item, {
      grade: 'mistake',
      code: 'autoscaler-bounds',
      path: culprit(mesh, item, sources('min')),
      must: `be at least 1; it is ${quote(minReplicas)}`,
    })
  } else if (minReplicas > maxReplicas) {
    const [min, max] = [sources('min'), sources('max')]
    tell(item, {
      grade: 'mistake',
      code: 'autoscaler-bounds',
      path: culprit(mesh, item, { overlay: 'Replicas', k8s: [...min.k8s, ...max.k8s], own: [...min.own, ...max.own] }),
      must: `leave the fewest pods below the most; there are to be ${minReplicas} at least and ${maxReplicas} at most`,
      hint: 'without a setting of yours there are 1 at least and 5 at most.',
    })
  }
}

/** Two writers of one field: the autoscaler wins, and each sync or apply sets the number back until it does. */
function replicas(mesh: Mesh, item: Rendered, tell: MeshTell): void {
  const { kind, name } = map(map(item.object.spec).scaleTargetRef)
  const target = mesh.rendered.find(
    ({ object }) =>
      object.kind === kind &&
      object.metadata.name === name &&
      object.metadata.namespace === item.object.metadata.namespace,
  )
  const plane = target && planeOf(mesh, target)
  if (!target || !plane) return
  if (map(target.object.spec).replicas === undefined && ownReplicas(plane, target) === undefined) return
  const path = culprit(mesh, target, { overlay: 'replicas', k8s: [['replicaCount']], own: [['replicaCount']] })
  tell(target, {
    grade: 'warning',
    code: 'scaled-twice',
    path: writtenPath(plane.spec, path),
    must: 'not be set beside an autoscaler, which counts the pods itself',
    hint: 'set `autoscaleMin` and `autoscaleMax`, or `autoscaleEnabled: false` in the values.',
    part: 'key',
  })
}

/** The number in the values, which counts only where nothing is scaled. */
function ownReplicas(plane: Resolved, { component }: Rendered): unknown {
  const root = components.find(({ name }) => name === component)?.valuesRoot ?? []
  // Profiles of 1.20 and 1.21 say it themselves.
  if (plane.charts?.profiles && !isWritten(plane, ['spec', 'values', ...root, 'replicaCount'])) return undefined
  return map(valueAt(plane.spec.values, root)).replicaCount
}

function budget(mesh: Mesh, item: Rendered, tell: MeshTell): void {
  const { minAvailable, maxUnavailable, selector } = map(item.object.spec)
  const covered = mesh.rendered.filter((other) => {
    const pod = podOf(other.object)
    return pod && other.object.metadata.namespace === item.object.metadata.namespace && selects(selector, pod.labels)
  })
  if (covered.length === 0) return
  const pods = covered.reduce((sum, workload) => sum + fewest(mesh, workload), 0)
  const kept = maxUnavailable === undefined || maxUnavailable === null ? count(minAvailable, pods) : undefined
  const gone = kept === undefined ? count(maxUnavailable, pods) : undefined
  if (!(kept !== undefined && kept >= pods && pods > 0) && gone !== 0) return
  const field = kept === undefined ? 'maxUnavailable' : 'minAvailable'
  tell(item, {
    grade: 'warning',
    code: 'budget-blocks-drain',
    path: culprit(mesh, item, {
      overlay: field,
      k8s: [['podDisruptionBudget', field], ['hpaSpec', 'minReplicas'], ['replicaCount']],
      own: [['pdb', field], ['autoscaleMin'], ['replicaCount']],
    }),
    must:
      kept === undefined
        ? `let a pod go; with ${quote(maxUnavailable)} unavailable at most no node with one of them can be drained`
        : `let a pod go; with ${quote(minAvailable)} of ${pods} kept no node with one of them can be drained`,
    hint: `raise the number of pods, or set \`podDisruptionBudget: {maxUnavailable: 1}\`.`,
  })
}

/** The fewest pods that a workload has when nothing goes wrong. */
function fewest(mesh: Mesh, { object }: Rendered): number {
  const scaler = mesh.rendered.find(
    (other) =>
      other.object.kind === 'HorizontalPodAutoscaler' &&
      other.object.metadata.namespace === object.metadata.namespace &&
      map(map(other.object.spec).scaleTargetRef).name === object.metadata.name,
  )
  const { minReplicas = 1 } = map(scaler?.object.spec)
  const { replicas = 1 } = map(object.spec)
  const pods = scaler ? minReplicas : replicas
  return typeof pods === 'number' ? pods : 1
}

/** A number, or a percentage of the pods, which Kubernetes rounds up. */
function count(value: unknown, pods: number): number | undefined {
  if (typeof value === 'number') return value
  const [, percent] = /^(\d+)%$/.exec(String(value)) ?? []
  return percent === undefined ? undefined : Math.ceil((Number(percent) * pods) / 100)
}
