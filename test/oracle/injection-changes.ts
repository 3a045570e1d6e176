import { pick, random } from '../mutations/random.ts'
import type { Json } from './injection-cases.ts'

type JsonMap = { [key: string]: Json }

/** Annotations and labels that the templates read, with values that each takes another way through them. */
const words: Readonly<Record<'Annotations' | 'Labels', Readonly<Record<string, readonly string[]>>>> = {
  Annotations: {
    'sidecar.istio.io/interceptionMode': ['REDIRECT', 'TPROXY', 'NONE', ''],
    'sidecar.istio.io/nativeSidecar': ['true', 'false', ''],
    'sidecar.istio.io/capNetBindService': ['true', 'false'],
    'sidecar.istio.io/proxyImage': ['registry.example.com/own/proxy:1', 'own'],
    'sidecar.istio.io/proxyCPU': ['100m'],
    'sidecar.istio.io/proxyMemoryLimit': ['1Gi'],
    'sidecar.istio.io/bootstrapOverride': ['own-bootstrap'],
    'sidecar.istio.io/userVolume': ['{"a":{"emptyDir":{}},"b":{"secret":{"secretName":"b"}}}', 'no JSON'],
    'sidecar.istio.io/userVolumeMount': ['{"a":{"mountPath":"/a"}}', ''],
    'sidecar.istio.io/logLevel': ['debug', 'a "quoted" \\ one\n', 'ünï'],
    'status.sidecar.istio.io/port': ['0', '15022', ' 1'],
    'readiness.status.sidecar.istio.io/periodSeconds': ['7'],
    'traffic.sidecar.istio.io/includeOutboundIPRanges': ['*', '10.0.0.0/8,1.2.3.0/24', ''],
    'traffic.sidecar.istio.io/includeInboundPorts': ['*', '80', ''],
    'traffic.sidecar.istio.io/excludeInboundPorts': ['15020', '4, 15020', ' 81 ,,82'],
    'traffic.sidecar.istio.io/includeOutboundPorts': ['1', ''],
    'traffic.sidecar.istio.io/excludeOutboundPorts': ['2', ''],
    'traffic.sidecar.istio.io/kubevirtInterfaces': ['net0', ''],
    'istio.io/reroute-virtual-interfaces': ['net1'],
    'traffic.sidecar.istio.io/excludeInterfaces': ['eth1'],
    'k8s.v1.cni.cncf.io/networks': ['own', '[{"name":"own"}]', '[broken]'],
    'apm.datadoghq.com/env': ['{"DD_ENV":"prod"}'],
    'resource.opentelemetry.io/service.version': ['9'],
    'kubectl.kubernetes.io/default-container': ['app'],
    'networking.istio.io/service-type': ['ClusterIP'],
    'networking.istio.io/traffic-distribution': ['PreferClose'],
  },
  Labels: {
    app: ['shop', 'yes', '1'],
    version: ['v1'],
    'app.kubernetes.io/name': ['shop-with-a-name-that-is-so-long-that-it-must-be-cut-somewhere---so'],
    'app.kubernetes.io/version': ['2'],
    'service.istio.io/canonical-name': ['canonical'],
    'service.istio.io/canonical-revision': ['r1'],
    'service.istio.io/workload-name': ['workload'],
    'security.istio.io/tlsMode': ['disabled'],
    'networking.istio.io/tunnel': ['none'],
  },
}

/** What any setting of the mesh's values may be given instead: other types are among it, and nothing at all. */
const others: readonly Json[] = [
  null,
  '',
  0,
  1,
  1234567,
  0.5,
  true,
  false,
  'text',
  'no',
  '8080',
  {},
  [],
  [null],
  { a: null },
]

/** The data of a case with one to four changes that follow from the seed, all of which Go's types can hold. */
export function changedData(data: Json, seed: number): Json {
  const next = random(seed)
  const changed = structuredClone(data) as JsonMap
  const kinds = [word, word, value, value, value, scalar, containers, metadata]
  for (let left = 1 + Math.floor(next() * 4); left > 0; left--) pick(kinds, next)(changed, next)
  return changed
}

