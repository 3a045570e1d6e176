import { describe, expect, test } from 'vitest'
import { sync } from '../../test/simulators/argocd.ts'
import { broken, nothingThatMayStickBeforeTheEnd } from '../../test/simulators/invariants.ts'
import { apply, declaredReferences, reference } from '../../test/simulators/kpt.ts'
import { annotated, find, run, waveOf } from '../../test/simulators/run-order.ts'
import { base, cni, custom, gateway, pilot, rendered, smallMeshes } from '../../test/simulators/small-mesh.ts'
import { annotation, nameOf } from '../../test/simulators/timeline.ts'
import { object } from '../k8s/object.ts'
import type { Rendered } from './stage.ts'

describe('waves', () => {
  const mesh = smallMeshes['sidecars and ambient'] as readonly Rendered[]

  test.each([
    ['Namespace istio-system', '-5'],
    ['CustomResourceDefinition telemetries.telemetry.istio.io', '-4'],
    ['ServiceAccount istio-system/edge-service-account', '-3'],
    ['Service istio-system/istiod', '-3'],
    ['NetworkAttachmentDefinition default/istio-cni', '-3'],
    ['Deployment istio-system/istiod', '-2'],
    ['DaemonSet istio-system/istio-cni-node', '-2'],
    ['DaemonSet istio-system/ztunnel', '-1'],
    ['MutatingWebhookConfiguration istio-sidecar-injector', '-1'],
    ['ValidatingWebhookConfiguration istio-validator', '-1'],
    ['Telemetry istio-system/mesh-default', '0'],
    ['Deployment istio-system/edge', '1'],
    ['Service istio-system/edge', '2'],
    ['HorizontalPodAutoscaler istio-system/istiod', '2'],
    ['PodDisruptionBudget istio-system/istiod', '2'],
  ])('%s is in wave %s', (name, wave) => {
    expect(waveOf(run(mesh).objects, name)).toBe(wave)
  })

  test('a gateway whose Service needs no address has it in its own wave', () => {
    expect(waveOf(run(gateway('edge', { serviceType: 'ClusterIP' })).objects, 'Service istio-system/edge')).toBe('1')
  })

  test('an istiod behind a load balancer keeps its place, which Argo CD users are warned of', () => {
    const balanced = smallMeshes['an istiod behind a load balancer'] ?? []
    const { objects, problems } = run(balanced)
    expect(waveOf(objects, 'Service istio-system/istiod')).toBe('-3')
    expect(problems).toMatchObject([
      { code: 'blocking-load-balancer', severity: 'warning', path: 'spec.components.pilot' },
    ])
    expect(run(balanced, { engine: 'kpt' }).problems).toEqual([])
  })

  test('move with their settings', () => {
    const { objects } = run(mesh, { waves: { start: 100, step: 10 } })
    expect(waveOf(objects, 'Namespace istio-system')).toBe('100')
    expect(waveOf(objects, 'Telemetry istio-system/mesh-default')).toBe('150')
    expect(waveOf(objects, 'HorizontalPodAutoscaler istio-system/istiod')).toBe('170')
    expect(broken(sync(objects).timeline)).toEqual([])
  })

  test("a user's own number stands and moves what depends on it", () => {
    const { objects, problems } = run(
      annotated(mesh, 'Deployment istio-system/istiod', { 'argocd.argoproj.io/sync-wave': '5' }),
    )
    expect(problems).toEqual([])
    expect(waveOf(objects, 'Deployment istio-system/istiod')).toBe('5')
    expect(waveOf(objects, 'MutatingWebhookConfiguration istio-sidecar-injector')).toBe('6')
    expect(waveOf(objects, 'Deployment istio-system/edge')).toBe('7')
    expect(waveOf(objects, 'HorizontalPodAutoscaler istio-system/istiod')).toBe('8')
    expect(broken(sync(objects).timeline)).toEqual([])
  })

  test.each([
    ['Namespace istio-system', 'ServiceAccount istio-system/ztunnel', '20'],
    ['CustomResourceDefinition telemetries.telemetry.istio.io', 'Telemetry istio-system/mesh-default', '21'],
    ['ConfigMap istio-system/jwks', 'Deployment istio-system/istiod', '20'],
    ['DaemonSet istio-system/istio-cni-node', 'DaemonSet istio-system/ztunnel', '21'],
    ['ValidatingWebhookConfiguration istio-validator', 'EnvoyFilter istio-system/idle-timeout', '21'],
    ['Deployment istio-system/edge', 'HorizontalPodAutoscaler istio-system/istiod', '21'],
  ])('%s in wave 20 has %s in wave %s', (first, second, wave) => {
    const { objects } = run(annotated(mesh, first, { 'argocd.argoproj.io/sync-wave': '20' }))
    expect(waveOf(objects, second)).toBe(wave)
    expect(broken(sync(objects).timeline)).toEqual([])
  })

  test('scaling stays where the user put it, and where something waits for it', () => {
    const pinned = annotated(mesh, 'HorizontalPodAutoscaler istio-system/istiod', {
      'argocd.argoproj.io/sync-wave': '2',
    })
    const waiting = [
      ...annotated(pinned, 'Telemetry istio-system/mesh-default', { 'argocd.argoproj.io/sync-wave': '9' }),
      ...rendered('Base', [
        custom('example.io/v1', 'Probe', {
          name: 'probe',
          namespace: 'istio-system',
          annotations: { 'config.kubernetes.io/depends-on': '/namespaces/istio-system/Service/edge' },
        }),
      ]),
    ]
    const { objects } = run(waiting)
    expect(waveOf(objects, 'HorizontalPodAutoscaler istio-system/istiod')).toBe('2')
    const names = objects.map(nameOf)
    expect(names.indexOf('HorizontalPodAutoscaler istio-system/istiod')).toBeLessThan(
      names.indexOf('Probe istio-system/probe'),
    )
    expect(waveOf(objects, 'Service istio-system/edge')).toBe('2')
    expect(waveOf(objects, 'Probe istio-system/probe')).toBe('3')
    expect(waveOf(objects, 'HorizontalPodAutoscaler istio-system/edge')).toBe('9')
  })

  test("a user's number that comes too early is told, with the reason", () => {
    const early = annotated(mesh, 'Deployment istio-system/edge', { 'argocd.argoproj.io/sync-wave': '-1' })
    const { objects, problems } = run(early)
    expect(waveOf(objects, 'Deployment istio-system/edge')).toBe('-1')
    expect(problems).toMatchObject([
      {
        code: 'wave-before-dependency',
        severity: 'warning',
        path: 'spec.components.ingressGateways[0]',
        message: expect.stringContaining(
          'wave 0 or later, as it is injected by MutatingWebhookConfiguration "istio-sidecar-injector"',
        ),
      },
    ])
    expect(run(early, { engine: 'flux' }).problems).toEqual([])
  })

  test('a number that is none is an error', () => {
    const wrong = annotated(mesh, 'Deployment istio-system/edge', { 'argocd.argoproj.io/sync-wave': 'late' })
    expect(run(wrong).problems).toMatchObject([{ code: 'invalid-sync-wave', severity: 'error' }])
  })
})

