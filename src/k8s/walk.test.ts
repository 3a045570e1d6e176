import { describe, expect, test } from 'vitest'
import { dotted } from '../problem.ts'
import { type KubeObject, object } from './object.ts'
import { isOfType, stepsTo, typeInWords, walkTyped } from './walk.ts'

/** What is of another type than the API's, with what it should be. */
function wrong(one: KubeObject): string[] {
  const found: string[] = []
  walkTyped(one, (value, shape, place) => {
    if (!isOfType(value, shape)) found.push(`${dotted(stepsTo(place))}: ${typeInWords(shape)}`)
  })
  return found
}

const service = (spec: object, metadata: object = {}) => object('Service', { name: 'x', ...metadata }, { spec })
const pod = (fields: object) => object('Deployment', { name: 'x' }, { spec: { template: { spec: fields } } })
const container = (fields: object) => pod({ containers: [{ name: 'c', ...fields }] })

describe('another type than the API has there', () => {
  test.each<[KubeObject, ...told: string[]]>([
    [service({ ports: [{ port: 80, targetPort: 'http' }], selector: { a: '' } })],
    [service({ ports: null, selector: { a: null } }, { labels: undefined })],
    [container({ resources: { limits: { cpu: 1.5, memory: '1Gi' } }, stdin: false })],
    [service({}, { labels: { a: 1, b: true, c: 'x' } }), 'metadata.labels.a: text', 'metadata.labels.b: text'],
    [
      service({ ports: [{ port: '80' }, { port: 1.5 }] }),
      ...[0, 1].map((at) => `spec.ports[${at}].port: a whole number`),
    ],
    [service({ ports: {} }), 'spec.ports: a list'],
    [service({ selector: ['a'] }), 'spec.selector: a map'],
    [service({ publishNotReadyAddresses: 'yes' }), 'spec.publishNotReadyAddresses: true or false'],
    [pod([]), 'spec.template.spec: a map'],
    [container({ args: ['a', 5] }), 'spec.template.spec.containers[0].args[1]: text'],
    [
      container({ resources: { limits: { cpu: true } } }),
      'spec.template.spec.containers[0].resources.limits.cpu: a quantity',
    ],
    [object('ServiceAccount', { name: 'x' }, { secrets: 'a' }), 'secrets: a list'],
  ])('%j', (one, ...told) => {
    expect(wrong(one)).toEqual(told)
  })

  test('is found in what every custom resource has, and not looked for in the rest', () => {
    const custom = {
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'x', labels: { a: 1 } },
      spec: { port: '' },
    }
    expect(wrong(custom)).toEqual(['metadata.labels.a: text'])
  })

  test('does not take names that every JavaScript object has for fields', () => {
    expect(wrong(service({ toString: 5, constructor: [] }, { constructor: 1 }))).toEqual([])
  })
})
