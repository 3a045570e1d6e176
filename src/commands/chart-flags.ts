/** The flags of `helm template` that say what is rendered, under their own names, and two for what Helm takes by itself. */
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
  time: { type: 'string' },
  seed: { type: 'string' },
} as const

/** Flags of `helm template` that change nothing of what it prints, so that its command lines can be taken over. */
export const idleFlags = {
  'create-namespace': { type: 'boolean' },
  debug: { type: 'boolean' },
  'disable-openapi-validation': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'release-name': { type: 'boolean' },
  'skip-crds': { type: 'boolean' },
  wait: { type: 'boolean' },
  'wait-for-jobs': { type: 'boolean' },
  description: { type: 'string' },
  timeout: { type: 'string' },
} as const
