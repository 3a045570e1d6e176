import { describe, expect, test } from 'vitest'
import { at } from '../../test/at.ts'
import type { KubeObject } from './object.ts'
import { fieldsOf, type TypeName } from './types.ts'
import { plain, unsetAsStored } from './unset.ts'

const pod = ['spec', 'template', 'spec']
const workload = (spec: object, more: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'x', namespace: 'y' },
  spec: { ...more, template: { spec } },
})
const container = (fields: object) => workload({ containers: [{ name: 'c', ...fields }] })
const service = (fields: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'x', ...metadata },
  ...fields,
})

describe('is left out', () => {
  test.each<[string, KubeObject, (string | number)[], unknown]>([
    [
      'the empty value of a variable',
      container({ env: [{ name: 'A', value: '' }] }),
      [...pod, 'containers', 'c', 'env', 'A'],
      { name: 'A' },
    ],
    ['an empty map', workload({ nodeSelector: {} }), pod, {}],
    ['an empty list', workload({ tolerations: [], imagePullSecrets: [] }), pod, {}],
    ['a switch that is off', workload({ hostNetwork: false }), pod, {}],
    ['a number that is nought', workload({}, { minReadySeconds: 0 }), ['spec'], { template: { spec: {} } }],
    ['empty labels', service({}, { labels: {}, annotations: {} }), ['metadata'], { name: 'x' }],
    ['an empty namespace', service({}, { namespace: '' }), ['metadata'], { name: 'x' }],
    [
      'what is empty in a selector of pods',
      { ...service({ spec: { selector: { matchLabels: {} } } }), apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
      ['spec'],
      { selector: {} },
    ],
  ])('%s', (_, object, path, expected) => {
    const before = structuredClone(object)
    expect(at(unsetAsStored(object), path)).toEqual(expected)
    expect(object).toEqual(before)
  })
})

test('the conditions of an endpoint are written, although nothing is said of them', () => {
  const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'x' }, ports: [] }
  const [conditions, ready] = [{ addresses: ['192.0.2.1'] }, { addresses: [], conditions: { ready: false } }]
  expect(unsetAsStored({ ...slice, endpoints: [conditions, ready] })).toEqual({
    ...slice,
    endpoints: [{ ...conditions, conditions: {} }, ready],
  })
})

describe('stays', () => {
  test.each<[string, KubeObject]>([
    ['zero of what can be told to be zero', workload({ securityContext: { runAsUser: 0 } }, { replicas: 0 })],
    ['off of what can be told to be off', workload({ automountServiceAccountToken: false })],
    ['an empty part of the API', workload({ volumes: [{ name: 'v', emptyDir: {} }], securityContext: {} })],
    ['an empty text in a list', container({ args: [''] })],
    ['the values of labels', service({}, { labels: { a: '' }, annotations: { b: '' } })],
    [
      'the group of the core API',
      {
        ...service({ rules: [{ apiGroups: [''], verbs: [] }] }),
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
      },
    ],
    ['the data of a ConfigMap', { ...service({ data: { a: '' } }), kind: 'ConfigMap' }],
    ['an object of another API', { ...service({ spec: { a: '', b: [], c: {} } }), apiVersion: 'example.com/v1' }],
  ])('%s', (_, object) => {
    expect(unsetAsStored(object)).toEqual(object)
  })
})

const scalars = ['string', 'bool', 'int32', 'bytes']

test.each(Object.entries(plain))('%s has these fields, and each is a scalar', (type, fields) => {
  for (const field of fields) expect(scalars).toContain(fieldsOf(type as TypeName)[field])
})
