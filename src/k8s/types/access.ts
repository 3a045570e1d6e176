import { list, manifest, str } from './words.ts'

/** Roles and who has them. */
export const access = {
  'rbac/v1.Role': { ...manifest, rules: list('rbac/v1.PolicyRule') },
  'rbac/v1.PolicyRule': {
    verbs: list(str),
    apiGroups: list(str),
    resources: list(str),
    resourceNames: list(str),
    nonResourceURLs: list(str),
  },
  'rbac/v1.RoleBinding': { ...manifest, subjects: list('rbac/v1.Subject'), roleRef: 'rbac/v1.RoleRef' },
  'rbac/v1.Subject': { kind: str, apiGroup: str, name: str, namespace: str },
  'rbac/v1.RoleRef': { apiGroup: str, kind: str, name: str },
  'rbac/v1.ClusterRole': { ...manifest, rules: list('rbac/v1.PolicyRule'), aggregationRule: 'rbac/v1.AggregationRule' },
  'rbac/v1.AggregationRule': { clusterRoleSelectors: list('meta/v1.LabelSelector') },
  'rbac/v1.ClusterRoleBinding': { ...manifest, subjects: list('rbac/v1.Subject'), roleRef: 'rbac/v1.RoleRef' },
} as const