type Next = () => number

/** An annotation or a label more, or all of them gone. */
function word(data: JsonMap, next: Next): void {
  const field = pick(['Annotations', 'Labels'] as const, next)
  const [name, values] = pick(Object.entries(words[field]), next)
  const holders = [data.ObjectMeta, data, data].map((holder) => holder as JsonMap)
  const fields = [field, field, `Infrastructure${field}`]
  const given = next() < 0.1 ? {} : { [name]: pick(values, next) }
  holders.forEach((holder, index) => {
    const key = fields[index] ?? ''
    if (holder[key] !== undefined) holder[key] = next() < 0.1 ? {} : { ...(holder[key] as JsonMap), ...given }
  })
  // What the Gateway promotes is what its metadata holds.
  if (data[field] !== undefined) data[field] = structuredClone((data.ObjectMeta as JsonMap)[field] ?? {})
}

/** Anything in the values is something else, or gone. */
function value(data: JsonMap, next: Next): void {
  let holder = data.Values as JsonMap
  for (;;) {
    const [key, member] = pick(Object.entries(holder), next)
    const isMap =
      typeof member === 'object' && member !== null && !Array.isArray(member) && Object.keys(member).length > 0
    if (isMap && next() < 0.9) {
      holder = member
      continue
    }
    if (next() < 0.3) delete holder[key]
    else holder[key] = pick(others, next)
    return
  }
}

const scalars: Readonly<Record<string, readonly Json[]>> = {
  Revision: ['', 'canary'],
  NativeSidecars: [true, false],
  ProxyUID: [0, 1000650000],
  ProxyGID: [0, 1000650000],
  CompliancePolicy: ['', 'fips-140-2'],
  InboundTrafficPolicyMode: ['localhost', 'passthrough'],
  TypeMeta: [
    { Kind: '', APIVersion: '' },
    { Kind: 'Job', APIVersion: 'batch/v1' },
  ],
  DeploymentMeta: [
    { Name: '', Namespace: '' },
    { Name: 'yes', Namespace: '1' },
  ],
  ServiceType: ['', 'NodePort', 'LoadBalancer'],
  KubeVersion: [-1, 128, 134],
  IsEastWestGateway: [true, false],
}

function scalar(data: JsonMap, next: Next): void {
  const there = Object.keys(scalars).filter((name) => data[name] !== undefined && name !== 'TypeMeta')
  const name = pick([...there, ...('DeploymentMeta' in data ? ['TypeMeta'] : [])], next)
  data[name] = structuredClone(pick(scalars[name] ?? [], next))
}

/** No container, one of them twice under another name, or one that is called like the proxy. */
function containers(data: JsonMap, next: Next): void {
  const spec = data.Spec as JsonMap
  const list = spec.Containers
  if (!Array.isArray(list)) return
  const [first] = list as JsonMap[]
  const copies = first ? ['second', 'istio-proxy'].map((Name) => ({ ...structuredClone(first), Name })) : []
  spec.Containers = pick([[], ...copies.map((copy) => [...list, copy])], next)
}

const metadataOfProxy: readonly JsonMap[] = [
  { ISTIO_META_ENABLE_HBONE: 'true' },
  { B: 'no', IPTABLES_TRACE_LOGGING: 'true' },
  { A: 'a "quoted" \\ one' },
]

/** Other metadata for a proxy that has some, in both forms in which the data has it. */
function metadata(data: JsonMap, next: Next): void {
  const config = data.ProxyConfig as JsonMap
  const json = config.__json as JsonMap
  if (json.proxyMetadata === undefined) return
  json.proxyMetadata = pick(metadataOfProxy, next)
  config.ProxyMetadata = { ...(json.proxyMetadata as JsonMap) }
}
