import { describe, expect, test } from 'vitest'
import { type KubeObject, object } from '../../k8s/object.ts'
import type { Rendered } from '../stage.ts'
import { lookUp } from './lookup.ts'
import { injectorsOf, serversOf, validatorsOf } from './webhooks.ts'

function items(...objects: KubeObject[]): Rendered[] {
  return objects.map((one) => ({ component: 'Pilot', owner: 'n/mesh', revision: '', path: 'spec', object: one }))
}

const rules = [{ operations: ['CREATE'], apiGroups: [''], resources: ['pods'] }]
const labelled = (name: string, labels: { [label: string]: string }) =>
  object('MutatingWebhookConfiguration', { name, labels })
const workload = (labels: { [label: string]: unknown }, annotations: { [key: string]: unknown } = {}) =>
  object('Deployment', { name: 'app', namespace: 'n' }, { spec: { template: { metadata: { labels, annotations } } } })

function injectors(app: KubeObject, ...others: KubeObject[]): unknown[] {
  const all = items(app, ...others)
  const lookup = lookUp(all)
  const [found] = lookup.workloads
  return found ? injectorsOf(found, lookup).map((item) => item.object.metadata.name) : []
}

describe('injectors found by the name of their revision', () => {
  const three = [
    labelled('plain', { 'istio.io/rev': 'default' }),
    labelled('canary', { 'istio.io/rev': 'canary' }),
    labelled('tag', { 'istio.io/rev': 'canary', 'istio.io/tag': 'next' }),
  ]
  test.each<[KubeObject, string[]]>([
    [workload({ 'sidecar.istio.io/inject': 'true' }), ['plain']],
    [workload({}, { 'sidecar.istio.io/inject': 'true' }), ['plain']],
    [workload({ 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'canary' }), ['canary']],
    [workload({ 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'next' }), ['tag']],
    [workload({ 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'gone' }), []],
    [workload({ 'sidecar.istio.io/inject': 'false' }), []],
    [workload({}), []],
  ])('%j', (app, names) => expect(injectors(app, ...three)).toEqual(names))

  test('or by that of the namespace', () => {
    const namespace = object('Namespace', { name: 'n', labels: { 'istio.io/rev': 'canary' } })
    expect(injectors(workload({ 'sidecar.istio.io/inject': 'true' }), namespace, ...three)).toEqual(['canary'])
  })
})

describe('injectors found by their selectors', () => {
  const selecting = (webhook: { [field: string]: unknown }) =>
    object('MutatingWebhookConfiguration', { name: 'own' }, { webhooks: [{ rules, ...webhook }] })
  const enabled = { namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } } }
  const namespace = object('Namespace', { name: 'n', labels: { 'istio-injection': 'enabled' } })

  test.each<[string, KubeObject[], string[]]>([
    ['everything', [selecting({})], ['own']],
    ['a namespace that nobody knows', [selecting(enabled)], []],
    ['a namespace with the label', [selecting(enabled), namespace], ['own']],
    [
      'a namespace by its name',
      [selecting({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'n' } } })],
      ['own'],
    ],
    ['pods with other labels', [selecting({ objectSelector: { matchLabels: { a: 'b' } } })], []],
    ['nodes', [selecting({ rules: [{ operations: ['CREATE'], apiGroups: [''], resources: ['nodes'] }] })], []],
    [
      'pods that are deleted',
      [selecting({ rules: [{ operations: ['DELETE'], apiGroups: [''], resources: ['pods'] }] })],
      [],
    ],
    [
      'whatever is created',
      [selecting({ rules: [{ operations: ['*'], apiGroups: ['*'], resources: ['*/*'] }] })],
      ['own'],
    ],
  ])('taking %s', (_, others, names) => expect(injectors(workload({}), ...others)).toEqual(names))

  test('not by the workload that answers them', () => {
    const service = object('Service', { name: 's', namespace: 'n' }, { spec: { selector: { app: 'a' } } })
    const own = selecting({ clientConfig: { service: { name: 's', namespace: 'n' } } })
    expect(injectors(workload({ app: 'a' }), service, own)).toEqual([])
    expect(injectors(workload({ app: 'b' }), service, own)).toEqual(['own'])
  })
})

test('a webhook is answered by the workloads behind its Service, else by the Service and its slices', () => {
  const webhook = object(
    'MutatingWebhookConfiguration',
    { name: 'm' },
    {
      webhooks: [
        { clientConfig: { service: { name: 's', namespace: 'n' } } },
        { clientConfig: { url: 'https://elsewhere' } },
      ],
    },
  )
  const slice = object('EndpointSlice', { name: 's', namespace: 'n', labels: { 'kubernetes.io/service-name': 's' } })
  const stranger = object('EndpointSlice', { name: 't', namespace: 'n', labels: { 'kubernetes.io/service-name': 't' } })
  const names = (...others: KubeObject[]) => {
    const all = items(webhook, ...others)
    return serversOf(all[0] as Rendered, lookUp(all)).map((item) => item.object.kind)
  }
  const metadata = { name: 's', namespace: 'n' }
  expect(
    names(object('Service', metadata, { spec: { selector: { app: 'a' } } }), workload({ app: 'a' }), slice),
  ).toEqual(['Deployment'])
  expect(
    names(object('Service', metadata, { spec: { selector: {} } }), workload({ app: 'a' }), slice, stranger),
  ).toEqual(['Service', 'EndpointSlice'])
  expect(names(workload({ app: 'a' }))).toEqual([])
})

test('an object is validated by the webhooks whose rules and selector take it', () => {
  const validator = (name: string, apiGroups: string[], objectSelector?: unknown) =>
    object(
      'ValidatingWebhookConfiguration',
      { name },
      {
        webhooks: [{ rules: [{ operations: ['CREATE', 'UPDATE'], apiGroups, resources: ['*'] }], objectSelector }],
      },
    )
  const filter: KubeObject = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'f', namespace: 'n' },
  }
  const all = items(
    filter,
    validator('all', ['networking.istio.io']),
    validator('others', ['telemetry.istio.io']),
    validator('labelled', ['*'], { matchLabels: { 'istio.io/rev': 'default' } }),
  )
  expect(validatorsOf(all[0] as Rendered, lookUp(all)).map((item) => item.object.metadata.name)).toEqual(['all'])
})
