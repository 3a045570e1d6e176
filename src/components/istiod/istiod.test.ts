import { describe, expect, it } from 'vitest'
import { at, istiod, listing, one } from '../../../test/components/istiod.ts'
import type { Fields } from '../../k8s/object.ts'

const readers = [
  'ClusterRole istio-reader-clusterrole-istio-system',
  'ClusterRoleBinding istio-reader-clusterrole-istio-system',
]

describe('what there is', () => {
  const remote = { istiodRemote: { enabled: true }, configMap: false, global: { omitSidecarInjectorConfigMap: true } }

  it('is access, configuration, program and webhooks', () => {
    expect(listing(istiod({}))).toEqual([
      'ClusterRole istio-reader-clusterrole-istio-system',
      'ClusterRole istiod-clusterrole-istio-system',
      'ClusterRole istiod-gateway-controller-istio-system',
      'ClusterRoleBinding istio-reader-clusterrole-istio-system',
      'ClusterRoleBinding istiod-clusterrole-istio-system',
      'ClusterRoleBinding istiod-gateway-controller-istio-system',
      'ConfigMap istio',
      'ConfigMap istio-sidecar-injector',
      'ConfigMap values',
      'Deployment istiod',
      'HorizontalPodAutoscaler istiod',
      'MutatingWebhookConfiguration istio-sidecar-injector',
      'Role istiod',
      'RoleBinding istiod',
      'Service istiod',
      'ServiceAccount istiod',
      'ValidatingWebhookConfiguration istio-validator-istio-system',
    ])
  })

  it('is next to nothing for a remote cluster', () => {
    expect(listing(istiod(remote))).toEqual([
      ...readers,
      'ConfigMap values',
      'MutatingWebhookConfiguration istio-sidecar-injector',
    ])
  })

  const rows: [rule: string, values: Fields, added: string[], gone: string[]][] = [
    ['scope of the cluster', { global: { resourceScope: 'cluster' } }, [], ['Deployment istiod', 'ConfigMap values']],
    ['scope of namespaces', { global: { resourceScope: 'namespace' } }, ['Deployment istiod'], readers],
    ['a scope of neither', { global: { resourceScope: 'undefined' } }, [], ['Deployment istiod', ...readers]],
    ['no readers', { global: { enableReaderRBAC: false } }, [], readers],
    [
      'no validation',
      { global: { configValidation: false } },
      [],
      ['ValidatingWebhookConfiguration istio-validator-istio-system'],
    ],
    [
      'webhooks of the operator',
      { global: { operatorManageWebhooks: true }, revisionTags: ['t'] },
      ['Service istiod-revision-tag-t'],
      ['MutatingWebhookConfiguration istio-sidecar-injector', 'MutatingWebhookConfiguration istio-revision-tag-t'],
    ],
    [
      'the switch of the gateway controller as a boolean',
      { pilot: { env: { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: false } } },
      [],
      ['ClusterRole istiod-gateway-controller-istio-system'],
    ],
    ['no autoscaling without a maximum', { pilot: { autoscaleMax: 0 } }, [], ['HorizontalPodAutoscaler istiod']],
    ['a budget over two', { pilot: { autoscaleMin: 2 } }, ['PodDisruptionBudget istiod'], []],
    ['a budget over a count in text', { pilot: { autoscaleMin: '2' } }, ['PodDisruptionBudget istiod'], []],
    ['no budget over a fraction', { pilot: { autoscaleMin: 1.9 } }, [], ['PodDisruptionBudget istiod']],
    [
      'no budget of the other count',
      { pilot: { autoscaleEnabled: false, autoscaleMin: 2 } },
      [],
      ['PodDisruptionBudget istiod', 'HorizontalPodAutoscaler istiod'],
    ],
    [
      'a remote config cluster',
      { ...remote, global: { ...remote.global, configCluster: true } },
      ['Role istiod'],
      ['Deployment istiod'],
    ],
    [
      'a local injector',
      { ...remote, istiodRemote: { enabled: true, enabledLocalInjectorIstiod: true } },
      ['Role istiod', 'Deployment istiod'],
      [],
    ],
    [
      'policies by network and by admission',
      { global: { networkPolicy: { enabled: true } }, experimental: { stableValidationPolicy: true } },
      ['NetworkPolicy istiod', 'ValidatingAdmissionPolicy stable-channel-policy-istio-system.istio.io'],
      [],
    ],
    [
      'an admission policy by the scope of namespaces',
      { global: { resourceScope: 'cluster' }, experimental: { stableValidationPolicy: true } },
      [],
      ['ValidatingAdmissionPolicy stable-channel-policy-istio-system.istio.io'],
    ],
  ]
  it.each(rows)('changes with %s', (_, values, added, gone) => {
    const there = listing(istiod(values))
    expect(there).toEqual(expect.arrayContaining(added))
    expect(there.filter((object) => gone.includes(object))).toEqual([])
  })

  it('is named by revision, namespace and root namespace', () => {
    const values = {
      revision: 'canary',
      global: { istioNamespace: 'root' },
      experimental: { stableValidationPolicy: true },
    }
    const names = listing(istiod(values, 'mesh'))
    expect(names).toContain('ClusterRole istiod-clusterrole-canary-mesh')
    expect(names).toContain('MutatingWebhookConfiguration istio-sidecar-injector-canary-mesh')
    expect(names).toContain('ValidatingWebhookConfiguration istio-validator-canary-root')
    expect(names).toContain('ValidatingAdmissionPolicyBinding stable-channel-policy-binding-canary-root.istio.io')
  })

  it('has its accounts in the root namespace', () => {
    const objects = istiod({ global: { istioNamespace: 'root' } }, 'mesh')
    expect(one(objects, 'ServiceAccount').metadata.namespace).toBe('root')
    expect(at(one(objects, 'RoleBinding'), ['subjects', 0, 'namespace'])).toBe('root')
    expect(one(objects, 'Deployment').metadata.namespace).toBe('mesh')
  })
})

