import { describe, expect, it } from 'vitest'
import { at, listing, one } from '../../test/components/istiod.ts'
import { crdDefinitions } from '../istio/crds/index.ts'
import type { Fields, KubeObject } from '../k8s/object.ts'
import { type BaseContext, type BaseValues, baseChart, checkBase, renderBase } from './base.ts'
import { chartValues } from './values.ts'

function context(given: Fields): BaseContext {
  const values = chartValues(baseChart, given, (problem) => expect.fail(problem.message)) as unknown as BaseValues
  return { values, given, namespace: 'istio-system', version: '1.30.3', crds: crdDefinitions }
}

function base(given: Fields): KubeObject[] {
  checkBase(context(given), (problem) => expect.fail(problem.message))
  return renderBase(context(given))
}

const beside = (objects: KubeObject[]) => listing(objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'))
const crds = (objects: KubeObject[]) => objects.filter(({ kind }) => kind === 'CustomResourceDefinition')

describe('what there is', () => {
  const reader = 'ServiceAccount istio-reader-service-account'
  const validator = 'ValidatingWebhookConfiguration istiod-default-validator'
  const policy = [
    'ValidatingAdmissionPolicy stable-channel-default-policy.istio.io',
    'ValidatingAdmissionPolicyBinding stable-channel-default-policy-binding.istio.io',
  ]
  const stable = { experimental: { stableValidationPolicy: true } }
  const rows: [rule: string, values: Fields, crds: number, others: string[]][] = [
    ['by default', {}, 15, [reader, validator]],
    ['without a default revision', { defaultRevision: '', ...stable }, 15, [reader]],
    ['with an emptied one', { defaultRevision: null }, 15, [reader, validator]],
    ['with a policy', stable, 15, [reader, ...policy, validator]],
    ['without readers', { global: { enableReaderRBAC: false } }, 15, [validator]],
    ['in the cluster', { global: { resourceScope: 'cluster' } }, 15, [validator]],
    ['in namespaces', { global: { resourceScope: 'namespace' }, ...stable }, 0, [reader]],
    ['with CRDs left out', { base: { excludedCRDs: ['gateways.networking.istio.io', 'x'] } }, 14, [reader, validator]],
    [
      'with CRDs as fixed files',
      { base: { enableCRDTemplates: false, excludedCRDs: ['gateways.networking.istio.io'] } },
      15,
      [reader, validator],
    ],
    ['whatever the switch that does nothing says', { base: { enableIstioConfigCRDs: false } }, 15, [reader, validator]],
  ]
  it.each(rows)('%s', (_, values, count, others) => {
    const objects = base(values)
    expect(crds(objects)).toHaveLength(count)
    expect(beside(objects)).toEqual(others)
  })
})

it('labels CRDs as the rest, or as they were of old', () => {
  const crd = (enableCRDTemplates: boolean) =>
    one(base({ base: { enableCRDTemplates } }), 'CustomResourceDefinition', 'gateways.')
  expect(crd(true).metadata.labels).toMatchObject({ 'helm.sh/chart': 'base-1.30.3' })
  expect(crd(false).metadata.labels).toMatchObject({ heritage: 'Tiller' })
  expect(crd(true).metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' })
})

describe('the default validator', () => {
  const rows: [rule: string, values: Fields, client: Fields, failurePolicy: string][] = [
    ['calls istiod', {}, { service: { name: 'istiod', namespace: 'istio-system', path: '/validate' } }, 'Ignore'],
    [
      'calls a revision',
      { defaultRevision: 'a', global: { istioNamespace: 'root' } },
      { service: { name: 'istiod-a', namespace: 'root', path: '/validate' } },
      'Ignore',
    ],
    [
      'calls a URL, and insists with a bundle',
      { base: { validationURL: 'https://x/v', validationCABundle: 'Q0E=', validationFailurePolicy: 'Ignore' } },
      { url: 'https://x/v', caBundle: 'Q0E=' },
      'Fail',
    ],
    [
      'insists when told so',
      { base: { validationFailurePolicy: 'Fail' } },
      { service: { name: 'istiod', namespace: 'istio-system', path: '/validate' } },
      'Fail',
    ],
  ]
  it.each(rows)('%s', (_, values, client, failurePolicy) => {
    const webhook = at(one(base(values), 'ValidatingWebhookConfiguration'), ['webhooks', 0])
    expect(at(webhook, ['clientConfig'])).toEqual(client)
    expect(at(webhook, ['failurePolicy'])).toBe(failurePolicy)
    expect(at(webhook, ['objectSelector'])).toBeUndefined()
  })
})

it('pulls images with the given secrets', () => {
  const account = (imagePullSecrets: unknown) =>
    one(base({ global: { imagePullSecrets } }), 'ServiceAccount').imagePullSecrets
  expect(account(['a', 'b'])).toEqual([{ name: 'a' }, { name: 'b' }])
  expect(account([])).toBeUndefined()
})

it('reports what its templates would stop at', () => {
  const found: unknown[] = []
  checkBase(context({ base: null, defaultRevision: 5, experimental: 'x' }), ({ code, path }) =>
    found.push(`${code} ${path}`),
  )
  expect(found).toEqual([
    'unrenderable-value spec.values.base',
    'unrenderable-value spec.values.experimental',
    'unrenderable-value spec.values.defaultRevision',
  ])
})
