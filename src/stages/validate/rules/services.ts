import { items, map, truth } from '../../../components/words.ts'
import type { Problem } from '../../../problem.ts'
import { display } from '../../order/display.ts'
import { podOf } from '../../order/pods.ts'
import { holds } from '../../order/selectors.ts'
import type { Rendered } from '../../stage.ts'
import { culprit, type Mesh, type MeshRule, type MeshTell } from './mesh.ts'
import { quote } from './rule.ts'

type Fields = { readonly [field: string]: unknown }

const sources = (field: string) =>
  ({
    overlay: field,
    k8s: [['service', field], ['service']],
    own: [[field], ['ingressPorts']],
  }) as const

/**
 * Reports what the API server refuses in Services, and what leads nowhere: `duplicate-item` and `missing-name` of ports,
 * `missing-field` without any port, `conflicting-fields` of the type, `service-without-pods` and `unknown-target-port`.
 */
export const services: MeshRule = (mesh, tell) => {
  for (const item of mesh.rendered) {
    if (item.object.kind !== 'Service') continue
    const spec = map(item.object.spec)
    ports(mesh, item, spec, tell)
    type(mesh, item, spec, tell)
    targets(mesh, item, spec, tell)
  }
}

function ports(mesh: Mesh, item: Rendered, spec: Fields, tell: MeshTell): void {
  const list = items(spec.ports).map(map)
  const path = culprit(mesh, item, sources('ports'))
  // Only what has no address of its own can do without.
  if (list.length === 0 && spec.type !== 'ExternalName' && spec.clusterIP !== 'None') {
    tell(item, {
      grade: 'mistake',
      code: 'missing-field',
      path,
      must: `leave ${display(item.object)} at least one port; the API server refuses a Service without`,
      hint: 'take it out to keep the ports that are rendered, or list some.',
    })
  }
  const say = (code: Problem['code'], must: string, hint: string) =>
    tell(item, { grade: 'mistake', code, path, must, hint })
  const numbers = list.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`)
  const names = list.map(({ name }) => name).filter(truth)
  const nodePorts = list.flatMap(({ nodePort, protocol = 'TCP' }) =>
    truth(nodePort) ? [`${nodePort}/${protocol}`] : [],
  )
  const all: readonly (readonly [string, readonly unknown[]])[] = [
    ['port', numbers],
    ['name', names],
    ['nodePort', nodePorts],
  ]
  for (const [what, list] of all) {
    const repeated = list.find((one, index) => list.indexOf(one) < index)
    if (repeated === undefined) continue
    say(
      'duplicate-item',
      `not repeat the ${what} ${quote(repeated)}, which the Service has already`,
      'keep one of the two.',
    )
  }
  if (list.length > 1 && names.length < list.length) {
    const unnamed = list.find(({ name }) => !truth(name))
    say(
      'missing-name',
      `name every port, as there are several; ${unnamed?.port === undefined ? 'one' : `port ${unnamed.port}`} has no name`,
      'such as `name: https`.',
    )
  }
}

const exposed = ['NodePort', 'LoadBalancer']

/** Fields that only some types of Services may have. */
const typed: readonly { readonly field: string; readonly types: readonly string[] }[] = [
  { field: 'externalTrafficPolicy', types: exposed },
  { field: 'healthCheckNodePort', types: ['LoadBalancer'] },
  { field: 'loadBalancerClass', types: ['LoadBalancer'] },
  { field: 'loadBalancerSourceRanges', types: ['LoadBalancer'] },
  { field: 'allocateLoadBalancerNodePorts', types: ['LoadBalancer'] },
]

function type(mesh: Mesh, item: Rendered, spec: Fields, tell: MeshTell): void {
  const own = typeof spec.type === 'string' ? spec.type : 'ClusterIP'
  for (const { field, types } of typed) {
    // A Service with external addresses may say how traffic from outside goes on.
    const reached = field === 'externalTrafficPolicy' && items(spec.externalIPs).length > 0
    if (spec[field] === undefined || spec[field] === null || spec[field] === 0) continue
    if (types.includes(own) || reached) continue
    tell(item, {
      grade: 'mistake',
      code: 'conflicting-fields',
      path: culprit(mesh, item, sources(field)),
      must: `not be set beside the type ${quote(own)}: only a Service of type ${types.join(' or ')} may have it`,
      hint: 'take it out, or change the type.',
    })
  }
  const isLocal = spec.externalTrafficPolicy === 'Local'
  if (own === 'LoadBalancer' && truth(spec.healthCheckNodePort) && !isLocal) {
    tell(item, {
      grade: 'mistake',
      code: 'conflicting-fields',
      path: culprit(mesh, item, sources('healthCheckNodePort')),
      must: 'come with `externalTrafficPolicy: Local`: without it no node is asked for its health',
      hint: 'take it out, or set `externalTrafficPolicy: Local` as well.',
    })
  }
  const withNodePort = items(spec.ports).find((port) => truth(map(port).nodePort))
  if (withNodePort && !exposed.includes(own)) {
    tell(item, {
      grade: 'mistake',
      code: 'conflicting-fields',
      path: culprit(mesh, item, sources('ports')),
      must: `not ask for the node port ${map(withNodePort).nodePort} beside the type ${quote(own)}`,
      hint: 'take `nodePort` out, or use the type "NodePort".',
    })
  }
}

/** Where a Service leads, as far as the workloads behind it are rendered as well. */
function targets(mesh: Mesh, item: Rendered, spec: Fields, tell: MeshTell): void {
  if (Object.keys(map(spec.selector)).length === 0) return
  const workloads = mesh.rendered.flatMap((other) => {
    const pod = podOf(other.object)
    return pod && other.object.metadata.namespace === item.object.metadata.namespace ? [{ other, pod }] : []
  })
  const behind = workloads.filter(({ pod }) => holds(spec.selector, pod.labels))
  if (behind.length === 0) {
    const own = workloads.some(({ other }) => other.path === item.path && other.owner === item.owner)
    if (!own) return
    tell(item, {
      grade: 'warning',
      code: 'service-without-pods',
      path: culprit(mesh, item, { overlay: 'selector', k8s: [['service', 'selector'], ['service']] }),
      must: 'lead to pods: no workload that is rendered has all of the labels that it selects',
      hint: 'change the selector, or the labels of the pods.',
    })
    return
  }
  // A name where the number of a container's port belongs is told as such.
  const open = new Set(
    behind.flatMap(({ pod }) =>
      items(pod.spec.containers).flatMap((container) =>
        items(map(container).ports)
          .map(map)
          .flatMap(({ name, containerPort }) => [name, containerPort]),
      ),
    ),
  )
  for (const { name, targetPort } of items(spec.ports).map(map)) {
    if (typeof targetPort !== 'string' || targetPort === '' || /^\d+$/.test(targetPort) || open.has(targetPort))
      continue
    tell(item, {
      grade: 'warning',
      code: 'unknown-target-port',
      path: culprit(mesh, item, sources('ports')),
      must: `lead to ports that the containers name; ${quote(targetPort)}, the target of ${quote(name)}, is none`,
      hint: 'write the number of the port.',
    })
  }
}
