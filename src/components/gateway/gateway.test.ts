import { describe, expect, it } from 'vitest'
import { at } from '../../../test/at.ts'
import type { Fields, KubeObject } from '../../k8s/object.ts'
import type { Problem } from '../../problem.ts'
import type { Context } from '../context.ts'
import { type Chart, chartValues } from '../values.ts'
import * as gateways from './index.ts'

interface Case {
  /** Settings of the gateway itself. */
  readonly gateway?: Fields
  readonly values?: Fields
  readonly namespace?: string
}

function context(app: string, chart: Chart, { gateway, values, namespace = 'istio-system' }: Case) {
  const given = { ...values, gateways: { [app]: { name: 'gw', labels: {}, ...gateway } } }
  const report = (problem: Problem) => expect.fail(problem.message)
  const merged = chartValues(chart, given, report) as unknown as gateways.GatewayValues
  return { values: merged, given, namespace, version: '1.30.3' } satisfies Context<unknown>
}

const ingress = (row: Case) => context('istio-ingressgateway', gateways.ingressGatewayChart, row)
const egress = (row: Case) => context('istio-egressgateway', gateways.egressGatewayChart, row)

function only(objects: readonly KubeObject[], kind: string): KubeObject | undefined {
  const found = objects.filter((object) => object.kind === kind)
  expect(found.length).toBeLessThan(2)
  return found[0]
}

const pod = ['spec', 'template', 'spec']
const podMetadata = ['spec', 'template', 'metadata']
const proxy = [...pod, 'containers', 'istio-proxy']

type Row = readonly [rule: string, row: Case, path: readonly (string | number)[], expected: unknown]

