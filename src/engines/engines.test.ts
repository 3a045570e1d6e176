import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../k8s/object.ts'
import { identityOfReference, reference } from './depends-on.ts'
import { engines } from './index.ts'
import { defaultWaves, phaseOf, phases, waveOf } from './phases.ts'
import type { Placed } from './placed.ts'

function one(apiVersion: string, kind: string, rest: { [field: string]: unknown } = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'n' }, ...rest }
}

function placed(object: KubeObject, more: Partial<Placed> = {}): Placed {
  return { object, component: 'Pilot', wave: 0, dependencies: [], kindMayBeMissing: false, ...more }
}

const crd = one('apiextensions.k8s.io/v1', 'CustomResourceDefinition')
const account = one('v1', 'ServiceAccount')
const network = one('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition')
const validator = one('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration')

describe('Argo CD', () => {
  test.each<[string, Placed, string | undefined]>([
    ['a CRD', placed(crd, { component: 'Base' }), 'ServerSideApply=true,Prune=false'],
    ['a Namespace, whoever needs it', placed(one('v1', 'Namespace')), 'Prune=false,Delete=false'],
    ["istiod's account", placed(account), 'PruneLast=true'],
    ["a gateway's account", placed(account, { component: 'EgressGateways' }), 'PruneLast=true'],
    ["ztunnel's account", placed(account, { component: 'Ztunnel' }), undefined],
    ["the reader's account", placed(account, { component: 'Base' }), undefined],
    ['a validator', placed(validator), undefined],
    [
      'a network whose kind may be missing',
      placed(network, { component: 'Cni', kindMayBeMissing: true }),
      'PruneLast=true,SkipDryRunOnMissingResource=true',
    ],
    [
      'configuration whose kind may be missing',
      placed(one('a.istio.io/v1', 'A'), { component: 'Base', kindMayBeMissing: true }),
      'SkipDryRunOnMissingResource=true',
    ],
  ])('%s', (_, object, options) => {
    expect(engines.argocd(object)['argocd.argoproj.io/sync-options']).toBe(options)
  })

  test('every wave is written, also the one that would be assumed', () => {
    expect(engines.argocd(placed(account, { wave: 0 }))).toMatchObject({ 'argocd.argoproj.io/sync-wave': '0' })
    expect(engines.argocd(placed(account, { wave: -3 }))).toMatchObject({ 'argocd.argoproj.io/sync-wave': '-3' })
  })
})

describe('kpt', () => {
  const edges = (dependencies: Placed['dependencies']) =>
    engines.kpt(placed(account, { dependencies }))['config.kubernetes.io/depends-on']

  test.each<[string, Placed['dependencies'], string | undefined]>([
    ['nothing', [], undefined],
    ['what must be healthy', [{ object: account, healthy: true, late: false }], '/namespaces/n/ServiceAccount/a'],
    ['what the sort by kind puts first', [{ object: account, healthy: false, late: false }], undefined],
    [
      'what the sort by kind would put too late',
      [{ object: account, healthy: false, late: true }],
      '/namespaces/n/ServiceAccount/a',
    ],
    ['what kpt knows itself', [{ object: crd, healthy: true, late: true }], undefined],
    ['what has no name', [{ object: { ...account, metadata: { name: null } }, healthy: true, late: false }], undefined],
    [
      'several, sorted, each once',
      [validator, account, account].map((object) => ({ object, healthy: true, late: false })),
      '/namespaces/n/ServiceAccount/a,admissionregistration.k8s.io/namespaces/n/ValidatingWebhookConfiguration/a',
    ],
  ])('%s', (_, dependencies, text) => expect(edges(dependencies)).toBe(text))

  test("has Argo CD's annotations too", () => {
    expect(engines.kpt(placed(account))).toMatchObject(engines.argocd(placed(account)))
  })
})

describe('Flux', () => {
  const prefix = 'kustomize.toolkit.fluxcd.io'
  test.each<[string, KubeObject, { [key: string]: string }]>([
    ['an account', account, {}],
    ['a CRD', crd, { [`${prefix}/prune`]: 'disabled' }],
    ['a Namespace', one('v1', 'Namespace'), { [`${prefix}/prune`]: 'disabled' }],
    ['a webhook that istiod finishes', validator, { [`${prefix}/ssa`]: 'Merge' }],
    [
      'a variable in a text',
      one('v1', 'ConfigMap', { data: { config: 'run ${POD_NAME}' } }),
      { [`${prefix}/substitute`]: 'disabled' },
    ],
    [
      'a variable in a list',
      one('v1', 'Pod', { spec: { args: ['a', ['${B}']] } }),
      { [`${prefix}/substitute`]: 'disabled' },
    ],
    [
      'a variable in a key',
      one('v1', 'ConfigMap', { data: { '${A}': 'b' } }),
      { [`${prefix}/substitute`]: 'disabled' },
    ],
    ["Kubernetes' own variables", one('v1', 'Pod', { spec: { args: ['$(POD_NAMESPACE).svc', '$HOME', '{a}'] } }), {}],
  ])('%s', (_, object, expected) => expect(engines.flux(placed(object))).toEqual(expected))
})

test('no engine, no annotations', () => {
  expect(engines.none()).toEqual({})
})

test.each([
  [one('apps/v1', 'Deployment'), 'apps/namespaces/n/Deployment/a', 'apps/Deployment/n/a'],
  [account, '/namespaces/n/ServiceAccount/a', '/ServiceAccount/n/a'],
  [
    { ...crd, metadata: { name: 'a.b' } },
    'apiextensions.k8s.io/CustomResourceDefinition/a.b',
    'apiextensions.k8s.io/CustomResourceDefinition//a.b',
  ],
])('a reference and back', (object, text, identity) => {
  expect(reference(object)).toBe(text)
  expect(identityOfReference(text)).toBe(identity)
})

test.each([
  '',
  'Deployment/a',
  'apps/Deployment/n/a',
  'apps/spaces/n/Deployment/a',
  '//',
  'apps/namespaces//Deployment/a',
])('"%s" refers to nothing', (text) => expect(identityOfReference(text)).toBeUndefined())

test('phases and their waves', () => {
  expect(phases.map((phase) => waveOf(phase, defaultWaves))).toEqual([-5, -4, -3, -2, -1, 0, 1, 2])
  expect(phases.map((phase) => waveOf(phase, { start: 10, step: 5 }))).toEqual([10, 15, 20, 25, 30, 35, 40, 45])
  for (const numbers of [defaultWaves, { start: 10, step: 5 }])
    for (const phase of phases) expect(phaseOf(waveOf(phase, numbers), numbers)).toBe(phase)
  expect(phaseOf(-100, defaultWaves)).toBe('namespaces')
  expect(phaseOf(100, defaultWaves)).toBe('scaling')
  expect(phaseOf(12, { start: 10, step: 5 })).toBe('namespaces')
})