describe('inside a wave', () => {
  test('components follow their dependencies, and kinds a list', () => {
    const { objects } = run([...pilot(), ...gateway('edge'), ...base()])
    const access = objects.filter((one) => annotation(one, 'argocd.argoproj.io/sync-wave') === '-3')
    expect(access.map(nameOf)).toEqual([
      'ServiceAccount istio-system/istio-reader-service-account',
      'ServiceAccount istio-system/istiod',
      'ClusterRole istiod-clusterrole',
      'ClusterRoleBinding istiod-clusterrole',
      'Role istio-system/istiod',
      'RoleBinding istio-system/istiod',
      'ConfigMap istio-system/istio',
      'ConfigMap istio-system/istio-sidecar-injector',
      'ConfigMap istio-system/jwks',
      'Service istio-system/istiod',
      'ServiceAccount istio-system/edge-service-account',
      'Role istio-system/edge-sds',
      'RoleBinding istio-system/edge-sds',
    ])
  })

  test('what needs something there comes after it', () => {
    const early = {
      'config.kubernetes.io/depends-on': '/namespaces/n/ConfigMap/z',
      'argocd.argoproj.io/sync-wave': '0',
    }
    const config = (name: string, annotations: { [key: string]: string }) =>
      object('ConfigMap', { name, namespace: 'n', annotations })
    const mesh = rendered('Base', [config('a', early), config('z', { 'argocd.argoproj.io/sync-wave': '0' })])
    expect(run(mesh).objects.map(nameOf)).toEqual(['ConfigMap n/z', 'ConfigMap n/a'])
  })

  test('kinds of the same name in two groups have an order too', () => {
    const metadata = { name: 'a', namespace: 'n' }
    const mesh = rendered('Base', [custom('b.io/v1', 'Gateway', metadata), custom('a.io/v1', 'Gateway', metadata)])
    for (const input of [mesh, [...mesh].reverse()])
      expect(run(input).objects.map(({ apiVersion }) => apiVersion)).toEqual(['a.io/v1', 'b.io/v1'])
  })
})

