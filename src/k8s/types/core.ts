import { any, bool, bytes, list, manifest, map, quantity, str } from './words.ts'

/** Namespaces, custom resource definitions, accounts, and what holds configuration. */
export const core = {
  'core/v1.Namespace': { ...manifest, spec: 'core/v1.NamespaceSpec', status: any },
  'core/v1.NamespaceSpec': { finalizers: list(str) },
  // None of its lists has a merge key, so that its inside need not be known here.
  'apiextensions/v1.CustomResourceDefinition': { ...manifest, spec: any, status: any },
  'core/v1.ServiceAccount': {
    ...manifest,
    secrets: list('core/v1.ObjectReference', 'name'),
    imagePullSecrets: list('core/v1.LocalObjectReference'),
    automountServiceAccountToken: bool,
  },
  'core/v1.LocalObjectReference': { name: str },
  'core/v1.ObjectReference': {
    kind: str,
    namespace: str,
    name: str,
    uid: str,
    apiVersion: str,
    resourceVersion: str,
    fieldPath: str,
  },
  'core/v1.ConfigMap': { ...manifest, immutable: bool, data: map(str), binaryData: map(bytes) },
  'core/v1.Secret': { ...manifest, immutable: bool, data: map(bytes), stringData: map(str), type: str },
  'core/v1.ResourceQuota': { ...manifest, spec: 'core/v1.ResourceQuotaSpec', status: any },
  'core/v1.ResourceQuotaSpec': { hard: map(quantity), scopes: list(str), scopeSelector: 'core/v1.ScopeSelector' },
  'core/v1.ScopeSelector': { matchExpressions: list('core/v1.ScopedResourceSelectorRequirement') },
  'core/v1.ScopedResourceSelectorRequirement': { scopeName: str, operator: str, values: list(str) },
} as const
