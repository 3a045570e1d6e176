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
  'name-template': { type: 'string' },
  'output-dir': { type: 'string' },
  'release-name': { type: 'boolean' },
  time: { type: 'string' },
  seed: { type: 'string' },
} as const

/**
 * Flags of `helm template` that change nothing of what it prints, so that its command lines can be taken over. It has a
 * name for the release without `--generate-name`, and updates dependencies only where some are missing.
 */
export const idleFlags = {
  'create-namespace': { type: 'boolean' },
  debug: { type: 'boolean' },
  'dependency-update': { type: 'boolean' },
  devel: { type: 'boolean' },
  'disable-openapi-validation': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'force-conflicts': { type: 'boolean' },
  'force-replace': { type: 'boolean' },
  'generate-name': { type: 'boolean', short: 'g' },
  replace: { type: 'boolean' },
  'rollback-on-failure': { type: 'boolean' },
  'server-side': { type: 'boolean' },
  'skip-crds': { type: 'boolean' },
  'take-ownership': { type: 'boolean' },
  wait: { type: 'boolean' },
  'wait-for-jobs': { type: 'boolean' },
  description: { type: 'string' },
  labels: { type: 'string', short: 'l', multiple: true },
  timeout: { type: 'string' },
  version: { type: 'string' },
} as const

/** Flags of `helm template` that need a cluster. */
export const refusedFlags = {
  validate: { type: 'boolean' },
} as const
