import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderCommandLine } from '../src/commands/input.ts'
import { phases } from '../src/engines/phases.ts'
import { identity, type KubeObject, object } from '../src/k8s/object.ts'
import { arrange } from '../src/stages/6-order.ts'
import type { Rendered } from '../src/stages/stage.ts'
import { type Case, casesIn, corpus, kept } from './oracle/cases.ts'
import { bareCluster, prune, sync } from './simulators/argocd.ts'
import { reconcile } from './simulators/flux.ts'
import {
  broken,
  invariants,
  noInjectedWorkloadBeforeItsWebhook,
  nothingThatMayStickBeforeTheEnd,
  noWebhookBeforeItsControlPlaneIsHealthy,
} from './simulators/invariants.ts'
import { apply } from './simulators/kpt.ts'
import { kubectlApply, legacySort, patientApply } from './simulators/kustomize.ts'
import { annotated, find, run } from './simulators/run-order.ts'
import {
  base,
  cni,
  configuration,
  crd,
  gateway,
  pilot,
  rendered,
  smallMeshes,
  ztunnel,
} from './simulators/small-mesh.ts'
import { nameOf, type Timeline } from './simulators/timeline.ts'

const meshes: readonly (readonly [string, readonly Rendered[]])[] = [...Object.entries(smallMeshes), ...caseMeshes()]
const engineNames = ['argocd', 'kpt', 'flux', 'none'] as const

/**
 * Every case that istioctl renders, from the kept ones and from the corpus when it is there, as the pipeline hands it to
 * stage 6: as istioctl has it, and with the GitOps changes; and each control plane of a revision together with the
 * default one.
 */
function caseMeshes(): [string, readonly Rendered[]][] {
  const own = casesIn(kept)
  const more = casesIn(corpus).filter(({ name }) => !own.some((one) => one.name === name))
  const cases = [...own, ...more].filter(({ renders }) => renders)
  const changed = cases.map((one): [string, Rendered[]] => [`${one.name}, changed`, meshOf(one, 'flux')])
  const standard = changed.find(([name]) => name.startsWith('a-profile-default,'))?.[1] ?? []
  const names = new Set(standard.map((item) => identity(item.object)))
  const pairs = changed
    .filter(([, mesh]) => mesh.some(({ revision }) => revision !== ''))
    .map(([name, mesh]): [string, Rendered[]] => [
      `a-profile-default with ${name}`,
      [...standard, ...mesh.filter((item) => !names.has(identity(item.object)))],
    ])
  return [...cases.map((one): [string, Rendered[]] => [one.name, meshOf(one, 'none')]), ...changed, ...pairs]
}

/** Engine `flux` makes the GitOps changes without giving objects numbers or edges that would count as the user's own. */
function meshOf({ name, argv }: Case, engine: 'none' | 'flux'): Rendered[] {
  const { objects, exitCode } = renderCommandLine([...argv, '--compat', 'istioctl', '--engine', engine], {}, () => {})
  if (exitCode !== 0) throw new Error(`${name} is not rendered`)
  const revision = objects
    .filter(({ object }) => object.kind === 'MutatingWebhookConfiguration')
    .map(({ object }) => object.metadata.labels?.['istio.io/rev'])[0]
  const plane = objects.map(({ object, component }) => ({
    component,
    owner: name,
    revision: revision === undefined || revision === 'default' ? '' : String(revision),
    path: component,
    object: withoutSchema(object),
  }))
  return [...plane, ...leftOut(plane)]
}

/** A definition without what it is made of, which nothing here depends on and which is most of a mesh. */
function withoutSchema(one: KubeObject): KubeObject {
  if (one.kind !== 'CustomResourceDefinition') return one
  const { group, names } = one.spec as { group: string; names: object }
  return { ...one, spec: { group, names } }
}