describe('the deployment', () => {
  const rows: Row[] = [
    ['prints the name unquoted', { gateway: { name: '' } }, ['metadata', 'name'], null],
    ['names the account', { gateway: { name: '' } }, [...pod, 'serviceAccountName'], '-service-account'],
    ['keeps the type of a label', { gateway: { labels: { n: 1 } } }, ['spec', 'selector', 'matchLabels', 'n'], 1],
    ['lets chart labels win', { gateway: { labels: { release: 'x' } } }, ['metadata', 'labels', 'release'], 'istio'],
    ['stays out of ambient mode', {}, ['metadata', 'labels', 'istio.io/dataplane-mode'], 'none'],
    ['marks pods in istio-system', {}, [...podMetadata, 'labels', 'heritage'], 'Tiller'],
    ['marks no pods elsewhere', { namespace: 'edge' }, [...podMetadata, 'labels', 'heritage'], undefined],
    [
      'keeps an own label where the chart has none',
      { gateway: { labels: { release: 'x' } }, namespace: 'edge' },
      [...podMetadata, 'labels', 'release'],
      'x',
    ],
    [
      'counts replicas without autoscaling',
      { gateway: { autoscaleEnabled: false, replicaCount: 3 } },
      ['spec', 'replicas'],
      3,
    ],
    ['leaves replicas to the autoscaler', { gateway: { replicaCount: 3 } }, ['spec', 'replicas'], undefined],
    ['says no zero', { gateway: { autoscaleEnabled: false, replicaCount: 0 } }, ['spec', 'replicas'], undefined],
    [
      'prints an emptied surge as null',
      { gateway: { rollingMaxSurge: null } },
      ['spec', 'strategy', 'rollingUpdate', 'maxSurge'],
      null,
    ],
    ['is no root', {}, [...pod, 'securityContext'], { runAsUser: 1337, runAsGroup: 1337, runAsNonRoot: true }],
    [
      'lets OpenShift choose the user',
      { values: { global: { platform: 'openshift' } } },
      [...pod, 'securityContext'],
      { runAsNonRoot: true },
    ],
    [
      'takes the platform beside the globals first',
      { values: { platform: 'openshift', global: { platform: 'gke' } } },
      [...pod, 'securityContext'],
      { runAsNonRoot: true },
    ],
    ['is root when asked', { gateway: { runAsRoot: true } }, [...pod, 'securityContext'], undefined],
    ['is root in the container', { gateway: { runAsRoot: true } }, [...proxy, 'securityContext'], undefined],
    [
      'prints the priority as text',
      { values: { global: { priorityClassName: 5 } } },
      [...pod, 'priorityClassName'],
      '5',
    ],
    [
      'takes its own tag but not its own hub',
      { gateway: { hub: 'h', tag: 1.1 } },
      [...proxy, 'image'],
      'registry.istio.io/release/proxyv2:1.1',
    ],
    [
      'takes a complete image as it is',
      { values: { global: { proxy: { image: 'a/b:c' }, variant: 'debug' } } },
      [...proxy, 'image'],
      'a/b:c',
    ],
    [
      'prefers the variant of the proxy',
      { values: { global: { variant: 'debug', proxy: { variant: 'distroless' } } } },
      [...proxy, 'image'],
      'registry.istio.io/release/proxyv2:1.30.3-distroless',
    ],
    [
      'falls back to the default resources',
      { gateway: { resources: null } },
      [...proxy, 'resources'],
      { requests: { cpu: '10m' } },
    ],
    [
      'types amounts anew and skips empty ones',
      { gateway: { resources: { limits: { cpu: '2', memory: '' } } } },
      [...proxy, 'resources', 'limits'],
      { cpu: 2 },
    ],
    [
      'opens the targets of ports',
      {
        gateway: {
          ports: [
            { port: 80, targetPort: 0 },
            { port: 1, targetPort: 'web', protocol: 'UDP' },
          ],
        },
      },
      [...proxy, 'ports'],
      [
        { containerPort: 80, protocol: 'TCP' },
        { containerPort: 'web', protocol: 'UDP' },
        { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' },
      ],
    ],
    [
      'walks a map of ports by its keys',
      { gateway: { ports: { b: { port: 2 }, a: { port: 1 } } } },
      [...proxy, 'ports', 0],
      { containerPort: 1, protocol: 'TCP' },
    ],
    [
      'lets annotations of the user win',
      { gateway: { podAnnotations: { 'sidecar.istio.io/inject': true } } },
      [...podMetadata, 'annotations', 'sidecar.istio.io/inject'],
      true,
    ],
    [
      'asks for no scraping without merged metrics',
      { values: { meshConfig: { enablePrometheusMerge: false } } },
      [...podMetadata, 'annotations'],
      { 'istio.io/rev': 'default', 'sidecar.istio.io/inject': 'false' },
    ],
    [
      'appends containers',
      { gateway: { additionalContainers: [{ name: 'helper' }] } },
      [...pod, 'containers', 1],
      { name: 'helper' },
    ],
    ['has no tolerations of its own', {}, [...pod, 'tolerations'], undefined],
    [
      'falls back to the tolerations of the mesh',
      { values: { global: { defaultTolerations: [{ key: 'k' }] } } },
      [...pod, 'tolerations'],
      [{ key: 'k' }],
    ],
    [
      'prints the audience unquoted',
      { values: { global: { sds: { token: { aud: '5' } } } } },
      [...pod, 'volumes', 'istio-token', 'projected', 'sources', 0, 'serviceAccountToken', 'audience'],
      5,
    ],
    ['mounts the root', {}, [...pod, 'volumes', 'istiod-ca-cert', 'configMap'], { name: 'istio-ca-root-cert' }],
    [
      'mounts the named root',
      { values: { global: { trustBundleName: 'tb' } } },
      [...pod, 'volumes', 'istiod-ca-cert', 'configMap'],
      { name: 'tb' },
    ],
    [
      'mounts a trust bundle',
      { values: { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } } },
      [...pod, 'volumes', 'istiod-ca-cert'],
      {
        name: 'istiod-ca-cert',
        projected: {
          sources: [{ clusterTrustBundle: { name: 'istio.io:istiod-ca:root-cert', path: 'root-cert.pem' } }],
        },
      },
    ],
    [
      'mounts no root of another signer',
      { values: { global: { pilotCertProvider: 'custom' } } },
      [...pod, 'volumes', 'istiod-ca-cert'],
      undefined,
    ],
    [
      'mounts certificates of the mesh by the chart name',
      { values: { global: { mountMtlsCerts: true } } },
      [...pod, 'volumes', 'istio-certs', 'secret', 'secretName'],
      'istio.istio-ingressgateway-service-account',
    ],
    [
      'adds the revision called default to names',
      { values: { revision: 'default' } },
      [...pod, 'volumes', 'config-volume', 'configMap', 'name'],
      'istio-default',
    ],
    [
      'quotes the names of Secrets but not of volumes',
      { gateway: { secretVolumes: [{ name: 5, secretName: 6, mountPath: 7 }] } },
      [...pod, 'volumes', 9],
      { name: 5, secret: { secretName: '6', optional: true } },
    ],
    [
      'leaves a ConfigMap without a path unmounted',
      { gateway: { secretVolumes: [], configVolumes: [{ name: 'a', configMapName: 'a' }] } },
      [...proxy, 'volumeMounts', 9],
      undefined,
    ],
    [
      'has the volume of a ConfigMap without a path',
      { gateway: { secretVolumes: [], configVolumes: [{ name: 'a', configMapName: 'b' }] } },
      [...pod, 'volumes', 9],
      { name: 'a', configMap: { name: 'b', optional: true } },
    ],
  ]
  it.each(rows)('%s', (_, row, path, expected) => {
    expect(at(only(gateways.renderIngressGateway(ingress(row)), 'Deployment'), path)).toEqual(expected)
  })

  it.each([
    [{}, 'latest'],
    [{ values: { revision: 'canary' } }, 'canary'],
    [{ gateway: { labels: { version: 2 } }, values: { revision: 'canary' } }, '2'],
    [{ gateway: { labels: { version: 'v2', 'app.kubernetes.io/version': 'v1' } } }, 'v1'],
  ] as [Case, string][])('gives %j the canonical revision %s', (row, expected) => {
    const labels = at(only(gateways.renderIngressGateway(ingress(row)), 'Deployment'), [...podMetadata, 'labels'])
    expect(labels).toMatchObject({
      'service.istio.io/canonical-name': 'gw',
      'service.istio.io/canonical-revision': expected,
    })
  })

  it('passes what the globals say as arguments', () => {
    const global = {
      proxy: { logLevel: '', componentLogLevel: null, clusterDomain: 'example.org' },
      logAsJson: true,
      sts: { servicePort: 15463 },
    }
    const deployment = only(gateways.renderIngressGateway(ingress({ values: { global } })), 'Deployment')
    expect(at(deployment, [...proxy, 'args'])).toEqual([
      'proxy',
      'router',
      '--domain',
      '$(POD_NAMESPACE).svc.example.org',
      '--log_output_level=default:info',
      '--log_as_json',
      '--stsPort=15463',
    ])
  })

  it('orders its variables: the chart, the gateway, the mesh, the network', () => {
    const row = {
      gateway: { env: { YES: 1234567, A: null } },
      values: {
        global: { network: 'n', caAddress: 'ca:1', meshID: 'm' },
        meshConfig: { defaultConfig: { proxyMetadata: { M: true } } },
      },
    }
    const variables = at(only(gateways.renderIngressGateway(ingress(row)), 'Deployment'), [...proxy, 'env'])
    expect(variables).toMatchObject([
      { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
      { name: 'CA_ADDR', value: 'ca:1' },
      ...['NODE_NAME', 'POD_NAME', 'POD_NAMESPACE', 'INSTANCE_IP', 'HOST_IP', 'ISTIO_CPU_LIMIT'].map((name) => ({
        name,
      })),
      { name: 'SERVICE_ACCOUNT' },
      { name: 'ISTIO_META_WORKLOAD_NAME', value: 'gw' },
      { name: 'ISTIO_META_OWNER', value: 'kubernetes://apis/apps/v1/namespaces/istio-system/deployments/gw' },
      { name: 'ISTIO_META_MESH_ID', value: 'm' },
      { name: 'TRUST_DOMAIN', value: 'cluster.local' },
      { name: 'ISTIO_META_UNPRIVILEGED_POD', value: 'true' },
      { name: 'A', value: '' },
      { name: true, value: '1.234567e+06' },
      { name: 'M', value: 'true' },
      { name: 'ISTIO_META_NETWORK', value: 'n' },
      { name: 'ISTIO_META_CLUSTER_ID', value: 'Kubernetes' },
      { name: 'ISTIO_META_NODE_NAME' },
    ])
  })

  it('says a network once', () => {
    const row = { gateway: { env: { ISTIO_META_NETWORK: 'own' } }, values: { global: { network: 'n' } } }
    const variables = at(only(gateways.renderIngressGateway(ingress(row)), 'Deployment'), [...proxy, 'env'])
    expect(at(variables, ['ISTIO_META_NETWORK'])).toEqual({ name: 'ISTIO_META_NETWORK', value: 'own' })
    expect((variables as { name: string }[]).filter(({ name }) => name === 'ISTIO_META_NETWORK')).toHaveLength(1)
  })
})

describe('the deployment that istiod injects', () => {
  const bare = { injectionTemplate: 'gateway', secretVolumes: [], runAsRoot: true }
  const rows: Row[] = [
    ['has a name', { gateway: { ...bare, name: '' } }, ['metadata', 'name'], 'istio-ingressgateway'],
    [
      'has an account',
      { gateway: { ...bare, name: '' } },
      [...pod, 'serviceAccountName'],
      'istio-ingressgateway-service-account',
    ],
    ['does not speak of ambient mode', { gateway: bare }, ['metadata', 'labels', 'istio.io/dataplane-mode'], undefined],
    [
      'is a frame',
      { gateway: { ...bare, ports: [], resources: null } },
      [...pod, 'containers'],
      [
        {
          name: 'istio-proxy',
          image: 'auto',
          ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
          resources: { requests: { cpu: '10m' } },
          env: null,
          volumeMounts: null,
        },
      ],
    ],
    ['has no volumes', { gateway: bare }, [...pod, 'volumes'], null],
    [
      'is injected from the template that is named',
      { gateway: { ...bare, podAnnotations: { a: 1 } } },
      [...podMetadata, 'annotations'],
      {
        'prometheus.io/port': '15020',
        'prometheus.io/scrape': 'true',
        'prometheus.io/path': '/stats/prometheus',
        'sidecar.istio.io/inject': 'true',
        'inject.istio.io/templates': 'gateway',
        a: 1,
      },
    ],
    ['names no istiod', { gateway: bare }, [...podMetadata, 'labels', 'istio.io/rev'], undefined],
    [
      'prints the revision unquoted',
      { gateway: bare, values: { revision: '5' } },
      [...podMetadata, 'labels', 'istio.io/rev'],
      5,
    ],
    [
      'keeps an own revision label',
      { gateway: { ...bare, labels: { 'istio.io/rev': 'own' } } },
      [...podMetadata, 'labels', 'istio.io/rev'],
      'own',
    ],
    [
      'keeps any text of a variable as it is',
      { gateway: { ...bare, runAsRoot: false, env: { A: '"\\', B: null, C: 2 } } },
      [...proxy, 'env'],
      [
        { name: 'ISTIO_META_UNPRIVILEGED_POD', value: 'true' },
        { name: 'A', value: '"\\' },
        { name: 'B', value: null },
        { name: 'C', value: '2' },
      ],
    ],
    [
      'takes a template of null for one',
      { gateway: { ...bare, injectionTemplate: null } },
      [...proxy, 'image'],
      'auto',
    ],
  ]
  it.each(rows)('%s', (_, row, path, expected) => {
    expect(at(only(gateways.renderIngressGateway(ingress(row)), 'Deployment'), path)).toEqual(expected)
  })
})

describe('affinity', () => {
  const arch = (values: unknown) => ({ key: 'kubernetes.io/arch', operator: 'In', values })
  const rows: Row[] = [
    [
      'prints both keys where nothing is asked',
      {},
      [],
      {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: null,
          preferredDuringSchedulingIgnoredDuringExecution: null,
        },
      },
    ],
    [
      'wants the architectures with a weight, by name',
      { values: { global: { arch: { s390x: 0, arm64: 2, amd64: '3' } } } },
      ['nodeAffinity'],
      {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [arch(['amd64', 'arm64'])] }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 3, preference: { matchExpressions: [arch(['amd64'])] } },
          { weight: 2, preference: { matchExpressions: [arch(['arm64'])] } },
        ],
      },
    ],
    [
      'names no architecture where none has a weight',
      { values: { global: { arch: { arm64: 0 } } } },
      ['nodeAffinity'],
      {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [arch(null)] }] },
        preferredDuringSchedulingIgnoredDuringExecution: null,
      },
    ],
    [
      'takes its own nodes before those of the mesh',
      { gateway: { nodeSelector: { b: true, a: 1 } }, values: { global: { defaultNodeSelector: { c: 'd' } } } },
      ['nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms', 0, 'matchExpressions'],
      [
        { key: 'a', operator: 'In', values: ['1'] },
        { key: 'b', operator: 'In', values: ['true'] },
      ],
    ],
    [
      'keeps apart from pods, by parts between commas in the order of the charts',
      {
        gateway: {
          podAntiAffinityLabelSelector: [
            { key: 'k', operator: 'In', values: 'a,b,c,d,e,f,g,h,i,j,k', topologyKey: 't', namespaces: 'x,y' },
          ],
          podAntiAffinityTermLabelSelector: [{ key: 'k', operator: 'Exists', topologyKey: 't', namespaces: 'x' }],
        },
      },
      ['podAntiAffinity'],
      {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: {
              matchExpressions: [
                { key: 'k', operator: 'In', values: ['a', 'b', 'k', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] },
              ],
            },
            topologyKey: 't',
            namespaces: ['x', 'y'],
          },
        ],
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchExpressions: [{ key: 'k', operator: 'Exists' }] },
              topologyKey: 't',
            },
          },
        ],
      },
    ],
  ]
  it.each(rows)('%s', (_, row, path, expected) => {
    const deployment = only(gateways.renderIngressGateway(ingress(row)), 'Deployment')
    expect(at(deployment, [...pod, 'affinity', ...path])).toEqual(expected)
  })
})

