/**
 * The kinds of object that a mesh is made of: where each lives in the API, and whether it belongs to a namespace.
 * Everything that depends on a kind reads this table.
 */
export const kinds = {
  Namespace: { apiVersion: 'v1', scope: 'Cluster' },
  CustomResourceDefinition: { apiVersion: 'apiextensions.k8s.io/v1', scope: 'Cluster' },
  ServiceAccount: { apiVersion: 'v1', scope: 'Namespaced' },
  ClusterRole: { apiVersion: 'rbac.authorization.k8s.io/v1', scope: 'Cluster' },
  ClusterRoleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', scope: 'Cluster' },
  Role: { apiVersion: 'rbac.authorization.k8s.io/v1', scope: 'Namespaced' },
  RoleBinding: { apiVersion: 'rbac.authorization.k8s.io/v1', scope: 'Namespaced' },
  ConfigMap: { apiVersion: 'v1', scope: 'Namespaced' },
  Secret: { apiVersion: 'v1', scope: 'Namespaced' },
  ResourceQuota: { apiVersion: 'v1', scope: 'Namespaced' },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', scope: 'Namespaced' },
  NetworkAttachmentDefinition: { apiVersion: 'k8s.cni.cncf.io/v1', scope: 'Namespaced' },
  Service: { apiVersion: 'v1', scope: 'Namespaced' },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', scope: 'Namespaced' },
  Deployment: { apiVersion: 'apps/v1', scope: 'Namespaced' },
  DaemonSet: { apiVersion: 'apps/v1', scope: 'Namespaced' },
  MutatingWebhookConfiguration: { apiVersion: 'admissionregistration.k8s.io/v1', scope: 'Cluster' },
  ValidatingWebhookConfiguration: { apiVersion: 'admissionregistration.k8s.io/v1', scope: 'Cluster' },
  ValidatingAdmissionPolicy: { apiVersion: 'admissionregistration.k8s.io/v1', scope: 'Cluster' },
  ValidatingAdmissionPolicyBinding: { apiVersion: 'admissionregistration.k8s.io/v1', scope: 'Cluster' },
  HorizontalPodAutoscaler: { apiVersion: 'autoscaling/v2', scope: 'Namespaced' },
  PodDisruptionBudget: { apiVersion: 'policy/v1', scope: 'Namespaced' },
} as const satisfies Record<string, { apiVersion: string; scope: 'Cluster' | 'Namespaced' }>

export type Kind = keyof typeof kinds
