import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { at } from '../../test/at.ts'
import { generate } from '../commands/generate.ts'
import { type KubeObject, object } from '../k8s/object.ts'
import { changeNames, engineNames } from '../settings.ts'
import type { Rendered } from '../stages/stage.ts'
import { changes } from './index.ts'
import { namespaces } from './namespaces.ts'
import { replicas } from './replicas.ts'

const folder = mkdtempSync(join(tmpdir(), 'gitops-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Objects = (name: string) => KubeObject | undefined

/** The objects of an IstioOperator with that spec, by `Kind name`. */
function mesh(spec: object, ...argv: string[]): Objects {
  const file = join(folder, 'input.json')
  writeFileSync(file, JSON.stringify({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec }))
  const { stdout, problems, exitCode } = generate(['-f', file, '-o', 'json', ...argv])
  expect({ exitCode, errors: problems.filter(({ severity }) => severity === 'error') }).toEqual({
    exitCode: 0,
    errors: [],
  })
  const objects = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KubeObject)
  return (name) => objects.find(({ kind, metadata }) => `${kind} ${metadata.name}` === name)
}

const minimal = { profile: 'minimal' }
const canary = { profile: 'minimal', revision: 'canary' }
const overlay = (kind: string, name: string, path: string, value: unknown) => ({
  overlays: [{ kind, name, patches: [{ path, value }] }],
})
const webhook = 'rev.validation.istio.io'
const validator = 'ValidatingWebhookConfiguration istio-validator-istio-system'

interface Row {
  readonly change: (typeof changeNames)[number]
  readonly what: string
  readonly spec: object
  readonly name: string
  readonly path: readonly (string | number)[]
  /** What istioctl's objects hold there, and what ours do. */
  readonly before: unknown
  readonly after: unknown
}

const rows: readonly Row[] = [
  {
    change: 'failure-policy',
    what: 'validating webhooks',
    spec: minimal,
    name: validator,
    path: ['webhooks', webhook, 'failurePolicy'],
    before: 'Ignore',
    after: 'Fail',
  },
  {
    change: 'failure-policy',
    what: 'the validating webhook of a revision',
    spec: canary,
    name: 'ValidatingWebhookConfiguration istio-validator-canary-istio-system',
    path: ['webhooks', webhook, 'failurePolicy'],
    before: 'Ignore',
    after: 'Fail',
  },
  {
    change: 'replicas',
    what: 'a number beside an autoscaler',
    spec: { ...minimal, components: { pilot: { k8s: { replicaCount: 3 } } } },
    name: 'Deployment istiod',
    path: ['spec', 'replicas'],
    before: 3,
    after: undefined,
  },
  {
    change: 'replicas',
    what: 'a number that an overlay writes beside an autoscaler',
    spec: { ...minimal, components: { pilot: { k8s: overlay('Deployment', 'istiod', 'spec.replicas', 4) } } },
    name: 'Deployment istiod',
    path: ['spec', 'replicas'],
    before: 4,
    after: undefined,
  },
  {
    change: 'replicas',
    what: 'a number beside the autoscaler of a gateway',
    spec: {
      components: { ingressGateways: [{ name: 'edge', namespace: 'edge', enabled: true, k8s: { replicaCount: 3 } }] },
    },
    name: 'Deployment edge',
    path: ['spec', 'replicas'],
    before: 3,
    after: undefined,
  },
  {
    change: 'stored-form',
    what: "istiod's memory, as the profile has it",
    spec: minimal,
    name: 'Deployment istiod',
    path: ['spec', 'template', 'spec', 'containers', 'discovery', 'resources', 'requests'],
    before: { cpu: '500m', memory: '2048Mi' },
    after: { cpu: '500m', memory: '2Gi' },
  },
  {
    change: 'stored-form',
    what: 'what an overlay writes',
    spec: {
      ...minimal,
      components: {
        pilot: {
          k8s: overlay('Deployment', 'istiod', 'spec.template.spec.containers.[name:discovery].resources.limits', {
            cpu: 2,
            memory: '4096Mi',
          }),
        },
      },
    },
    name: 'Deployment istiod',
    path: ['spec', 'template', 'spec', 'containers', 'discovery', 'resources', 'limits'],
    before: { cpu: 2, memory: '4096Mi' },
    after: { cpu: '2', memory: '4Gi' },
  },
  {
    change: 'namespaces',
    what: 'the namespace of the control plane',
    spec: minimal,
    name: 'Namespace istio-system',
    path: ['metadata', 'name'],
    before: undefined,
    after: 'istio-system',
  },
  {
    change: 'namespaces',
    what: 'the namespace of a gateway',
    spec: { components: { ingressGateways: [{ name: 'edge', namespace: 'edge', enabled: true }] } },
    name: 'Namespace edge',
    path: ['metadata', 'labels'],
    before: undefined,
    after: undefined,
  },
  {
    change: 'namespaces',
    what: 'the network of the control plane',
    spec: { ...minimal, values: { global: { network: 'net1' } } },
    name: 'Namespace istio-system',
    path: ['metadata', 'labels'],
    before: undefined,
    after: { 'topology.istio.io/network': 'net1' },
  },
  {
    change: 'default-revision',
    what: 'the validator for resources without a revision',
    spec: minimal,
    name: 'ValidatingWebhookConfiguration istiod-default-validator',
    path: ['webhooks', 0, 'clientConfig', 'service', 'name'],
    before: undefined,
    after: 'istiod',
  },
  {
    change: 'default-revision',
    what: 'the tag of a revision that is the default one',
    spec: { ...canary, values: { defaultRevision: 'canary' } },
    name: 'MutatingWebhookConfiguration istio-revision-tag-default',
    path: ['metadata', 'labels', 'istio.io/rev'],
    before: undefined,
    after: 'canary',
  },
]

describe.each(rows)('$change: $what', ({ change, spec, name, path, before, after }) => {
  test('differs from istioctl', () => {
    expect(at(mesh(spec)(name), path)).toEqual(after)
    if (after !== undefined || before === undefined) expect(mesh(spec)(name)).toBeDefined()
  })

  test('stays as istioctl has it when it is kept', () => {
    expect(at(mesh(spec, '--keep', change)(name), path)).toEqual(before)
    const others = changeNames.filter((other) => other !== change)
    expect(at(mesh(spec, '--keep', others.join(','))(name), path)).toEqual(after)
  })

  test('stays as istioctl has it under engine none', () => {
    const theirs = mesh(spec, '--engine', 'none')(name)
    expect(at(theirs, path)).toEqual(before)
    expect(theirs === undefined).toBe(before === undefined)
  })
})

test('every change has rows, and is made in its place', () => {
  expect(changes.map(({ name }) => name)).toEqual(changeNames)
  expect(changeNames.filter((name) => !rows.some(({ change }) => change === name))).toEqual([])
})

test.each(engineNames.filter((name) => name !== 'none'))('engine %s makes them all', (engine) => {
  for (const { spec, name, path, after } of rows) {
    expect([name, at(mesh(spec, '--engine', engine)(name), path)]).toEqual([name, after])
  }
})

describe('failure-policy', () => {
  test('what an overlay says wins', () => {
    const ignore = overlay(
      'ValidatingWebhookConfiguration',
      'istio-validator-istio-system',
      `webhooks.[name:${webhook.replaceAll('.', '\\.')}].failurePolicy`,
      'Ignore',
    )
    const objects = mesh({ ...minimal, components: { pilot: { k8s: ignore } } })
    expect(at(objects(validator), ['webhooks', webhook, 'failurePolicy'])).toBe('Ignore')
    expect(
      at(objects('ValidatingWebhookConfiguration istiod-default-validator'), ['webhooks', 0, 'failurePolicy']),
    ).toBe('Fail')
  })

  test('leaves injectors alone', () => {
    const ours = mesh(minimal)('MutatingWebhookConfiguration istio-sidecar-injector')
    const theirs = mesh(minimal, '--engine', 'none')('MutatingWebhookConfiguration istio-sidecar-injector')
    expect(ours?.webhooks).toEqual(theirs?.webhooks)
  })

  test('nobody says a caBundle, which istiod writes', () => {
    const objects = mesh({ ...canary, values: { defaultRevision: 'canary' } })
    for (const name of [
      'ValidatingWebhookConfiguration istio-validator-canary-istio-system',
      'ValidatingWebhookConfiguration istiod-default-validator',
      'MutatingWebhookConfiguration istio-sidecar-injector-canary',
      'MutatingWebhookConfiguration istio-revision-tag-default',
    ]) {
      const found = objects(name)
      expect([name, found === undefined]).toEqual([name, false])
      expect([name, JSON.stringify(found).includes('caBundle')]).toEqual([name, false])
    }
  })
})

describe('replicas', () => {
  const item = (kind: string, name: string, namespace: string, spec: object): Rendered => ({
    component: 'Pilot',
    owner: '',
    revision: '',
    path: '',
    object: { apiVersion: 'x/v1', kind, metadata: { name, namespace }, spec },
  })
  const scaler = (kind: string, name: string, namespace: string) =>
    item('HorizontalPodAutoscaler', 'any', namespace, { scaleTargetRef: { kind, name } })

  test.each<[string, Rendered, object]>([
    ['of that name', scaler('Deployment', 'a', 'n'), { paused: true }],
    ['of another name', scaler('Deployment', 'b', 'n'), { replicas: 2, paused: true }],
    ['in another namespace', scaler('Deployment', 'a', 'm'), { replicas: 2, paused: true }],
    ['of another kind', scaler('StatefulSet', 'a', 'n'), { replicas: 2, paused: true }],
    ['of nothing', item('HorizontalPodAutoscaler', 'any', 'n', {}), { replicas: 2, paused: true }],
  ])('beside an autoscaler %s', (_, autoscaler, spec) => {
    const workload = item('Deployment', 'a', 'n', { replicas: 2, paused: true })
    for (const mesh of [
      [workload, autoscaler],
      [autoscaler, workload],
    ]) {
      const changed = replicas.mesh?.(mesh, [], [])
      expect(changed?.find(({ object }) => object.kind === 'Deployment')?.object.spec).toEqual(spec)
    }
    expect(workload.object.spec).toEqual({ replicas: 2, paused: true })
  })

  test('without an autoscaler the user says how many', () => {
    const spec = {
      ...minimal,
      components: { pilot: { k8s: { replicaCount: 3 } } },
      values: { pilot: { autoscaleEnabled: false } },
    }
    expect(at(mesh(spec)('Deployment istiod'), ['spec', 'replicas'])).toBe(3)
  })

  test('an autoscaler that an overlay points elsewhere scales nothing of ours', () => {
    const k8s = {
      replicaCount: 3,
      ...overlay('HorizontalPodAutoscaler', 'istiod', 'spec.scaleTargetRef.name', 'another'),
    }
    expect(at(mesh({ ...minimal, components: { pilot: { k8s } } })('Deployment istiod'), ['spec', 'replicas'])).toBe(3)
  })
})

describe('namespaces', () => {
  const names = (used: readonly (string | undefined)[], present: readonly string[] = []) => {
    const rendered = used.map(
      (namespace): Rendered => ({
        component: 'Pilot',
        owner: 'o',
        revision: '',
        path: 'p',
        object: object('ServiceAccount', { name: 'x', ...(namespace !== undefined && { namespace }) }),
      }),
    )
    const held = present.map((name) => object('Namespace', { name }))
    const mesh = namespaces.mesh?.(rendered, [], held) ?? []
    return mesh.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name)
  }

  test.each<[string, (string | undefined)[], string[], string[]]>([
    ['once each', ['a', 'b', 'a'], [], ['a', 'b']],
    ['none for what has no namespace', [undefined, 'a'], [], ['a']],
    ['none that every cluster has', ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'a'], [], ['a']],
    ['none that the input holds', ['a', 'b'], ['a', 'c'], ['b']],
  ])('%s', (_, used, present, expected) => {
    expect(names(used, present)).toEqual(expected)
  })

  test('none for what belongs to the cluster, whatever its metadata says', () => {
    const cluster: Rendered = {
      component: 'Pilot',
      owner: 'o',
      revision: '',
      path: 'p',
      object: object('ClusterRole', { name: 'x', namespace: 'a' }),
    }
    expect(namespaces.mesh?.([cluster], [], [])).toEqual([cluster])
  })

  test('the network is that of the control plane in the namespace', () => {
    const objects = mesh({
      components: { ingressGateways: [{ name: 'edge', namespace: 'edge', enabled: true }] },
      values: { global: { network: 'net1' } },
    })
    expect(objects('Namespace istio-system')?.metadata.labels).toEqual({ 'topology.istio.io/network': 'net1' })
    expect(objects('Namespace edge')?.metadata.labels).toBe(undefined)
  })
})