describe('the Service', () => {
  const rows: Row[] = [
    ['prints that it has no annotations', {}, ['metadata', 'annotations'], null],
    [
      'quotes annotations',
      { gateway: { serviceAnnotations: { a: 1, b: null } } },
      ['metadata', 'annotations'],
      { a: '1', b: null },
    ],
    ['prints an emptied type as null', { gateway: { type: null } }, ['spec', 'type'], null],
    ['prints that it has no ports', { gateway: { ports: [] } }, ['spec', 'ports'], null],
    [
      'types the members of a port anew and takes two of an extra one',
      {
        gateway: {
          ports: [{ name: 'a', port: '80', nodePort: 30080 }, {}],
          ingressPorts: [{ name: 'b', port: 1, targetPort: 2 }],
        },
      },
      ['spec', 'ports'],
      [{ name: 'a', port: 80, nodePort: 30080 }, null, { name: 'b', port: 1 }],
    ],
    ['is text as an address', { gateway: { loadBalancerIP: 5 } }, ['spec', 'loadBalancerIP'], '5'],
    ['lists families', { gateway: { ipFamilies: ['IPv6'] } }, ['spec', 'ipFamilies'], ['IPv6']],
    ['leaves to the user', { gateway: { customService: true } }, [], undefined],
  ]
  it.each(rows)('%s', (_, row, path, expected) => {
    expect(at(only(gateways.renderIngressGateway(ingress(row)), 'Service'), path)).toEqual(expected)
  })

  it('has the extra ports of egress', () => {
    const row = { gateway: { ports: [], ingressPorts: [{ port: 1 }], egressPorts: [{ port: 2, name: 'x' }] } }
    const service = only(gateways.renderEgressGateway(egress(row)), 'Service')
    expect(service?.spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 2, name: 'x' }] })
  })
})

