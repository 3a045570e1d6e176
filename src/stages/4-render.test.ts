import { expect, test } from 'vitest'
import { meshProblems } from '../../test/rules/told.ts'

const place = (problems: ReturnType<typeof meshProblems>) =>
  problems.filter(({ severity }) => severity === 'error').map(({ code, at, path }) => `${at?.line} ${code} ${path}`)

/** The text of the `spec` begins in line 6. */
test.each<[spec: string, told: string]>([
  [
    'meshConfig:\n  defaultConfig:\n    tracing: {stackdriver: {debug: true}}',
    '8 removed-setting spec.meshConfig.defaultConfig.tracing.stackdriver.debug',
  ],
  [
    'values:\n  meshConfig:\n    defaultConfig:\n      tracing: {stackdriver: {debug: true}}',
    '9 removed-setting spec.values.meshConfig.defaultConfig.tracing.stackdriver.debug',
  ],
  [
    'unvalidatedValues:\n  telemetry:\n    v2: {prometheus: {configOverride: {a: b}}}',
    '8 removed-setting spec.unvalidatedValues.telemetry.v2.prometheus.configOverride',
  ],
  [
    'values:\n  pilot:\n    env: {ENABLE_CLUSTER_TRUST_BUNDLE_API: "true"}',
    '8 unrenderable-value spec.values.pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API',
  ],
  ['values:\n  global: {platform: nope}', '7 unknown-platform spec.values.global.platform'],
  ['unvalidatedValues:\n  platform: nope', '7 unknown-platform spec.unvalidatedValues.platform'],
])('what a chart refuses is called as the user wrote it: %j', (spec, told) => {
  const problems = meshProblems([`profile: minimal\n${spec}`])
  expect(place(problems)).toEqual([told])
  expect(problems.find(({ severity }) => severity === 'error')?.message).toContain(`\`${told.split(' ')[2]}\``)
})
