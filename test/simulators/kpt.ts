import type { KubeObject } from '../../src/k8s/object.ts'
import { annotation, at, compare, groupOf, nameOf, type Timeline } from './timeline.ts'

/** The order of kinds inside a set of `kpt live apply`; other kinds come between these and the last one. */
const first = [
  ...['/Namespace', '/ResourceQuota', 'storage.k8s.io/StorageClass', 'apiextensions.k8s.io/CustomResourceDefinition'],
  ...['admissionregistration.k8s.io/MutatingWebhookConfiguration', '/ServiceAccount'],
  ...['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'],
  ...['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
  ...['/ConfigMap', '/Secret', '/Service', '/LimitRange', 'scheduling.k8s.io/PriorityClass'],
  ...['apps/Deployment', 'apps/StatefulSet', 'batch/CronJob', 'policy/PodDisruptionBudget'],
]
const last = 'admissionregistration.k8s.io/ValidatingWebhookConfiguration'

/**
 * `kpt live apply`: sets from `depends-on`, from namespaces and from CRDs; kinds in order inside a set; between two sets
 * it waits until the first one is current. It refuses dependencies on strangers and circles, and so does this.
 */
export function apply(objects: readonly KubeObject[]): Timeline {
  const byReference = new Map(objects.map((object) => [reference(object), object]))
  const needs = new Map(
    objects.map((object) => [object, [...declared(object, byReference), ...implied(object, objects)]]),
  )
  const applied = new Map<KubeObject, number>()
  for (let gate = 0; applied.size < objects.length; gate++) {
    const open = objects.filter((object) => !applied.has(object))
    const free = open.filter((object) => needs.get(object)?.every((need) => applied.has(need)))
    if (free.length === 0) throw new Error(`cyclic dependency: ${open.map(nameOf).join(', ')}`)
    for (const object of free) applied.set(object, gate)
  }
  const key = (object: KubeObject) => [
    applied.get(object) as number,
    rank(`${groupOf(object)}/${object.kind}`),
    groupOf(object),
    object.kind,
    String(object.metadata.namespace ?? ''),
    String(object.metadata.name),
  ]
  return [...objects]
    .sort((a, b) => compare(key(a), key(b)))
    .map((object) => ({ object, gate: applied.get(object) as number }))
}

/** The references that an object's annotation holds, as they stand there. */
export function declaredReferences(object: KubeObject): string[] {
  const text = annotation(object, 'config.kubernetes.io/depends-on')
  return text === undefined ? [] : text.split(',').map((item) => item.trim())
}

/** How an object is referred to: core kinds have an empty group, cluster-wide ones no namespace. */
export function reference(object: KubeObject): string {
  const { namespace, name } = object.metadata
  return namespace === undefined
    ? [groupOf(object), object.kind, name].join('/')
    : [groupOf(object), 'namespaces', namespace, object.kind, name].join('/')
}

function declared(object: KubeObject, byReference: ReadonlyMap<string, KubeObject>): KubeObject[] {
  return declaredReferences(object).map((text) => {
    if (![3, 5].includes(text.split('/').length)) throw new Error(`invalid reference: ${text}`)
    const target = byReference.get(text)
    if (!target) throw new Error(`external dependency: ${nameOf(object)} -> ${text}`)
    return target
  })
}

function implied(object: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(
    (other) =>
      (other.kind === 'Namespace' && other.metadata.name === object.metadata.namespace) ||
      (other.kind === 'CustomResourceDefinition' &&
        at(other, 'spec', 'group') === groupOf(object) &&
        at(other, 'spec', 'names', 'kind') === object.kind),
  )
}

function rank(groupAndKind: string): number {
  const index = first.indexOf(groupAndKind)
  if (index >= 0) return index
  return groupAndKind === last ? first.length + 1 : first.length
}
