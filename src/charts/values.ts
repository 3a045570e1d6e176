import { map, merged, print } from '../components/words.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { isBefore } from './release.ts'

/** What the values of a chart follow from. */
export interface Handed {
  /** The key of the component under `spec.components`. */
  readonly component: string
  /** The release of its chart. */
  readonly release: string | undefined
  /** What stands there for it; for a gateway, its own item of the list. */
  readonly settings: Fields
  /** The merged `spec` of the IstioOperator. */
  readonly spec: Fields
  /** The namespaces of the components, by key, and which of them are on. */
  readonly namespaces: { readonly [component: string]: string }
  readonly on: ReadonlySet<string>
}

/** Fields of the spec that 1.20 to 1.23 copied into the values, and where to. */
const copies: { readonly [field: string]: readonly string[] } = {
  hub: ['global', 'hub'],
  tag: ['global', 'tag'],
  revision: ['revision'],
  meshConfig: ['meshConfig'],
  compatibilityVersion: ['compatibilityVersion'],
}

/** Where the components of 1.20 to 1.23 found their own settings; of two with the same root the later one counts. */
const roots: { readonly [component: string]: string } = {
  istiodRemote: 'global',
  base: 'global',
  pilot: 'pilot',
  cni: 'cni',
  ztunnel: 'ztunnel',
}

/** Values beside the globals that are the same for all charts. */
const everybodys = ['ownerName', 'revision', 'compatibilityVersion', 'profile']

/** The blocks of the gateways under `values.gateways`. */
const gateways: { readonly [component: string]: string } = {
  ingressGateways: 'istio-ingressgateway',
  egressGateways: 'istio-egressgateway',
}

/**
 * The values that istioctl 1.20 to 1.23 handed the charts of its release. What follows from other fields of the spec lies
 * below everything in `values`, of a profile too: hub, tag, revision, mesh configuration, and of each component whether
 * it is on (the CNI is called `istio_cni` for that), where it goes, and its own hub and tag, those of `base` being
 * everybody's. A null takes away what lies below it and never reaches a chart. A gateway gets its name and ports, and
 * its labels only where it has some. To ztunnel it handed a few fields that are everybody's, and over them its own values,
 * all at the top; the globals as `global` in 1.23, and at the top as well before.
 */
export function valuesBefore24(asked: Handed): Fields {
  const { component, settings, spec, release } = asked
  const all = map(withoutNulls([spec.values, spec.unvalidatedValues].filter(isMap).reduce(merged, followed(asked))))
  const block = gateways[component]
  if (block !== undefined) {
    const own = { ...map(map(all.gateways)[block]), ...ofGateway(settings) }
    return { ...all, gateways: { ...map(all.gateways), [block]: own } }
  }
  if (component !== 'ztunnel') return all
  const shared = Object.fromEntries(everybodys.flatMap((name) => (name in all ? [[name, all[name]]] : [])))
  const globals = isBefore(release, 23) ? map(all.global) : { global: all.global }
  return { ...shared, ...globals, ...map(all.ztunnel) }
}

/** The values that follow from other fields. */
function followed({ spec, namespaces, on }: Handed): unknown {
  let result: unknown = { istio_cni: { enabled: on.has('cni') } }
  for (const [field, path] of Object.entries(copies)) {
    const value = spec[field]
    if (value !== undefined && value !== null && value !== '') result = merged(result, nested(path, value))
  }
  for (const [name, root] of Object.entries(roots)) {
    const { hub, tag } = map(map(spec.components)[name])
    const own = {
      ...(name !== 'cni' && { enabled: on.has(name) }),
      namespace: namespaces[name],
      ...(print(hub) !== '' && { hub }),
      ...(print(tag) !== '' && { tag: print(tag) }),
    }
    result = merged(result, { [root]: own })
  }
  return merged(result, { global: { istioNamespace: namespaces.pilot } })
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value)
}

/** What a gateway says of itself. */
function ofGateway({ name, label, k8s }: Fields): Fields {
  const { ports } = map(map(k8s).service)
  return {
    name: name ?? '',
    ...(Object.keys(map(label)).length > 0 && { labels: label }),
    ...(Array.isArray(ports) && ports.length > 0 && { ports: ports.map(servicePort) }),
  }
}

/** A port as it stood in the Service in the end: with its protocol, and a target of 0 where it names none. */
function servicePort(port: unknown): Fields {
  const { protocol, targetPort } = map(port)
  return { ...map(port), protocol: /^udp$/i.test(print(protocol)) ? 'UDP' : 'TCP', targetPort: targetPort ?? 0 }
}

/** The same without members that are null, in maps within lists too. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isMap(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]))
}

/**
 * The values with the lowest number of replicas that the `k8s` settings of a component ask for, which some releases hand
 * to the chart as well: it makes a PodDisruptionBudget only where there are several.
 */
export function withReplicas(values: Fields, root: readonly string[], k8s: unknown): Fields {
  const { hpaSpec, replicaCount } = map(k8s)
  const own = { autoscaleMin: map(hpaSpec).minReplicas, replicaCount }
  const given = Object.entries(own).filter(([, count]) => typeof count === 'number' && count !== 0)
  return given.length === 0 ? values : map(merged(values, nested(root, Object.fromEntries(given))))
}
