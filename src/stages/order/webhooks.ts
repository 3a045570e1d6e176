import { items, map } from '../../components/words.ts'
import { groupOf } from '../../k8s/group.ts'
import type { Rendered } from '../stage.ts'
import type { Lookup, Workload } from './lookup.ts'
import { injectionOf } from './pods.ts'
import { selects } from './selectors.ts'

type Fields = { readonly [field: string]: unknown }

/** What must be up for a webhook configuration to be answered: the workloads behind it, else its Services. */
export function serversOf(configuration: Rendered, lookup: Lookup): Rendered[] {
  const services = [...new Set(lookup.calledBy(configuration))]
  return services.flatMap((service) => {
    const workloads = lookup.behind(service)
    return workloads.length > 0 ? workloads : [service, ...slicesOf(service, lookup)]
  })
}

/** A Service without a selector leads where its EndpointSlices point, such as a remote istiod's. */
function slicesOf({ object }: Rendered, lookup: Lookup): Rendered[] {
  return lookup.items.filter(
    ({ object: { kind, metadata } }) =>
      kind === 'EndpointSlice' &&
      metadata.namespace === object.metadata.namespace &&
      map(metadata.labels)['kubernetes.io/service-name'] === object.metadata.name,
  )
}

/**
 * The webhook configurations that would inject a workload's pods: those whose selectors take the pod and its namespace,
 * as the API server reads them, or, where a pod asks for injection and none does, those of the revision or tag it names
 * (the default one without a name).
 */
export function injectorsOf({ item, pod }: Workload, lookup: Lookup): Rendered[] {
  const injection = injectionOf(pod)
  if (injection === 'refused') return []
  const namespace = lookup.namespaceLabels(item.object.metadata.namespace)
  const configurations = lookup.items.filter(
    (other) => other.object.kind === 'MutatingWebhookConfiguration' && !serversOf(other, lookup).includes(item),
  )
  const selecting = configurations.filter(({ object }) =>
    items(object.webhooks)
      .map(map)
      .some((webhook) => covers(webhook, '', 'pods') && takes(webhook, namespace, pod.labels)),
  )
  if (selecting.length > 0 || injection === 'unsaid') return selecting
  const revision = [pod.labels, pod.annotations, namespace].find((labels) => 'istio.io/rev' in labels)
  const wanted = String(revision?.['istio.io/rev'] ?? 'default')
  return configurations.filter(({ object }) => {
    const labels = map(object.metadata.labels)
    return String(labels['istio.io/tag'] ?? labels['istio.io/rev'] ?? '') === wanted
  })
}

/** The webhook configurations that validate an object of an extension's kind. */
export function validatorsOf({ object }: Rendered, lookup: Lookup): Rendered[] {
  const namespace = lookup.namespaceLabels(object.metadata.namespace)
  return lookup.items.filter(
    (other) =>
      other.object.kind === 'ValidatingWebhookConfiguration' &&
      items(other.object.webhooks)
        .map(map)
        .some((webhook) => covers(webhook, groupOf(object)) && takes(webhook, namespace, map(object.metadata.labels))),
  )
}

/** Whether a webhook is called when something of a group, and of a resource if one is given, is created. */
function covers({ rules }: Fields, group: string, resource?: string): boolean {
  const lists = (list: unknown, wanted: string) => items(list).some((item) => item === '*' || item === wanted)
  return items(rules)
    .map(map)
    .some(
      ({ operations, apiGroups, resources }) =>
        lists(operations, 'CREATE') &&
        lists(apiGroups, group) &&
        (resource === undefined || lists(resources, resource) || items(resources).includes('*/*')),
    )
}

function takes({ namespaceSelector, objectSelector }: Fields, namespace: Fields, labels: Fields): boolean {
  return selects(namespaceSelector, namespace) && selects(objectSelector, labels)
}