describe('how many pods there are', () => {
  const rows: [Fields, Fields, string[]][] = [
    [{}, {}, ['HorizontalPodAutoscaler']],
    [{ autoscaleMin: 2 }, {}, ['HorizontalPodAutoscaler', 'PodDisruptionBudget']],
    [{ autoscaleMin: 1.9 }, {}, ['HorizontalPodAutoscaler']],
    [{ autoscaleMin: '3' }, {}, ['HorizontalPodAutoscaler', 'PodDisruptionBudget']],
    [{ autoscaleMin: 0 }, {}, []],
    [{ autoscaleMax: null, autoscaleMin: 2 }, {}, ['PodDisruptionBudget']],
    [{ autoscaleEnabled: false, autoscaleMin: 2 }, {}, []],
    [{ autoscaleEnabled: false, replicaCount: 2 }, {}, ['PodDisruptionBudget']],
    [{ autoscaleMin: 2 }, { defaultPodDisruptionBudget: { enabled: false } }, ['HorizontalPodAutoscaler']],
  ]
  it.each(rows)('of %j and %j makes %j', (gateway, global, expected) => {
    const objects = gateways.renderIngressGateway(ingress({ gateway, values: { global } }))
    const kinds = objects.map(({ kind }) => kind)
    expect(kinds.filter((kind) => /Autoscaler|Budget/.test(kind))).toEqual(expected)
  })

  it('scales by CPU alone', () => {
    const row = { gateway: { memory: { targetAverageUtilization: 50 }, cpu: { targetAverageUtilization: '60' } } }
    expect(only(gateways.renderIngressGateway(ingress(row)), 'HorizontalPodAutoscaler')?.spec).toMatchObject({
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
    })
  })
})