test('kinds that nothing in the output defines may be missing', () => {
  const { objects } = run(smallMeshes['sidecars and ambient'] ?? [])
  const options = (name: string) => annotation(find(objects, name), 'argocd.argoproj.io/sync-options')
  expect(options('EnvoyFilter istio-system/idle-timeout')).toBe('SkipDryRunOnMissingResource=true')
  expect(options('NetworkAttachmentDefinition default/istio-cni')).toContain('SkipDryRunOnMissingResource=true')
  expect(options('Telemetry istio-system/mesh-default')).toBeUndefined()
  expect(options('Role istio-system/istiod')).not.toContain('SkipDryRun')
})

describe('edges for kpt', () => {
  const needs = (mesh: readonly Rendered[], name: string) => {
    const { objects } = run(mesh, { engine: 'kpt' })
    const references = new Set(objects.map(reference))
    const found = declaredReferences(find(objects, name))
    for (const text of found) expect(references).toContain(text)
    return found
  }
  const istiod = 'apps/namespaces/istio-system/Deployment/istiod'
  const injector = 'admissionregistration.k8s.io/MutatingWebhookConfiguration/istio-sidecar-injector'
  const edge = 'apps/namespaces/istio-system/Deployment/edge'
  const ambient = smallMeshes['sidecars and ambient'] as readonly Rendered[]
  const plain = smallMeshes['a gateway that is not injected'] as readonly Rendered[]
  const two = smallMeshes['two control planes, each with a gateway'] as readonly Rendered[]

  test.each<[string, readonly Rendered[], string[]]>([
    ['MutatingWebhookConfiguration istio-sidecar-injector', ambient, [istiod]],
    ['ValidatingWebhookConfiguration istio-validator', ambient, [istiod]],
    ['Deployment istio-system/istiod', ambient, []],
    ['DaemonSet istio-system/istio-cni-node', ambient, []],
    ['DaemonSet istio-system/ztunnel', ambient, ['apps/namespaces/istio-system/DaemonSet/istio-cni-node', istiod]],
    ['Deployment istio-system/edge', plain, [istiod]],
    ['Deployment istio-system/edge', smallMeshes['injected gateways'] ?? [], [injector, istiod]],
    ['HorizontalPodAutoscaler istio-system/edge', plain, [edge]],
    ['Service istio-system/edge', plain, [edge]],
    ['PodDisruptionBudget istio-system/istiod', plain, [istiod]],
    ['Telemetry istio-system/mesh-default', ambient, []],
    [
      'EnvoyFilter istio-system/idle-timeout',
      ambient,
      ['admissionregistration.k8s.io/ValidatingWebhookConfiguration/istio-validator'],
    ],
    ['DaemonSet istio-system/ztunnel', two, ['apps/namespaces/istio-system/DaemonSet/istio-cni-node', istiod]],
    [
      'Deployment istio-system/edge-canary',
      two,
      [`${injector}-canary`, 'apps/namespaces/istio-system/DaemonSet/istio-cni-node', `${istiod}-canary`],
    ],
    [
      'Deployment istio-system/edge-next',
      two,
      [
        'admissionregistration.k8s.io/MutatingWebhookConfiguration/istio-revision-tag-next',
        'apps/namespaces/istio-system/DaemonSet/istio-cni-node',
        `${istiod}-canary`,
      ],
    ],
    ['Deployment istio-system/edge', smallMeshes['gateways whose control plane is elsewhere'] ?? [], []],
  ])('%s', (name, mesh, references) => {
    expect(needs(mesh, name)).toEqual(references)
  })

  test('webhooks of a remote istiod wait for the Service and EndpointSlice that lead to it', () => {
    const metadata = { name: 'istiod', namespace: 'istio-system' }
    const remote = rendered('Pilot', [
      object('Service', metadata, { spec: { ports: [] } }),
      object('EndpointSlice', { ...metadata, labels: { 'kubernetes.io/service-name': 'istiod' } }),
      object(
        'MutatingWebhookConfiguration',
        { name: 'injector' },
        { webhooks: [{ clientConfig: { service: metadata } }] },
      ),
    ])
    expect(needs(remote, 'MutatingWebhookConfiguration injector')).toEqual([
      '/namespaces/istio-system/Service/istiod',
      'discovery.k8s.io/namespaces/istio-system/EndpointSlice/istiod',
    ])
  })

  test('what a pod names is written once it comes late itself', () => {
    const late = annotated(plain, 'ConfigMap istio-system/jwks', {
      'config.kubernetes.io/depends-on': '/namespaces/istio-system/ConfigMap/istio',
    })
    expect(needs(late, 'Deployment istio-system/istiod')).toEqual(['/namespaces/istio-system/ConfigMap/jwks'])
    expect(broken(apply(run(late, { engine: 'kpt' }).objects), [nothingThatMayStickBeforeTheEnd])).toEqual([])
  })

  test("a user's own edge is kept, honoured by every engine, and may not lead out of the output", () => {
    const own = '/namespaces/istio-system/Service/edge'
    const mesh = annotated(plain, 'Telemetry istio-system/mesh-default', {}).concat(
      rendered('Base', [
        custom('example.io/v1', 'Probe', {
          name: 'probe',
          namespace: 'istio-system',
          annotations: { 'config.kubernetes.io/depends-on': ` ${own} , ${own}` },
        }),
      ]),
    )
    expect(needs(mesh, 'Probe istio-system/probe')).toEqual([own, own])
    expect(waveOf(run(mesh).objects, 'Probe istio-system/probe')).toBe('3')
    const names = run(mesh, { engine: 'none' }).objects.map(nameOf)
    expect(names.indexOf('Probe istio-system/probe')).toBeGreaterThan(names.indexOf('Service istio-system/edge'))
  })

  test.each([
    ['apps/namespaces/istio-system/Deployment/gone', 'unknown-dependency'],
    ['Deployment/istiod', 'invalid-dependency'],
    ['', 'invalid-dependency'],
  ])('an edge to "%s" is an %s', (text, code) => {
    const mesh = annotated(plain, 'Deployment istio-system/edge', { 'config.kubernetes.io/depends-on': text })
    expect(run(mesh, { engine: 'kpt' }).problems).toMatchObject([{ code, severity: 'error' }])
    expect(run(mesh, { engine: 'argocd' }).problems).toMatchObject([{ code, severity: 'warning' }])
  })
})

