import { items, map, valueAt } from '../../components/words.ts'
import { groupOf } from '../../k8s/group.ts'
import type { KubeObject } from '../../k8s/object.ts'

type Fields = { readonly [field: string]: unknown }

/** A pod as its workload describes it. */
export interface Pod {
  readonly labels: Fields
  readonly annotations: Fields
  readonly spec: Fields
}

/** Where each kind of workload keeps the pod that it makes. */
const templates: { readonly [groupAndKind: string]: readonly string[] } = {
  '/Pod': [],
  '/ReplicationController': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
}

/** The pod that an object makes; nothing when it makes none. */
export function podOf(object: KubeObject): Pod | undefined {
  const path = templates[`${groupOf(object)}/${object.kind}`]
  if (!path) return undefined
  const pod = valueAt(object, path)
  const { labels, annotations } = map(map(pod).metadata)
  return { labels: map(labels), annotations: map(annotations), spec: map(map(pod).spec) }
}

/** Whether the pod asks for injection, and what it says: the label counts before the annotation of the same name. */
export function injectionOf({ labels, annotations }: Pod): 'asked' | 'refused' | 'unsaid' {
  const said = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject']
  if (said === undefined) return 'unsaid'
  return String(said) === 'true' ? 'asked' : 'refused'
}

/** What a pod names: kind and name, in its own namespace or, for a class, in none. */
export interface Named {
  readonly kind: 'ServiceAccount' | 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'PriorityClass' | 'RuntimeClass'
  readonly name: unknown
}

/** Everything that a pod's containers and volumes name. */
export function namedBy({ spec }: Pod): Named[] {
  const containers = [...items(spec.initContainers), ...items(spec.containers)].map(map)
  const sources = [
    ...items(spec.volumes).map(map),
    ...items(spec.volumes).flatMap((volume) => items(map(map(volume).projected).sources).map(map)),
  ]
  const named: Named[] = [
    { kind: 'ServiceAccount', name: spec.serviceAccountName },
    { kind: 'PriorityClass', name: spec.priorityClassName },
    { kind: 'RuntimeClass', name: spec.runtimeClassName },
    ...items(spec.imagePullSecrets).map((secret): Named => ({ kind: 'Secret', name: map(secret).name })),
    ...sources.flatMap((source): Named[] => [
      { kind: 'ConfigMap', name: map(source.configMap).name },
      { kind: 'Secret', name: map(source.secret).secretName ?? map(source.secret).name },
      { kind: 'PersistentVolumeClaim', name: map(source.persistentVolumeClaim).claimName },
    ]),
    ...containers
      .flatMap(({ envFrom }) => items(envFrom).map(map))
      .flatMap((source): Named[] => [
        { kind: 'ConfigMap', name: map(source.configMapRef).name },
        { kind: 'Secret', name: map(source.secretRef).name },
      ]),
    ...containers
      .flatMap(({ env }) => items(env).map((variable) => map(map(variable).valueFrom)))
      .flatMap((source): Named[] => [
        { kind: 'ConfigMap', name: map(source.configMapKeyRef).name },
        { kind: 'Secret', name: map(source.secretKeyRef).name },
      ]),
  ]
  return named.filter(({ name }) => name !== undefined && name !== null)
}
