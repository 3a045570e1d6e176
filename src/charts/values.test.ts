import { expect, test } from 'vitest'
import type { Fields } from '../k8s/object.ts'
import { gatewayValues } from './gateway-values.ts'
import { type Handed, valuesBefore24, withReplicas } from './values.ts'

const namespaces = {
  istiodRemote: 'istio-system',
  base: 'istio-system',
  pilot: 'control',
  cni: 'kube-system',
  ztunnel: 'istio-system',
}
const spec = {
  hub: 'h',
  tag: 1.5,
  revision: 'r',
  meshConfig: { trustDomain: 'field', accessLogFile: 'field' },
  components: { pilot: { tag: 2 }, cni: { hub: 'own' } },
  values: { meshConfig: { trustDomain: 'mine' }, ztunnel: { resourceName: 'ztunnel' } },
  unvalidatedValues: { pilot: { odd: true } },
}
const asked: Handed = {
  component: 'pilot',
  release: '1.23.6',
  settings: {},
  spec,
  namespaces,
  on: new Set(['base', 'pilot', 'cni']),
}
const handed = (component: string, over: Fields = {}, settings: Fields = {}) =>
  valuesBefore24({ ...asked, component, settings, spec: { ...spec, ...over } })

test('charts before 1.24 learn what is on, where it is, its images, and what the user says over that', () => {
  expect(handed('pilot')).toEqual({
    revision: 'r',
    meshConfig: { trustDomain: 'mine', accessLogFile: 'field' },
    istio_cni: { enabled: true },
    global: { enabled: true, namespace: 'istio-system', istioNamespace: 'control', hub: 'h', tag: 1.5 },
    pilot: { enabled: true, namespace: 'control', tag: '2', odd: true },
    cni: { namespace: 'kube-system', hub: 'own' },
    ztunnel: { enabled: false, namespace: 'istio-system', resourceName: 'ztunnel' },
  })
  expect(handed('cni')).toEqual(handed('pilot'))
})

test.each<[what: string, over: Fields, path: readonly string[], value: unknown]>([
  [
    'values win over where istiod is',
    { values: { global: { istioNamespace: 'said' } } },
    ['global', 'istioNamespace'],
    'said',
  ],
  ['values win over a component', { values: { cni: { hub: 'said' } } }, ['cni', 'hub'], 'said'],
  ['values win over a field', { values: { global: { hub: 'said' } } }, ['global', 'hub'], 'said'],
  ['the images of base are those of all', { components: { base: { hub: 'b' } } }, ['global', 'hub'], 'b'],
  [
    'base goes before a remote istiod',
    { components: { istiodRemote: { hub: 'i' }, base: { hub: 'b' } } },
    ['global', 'hub'],
    'b',
  ],
  ['an empty text says nothing', { components: { base: { hub: '' } } }, ['global', 'hub'], 'h'],
  ['a null takes away what is below', { values: { global: { hub: null } } }, ['global', 'hub'], undefined],
  ['a null never arrives', { values: { pilot: { env: null, list: [{ a: null }] } } }, ['pilot', 'list'], [{}]],
])('before 1.24, %s', (_, over, path, value) => {
  const found = path.reduce<unknown>((here, key) => (here as Fields)[key], handed('pilot', over))
  expect(found).toEqual(value)
})

test('gateways before 1.24 get name and ports, and labels where they have some', () => {
  const values = { gateways: { 'istio-ingressgateway': { type: 'NodePort', labels: { a: 'b' } } } }
  const ports = [
    { name: 'tls', port: 443 },
    { port: 53, protocol: 'udp', targetPort: 'dns' },
  ]
  const gateway = (settings: Fields) =>
    (handed('ingressGateways', { values }, settings).gateways as Fields)['istio-ingressgateway']
  expect(gateway({ name: 'in', k8s: { service: { ports } } })).toEqual({
    name: 'in',
    type: 'NodePort',
    labels: { a: 'b' },
    ports: [
      { name: 'tls', port: 443, protocol: 'TCP', targetPort: 0 },
      { port: 53, protocol: 'UDP', targetPort: 'dns' },
    ],
  })
  expect(gateway({ label: { c: 'd' } })).toEqual({ name: '', type: 'NodePort', labels: { c: 'd' } })
})

test('ztunnel before 1.24 gets its own values at the top, and before 1.23 the globals too', () => {
  const values = {
    ...spec.values,
    profile: 'ambient',
    ownerName: 'me',
    defaultRevision: 'x',
    global: { logAsJson: true },
  }
  const over = { components: { ztunnel: { hub: 'own', tag: 'own' } }, values }
  const global = {
    enabled: true,
    namespace: 'istio-system',
    istioNamespace: 'control',
    hub: 'h',
    tag: 1.5,
    logAsJson: true,
  }
  const own = { hub: 'own', tag: 'own', resourceName: 'ztunnel', enabled: false, namespace: 'istio-system' }
  const shared = { ownerName: 'me', revision: 'r', profile: 'ambient' }
  expect(handed('ztunnel', over)).toEqual({ ...shared, global, ...own })
  const before = { ...asked, release: '1.22.3', component: 'ztunnel', spec: { ...spec, ...over } }
  expect(valuesBefore24(before)).toEqual({ ...shared, ...global, ...own })
})

test.each<[k8s: unknown, gateway: Fields]>([
  [{ hpaSpec: { minReplicas: 2, maxReplicas: 9 } }, { name: 'in', autoscaleMin: 2 }],
  [{ replicaCount: 3 }, { name: 'in', replicaCount: 3 }],
  [{ replicaCount: 0, hpaSpec: {} }, { name: 'in' }],
  [undefined, { name: 'in' }],
])('replicas of %j are handed as well', (k8s, gateway) => {
  const values = { gateways: { 'istio-ingressgateway': { name: 'in' } }, revision: '' }
  expect(withReplicas(values, ['gateways', 'istio-ingressgateway'], k8s)).toEqual({
    gateways: { 'istio-ingressgateway': gateway },
    revision: '',
  })
})

test('the values of a gateway become those of the chart that people install with Helm', () => {
  const gateways = {
    'istio-ingressgateway': {
      name: 'in',
      labels: {},
      ports: [{ port: 443 }],
      type: 'NodePort',
      ipFamilies: ['IPv6'],
      autoscaleEnabled: false,
      autoscaleMin: 2,
      cpu: { targetAverageUtilization: 50 },
      customService: true,
    },
    'istio-egressgateway': { name: 'out' },
  }
  const values = {
    revision: 'r',
    global: { imagePullSecrets: ['s'], imagePullPolicy: 'Always', platform: 'gke' },
    gateways,
  }
  expect(gatewayValues(values, 'istio-ingressgateway')).toEqual({
    revision: 'r',
    imagePullPolicy: 'Always',
    imagePullSecrets: [{ name: 's' }],
    global: { platform: 'gke' },
    name: 'in',
    labels: {},
    service: { type: 'NodePort', ipFamilies: ['IPv6'], ports: [{ port: 443 }] },
    autoscaling: { enabled: false, minReplicas: 2, targetCPUUtilizationPercentage: 50 },
  })
  expect(gatewayValues({ gateways }, 'istio-egressgateway')).toEqual({ name: 'out' })
})