describe('cycles', () => {
  test("of users' own edges name their members and reasons, and lose no object", () => {
    const mesh = annotated(smallMeshes['injected gateways'] ?? [], 'Deployment istio-system/istiod', {
      'config.kubernetes.io/depends-on': 'apps/namespaces/istio-system/Deployment/edge',
    })
    const { objects, problems } = run(mesh)
    expect(problems).toMatchObject([{ code: 'dependency-cycle', severity: 'error' }])
    expect(problems[0]?.message).toContain(
      'Deployment "istio-system/istiod" says that it depends on Deployment "istio-system/edge"',
    )
    expect(problems[0]?.message).toMatch(/Deployment "istio-system\/edge" (is injected by|gets its configuration)/)
    expect(objects).toHaveLength(mesh.length)
  })

  test('of components do so too', () => {
    const mesh = smallMeshes['sidecars and ambient'] as readonly Rendered[]
    const { objects, problems } = run(mesh, {
      dependencies: [{ from: 'Cni', to: 'Ztunnel', reason: 'is tested with' }],
    })
    expect(problems).toMatchObject([{ code: 'dependency-cycle', severity: 'error' }])
    expect(problems[0]?.message).toContain('Cni is tested with Ztunnel, Ztunnel gets its traffic from Cni')
    expect(objects).toHaveLength(mesh.length)
  })

  test('a component may be told to come after another one', () => {
    const mesh = [...base(), ...pilot(), ...cni(), ...gateway('edge')]
    const { objects, problems } = run(mesh, {
      dependencies: [{ from: 'Cni', to: 'IngressGateways', reason: 'comes after' }],
    })
    // An injected gateway counts on the node agent, which makes this one a circle of objects.
    expect(problems).toMatchObject([{ code: 'dependency-cycle' }])
    const free = [...base(), ...pilot(), ...cni(), ...gateway('edge', { injected: false })]
    const after = run(free, { dependencies: [{ from: 'Cni', to: 'IngressGateways', reason: 'comes after' }] })
    expect(after.problems).toEqual([])
    expect(waveOf(after.objects, 'DaemonSet istio-system/istio-cni-node')).toBe('2')
    expect(objects).toHaveLength(mesh.length)
  })
})