/** What a case needs to be applied at all, and some configuration of the user's. */
function leftOut(plane: readonly Rendered[]): Rendered[] {
  const there = new Set(plane.map(({ object }) => identity(object)))
  const namespaces = new Set(plane.flatMap((item) => item.object.metadata.namespace ?? []))
  const objects = [...namespaces].map((name) => object('Namespace', { name }))
  const telemetry = crd('telemetry.istio.io', 'Telemetry', 'telemetries')
  return [
    ...rendered(
      'Base',
      [...objects, telemetry].filter((one) => !there.has(identity(one))),
    ),
    ...configuration(),
  ]
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFrozen)
  return Object.freeze(value)
}

/** A shuffle that is the same in every run. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

/** The objects as Flux gets them, a folder a phase. */
function byPhase(mesh: readonly Rendered[]): KubeObject[][] {
  const arranged = arrange(mesh, { engine: 'flux' }, () => {})
  return phases.map((phase) => arranged.filter((one) => one.phase === phase).map(({ object }) => object))
}

test.skipIf(existsSync(corpus))('the conformance corpus is not beside the repository: only the kept cases ran', () => {
  expect(meshes.length).toBeGreaterThan(2 * 100)
})

test('cases with and without GitOps changes are among the meshes', () => {
  const validators = meshes.map(([name, mesh]) => ({
    name,
    has: mesh.some(({ object }) => object.metadata.name === 'istiod-default-validator'),
  }))
  const named = (wanted: string) => validators.find(({ name }) => name === wanted)?.has
  expect([named('a-profile-default'), named('a-profile-default, changed')]).toEqual([false, true])
  expect(validators.filter(({ name, has }) => name.endsWith(', changed') && has).length).toBeGreaterThan(100)
})

describe.each(meshes)('%s', (_, mesh) => {
  test('is kept whole and does not depend on the order of the input', () => {
    const distinct = new Set(mesh.map((item) => identity(item.object)))
    for (const engine of engineNames) {
      const { objects } = run(mesh, { engine })
      expect(new Set(objects.map(identity))).toEqual(distinct)
      expect(objects).toHaveLength(distinct.size)
      for (const seed of [1, 2]) expect(run(shuffled(mesh, seed), { engine }).objects).toEqual(objects)
    }
  })

  test('is left as it was', () => {
    const frozen = mesh.map((item) => ({ ...item, object: deepFrozen(structuredClone(item.object)) }))
    for (const engine of engineNames) expect(() => run(frozen, { engine })).not.toThrow()
  })

  test('Argo CD', () => {
    const { objects } = run(mesh)
    const { timeline, outcome, because } = sync(objects)
    expect({ outcome, because }).toEqual({ outcome: 'Succeeded', because: [] })
    expect(broken(timeline)).toEqual([])
  })

  test('kpt live apply', () => {
    const { objects } = run(mesh, { engine: 'kpt' })
    // kpt's idea of health has none that waits for metrics or for an address from outside.
    expect(broken(apply(objects), [nothingThatMayStickBeforeTheEnd])).toEqual([])
  })

  test('Flux, a Kustomization a phase', () => {
    const folders = byPhase(mesh)
    expect(folders.flat()).toHaveLength(run(mesh).objects.length)
    expect(broken(reconcile(folders))).toEqual([])
  })

  test('a stream applied in its own order', () => {
    for (const engine of engineNames)
      expect(broken(patientApply(run(mesh, { engine }).objects), [nothingThatMayStickBeforeTheEnd])).toEqual([])
  })
})

