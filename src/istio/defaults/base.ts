/** What the `base` chart of 1.30.3 assumes where nobody says otherwise. */
export const baseDefaults = {
  global: {
    imagePullSecrets: [],
    istioNamespace: 'istio-system',
    resourceScope: 'all',
    enableReaderRBAC: true,
  },
  base: {
    excludedCRDs: [],
    enableCRDTemplates: true,
    validationURL: '',
    validationCABundle: '',
    enableIstioConfigCRDs: true,
  },
  defaultRevision: 'default',
  experimental: {
    stableValidationPolicy: false,
  },
} as const
