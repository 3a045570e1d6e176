import type { KubeObject } from '../../src/k8s/object.ts'
import { bareCluster } from './argocd.ts'
import { at, groupOf, listAt, nameOf, type Timeline } from './timeline.ts'

/** What an apply must never do; the sentences say where it does. */
export type Invariant = (timeline: Timeline) => string[]

export const nothingBeforeItsNamespace: Invariant = (timeline) =>
  early(
    timeline,
    ({ metadata }) =>
      (other) =>
        isKind(other, 'Namespace') && other.metadata.name === metadata.namespace,
  )

export const nothingBeforeItsDefinition: Invariant = (timeline) =>
  early(
    timeline,
    (object) => (other) =>
      isKind(other, 'CustomResourceDefinition') &&
      at(other, 'spec', 'group') === groupOf(object) &&
      at(other, 'spec', 'names', 'kind') === object.kind,
  )

/** Accounts, ConfigMaps and Secrets that a pod names. */
export const nothingBeforeWhatItsPodsName: Invariant = (timeline) =>
  early(timeline, (object) => {
    const named = namedBy(pod(object))
    return ({ kind, metadata }) =>
      named.has(`${kind}/${metadata.name}`) && metadata.namespace === object.metadata.namespace
  })

/** By labels: the revision or tag that the pod names, or the default one. */
export const noInjectedWorkloadBeforeItsWebhook: Invariant = (timeline) =>
  early(timeline, (object) => {
    const labels = at(pod(object), 'metadata', 'labels')
    if (at(labels, 'sidecar.istio.io/inject') !== 'true') return nobody
    const wanted = String(at(labels, 'istio.io/rev') ?? 'default')
    return (other) => {
      const own = at(other.metadata, 'labels')
      return (
        isKind(other, 'MutatingWebhookConfiguration') &&
        String(at(own, 'istio.io/tag') ?? at(own, 'istio.io/rev')) === wanted
      )
    }
  })

/** The istiod of a webhook is the workload that its Service selects. */
export const noWebhookBeforeItsControlPlaneIsHealthy: Invariant = (timeline) =>
  unhealthy(timeline, (object) => {
    const services = listAt(object, 'webhooks').flatMap((webhook) => {
      const called = at(webhook, 'clientConfig', 'service')
      return timeline
        .map((step) => step.object)
        .filter((other) => isKind(other, 'Service') && sameName(other.metadata, called))
    })
    return (other) => services.some((service) => other === service || isBehind(service, other))
  })

/** ztunnel's own istiod is the one that its environment names. */
export const ztunnelAfterNodeAgentAndControlPlane: Invariant = (timeline) =>
  unhealthy(timeline, (object) => {
    if (!isKind(object, 'DaemonSet') || at(pod(object), 'metadata', 'labels', 'app') !== 'ztunnel') return nobody
    const address = listAt(pod(object), 'spec', 'containers')
      .flatMap((container) => listAt(container, 'env'))
      .find((variable) => at(variable, 'name') === 'XDS_ADDRESS')
    const [istiod] = String(at(address, 'value') ?? 'istiod').split('.')
    return (other) =>
      at(pod(other), 'metadata', 'labels', 'k8s-app') === 'istio-cni-node' ||
      (isKind(other, 'Deployment') && other.metadata.name === istiod)
  })

/**
 * What a cluster without metrics or load balancers leaves unhealthy for ever holds up nobody; except a Service that
 * webhooks call, without which nothing would work in any order.
 */
export const nothingThatMayStickBeforeTheEnd: Invariant = (timeline) => {
  const end = Math.max(...timeline.map(({ gate }) => gate))
  const called = new Set(
    timeline.flatMap(({ object }) => listAt(object, 'webhooks').map((w) => at(w, 'clientConfig', 'service', 'name'))),
  )
  return timeline
    .filter(({ object }) => bareCluster(object) !== 'Healthy' && !called.has(object.metadata.name))
    .filter(({ gate }) => gate < end)
    .map(({ object }) => `${nameOf(object)} may stay unhealthy, but others come after it`)
}

/** All of them by name. */
export const invariants = {
  nothingBeforeItsNamespace,
  nothingBeforeItsDefinition,
  nothingBeforeWhatItsPodsName,
  noInjectedWorkloadBeforeItsWebhook,
  noWebhookBeforeItsControlPlaneIsHealthy,
  ztunnelAfterNodeAgentAndControlPlane,
  nothingThatMayStickBeforeTheEnd,
}

/** The invariants that a timeline breaks, with what breaks them; nothing when all hold. */
export function broken(timeline: Timeline, except: readonly Invariant[] = []): string[] {
  return Object.entries(invariants)
    .filter(([, invariant]) => !except.includes(invariant))
    .flatMap(([name, invariant]) => invariant(timeline).map((sentence) => `${name}: ${sentence}`))
}

/** Which other objects an object needs. */
type Needs = (object: KubeObject) => (other: KubeObject) => boolean

/** Pairs in which the needed object is applied later. */
function early(timeline: Timeline, needs: Needs): string[] {
  return timeline.flatMap(({ object }, index) => {
    const needed = needs(object)
    return timeline
      .slice(index + 1)
      .filter((later) => needed(later.object))
      .map((later) => `${nameOf(object)} comes before ${nameOf(later.object)}`)
  })
}

/** Pairs in which nobody waited for the needed object's health. */
function unhealthy(timeline: Timeline, needs: Needs): string[] {
  return timeline.flatMap((step) => {
    const needed = needs(step.object)
    return timeline
      .filter((other) => other.gate >= step.gate && other !== step && needed(other.object))
      .map((other) => `${nameOf(step.object)} does not wait for ${nameOf(other.object)}`)
  })
}

function nobody(): boolean {
  return false
}

function sameName(metadata: unknown, reference: unknown): boolean {
  return ['name', 'namespace'].every((field) => at(metadata, field) === at(reference, field))
}

function isBehind(service: KubeObject, object: KubeObject): boolean {
  const selector = Object.entries((at(service, 'spec', 'selector') ?? {}) as { [label: string]: unknown })
  const labels = at(pod(object), 'metadata', 'labels')
  return (
    selector.length > 0 &&
    object.metadata.namespace === service.metadata.namespace &&
    selector.every(([label, value]) => at(labels, label) === value)
  )
}

function isKind(object: KubeObject, kind: string): boolean {
  return object.kind === kind
}

function pod(object: KubeObject): unknown {
  return ['Deployment', 'DaemonSet', 'StatefulSet', 'Job'].includes(object.kind)
    ? at(object, 'spec', 'template')
    : undefined
}

/** Every account, ConfigMap and Secret that is named anywhere in a pod, as `Kind/name`. */
function namedBy(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, member] of Object.entries(value)) {
    const name = at(member, 'name') ?? at(member, 'secretName')
    if (key === 'serviceAccountName') found.add(`ServiceAccount/${member}`)
    if (/^configMap(Ref|KeyRef)?$/.test(key)) found.add(`ConfigMap/${name}`)
    if (/^secret(Ref|KeyRef)?$/.test(key)) found.add(`Secret/${name}`)
    namedBy(member, found)
  }
  return found
}