describe('what other orders would break', () => {
  const mesh = smallMeshes['sidecars and ambient'] as readonly Rendered[]
  const objects = run(mesh).objects
  const steps = (order: readonly KubeObject[]): Timeline => patientApply(order)
  const swapped = (first: string, second: string) => {
    const [a, b] = [find(objects, first), find(objects, second)]
    return steps(objects.map((one) => (one === a ? b : one === b ? a : one)))
  }

  test.each<[keyof typeof invariants, string, string]>([
    ['nothingBeforeItsNamespace', 'Namespace istio-system', 'ServiceAccount istio-system/istiod'],
    [
      'nothingBeforeItsDefinition',
      'CustomResourceDefinition telemetries.telemetry.istio.io',
      'Telemetry istio-system/mesh-default',
    ],
    ['nothingBeforeWhatItsPodsName', 'ServiceAccount istio-system/istiod', 'Deployment istio-system/istiod'],
    ['nothingBeforeWhatItsPodsName', 'ConfigMap istio-system/jwks', 'Deployment istio-system/istiod'],
    [
      'nothingBeforeWhatItsPodsName',
      'ConfigMap istio-system/istio-cni-config',
      'DaemonSet istio-system/istio-cni-node',
    ],
    [
      'noInjectedWorkloadBeforeItsWebhook',
      'MutatingWebhookConfiguration istio-sidecar-injector',
      'Deployment istio-system/edge',
    ],
    [
      'noWebhookBeforeItsControlPlaneIsHealthy',
      'Deployment istio-system/istiod',
      'MutatingWebhookConfiguration istio-sidecar-injector',
    ],
    [
      'noWebhookBeforeItsControlPlaneIsHealthy',
      'Service istio-system/istiod',
      'ValidatingWebhookConfiguration istio-validator',
    ],
    ['ztunnelAfterNodeAgentAndControlPlane', 'DaemonSet istio-system/istio-cni-node', 'DaemonSet istio-system/ztunnel'],
    ['ztunnelAfterNodeAgentAndControlPlane', 'Deployment istio-system/istiod', 'DaemonSet istio-system/ztunnel'],
    [
      'nothingThatMayStickBeforeTheEnd',
      'Deployment istio-system/istiod',
      'HorizontalPodAutoscaler istio-system/istiod',
    ],
  ])('%s fails when %s changes places with %s', (name, first, second) => {
    expect(invariants[name](sync(objects).timeline)).toEqual([])
    expect(invariants[name](swapped(first, second))).not.toEqual([])
  })

  test('Argo CD pulls up a namespace that would come too late', () => {
    const late = objects.map((one) =>
      one.kind === 'Namespace' ? { ...one, metadata: { ...one.metadata, annotations: {} } } : one,
    )
    const { timeline } = sync(late)
    expect(timeline.find(({ object }) => object.kind === 'Namespace')?.gate).toBe(-3)
    expect(invariants.nothingBeforeItsNamespace(timeline)).toEqual([])
  })

  test('Argo CD without waves starts an injected gateway before its webhook', () => {
    const { timeline } = sync(run(mesh, { engine: 'none' }).objects)
    expect(noInjectedWorkloadBeforeItsWebhook(timeline)).toEqual([
      'Deployment istio-system/edge comes before MutatingWebhookConfiguration istio-sidecar-injector',
    ])
    expect(noWebhookBeforeItsControlPlaneIsHealthy(timeline)).not.toEqual([])
  })

  test('kpt without edges registers webhooks before istiod exists', () => {
    const timeline = apply(run(mesh, { engine: 'none' }).objects)
    expect(noWebhookBeforeItsControlPlaneIsHealthy(timeline)).not.toEqual([])
  })

  test("kustomize's own sort starts injected gateways before their webhook, however long one waits", () => {
    for (const [, one] of meshes.filter(([, one]) => one.some((item) => isInjected(item) && hasInjector(one, item)))) {
      const lost = noInjectedWorkloadBeforeItsWebhook(patientApply(legacySort(run(one).objects)))
      expect(lost).not.toEqual([])
    }
  })

  test('one Flux Kustomization, or kubectl alone, waits for nobody', () => {
    expect(noWebhookBeforeItsControlPlaneIsHealthy(reconcile([objects]))).not.toEqual([])
    expect(noWebhookBeforeItsControlPlaneIsHealthy(kubectlApply(objects))).not.toEqual([])
  })

  test('the simulated kpt refuses strangers, circles and misspelt references', () => {
    const needing = (text: string) =>
      run(
        annotated(smallMeshes['only gateways'] ?? [], 'Deployment istio-system/edge', {
          'config.kubernetes.io/depends-on': text,
        }),
        { engine: 'none' },
      ).objects
    expect(() => apply(needing('apps/namespaces/istio-system/Deployment/istiod'))).toThrow('external dependency')
    expect(() => apply(needing('apps/Deployment/istio-system/istiod'))).toThrow('invalid reference')
    expect(() => apply(needing('apps/namespaces/istio-system/Deployment/edge'))).toThrow('cyclic dependency')
  })
})

