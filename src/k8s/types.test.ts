import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from './kinds.ts'
import {
  fieldShape,
  fieldsOf,
  isScalar,
  isTypeName,
  itemShape,
  kindType,
  type Manifest,
  type Shape,
  types,
} from './types.ts'

const scalars = ['string', 'bool', 'int32', 'int64', 'bytes', 'quantity', 'intOrString', 'time', 'any']

/** The scalars and names of types that a shape is made of. */
function parts(shape: Shape): string[] {
  return typeof shape === 'string'
    ? [shape]
    : Object.entries(shape).flatMap(([word, of]) => (word === 'key' ? [] : parts(of)))
}

test('every name of a type that a field has is a type', () => {
  const used = Object.values(types).flatMap((fields) => Object.values<Shape>(fields).flatMap(parts))
  expect([...new Set(used)].filter((name) => !scalars.includes(name) && !isTypeName(name))).toEqual([])
})

test('every merge key is a field of its items', () => {
  const keyed = Object.values(types).flatMap((fields) =>
    Object.values<Shape>(fields).flatMap((shape) =>
      typeof shape === 'object' && 'list' in shape && shape.key ? [shape] : [],
    ),
  )
  expect(keyed.length).toBeGreaterThan(20)
  for (const { list, key } of keyed) expect(isScalar(fieldShape(list, key ?? ''))).toBe(true)
})

test.each([
  ['v1', 'Service', 'core/v1.Service'],
  ['apps/v1', 'Deployment', 'apps/v1.Deployment'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'rbac/v1.ClusterRole'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'apiextensions/v1.CustomResourceDefinition'],
  // No kind, another group, another version.
  ['apps/v1', 'DeploymentSpec', undefined],
  ['v1', 'Container', undefined],
  ['apps.example.com/v1', 'Deployment', undefined],
  ['autoscaling/v1', 'HorizontalPodAutoscaler', undefined],
  ['k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', undefined],
  ['constructor', 'name', undefined],
  [undefined, undefined, undefined],
])('the type of %s %s is %s', (apiVersion, kind, type) => {
  expect(kindType(apiVersion, kind)).toBe(type)
})

test("all of Kubernetes' own kinds in a mesh have a type", () => {
  const without = Object.entries(kinds).filter(([kind, { apiVersion }]) => kindType(apiVersion, kind) === undefined)
  expect(without.map(([kind]) => kind)).toEqual(['NetworkAttachmentDefinition'])
})

test.each<[owner: Shape | undefined, key: string, shape: Shape | undefined]>([
  ['core/v1.Container', 'env', { list: 'core/v1.EnvVar', key: 'name' }],
  ['core/v1.Container', 'nope', undefined],
  ['core/v1.Container', 'toString', undefined],
  ['string', 'x', undefined],
  [{ map: 'string' }, 'x', 'string'],
  [{ list: 'string' }, 'x', undefined],
  [{ atomic: 'meta/v1.LabelSelector' }, 'matchLabels', { map: 'string' }],
  ['any', 'x', 'any'],
  [undefined, 'x', undefined],
])('%j has at %s %j', (owner, key, shape) => {
  expect(fieldShape(owner, key)).toEqual(shape)
})

test.each<[list: Shape | undefined, shape: Shape | undefined]>([
  [{ list: 'core/v1.EnvVar', key: 'name' }, 'core/v1.EnvVar'],
  [{ set: 'string' }, 'string'],
  [{ map: 'string' }, undefined],
  ['any', 'any'],
  ['string', undefined],
])('an item of %j is %j', (list, shape) => {
  expect(itemShape(list)).toEqual(shape)
})

test('a manifest is typed by its kind', () => {
  const value: unknown = 'of a user'
  const service: Manifest<'core/v1.Service'> = {
    apiVersion: 'v1',
    metadata: { name: value, labels: { app: value }, finalizers: [value] },
    spec: { type: value, ports: [{ port: 1, name: undefined }] },
  }
  const budget: Manifest<'policy/v1.PodDisruptionBudgetSpec'> = { selector: { matchLabels: {} } }
  // @ts-expect-error A field that a port does not have.
  const misspelt: Manifest<'core/v1.Service'> = { spec: { ports: [{ prot: 1 }] } }
  // @ts-expect-error A map where the API has a list.
  const mistaken: Manifest<'core/v1.Container'> = { env: { A: 'b' } }
  expect([service, budget, misspelt, mistaken]).toHaveLength(4)
})

const facts = new URL('../../../shared/facts/k8s-types.json', import.meta.url)

interface Fact {
  readonly type: FactType
  readonly patchStrategy?: string
  readonly patchMergeKey?: string
}
type FactType = string | { readonly array: FactType } | { readonly map: FactType }

function shapeOf({ type, patchStrategy, patchMergeKey }: Fact): Shape {
  const words: { readonly [name: string]: string } = {
    Quantity: 'quantity',
    IntOrString: 'intOrString',
    raw: 'any',
    'Time(RFC3339)': 'time',
  }
  if (typeof type === 'string') {
    const word = type.startsWith('ref:') ? type.slice(4) : (words[type] ?? type)
    return patchStrategy === 'replace' ? { atomic: word } : word
  }
  if ('map' in type) return { map: shapeOf({ type: type.map }) }
  if (patchStrategy === 'merge' && !patchMergeKey) return { set: shapeOf({ type: type.array }) }
  return { list: shapeOf({ type: type.array }), ...(patchMergeKey && { key: patchMergeKey }) }
}

test.skipIf(!existsSync(facts))('the types are those of the facts (skipped without ../shared)', () => {
  const { types: described } = JSON.parse(readFileSync(facts, 'utf8')) as {
    types: { [type: string]: { [field: string]: Fact } }
  }
  const common = Object.keys(described).filter(isTypeName)
  expect(common.length).toBeGreaterThan(130)
  for (const type of common) {
    const expected = Object.entries(described[type] ?? {}).map(([field, fact]) => {
      const status = field === 'status' && typeof fact.type === 'string' && fact.type.startsWith('ref:')
      return [field, status ? 'any' : shapeOf(fact)]
    })
    expect(fieldsOf(type), type).toEqual(Object.fromEntries(expected))
  }
})