type Row = readonly [rule: string, pilot: Fields, path: readonly (string | number)[], expected: unknown]

const pod = ['spec', 'template', 'spec']
const discovery = [...pod, 'containers', 'discovery']

describe('the Deployment', () => {
  const rows: Row[] = [
    ['counts replicas without autoscaling', { autoscaleEnabled: false, replicaCount: 3 }, ['spec', 'replicas'], 3],
    ['leaves them to the autoscaler', { replicaCount: 3 }, ['spec', 'replicas'], undefined],
    ['says no zero', { autoscaleEnabled: false, replicaCount: 0 }, ['spec', 'replicas'], undefined],
    ['lets own labels win', { deploymentLabels: { app: 5 } }, ['metadata', 'labels', 'app'], '5'],
    [
      'lets fixed pod labels win',
      { podLabels: { 'istio.io/dataplane-mode': 'x' } },
      ['spec', 'template', 'metadata', 'labels', 'istio.io/dataplane-mode'],
      'none',
    ],
    [
      'lets own annotations win',
      { podAnnotations: { 'prometheus.io/port': 1 } },
      ['spec', 'template', 'metadata', 'annotations', 'prometheus.io/port'],
      1,
    ],
    [
      'keeps its toleration',
      { tolerations: [{ key: 'a' }], taint: { name: 'b' } },
      [...pod, 'tolerations'],
      [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }, { key: 'a' }],
    ],
    [
      'prints an emptied surge as null',
      { rollingMaxSurge: null },
      ['spec', 'strategy', 'rollingUpdate', 'maxSurge'],
      null,
    ],
    ['types a surge anew', { rollingMaxSurge: '2' }, ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], 2],
    ['takes a complete image', { image: 'r/p@sha256:0', tag: 'x' }, [...discovery, 'image'], 'r/p@sha256:0'],
    [
      'falls back to the usual image',
      { image: '', hub: 'h', tag: 1.1, variant: 'v' },
      [...discovery, 'image'],
      'h/pilot:1.1-v',
    ],
    ['falls back to default resources', { resources: null }, [...discovery, 'resources'], { requests: { cpu: '10m' } }],
    ['keeps default resources below {}', { resources: {} }, [...discovery, 'resources', 'requests', 'cpu'], '500m'],
    [
      'drops requests of nothing',
      { resources: { requests: { cpu: null, memory: 0 } } },
      [...discovery, 'resources'],
      null,
    ],
    [
      'types requests anew',
      { resources: { requests: { cpu: '2' } } },
      [...discovery, 'resources', 'requests', 'cpu'],
      2,
    ],
    ['passes arguments on', { extraContainerArgs: ['--a', 1] }, [...discovery, 'args', 7], '--a'],
    ['names the CNI namespace', { taint: { namespace: 'kube' } }, [...discovery, 'args', 5], '--cniNamespace=kube'],
    ['samples nothing at 0', { traceSampling: 0 }, [...discovery, 'env', 'PILOT_TRACE_SAMPLING'], undefined],
    [
      'prints numbers as Go does',
      { env: { COUNT: 12345678 } },
      [...discovery, 'env', 'COUNT', 'value'],
      '1.2345678e+07',
    ],
    ['types names of variables anew', { env: { yes: 'x' } }, [...discovery, 'env', 7], { name: true, value: 'x' }],
    [
      'trusts ztunnel where it is',
      { trustedZtunnelNamespace: 'z', trustedZtunnelName: 'zt' },
      [...discovery, 'env', 'CA_TRUSTED_NODE_ACCOUNTS', 'value'],
      'z/zt',
    ],
    [
      'trusts whom the user says, once',
      { env: { CA_TRUSTED_NODE_ACCOUNTS: 'a/b' } },
      [...discovery, 'env', 6],
      { name: 'CA_TRUSTED_NODE_ACCOUNTS', value: 'a/b' },
    ],
    [
      'untaints nodes',
      { taint: { enabled: true, name: 't' } },
      [...discovery, 'env', 'PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME', 'value'],
      't',
    ],
    [
      'asks for its root as a bundle',
      { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
      [...pod, 'volumes', 'istio-csr-ca-configmap', 'projected', 'sources', 0, 'clusterTrustBundle', 'name'],
      'istio.io:istiod-ca:root-cert',
    ],
    [
      'mounts extra certificates before those of istio-csr',
      { jwksResolverExtraRootCA: 'PEM' },
      [...discovery, 'volumeMounts', 4, 'name'],
      'extracacerts',
    ],
    [
      'puts their volume behind the others',
      { jwksResolverExtraRootCA: 'PEM', volumes: [{ name: 'v' }] },
      [...pod, 'volumes', 6, 'name'],
      'extracacerts',
    ],
  ]
  it.each(rows)('%s', (_, pilot, path, expected) => {
    expect(at(one(istiod({ pilot }), 'Deployment'), path)).toEqual(expected)
  })

  it('says the platform of the globals, else its own, else none', () => {
    const platform = (values: Fields) =>
      at(one(istiod(values), 'Deployment'), [...discovery, 'env', 'PLATFORM', 'value'])
    expect(platform({ global: { platform: 'gke' }, platform: 'k3s' })).toBe('gke')
    expect(platform({ platform: 'k3s' })).toBe('k3s')
    expect(platform({ platform: false })).toBe('')
  })

  it('is found by its revision, even an emptied one', () => {
    const selector = (revision: unknown) =>
      at(one(istiod({ revision }), 'Deployment'), ['spec', 'selector', 'matchLabels'])
    expect(selector('')).toEqual({ istio: 'pilot' })
    expect(selector('a')).toEqual({ app: 'istiod', 'istio.io/rev': 'a' })
    expect(selector(null)).toEqual({ app: 'istiod', 'istio.io/rev': 'default' })
  })
})

