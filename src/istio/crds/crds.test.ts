import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Schema } from '../../k8s/schema.ts'
import { crdDefinitions } from './index.ts'

const root = new URL('../../../', import.meta.url)
const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'))

/** The labels that istioctl 1.30.3 gives to every CRD when nothing is set. */
const labels = {
  'app.kubernetes.io/instance': 'istio',
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/part-of': 'istio',
  'app.kubernetes.io/version': '1.30.3',
  'helm.sh/chart': 'base-1.30.3',
}

const printed = crdDefinitions.map((definition) => {
  const crd = definition.define()
  return { ...crd, metadata: { ...crd.metadata, labels } }
})

describe('the CRDs equal those that istioctl prints, descriptions aside', () => {
  /** sha256 of each CRD as JSON with sorted keys and without spaces. */
  const digests: Record<string, string> = read(new URL('test/oracle/crds.json', root))

  test('and are the same ones', () => {
    expect(crdDefinitions.map(({ name }) => name)).toEqual(Object.keys(digests))
  })

  test.each(printed.map((crd) => [crd.metadata.name, crd] as const))('%s by digest', (name, crd) => {
    expect(createHash('sha256').update(canonical(crd)).digest('hex')).toBe(digests[name])
  })

  const complete = new URL('../shared/conformance/crds.json', root)
  // The digests prove as much; this one shows what differs.
  test.skipIf(!existsSync(complete))('in full (skipped where ../shared/conformance/crds.json is absent)', () => {
    expect(printed).toEqual(read(complete))
  })
})

test('the definitions are ordered by name, and build a CRD of that name', () => {
  const names = crdDefinitions.map(({ name }) => name)
  expect(names).toEqual([...names].sort())
  expect(printed.map((crd) => crd.metadata.name)).toEqual(names)
})

test('a CRD is plain data that JSON keeps, and the same each time', () => {
  for (const definition of crdDefinitions) {
    const crd = definition.define()
    expect(JSON.parse(JSON.stringify(crd))).toStrictEqual(crd)
    expect(definition.define()).toStrictEqual(crd)
  }
})

test('one version of each kind is stored', () => {
  const stored = printed.map((crd) => crd.spec.versions.filter((version) => version.storage).map(({ name }) => name))
  expect(Object.fromEntries(printed.map((crd, i) => [crd.spec.names.kind, stored[i]]))).toEqual({
    AuthorizationPolicy: ['v1'],
    DestinationRule: ['v1'],
    EnvoyFilter: ['v1alpha3'],
    Gateway: ['v1'],
    PeerAuthentication: ['v1'],
    ProxyConfig: ['v1beta1'],
    RequestAuthentication: ['v1'],
    ServiceEntry: ['v1'],
    Sidecar: ['v1'],
    Telemetry: ['v1alpha1'],
    TrafficExtension: ['v1alpha1'],
    VirtualService: ['v1'],
    WasmPlugin: ['v1alpha1'],
    WorkloadEntry: ['v1'],
    WorkloadGroup: ['v1'],
  })
})

test('a required field is one that the object has', () => {
  for (const crd of printed)
    for (const version of crd.spec.versions) expect(undeclared(version.schema.openAPIV3Schema)).toEqual([])
  const wrong: Schema = { type: 'object', properties: { a: { type: 'object', required: ['b'] } }, required: ['c'] }
  expect(undeclared(wrong)).toEqual(['c', 'b'])
})

test.each([
  ['extensions.istio.io', undefined],
  ['networking.istio.io', undefined],
  ['security.istio.io', 'security'],
  ['telemetry.istio.io', 'telemetry'],
])('the static labels of %s', (group, istio) => {
  const members = crdDefinitions.filter(({ name }) => name.endsWith(`.${group}`))
  expect(members).not.toEqual([])
  for (const { staticLabels } of members)
    expect(staticLabels).toStrictEqual({
      app: 'istio-pilot',
      chart: 'istio',
      heritage: 'Tiller',
      release: 'istio',
      ...(istio !== undefined && { istio }),
    })
})

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`
}

/** The names that a schema or a schema within it requires or excludes without declaring them. */
function undeclared(schema: Schema): string[] {
  const oneOfs = [schema.oneOf ?? [], ...(schema.allOf ?? []).map(({ oneOf }) => oneOf)].flat()
  const named = oneOfs.flatMap((branch) => ('not' in branch ? branch.not.anyOf : [branch])).flatMap((b) => b.required)
  const own = [...(schema.required ?? []), ...named].filter((name) => !(name in (schema.properties ?? {})))
  const inner = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties]
  return [...own, ...inner.flatMap((each) => (each ? undeclared(each) : []))]
}
