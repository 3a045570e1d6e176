import { expect, test } from 'vitest'
import { problemsOf } from '../../../../test/rules/told.ts'
import { environments } from '../../../istio/environments.ts'
import { obsoleteMeshFields } from '../../../istio/obsolete-mesh-fields.ts'
import { schemaTypes } from '../../../istio/schema/index.ts'
import type { Shape } from '../../../k8s/json-schema.ts'
import { deprecatedFields } from './deprecated.ts'
import { ignoredFields } from './ignored.ts'

/** The paths of all fields that the schema calls deprecated, below a type. */
function deprecatedBelow(type: string, path: readonly string[], seen: readonly string[] = []): string[] {
  const fields = Object.entries(schemaTypes()(type)?.fields ?? {})
  return fields.flatMap(([name, { holds, deprecated }]) => {
    const here = [...path, name]
    if (deprecated !== undefined) return [here.join('.')]
    const [inner, steps] = inside(holds)
    return inner === undefined || seen.includes(inner)
      ? []
      : deprecatedBelow(inner, [...here, ...steps], [...seen, inner])
  })
}

function inside(shape: Shape): [string | undefined, string[]] {
  if (typeof shape === 'string') return [shape, []]
  if ('list' in shape) return [inside(shape.list)[0], ['*']]
  return [undefined, []]
}

const known = new Set([
  ...deprecatedFields.map((field) => (field.startsWith('meshConfig.') ? field : `values.${field}`)),
  ...ignoredFields.map(({ path }) => path.join('.')),
  ...Object.keys(obsoleteMeshFields).map((field) => `meshConfig.${field}`),
])

test('every field that the schema calls deprecated is told of', () => {
  const all = deprecatedBelow('IstioOperatorSpec', []).map((path) =>
    path.replace(/^values\.(?:ztunnel\.)?meshConfig/, 'meshConfig'),
  )
  expect(all.length).toBeGreaterThan(40)
  expect(all.filter((path) => !known.has(path))).toEqual([])
})

test('no field is called deprecated that the schema has no advice for', () => {
  const all = new Set(deprecatedBelow('IstioOperatorSpec', []))
  expect(deprecatedFields.filter((field) => !all.has(field) && !all.has(`values.${field}`))).toEqual([])
})

test('the advice is what the schema says', () => {
  const [problem] = problemsOf('values: {pilot: {replicaCount: 2}}').filter(({ code }) => code === 'deprecated-field')
  expect(problem?.hint).toBe(schemaTypes()('PilotValues')?.fields.replicaCount?.deprecated)
})

test.each(Object.keys(environments))("what the preset %s sets is not the user's to mend", (environment) => {
  for (const spec of ['profile: default', 'values: {pilot: {autoscaleMin: 2}, global: {proxy: {logLevel: info}}}'])
    expect(problemsOf(spec, { environment })).toEqual([])
})

test('no certificate is shown', () => {
  const secret = btoa('a key that nobody may see')
  const told = problemsOf(`values: {base: {validationCABundle: ${secret}}}
meshConfig: {caCertificates: [{pem: ${secret}}], defaultConfig: {caCertificatesPem: [${secret}]}}`)
  expect(told.map(({ code }) => code)).toEqual(['invalid-certificate', 'invalid-certificate', 'invalid-certificate'])
  expect(JSON.stringify(told)).not.toContain(secret)
})