describe('the budget', () => {
  const rows: [rule: string, pdb: Fields, expected: Fields][] = [
    ['keeps one', {}, { minAvailable: 1 }],
    ['keeps a share', { minAvailable: '50%' }, { minAvailable: '50%' }],
    ['gives way to another limit', { maxUnavailable: 1 }, { maxUnavailable: 1 }],
    ['gives way to a mere mention', { maxUnavailable: null }, {}],
    [
      'can be without a limit',
      { minAvailable: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    ],
  ]
  it.each(rows)('%s', (_, pdb, expected) => {
    const { spec } = one(istiod({ pdb, pilot: { autoscaleMin: 2 } }), 'PodDisruptionBudget')
    expect(spec).toEqual({ ...expected, selector: { matchLabels: { app: 'istiod', istio: 'pilot' } } })
  })
})

it('scales by memory as well, and as told', () => {
  const pilot = { memory: { targetAverageUtilization: '70' }, autoscaleBehavior: { scaleDown: {} } }
  const { spec } = one(istiod({ pilot }), 'HorizontalPodAutoscaler')
  expect(at(spec, ['metrics', 1, 'resource', 'target', 'averageUtilization'])).toBe(70)
  expect(at(spec, ['behavior'])).toEqual({ scaleDown: {} })
})

describe('the rules', () => {
  const rules = (values: Fields) => at(one(istiod(values), 'ClusterRole', 'istiod-clusterrole'), ['rules']) as Fields[]
  const usual = rules({}).length

  const rows: [rule: string, values: Fields, more: number][] = [
    ['analysis', { global: { istiod: { enableAnalysis: true } } }, 3],
    ['taints', { pilot: { taint: { enabled: true } } }, 1],
    ['an external CA', { pilot: { env: { EXTERNAL_CA: 'x' } } }, 2],
    ['a signer as provider', { global: { pilotCertProvider: 'k8s.io/a' } }, 2],
    ['trust bundles', { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } }, 2],
    ['no trust bundles', { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: false } } }, 0],
  ]
  it.each(rows)('grow with %s', (_, values, more) => {
    expect(rules(values)).toHaveLength(usual + more)
  })

  it('name signers, or none at all', () => {
    const signers = (certSigners: string[]) =>
      rules({ global: { certSigners }, pilot: { env: { EXTERNAL_CA: 'x' } } }).find(
        ({ verbs }) => at(verbs, [0]) === 'approve',
      )?.resourceNames
    expect(signers(['a/b'])).toEqual(['a/b'])
    expect(signers([])).toBeNull()
  })

  it('let a remote cluster have its webhooks patched by the reader', () => {
    const readerRules = (enabled: boolean) =>
      at(one(istiod({ istiodRemote: { enabled } }), 'ClusterRole', 'istio-reader'), ['rules']) as Fields[]
    expect(readerRules(true)).toHaveLength(readerRules(false).length + 3)
  })
})