describe('the account', () => {
  it('carries pull secrets and annotations of the user', () => {
    const row = {
      gateway: { serviceAccount: { annotations: { a: 1 } } },
      values: { global: { imagePullSecrets: ['s', 5] } },
    }
    expect(only(gateways.renderIngressGateway(ingress(row)), 'ServiceAccount')).toMatchObject({
      metadata: { name: 'gw-service-account', annotations: { a: 1 } },
      imagePullSecrets: [{ name: 's' }, { name: 5 }],
    })
  })

  it('may read Secrets under labels that are not the gateway’s own', () => {
    const objects = gateways.renderEgressGateway(egress({ gateway: { labels: { own: 'x' } } }))
    const labels = {
      release: 'istio',
      'istio.io/rev': 'default',
      'install.operator.istio.io/owning-resource': 'unknown',
      'operator.istio.io/component': 'EgressGateways',
      'app.kubernetes.io/name': 'istio-egressgateway',
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/instance': 'istio',
      'app.kubernetes.io/part-of': 'istio',
      'app.kubernetes.io/version': '1.30.3',
      'helm.sh/chart': 'istio-egress-1.30.3',
    }
    expect(only(objects, 'Role')?.metadata).toEqual({ name: 'gw-sds', namespace: 'istio-system', labels })
    expect(only(objects, 'RoleBinding')).toMatchObject({
      metadata: { labels },
      subjects: [{ kind: 'ServiceAccount', name: 'gw-service-account' }],
    })
  })
})

