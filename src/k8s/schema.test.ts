import { expect, test } from 'vitest'
import {
  atMostOne,
  choice,
  crd,
  exclusive,
  int32,
  keyedBy,
  list,
  map,
  nullable,
  obj,
  orElse,
  req,
  rule,
  str,
  where,
} from './schema.ts'

test.each([
  ['choice', choice('A', 'B'), { type: 'string', enum: ['A', 'B'] }],
  ['nullable', nullable(int32), { type: 'integer', format: 'int32', nullable: true }],
  ['where', where(str, { minLength: 1 }, { maxLength: 2 }), { type: 'string', minLength: 1, maxLength: 2 }],
  ['map', map(str, { maxProperties: 2 }), { type: 'object', additionalProperties: str, maxProperties: 2 }],
  [
    'obj',
    obj({ b: str, a: str }, req('b', 'a')),
    { type: 'object', properties: { a: str, b: str }, required: ['b', 'a'] },
  ],
  [
    'atMostOne',
    obj({ a: str, b: str }, atMostOne('a', 'b')),
    {
      type: 'object',
      properties: { a: str, b: str },
      oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }, { required: ['b'] }],
    },
  ],
  [
    'keyedBy',
    list(str, keyedBy('name'), { maxItems: 1 }),
    {
      type: 'array',
      items: str,
      maxItems: 1,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
  ],
  [
    'rules add up in their order',
    where(where(str, rule('1', 'one')), rule('2', 'two'), rule('3', 'three')),
    {
      type: 'string',
      'x-kubernetes-validations': [
        { message: 'one', rule: '1' },
        { message: 'two', rule: '2' },
        { message: 'three', rule: '3' },
      ],
    },
  ],
  [
    'exclusive',
    obj({ a: str, b: str }, exclusive('not both', 'a', 'b')),
    {
      type: 'object',
      properties: { a: str, b: str },
      'x-kubernetes-validations': [{ message: 'not both', rule: '(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) <= 1' }],
    },
  ],
])('%s', (_, schema, json) => {
  expect(schema).toStrictEqual(json)
})

test('the value of a field that may be unset', () => {
  expect(orElse('mode', '"NONE"')).toBe('(has(self.mode) ? self.mode : "NONE")')
})

test('a facet leaves the schema that it narrows as it was', () => {
  const before = structuredClone(str)
  where(str, { minLength: 1 }, rule('true', 'never'))
  expect(str).toStrictEqual(before)
})

test('a name that the object lacks does not compile', () => {
  // @ts-expect-error: no field `b`
  expect(obj({ a: str }, req('b')).required).toEqual(['b'])
  // @ts-expect-error: no field `c`
  expect(obj({ a: str, b: str }, atMostOne('a', 'c')).oneOf).toHaveLength(3)
})

test('a CRD leaves out what its resource does not say', () => {
  const schema = obj({ spec: obj({ size: int32 }) })
  const resource = { group: 'example.com', kind: 'Box', plural: 'boxes', versions: ['v1', 'v2'], storage: 'v2', schema }
  expect(crd({ ...resource, scope: 'Cluster' })).toStrictEqual({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'boxes.example.com' },
    spec: {
      group: 'example.com',
      names: { plural: 'boxes', singular: 'box', kind: 'Box', listKind: 'BoxList' },
      scope: 'Cluster',
      versions: [
        { name: 'v1', served: true, storage: false, schema: { openAPIV3Schema: schema }, subresources: { status: {} } },
        { name: 'v2', served: true, storage: true, schema: { openAPIV3Schema: schema }, subresources: { status: {} } },
      ],
    },
  })
})