describe('default-revision', () => {
  const validatorName = 'ValidatingWebhookConfiguration istiod-default-validator'
  const tag = 'MutatingWebhookConfiguration istio-revision-tag-default'
  test.each<[string, object, string | undefined, string | undefined]>([
    ['a plane without a revision is the default one', minimal, 'istiod', undefined],
    ['a revision is not', canary, undefined, undefined],
    ['unless it is named', { ...canary, values: { defaultRevision: 'canary' } }, 'istiod-canary', 'canary'],
    ['nor when another one is named', { ...canary, values: { defaultRevision: 'blue' } }, 'istiod-blue', undefined],
    [
      'a tag that the user sets already is there once',
      { ...canary, values: { defaultRevision: 'canary', revisionTags: ['default', 'prod'] } },
      'istiod-canary',
      'canary',
    ],
  ])('%s', (_, spec, service, revision) => {
    const objects = mesh(spec)
    expect(at(objects(validatorName), ['webhooks', 0, 'clientConfig', 'service', 'name'])).toBe(service)
    expect(at(objects(tag), ['metadata', 'labels', 'istio.io/rev'])).toBe(revision)
  })

  test("an overlay can change what istioctl's output does not have", () => {
    const k8s = overlay('ValidatingWebhookConfiguration', 'istiod-default-validator', 'metadata.labels.team', 'mesh')
    const objects = mesh({ ...minimal, components: { base: { k8s } } })
    expect(at(objects(validatorName), ['metadata', 'labels', 'team'])).toBe('mesh')
  })
})