it('lets traffic in by policy when asked', () => {
  const row = {
    gateway: { ports: [{ port: 53, protocol: 'UDP' }], labels: { istio: 'own' } },
    values: { revision: 'canary', ownerName: 'me', global: { networkPolicy: { enabled: true } } },
  }
  const policy = only(gateways.renderIngressGateway(ingress(row)), 'NetworkPolicy')
  expect(policy?.metadata).toMatchObject({
    name: 'gw-canary',
    labels: { app: 'gw', istio: 'ingressgateway', 'install.operator.istio.io/owning-resource': 'me' },
  })
  expect(policy?.spec).toEqual({
    podSelector: { matchLabels: { app: 'istio-ingressgateway', istio: 'own' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { ports: [{ protocol: 'TCP', port: 15021 }] },
      {
        ports: [
          { protocol: 'TCP', port: 15020 },
          { protocol: 'TCP', port: 15090 },
        ],
      },
      { ports: [{ protocol: 'UDP', port: 53 }] },
    ],
    egress: [{}],
  })
})

describe('values that no chart can render', () => {
  const rows: [Case, string[]][] = [
    [{}, []],
    [{ gateway: { env: null } }, ['gateways.istio-ingressgateway.env']],
    [{ gateway: { env: null, injectionTemplate: 'gateway' } }, []],
    [{ gateway: { injectionTemplate: 5 } }, ['gateways.istio-ingressgateway.injectionTemplate']],
    [{ gateway: { cpu: null } }, ['gateways.istio-ingressgateway.cpu']],
    [{ gateway: { cpu: null, autoscaleEnabled: false } }, []],
    [{ gateway: { ports: [80] } }, ['gateways.istio-ingressgateway.ports']],
    [{ gateway: { ingressPorts: 'a', customService: true } }, []],
    [{ gateway: { ingressPorts: 'a' } }, ['gateways.istio-ingressgateway.ingressPorts']],
    [{ values: { revision: 5 } }, ['revision']],
    [{ values: { global: { logging: null, sds: { token: null } } } }, ['global.logging', 'global.sds.token']],
    [{ values: { global: { logging: null } }, gateway: { injectionTemplate: 'gateway' } }, []],
    [{ values: { global: { proxy: { image: null } } } }, ['global.proxy.image']],
    [{ values: { meshConfig: { defaultConfig: null } } }, ['meshConfig.defaultConfig']],
    [
      { values: { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } } } },
      ['pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API'],
    ],
    [
      {
        values: {
          global: { pilotCertProvider: 'custom' },
          pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } },
        },
      },
      [],
    ],
  ]
  it.each(rows)('are, of %j: %j', (row, expected) => {
    const problems: Problem[] = []
    gateways.checkIngressGateway(ingress(row), (problem) => problems.push(problem))
    expect(problems.map(({ path }) => path)).toEqual(expected.map((path) => `spec.values.${path}`))
    for (const problem of problems) {
      expect(problem).toMatchObject({ code: 'unrenderable-value', severity: 'error' })
      expect(problem.message).toContain(' must ')
    }
  })

  it('are told of egress by its own settings', () => {
    const problems: Problem[] = []
    gateways.checkEgressGateway(egress({ gateway: { egressPorts: 5, ingressPorts: 5 } }), (it) => problems.push(it))
    expect(problems.map(({ path }) => path)).toEqual(['spec.values.gateways.istio-egressgateway.egressPorts'])
  })

  it('do not include the blocks, which are told apart', () => {
    expect(gateways.ingressGatewayBlocks).toContain('gateways.istio-ingressgateway.serviceAccount')
    expect(gateways.egressGatewayBlocks).toContain('gateways.istio-egressgateway.serviceAccount')
  })
})