describe('duplicates', () => {
  const config = (value: string) => object('ConfigMap', { name: 'one', namespace: 'istio-system' }, { data: { value } })
  const from = (value: string, owner: string, path: string) => rendered('Pilot', [config(value)], { owner, path })
  const first = from('old', 'mesh/a', 'spec.a')

  test('name the revision that they belong to', () => {
    const canary = rendered('Pilot', [config('new')], { owner: 'mesh/a', revision: 'canary', path: 'spec.a' })
    expect(run([...first, ...canary]).problems[0]?.message).toContain(
      '`spec.a` of "mesh/a" and `spec.a` of "mesh/a", revision "canary", both render it, with different content',
    )
  })

  test('that control planes share are kept once', () => {
    const shared = [...first, ...from('old', 'mesh/b', 'spec.a'), ...from('old', 'mesh/c', 'spec.a')]
    const { objects, problems } = run(shared)
    expect(problems).toEqual([])
    expect(objects).toHaveLength(1)
  })

  test.each([
    ['new', 'mesh/b', 'spec.a', '`spec.a` of "mesh/a" and `spec.a` of "mesh/b" both render it, with different content'],
    ['new', 'mesh/a', 'spec.b', '`spec.a` and `spec.b` both render it, with different content'],
    ['old', 'mesh/a', 'spec.b', '`spec.a` and `spec.b` both render it'],
    ['old', 'mesh/a', 'spec.a', '`spec.a` renders it twice'],
  ])(
    'with content "%s" of %s at %s are an error, and stay for those who let them through',
    (value, owner, path, message) => {
      const other = from(value, owner, path)
      for (const mesh of [
        [...first, ...other],
        [...other, ...first],
      ]) {
        const { objects, problems } = run(mesh)
        expect(problems).toMatchObject([{ code: 'duplicate-object', severity: 'error', path }])
        expect(problems[0]?.message).toBe(`ConfigMap "istio-system/one" must be rendered once; ${message}`)
        expect(objects).toHaveLength(2)
      }
    },
  )
})
