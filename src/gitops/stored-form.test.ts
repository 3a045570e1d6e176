import { describe, expect, test } from 'vitest'
import { at } from '../../test/at.ts'
import type { KubeObject } from '../k8s/object.ts'
import { fieldsOf, isTypeName, types } from '../k8s/types.ts'
import { storedForm } from './stored-form.ts'

function stored(kind: string, fields: object): KubeObject {
  const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'y' }, ...fields }
  const [one] = storedForm.mesh?.([{ component: 'Pilot', owner: '', revision: '', path: '', object }], [], []) ?? []
  return one?.object as KubeObject
}

const container = (fields: object) => ({ spec: { template: { spec: { containers: [{ name: 'c', ...fields }] } } } })
const inContainer = ['spec', 'template', 'spec', 'containers', 'c']

describe('what the API server stores otherwise', () => {
  test.each<[string, string, object, (string | number)[], unknown]>([
    [
      'requests and limits',
      'Deployment',
      container({ resources: { requests: { cpu: '1000m', memory: '2048Mi' }, limits: { cpu: 2 } } }),
      [...inContainer, 'resources'],
      { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2' } },
    ],
    [
      'extended resources',
      'DaemonSet',
      container({ resources: { limits: { 'example.com/device': '4000m' } } }),
      [...inContainer, 'resources', 'limits', 'example.com/device'],
      '4',
    ],
    [
      'the divisor of a resource field',
      'Deployment',
      container({
        env: [{ name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1000m' } } }],
      }),
      [...inContainer, 'env', 'E', 'valueFrom', 'resourceFieldRef', 'divisor'],
      '1',
    ],
    [
      'the size of an emptyDir',
      'Deployment',
      { spec: { template: { spec: { volumes: [{ name: 'v', emptyDir: { sizeLimit: '1024Mi' } }] } } } },
      ['spec', 'template', 'spec', 'volumes', 'v', 'emptyDir', 'sizeLimit'],
      '1Gi',
    ],
    ['the hard limits of a quota', 'ResourceQuota', { spec: { hard: { pods: 5000 } } }, ['spec', 'hard', 'pods'], '5k'],
    [
      'the average that an autoscaler keeps',
      'HorizontalPodAutoscaler',
      { spec: { metrics: [{ resource: { target: { type: 'AverageValue', averageValue: '2000m' } } }] } },
      ['spec', 'metrics', 0, 'resource', 'target', 'averageValue'],
      '2',
    ],
    [
      'the value that an autoscaler keeps',
      'HorizontalPodAutoscaler',
      { spec: { metrics: [{ object: { target: { type: 'Value', value: '2000m' } } }] } },
      ['spec', 'metrics', 0, 'object', 'target', 'value'],
      '2',
    ],
    ['what says that nothing is set', 'Service', { spec: { selector: {}, ports: [] } }, ['spec'], {}],
    [
      'nulls',
      'Deployment',
      { ...container({ resources: null, image: 'i' }), metadata: { name: 'x', labels: { a: null } } },
      [],
      {
        apiVersion: 'v1',
        kind: 'Deployment',
        metadata: { name: 'x', labels: {} },
        spec: { template: { spec: { containers: [{ name: 'c', image: 'i' }] } } },
      },
    ],
  ])('%s', (_, kind, fields, path, expected) => {
    expect(at(stored(kind, fields), path)).toEqual(expected)
  })
})

describe('what it stores as it is written', () => {
  test.each<[string, string, object]>([
    ['environment variables', 'Deployment', container({ env: [{ name: 'GOMEMLIMIT', value: '2048Mi' }] })],
    ['arguments', 'Deployment', container({ args: ['2048Mi', '1000m'] })],
    [
      'annotations and labels',
      'Service',
      { metadata: { name: 'x', annotations: { size: '2048Mi' }, labels: { a: '1000m' } } },
    ],
    ['the data of a ConfigMap', 'ConfigMap', { data: { limits: '2048Mi', a: null }, limits: { memory: '2048Mi' } }],
    ['a Secret', 'Secret', { stringData: { requests: '2048Mi' } }],
    [
      'a CustomResourceDefinition',
      'CustomResourceDefinition',
      { spec: { default: null, limits: { memory: '2048Mi' } } },
    ],
    ['what is no quantity', 'Deployment', container({ resources: { requests: { cpu: 'much', memory: {} } } })],
    [
      'quantities in their stored form',
      'Deployment',
      container({ resources: { requests: { cpu: '500m', memory: '1536Mi' } } }),
    ],
    [
      'port numbers, and what the API does not know',
      'Service',
      { spec: { ports: [{ port: 1000, targetPort: 2000 }], x: '', y: [] } },
    ],
  ])('%s', (_, kind, fields) => {
    const before = structuredClone(fields)
    expect(stored(kind, fields)).toEqual({ apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'y' }, ...before })
  })

  test('the object that comes in', () => {
    const object = container({ resources: { requests: { memory: '2048Mi' } } })
    const before = structuredClone(object)
    stored('Deployment', object)
    expect(object).toEqual(before)
  })
})

/** Every field of the API that holds a quantity or a map of them. */
const fields = Object.keys(types)
  .filter(isTypeName)
  .flatMap((type) =>
    Object.entries(fieldsOf(type)).flatMap(([field, shape]) => {
      const isMap = typeof shape === 'object' && 'map' in shape && shape.map === 'quantity'
      return shape === 'quantity' || isMap ? [{ type, field, isMap }] : []
    }),
  )

test('the API has quantities', () => {
  expect(fields.length).toBeGreaterThan(8)
})

test.each(fields)('$type: `$field` is stored in its stored form', ({ type, field, isMap }) => {
  const above = type === 'autoscaling/v2.MetricTarget' ? 'target' : 'above'
  const amount = (text: string) => (isMap ? { memory: text } : text)
  const object = stored('Deployment', { [above]: { [field]: amount('2048Mi') } })
  expect(at(object, [above, field])).toEqual(amount('2Gi'))
})
