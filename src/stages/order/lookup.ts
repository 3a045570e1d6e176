import { items, map } from '../../components/words.ts'
import { groupOf } from '../../k8s/group.ts'
import { identity } from '../../k8s/object.ts'
import type { Rendered } from '../stage.ts'
import { type Pod, podOf } from './pods.ts'
import { holds } from './selectors.ts'

type Fields = { readonly [field: string]: unknown }

/** An object that makes pods, with the pod that it makes. */
export interface Workload {
  readonly item: Rendered
  readonly pod: Pod
}

/** The objects of a run, found by what they are for each other. */
export interface Lookup {
  readonly items: readonly Rendered[]
  readonly workloads: readonly Workload[]
  /** The object of that identity, `group/Kind/namespace/name`. */
  readonly find: (identity: string) => Rendered | undefined
  /** The CRD that defines an object's kind. */
  readonly definitionOf: (item: Rendered) => Rendered | undefined
  /** A namespace's labels as far as the run knows them. */
  readonly namespaceLabels: (name: unknown) => Fields
  /** The workloads whose pods a Service leads to. */
  readonly behind: (service: Rendered) => Rendered[]
  /** The Services, as far as they are in the run, that a webhook configuration calls. */
  readonly calledBy: (configuration: Rendered) => Rendered[]
}

/** Makes the lookup; the objects must be those of one run, without duplicates. */
export function lookUp(all: readonly Rendered[]): Lookup {
  const byIdentity = new Map(all.map((item) => [identity(item.object), item]))
  const definitions = new Map(
    all
      .filter(({ object }) => object.kind === 'CustomResourceDefinition')
      .map((item) => {
        const spec = map(item.object.spec)
        return [`${spec.group}/${map(spec.names).kind}`, item]
      }),
  )
  const workloads = all.flatMap((item) => {
    const pod = podOf(item.object)
    return pod ? [{ item, pod }] : []
  })
  const find = (identity: string) => byIdentity.get(identity)
  return {
    items: all,
    workloads,
    find,
    definitionOf: ({ object }) => definitions.get(`${groupOf(object)}/${object.kind}`),
    namespaceLabels: (name) => ({
      ...map(find(`/Namespace//${name}`)?.object.metadata.labels),
      'kubernetes.io/metadata.name': name,
    }),
    behind: ({ object }) => {
      const { selector } = map(object.spec)
      if (Object.keys(map(selector)).length === 0) return []
      return workloads
        .filter(({ item, pod }) => sameNamespace(item, object.metadata.namespace) && holds(selector, pod.labels))
        .map(({ item }) => item)
    },
    calledBy: ({ object }) =>
      items(object.webhooks).flatMap((webhook) => {
        const { namespace, name } = map(map(map(webhook).clientConfig).service)
        return find(`/Service/${namespace}/${name}`) ?? []
      }),
  }
}

function sameNamespace({ object }: Rendered, namespace: unknown): boolean {
  return String(object.metadata.namespace ?? '') === String(namespace ?? '')
}
