import { map } from '../../components/words.ts'
import { builtInGroups, groupOf } from '../../k8s/group.ts'
import type { Rendered } from '../stage.ts'
import type { ComponentDependency } from './components.ts'
import type { Edge } from './graph.ts'
import type { Lookup } from './lookup.ts'
import { namedBy } from './pods.ts'
import { selects } from './selectors.ts'
import { injectorsOf, serversOf, validatorsOf } from './webhooks.ts'

/** One object needs another one first; `healthy` when it is not enough that the other one exists. */
export interface ObjectEdge extends Edge<Rendered> {
  readonly healthy: boolean
}

/** All the edges of a run, one function a reason. */
export function edgesOf(lookup: Lookup, dependencies: readonly ComponentDependency[]): ObjectEdge[] {
  return [
    namespaces(lookup),
    definitions(lookup),
    references(lookup),
    servers(lookup),
    injection(lookup),
    validation(lookup),
    components(lookup, dependencies),
    scaling(lookup),
  ].flat()
}

function edges(from: Rendered, to: readonly (Rendered | undefined)[], reason: string, healthy: boolean): ObjectEdge[] {
  const others = new Set(to.filter((other) => other !== undefined && other !== from) as Rendered[])
  return [...others].map((other) => ({ from, to: other, reason, healthy }))
}

function namespaces({ items, find }: Lookup): ObjectEdge[] {
  return items.flatMap((item) => {
    const { namespace } = item.object.metadata
    return namespace ? edges(item, [find(`/Namespace//${namespace}`)], 'lives in', false) : []
  })
}

function definitions({ items, definitionOf }: Lookup): ObjectEdge[] {
  return items.flatMap((item) => edges(item, [definitionOf(item)], 'is of the kind defined by', true))
}

/** A pod does not start without what it mounts and the account it runs as. */
function references({ workloads, find }: Lookup): ObjectEdge[] {
  const groups = { PriorityClass: 'scheduling.k8s.io/PriorityClass/', RuntimeClass: 'node.k8s.io/RuntimeClass/' }
  return workloads.flatMap(({ item, pod }) => {
    const namespace = item.object.metadata.namespace ?? ''
    const found = namedBy(pod).map(({ kind, name }) =>
      find(
        kind === 'PriorityClass' || kind === 'RuntimeClass'
          ? `${groups[kind]}/${name}`
          : `/${kind}/${namespace}/${name}`,
      ),
    )
    return edges(item, found, 'starts with', false)
  })
}

/** A webhook that nobody answers makes the API server refuse what it should have looked at. */
function servers(lookup: Lookup): ObjectEdge[] {
  return lookup.items
    .filter(({ object }) => object.kind.endsWith('WebhookConfiguration'))
    .flatMap((item) => edges(item, serversOf(item, lookup), 'is answered by', true))
}

/** A pod is injected when it is created or never; and what is injected may count on the node agent. */
function injection(lookup: Lookup): ObjectEdge[] {
  const agents = lookup.workloads.map(({ item }) => item).filter(({ component }) => component === 'Cni')
  return lookup.workloads.flatMap((workload) => {
    const injectors = injectorsOf(workload, lookup)
    return injectors.length === 0
      ? []
      : [
          ...edges(workload.item, injectors, 'is injected by', true),
          ...edges(workload.item, agents, 'starts on nodes prepared by', true),
        ]
  })
}

/** Configuration that is applied before its validator is up is never looked at. */
function validation(lookup: Lookup): ObjectEdge[] {
  return lookup.items
    .filter(({ object }) => !builtInGroups.has(groupOf(object)))
    .flatMap((item) => edges(item, validatorsOf(item, lookup), 'is validated by', true))
}

/** A component's workloads wait for those of its own revision, or for all where none is (its revision may be a tag). */
function components({ workloads }: Lookup, dependencies: readonly ComponentDependency[]): ObjectEdge[] {
  return dependencies.flatMap(({ from, to, reason }) => {
    const needed = workloads.map(({ item }) => item).filter(({ component }) => component === to)
    return workloads
      .filter(({ item }) => item.component === from)
      .flatMap(({ item }) => {
        const own = needed.filter(({ revision }) => revision === item.revision)
        return edges(item, own.length > 0 ? own : needed, reason, true)
      })
  })
}

/** What tunes, guards or exposes a workload is of use when that is there. */
function scaling({ items, workloads, find, behind }: Lookup): ObjectEdge[] {
  return items.flatMap((item) => {
    const { kind, metadata, spec } = item.object
    const { selector, scaleTargetRef, targetRef, type } = map(spec)
    const target = map(scaleTargetRef ?? targetRef)
    if (kind === 'PodDisruptionBudget') {
      const guarded = workloads.filter(
        ({ item: { object }, pod }) =>
          object.metadata.namespace === metadata.namespace && selector && selects(selector, pod.labels),
      )
      return edges(
        item,
        guarded.map((workload) => workload.item),
        'guards',
        true,
      )
    }
    if (kind === 'Service' && type === 'LoadBalancer' && item.component !== 'Pilot') {
      return edges(item, behind(item), 'exposes', true)
    }
    if (target.name === undefined) return []
    const apiVersion = String(target.apiVersion ?? 'apps/v1')
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
    const scaled = find(`${group}/${target.kind ?? 'Deployment'}/${metadata.namespace ?? ''}/${target.name}`)
    return edges(item, [scaled], 'scales', true)
  })
}
