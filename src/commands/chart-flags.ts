/** The flags of `helm template` that say what is rendered, under their own names. */
export const chartFlags = {
  namespace: { type: 'string', short: 'n' },
  values: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', multiple: true },
  'set-string': { type: 'string', multiple: true },
  'set-json': { type: 'string', multiple: true },
  'set-file': { type: 'string', multiple: true },
  'set-literal': { type: 'string', multiple: true },
  'kube-version': { type: 'string' },
  'api-versions': { type: 'string', short: 'a', multiple: true },
  'show-only': { type: 'string', short: 's', multiple: true },
  'include-crds': { type: 'boolean' },
  'no-hooks': { type: 'boolean' },
  'skip-tests': { type: 'boolean' },
  'is-upgrade': { type: 'boolean' },
  'skip-schema-validation': { type: 'boolean' },
} as const