describe('a remote istiod', () => {
  const remote = (remotePilotAddress: string, more: Fields = {}) =>
    istiod({ global: { remotePilotAddress }, istiodRemote: { enabled: true }, ...more })

  const rows: [address: string, type: unknown, family: unknown][] = [
    ['istiod.example.com', 'ExternalName', undefined],
    ['10.0.0.1', undefined, 'IPv4'],
    ['fe80::1', undefined, 'IPv6'],
    ['1.2.3.4.5', 'ExternalName', undefined],
  ]
  it.each(rows)('at %s', (address, type, family) => {
    const objects = remote(address)
    const { spec } = one(objects, 'Service')
    expect(at(spec, ['type'])).toBe(type)
    expect(at(spec, ['externalName'])).toBe(type && address)
    const slices = objects.filter(({ kind }) => kind === 'EndpointSlice')
    expect(slices.map(({ addressType, endpoints }) => [addressType, endpoints])).toEqual(
      family ? [[family, [{ addresses: [address] }]]] : [],
    )
  })

  it('stands beside a local one under another name', () => {
    const objects = remote('10.0.0.1', {
      revision: 'a',
      istiodRemote: { enabled: true, enabledLocalInjectorIstiod: true },
    })
    expect(listing(objects)).toEqual(expect.arrayContaining(['Service istiod-a', 'Service istiod-a-remote']))
    expect(one(objects, 'EndpointSlice').metadata.labels).toMatchObject({
      'kubernetes.io/service-name': 'istiod-a-remote',
    })
  })
})

