/** The order of kinds inside a set: what is pointed at before what points at it. Kinds not named here come last. */
const order = [
  'Namespace',
  'CustomResourceDefinition',
  'StorageClass',
  'PriorityClass',
  'RuntimeClass',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'NetworkAttachmentDefinition',
  'Service',
  'Endpoints',
  'EndpointSlice',
  'DaemonSet',
  'StatefulSet',
  'Deployment',
  'Job',
  'CronJob',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'APIService',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'IngressClass',
  'Ingress',
]

const ranks: ReadonlyMap<string, number> = new Map(order.map((kind, index) => [kind, index]))

/** Where a kind stands inside a set. */
export function rankOf(kind: string): number {
  return ranks.get(kind) ?? order.length
}
