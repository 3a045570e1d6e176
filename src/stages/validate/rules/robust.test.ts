import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemsOf } from '../../../../test/rules/told.ts'
import { bundle } from '../../../istio/bundle.ts'
import { isMap, type KubeObject } from '../../../k8s/object.ts'
import { defaultSettings } from '../../../settings.ts'
import { type Resolved, resolve } from '../../2-resolve.ts'
import { render } from '../../4-render.ts'
import { checkMesh } from './index.ts'

/** Rules look at what no schema has approved yet, and so at anything. */
const odd = fc.constantFrom<unknown>(null, 5, -1, 1.5, '', 'x', '*', true, [], {}, [null], ['x'], [{}], { a: null }, [
  [],
])

/** The paths of all that stands in a tree. */
function pathsIn(tree: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const members: [string | number, unknown][] = Array.isArray(tree)
    ? tree.map((item, index) => [index, item])
    : isMap(tree)
      ? Object.entries(tree)
      : []
  return [path, ...members.flatMap(([step, member]) => pathsIn(member, [...path, step]))]
}

/** A copy of the tree with something else at the path. */
function replaced(tree: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(tree)) return tree.map((item, index) => (index === step ? replaced(item, rest, value) : item))
  return isMap(tree) ? { ...tree, [step]: replaced(tree[step], rest, value) } : tree
}

/** Something of everything that rules look at. */
const everything = {
  hub: 'a.example.com/x',
  tag: '1.29.0',
  revision: 'r',
  compatibilityVersion: '1.26',
  meshConfig: {
    connectTimeout: '1s',
    trustDomainAliases: ['a'],
    defaultServiceExportTo: ['*'],
    serviceSettings: [{ hosts: ['a.b'] }],
    extensionProviders: [{ name: 'a', zipkin: { service: 'a.b', port: 1 } }],
    defaultProviders: { tracing: ['a'] },
    caCertificates: [{ pem: 'x' }],
    discoverySelectors: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
    localityLbSetting: { distribute: [{ from: 'a', to: { a: 100 } }], failover: [{ from: 'a', to: 'b' }] },
    defaultConfig: {
      discoveryAddress: 'a:1',
      caCertificatesPem: ['x'],
      privateKeyProvider: { qat: { pollDelay: '1ms' } },
      proxyStatsMatcher: { inclusionRegexps: ['a'] },
      tracing: { zipkin: { address: 'a:1' }, tlsSettings: { mode: 'MUTUAL' } },
    },
  },
  components: {
    pilot: {
      k8s: { env: [{ name: 'A', value: 'b' }], tolerations: [{ key: 'a' }], resources: { limits: { cpu: 1 } } },
    },
    cni: { enabled: true, k8s: { replicaCount: 1 } },
    ingressGateways: [
      {
        name: 'a',
        label: { 'topology.istio.io/network': 'n' },
        k8s: {
          env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'n' }],
          service: { ports: [{ port: 80, targetPort: 80, name: 'a' }] },
        },
      },
    ],
  },
  values: {
    revisionTags: ['a', 'a'],
    base: { validationCABundle: 'x', validationURL: 'x' },
    cni: { repair: { deletePods: true }, istioOwnedCNIConfig: true },
    pilot: { taint: { enabled: true }, istiodRemote: { enabled: true, injectionURL: 'x' }, cni: { enabled: false } },
    gateways: { 'istio-ingressgateway': { enabled: false, ports: [{ port: 80 }], ingressPorts: [{ port: 80 }] } },
    global: {
      network: 'm',
      remotePilotAddress: 'a:1',
      imagePullSecrets: ['A'],
      meshNetworks: { n: { gateways: [{ address: 'a:1' }] } },
      proxy: { includeIPRanges: 'x', excludeInboundPorts: 'x', resources: { requests: { cpu: 9 } } },
    },
  },
  unvalidatedValues: { pilot: {}, global: { mtls: { auto: true } } },
}

test('no rule stops at a value of another type', () => {
  const places = pathsIn(everything)
  expect(places.length).toBeGreaterThan(60)
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, (path, value) => {
      const changed = replaced(everything, path, value)
      problemsOf(JSON.stringify(isMap(changed) ? changed : everything), {
        kubeVersion: '1.20.0',
        previousVersion: '1.2',
      })
    }),
    { numRuns: 400 },
  )
})

const profiles = { find: () => undefined, names: [] }
const fail = (problem: { message: string }) => {
  throw new Error(problem.message)
}

test('no rule for objects stops at a value of another type', () => {
  const plane = { owner: 'a/b', documents: [] }
  const settings = {
    ...defaultSettings,
    sets: ['profile=demo', 'components.cni.enabled=true', 'components.ztunnel.enabled=true'].map((set) => ({
      text: set,
      source: '--set',
      line: 1,
    })),
  }
  const resolved: Resolved = resolve(plane, settings, profiles, fail)
  const rendered = render(resolved, settings, bundle, fail)
    .flatMap(({ objects }) => objects)
    .filter(({ object }) => object.kind !== 'CustomResourceDefinition' && object.kind !== 'ConfigMap')
  const places = rendered.flatMap(({ object }, index) => pathsIn(object).map((path) => ({ index, path })))
  expect(places.length).toBeGreaterThan(500)
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, ({ index, path }, value) => {
      const mesh = rendered.map((item, at) =>
        at === index && path.length > 1 ? { ...item, object: replaced(item.object, path, value) as KubeObject } : item,
      )
      checkMesh({ rendered: mesh, planes: [resolved], present: [], settings: {}, version: bundle.version }, () => {})
    }),
    { numRuns: 400 },
  )
})