describe('the injection webhooks', () => {
  const prefixes = (values: Fields, name: string, namespace?: string) =>
    (at(one(istiod(values, namespace), 'MutatingWebhookConfiguration', name), ['webhooks']) as Fields[]).map(
      ({ name }) => String(name).replace('.sidecar-injector.istio.io', ''),
    )
  const byDefault = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } }

  const rows: [rule: string, values: Fields, name: string, expected: string[]][] = [
    ['the default istiod', {}, 'istio-sidecar', ['rev.namespace', 'rev.object', 'namespace', 'object']],
    [
      'namespaces by default',
      byDefault,
      'istio-sidecar',
      ['rev.namespace', 'rev.object', 'namespace', 'object', 'auto'],
    ],
    ['a revision', { revision: 'a', ...byDefault }, 'istio-sidecar', ['rev.namespace', 'rev.object']],
    ['a tag', { revisionTags: ['t'], ...byDefault }, 'istio-revision-tag-t', ['rev.namespace', 'rev.object']],
    [
      'the default tag',
      { revision: 'a', revisionTags: ['default'], ...byDefault },
      'istio-revision-tag-default',
      ['rev.namespace', 'rev.object', 'namespace', 'object', 'auto'],
    ],
  ]
  it.each(rows)('ask for %s', (_, values, name, expected) => {
    expect(prefixes(values, name)).toEqual(expected)
  })

  it('lead tags to the Service of the revision', () => {
    const tag = one(
      istiod({ revision: 'a', revisionTags: ['t'] }, 'mesh'),
      'MutatingWebhookConfiguration',
      'istio-revision-tag-t-mesh',
    )
    expect(at(tag, ['webhooks', 0, 'clientConfig', 'service', 'name'])).toBe('istiod-a')
    expect(at(tag, ['webhooks', 0, 'namespaceSelector', 'matchExpressions', 0, 'values'])).toEqual(['t'])
    expect(tag.metadata.labels).toMatchObject({ 'istio.io/tag': 't', 'istio.io/rev': 'a' })
  })

  it('lead elsewhere with a URL', () => {
    const istiodRemote = { injectionURL: 'https://x/inject', injectionCABundle: 'Q0E=' }
    const configuration = one(istiod({ istiodRemote }), 'MutatingWebhookConfiguration')
    expect(at(configuration, ['webhooks', 0, 'clientConfig'])).toEqual({ url: 'https://x/inject', caBundle: 'Q0E=' })
  })
})

it('gives a tag a Service without the traffic distribution', () => {
  const objects = istiod({ revisionTags: ['t'], pilot: { trafficDistribution: 'PreferClose', ipFamilies: ['IPv4'] } })
  expect(at(one(objects, 'Service', 'istiod-revision-tag-t'), ['spec', 'trafficDistribution'])).toBeUndefined()
  expect(at(one(objects, 'Service', 'istiod-revision-tag-t'), ['spec', 'ipFamilies'])).toEqual(['IPv4'])
  const own = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'istiod')
  expect(at(own, ['spec', 'trafficDistribution'])).toBe('PreferClose')
})

it('writes overlays of gateway classes, the last one without its line break', () => {
  const gatewayClasses = {
    istio: { service: { spec: { type: 'ClusterIP' } }, deployment: { spec: { replicas: 2 } } },
    none: {},
  }
  const objects = istiod({ gatewayClasses })
  expect(one(objects, 'ConfigMap', 'istio-default-gatewayclass-istio').data).toEqual({
    deployment: 'spec:\n  replicas: 2\n',
    service: 'spec:\n  type: ClusterIP',
  })
  expect(one(objects, 'ConfigMap', 'istio-default-gatewayclass-none').data).toBeNull()
})

it('changes nothing that it was given', () => {
  const given = {
    pilot: { podAnnotations: { a: 'b' }, env: { A: 'b' } },
    meshConfig: { defaultConfig: { concurrency: 2 } },
  }
  const before = structuredClone(given)
  const first = JSON.stringify(istiod(given))
  expect(given).toEqual(before)
  expect(JSON.stringify(istiod(given))).toBe(first)
})
