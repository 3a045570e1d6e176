import { map } from '../../components/words.ts'
import type { Phase } from '../../engines/phases.ts'
import { builtInGroups, groupOf } from '../../k8s/group.ts'
import { row } from '../../k8s/object.ts'
import type { ComponentName, Rendered } from '../stage.ts'
import { podOf } from './pods.ts'

/** When a component's own pods start. */
const phaseOfWorkload: { readonly [component in ComponentName]: Phase } = {
  Base: 'control-plane',
  Pilot: 'control-plane',
  Cni: 'control-plane',
  // Needs istiod's answers and the CNI agent's traffic, but no webhook.
  Ztunnel: 'webhooks',
  IngressGateways: 'gateways',
  EgressGateways: 'gateways',
}

/** Kinds that every cluster has; those not named here are passive, and stand with accounts and configuration. */
const phaseOfKind: { readonly [groupAndKind: string]: Phase } = {
  '/Namespace': 'namespaces',
  'apiextensions.k8s.io/CustomResourceDefinition': 'crds',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': 'webhooks',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': 'webhooks',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': 'webhooks',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': 'webhooks',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': 'webhooks',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': 'webhooks',
  'apiregistration.k8s.io/APIService': 'webhooks',
  // Degraded until there are metrics, progressing until there is an address.
  'autoscaling/HorizontalPodAutoscaler': 'scaling',
  'policy/PodDisruptionBudget': 'scaling',
  'networking.k8s.io/Ingress': 'scaling',
}

/** Extensions of others that patches or charts may bring; one not named here counts as configuration of the mesh. */
const phaseOfGroup: { readonly [group: string]: Phase } = {
  // Networks and secrets in another form: pods wait for them.
  'k8s.cni.cncf.io': 'access',
  'external-secrets.io': 'access',
  'bitnami.com': 'access',
  'secrets-store.csi.x-k8s.io': 'access',
  // Health that comes from outside of the mesh, or from gateways that run already.
  'gateway.networking.k8s.io': 'scaling',
  'cert-manager.io': 'scaling',
  'autoscaling.k8s.io': 'scaling',
  'keda.sh': 'scaling',
}

/**
 * The phase in which an object is applied. `called` are the Services that webhooks of the run call: they are part of
 * the control plane whatever their type.
 */
export function phaseOfObject(item: Rendered, called: ReadonlySet<Rendered>): Phase {
  const { object, component } = item
  const group = groupOf(object)
  if (podOf(object)) return phaseOfWorkload[component]
  if (group === '' && object.kind === 'Service') return phaseOfService(item, called)
  // A claim that waits for its first consumer is never bound before the pod that mounts it.
  if (group === '' && object.kind === 'PersistentVolumeClaim') return phaseOfWorkload[component]
  if (object.kind === 'EndpointSlice' || object.kind === 'Endpoints') return phaseOfEndpoints(component)
  const known = phaseOfKind[`${group}/${object.kind}`] ?? row(phaseOfGroup, group)
  return known ?? (builtInGroups.has(group) ? 'access' : 'mesh-config')
}

/** Whether the health of a Service hangs on an address that somebody outside has to give. */
export function isLoadBalancer({ object }: Rendered): boolean {
  return groupOf(object) === '' && object.kind === 'Service' && map(object.spec).type === 'LoadBalancer'
}

function phaseOfService(item: Rendered, called: ReadonlySet<Rendered>): Phase {
  if (item.component === 'Pilot' || called.has(item)) return 'access'
  return isLoadBalancer(item) ? 'scaling' : phaseOfEndpoints(item.component)
}

function phaseOfEndpoints(component: ComponentName): Phase {
  return phaseOfWorkload[component] === 'gateways' ? 'gateways' : 'access'
}