function isInjected({ object: { kind, spec } }: Rendered): boolean {
  const labels = (spec as { template?: { metadata?: { labels?: { [key: string]: unknown } } } })?.template?.metadata
    ?.labels
  return kind === 'Deployment' && labels?.['sidecar.istio.io/inject'] === 'true'
}

function hasInjector(mesh: readonly Rendered[], { revision }: Rendered): boolean {
  return mesh.some((item) => item.object.kind === 'MutatingWebhookConfiguration' && item.revision === revision)
}

test('syncs end well on a cluster that has neither metrics nor load balancers', () => {
  for (const [name, one] of meshes) {
    const { objects, codes } = run(one)
    const { outcome, because } = sync(objects, bareCluster)
    // Only an istiod that is itself behind a load balancer can wait for an address, and that was told.
    const held = codes.includes('blocking-load-balancer')
    expect([name, outcome, because]).toEqual([
      name,
      held ? 'Stuck' : 'Succeeded',
      held ? [expect.stringContaining('istiod')] : [],
    ])
  }
})

describe('what Argo CD deletes', () => {
  const before = run([
    ...base(),
    ...pilot(),
    ...pilot({ revision: 'old' }),
    ...cni(),
    ...ztunnel(),
    ...gateway('edge'),
  ]).objects
  const gates = (live: readonly KubeObject[], wanted: readonly Rendered[]) => {
    const timeline = prune(live, run(wanted).objects)
    const gate = (name: string) => timeline.find(({ object }) => nameOf(object) === name)?.gate ?? Number.NaN
    return { timeline, gate }
  }
  const lastWave = 2

  test('an old gateway serves until the new one is healthy, with all that it needs', () => {
    const { gate } = gates(before, [...base(), ...pilot(), ...cni(), ...ztunnel(), ...gateway('front')])
    expect(gate('Deployment istio-system/edge')).toBeGreaterThan(lastWave)
    expect(gate('Service istio-system/edge')).toBeGreaterThan(lastWave)
    for (const needed of [
      'ServiceAccount istio-system/edge-service-account',
      'Role istio-system/edge-sds',
      'RoleBinding istio-system/edge-sds',
    ]) {
      expect(gate(needed)).toBeGreaterThanOrEqual(gate('Deployment istio-system/edge'))
    }
  })

  test('an old revision answers until everything has moved, and refuses nothing after it has gone', () => {
    const { gate } = gates(before, [...base(), ...pilot(), ...cni(), ...ztunnel(), ...gateway('edge')])
    const istiod = gate('Deployment istio-system/istiod-old')
    expect(istiod).toBeGreaterThan(lastWave)
    expect(gate('ValidatingWebhookConfiguration istio-validator-old')).toBeLessThan(istiod)
    expect(gate('MutatingWebhookConfiguration istio-sidecar-injector-old')).toBeGreaterThanOrEqual(istiod)
    for (const needed of [
      'Service istio-system/istiod-old',
      'ServiceAccount istio-system/istiod-old',
      'ClusterRole istiod-old-clusterrole',
      'ConfigMap istio-system/istio-old',
    ]) {
      expect(gate(needed)).toBeGreaterThanOrEqual(istiod)
    }
  })

  test('ztunnel goes before the CNI agent', () => {
    const { gate } = gates(before, [...base(), ...pilot(), ...gateway('edge')])
    expect(gate('DaemonSet istio-system/ztunnel')).toBeLessThan(gate('ServiceAccount istio-system/ztunnel'))
    expect(gate('ServiceAccount istio-system/ztunnel')).toBeLessThan(gate('DaemonSet istio-system/istio-cni-node'))
  })

  test('namespaces and CRDs stay', () => {
    const { timeline } = gates(before, gateway('edge'))
    expect(timeline.map(({ object }) => object.kind)).not.toContain('Namespace')
    expect(timeline.map(({ object }) => object.kind)).not.toContain('CustomResourceDefinition')
    expect(timeline.length).toBeGreaterThan(20)
  })
})
