import { describe, expect, it } from 'vitest'
import { at } from '../../../test/at.ts'
import type { Fields, KubeObject } from '../../k8s/object.ts'
import type { Problem } from '../../problem.ts'
import { chartValues } from '../values.ts'
import {
  checkZtunnel,
  flattenZtunnel,
  renderZtunnel,
  type ZtunnelContext,
  type ZtunnelValues,
  ztunnelChart,
} from './index.ts'

function context(values: Fields): ZtunnelContext {
  const given = flattenZtunnel({ ztunnel: {}, ...values })
  const merged = chartValues(ztunnelChart, given, (problem) => expect.fail(problem.message))
  return { values: merged as unknown as ZtunnelValues, given, namespace: 'ns', version: '1.30.3' }
}

const render = (values: Fields) => renderZtunnel(context(values))

function only(objects: readonly KubeObject[], kind: string): KubeObject {
  const found = objects.filter((object) => object.kind === kind)
  expect(found).toHaveLength(1)
  return found[0] as KubeObject
}

describe('the values that the chart is handed', () => {
  const rows: [string, Fields, Fields][] = [
    [
      'are its own over scalars and globals',
      {
        global: { hub: 'h' },
        revision: 'r',
        revisionTags: ['t'],
        nothing: null,
        meshConfig: { a: 1 },
        pilot: { env: {} },
        ztunnel: { revision: 'z', meshConfig: { b: 2 } },
      },
      {
        global: { hub: 'h' },
        revision: 'z',
        revisionTags: ['t'],
        nothing: null,
        ztunnel: undefined,
        meshConfig: { b: 2 },
      },
    ],
    ['have no globals where there are none', { ztunnel: { tag: 't' } }, { tag: 't' }],
    ['stay as they are without a map', { ztunnel: null, cni: { a: 1 } }, { ztunnel: null, cni: { a: 1 } }],
  ]
  it.each(rows)('%s', (_, values, expected) => {
    expect(flattenZtunnel(values)).toEqual(expected)
  })
})

const pod = ['spec', 'template', 'spec']
const proxy = [...pod, 'containers', 'istio-proxy']
const podMetadata = ['spec', 'template', 'metadata']

describe('the daemon set', () => {
  type Row = readonly [rule: string, values: Fields, path: readonly (string | number)[], expected: unknown]
  const rows: Row[] = [
    ['prints that it has no annotations', {}, ['metadata', 'annotations'], {}],
    [
      'adds a revision to its annotations',
      { revision: 'r', ztunnel: { annotations: { a: 1 } } },
      ['metadata', 'annotations'],
      { a: 1, 'istio.io/rev': 'r' },
    ],
    ['keeps emptied annotations', { ztunnel: { annotations: null } }, ['metadata', 'annotations'], null],
    [
      'lets labels win',
      { ztunnel: { labels: { 'helm.sh/chart': 'x' } } },
      ['metadata', 'labels', 'helm.sh/chart'],
      'x',
    ],
    ['has a name', { ztunnel: { resourceName: 'zt' } }, ['metadata', 'name'], 'zt'],
    ['has an account by its name', { ztunnel: { resourceName: 'zt' } }, [...pod, 'serviceAccountName'], 'zt'],
    [
      'is selected by a fixed label',
      { ztunnel: { resourceName: 'zt' } },
      ['spec', 'selector', 'matchLabels'],
      { app: 'ztunnel' },
    ],
    ['takes labels for pods', { ztunnel: { podLabels: { app: 'x' } } }, [...podMetadata, 'labels', 'app'], 'x'],
    [
      'merges annotations of pods',
      { revision: '5', ztunnel: { podAnnotations: { 'prometheus.io/port': '1' } } },
      [...podMetadata, 'annotations'],
      {
        'sidecar.istio.io/inject': 'false',
        'istio.io/rev': 5,
        'prometheus.io/port': '1',
        'prometheus.io/scrape': 'true',
      },
    ],
    [
      'runs on Linux',
      { ztunnel: { nodeSelector: { a: 'b' } } },
      [...pod, 'nodeSelector'],
      { 'kubernetes.io/os': 'linux', a: 'b' },
    ],
    [
      'takes image and variant from the globals',
      { global: { hub: 'h', tag: 't', variant: 'distroless' } },
      [...proxy, 'image'],
      'h/ztunnel:t-distroless',
    ],
    [
      'takes its own over the globals',
      { global: { hub: 'h', tag: 't' }, ztunnel: { hub: 'i', tag: 1, image: 'z', variant: 'debug' } },
      [...proxy, 'image'],
      'i/z:1-debug',
    ],
    ['knows no default resources', { ztunnel: { resources: null } }, [...proxy, 'resources'], null],
    [
      'takes options as they are',
      { ztunnel: { seLinuxOptions: { level: 's0' } } },
      [...proxy, 'securityContext', 'seLinuxOptions'],
      { level: 's0' },
    ],
    [
      'has the type of OpenShift',
      { global: { platform: 'openshift' } },
      [...proxy, 'securityContext', 'seLinuxOptions'],
      { type: 'spc_t' },
    ],
    [
      'asks its own DNS',
      { ztunnel: { dnsPolicy: 'None', dnsConfig: { searches: [] } } },
      [...pod, 'dnsConfig'],
      { searches: [] },
    ],
    [
      'mounts a trust bundle',
      { global: { trustBundleName: 'tb' }, ztunnel: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } },
      [...pod, 'volumes', 'istiod-ca-cert', 'projected', 'sources'],
      [{ clusterTrustBundle: { name: 'istio.io:istiod-ca:tb', path: 'root-cert.pem' } }],
    ],
    [
      'names the root',
      { global: { trustBundleName: 'tb' } },
      [...pod, 'volumes', 'istiod-ca-cert', 'configMap'],
      { name: 'tb' },
    ],
    [
      'has a fixed audience',
      { global: { sds: { token: { aud: 'x' } } } },
      [...pod, 'volumes', 'istio-token', 'projected', 'sources', 0, 'serviceAccountToken', 'audience'],
      'istio-ca',
    ],
    [
      'appends volumes after its own',
      { ztunnel: { peerCaCrl: { enabled: true }, volumes: [{ name: 'own' }] } },
      [...pod, 'volumes'],
      expect.arrayContaining([
        { name: 'crl-volume', configMap: { name: 'istio-ca-crl', optional: true } },
        { name: 'own' },
      ]),
    ],
    [
      'mounts revocations',
      { ztunnel: { peerCaCrl: { enabled: true }, volumeMounts: [{ name: 'own' }] } },
      [...proxy, 'volumeMounts'],
      [
        { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
        { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
        { name: 'cni-ztunnel-sock-dir', mountPath: '/var/run/ztunnel' },
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'crl-volume', mountPath: '/var/run/secrets/istio/crl', readOnly: true },
        { name: 'own' },
      ],
    ],
  ]
  it.each(rows)('%s', (_, values, path, expected) => {
    expect(at(only(render(values), 'DaemonSet'), path)).toEqual(expected)
  })

  it('orders its variables', () => {
    const values = {
      revision: 'r',
      meshConfig: { defaultConfig: { proxyMetadata: { LOST: '1' } } },
      global: { logAsJson: true, network: 5, caAddress: 'ca:1', multiCluster: { clusterName: 'c' } },
      ztunnel: {
        env: { B: 1, A: true },
        meshConfig: { defaultConfig: { proxyMetadata: { M: 2 } } },
        peerCaCrl: { enabled: true },
        terminationGracePeriodSeconds: 1234567,
        logLevel: null,
      },
    }
    expect(at(only(render(values), 'DaemonSet'), [...proxy, 'env'])).toMatchObject([
      { name: 'CA_ADDRESS', value: 'ca:1' },
      { name: 'XDS_ADDRESS', value: 'istiod-r.istio-system.svc:15012' },
      { name: 'LOG_FORMAT', value: 'json' },
      { name: 'NETWORK', value: '5' },
      { name: 'RUST_LOG', value: null },
      { name: 'RUST_BACKTRACE', value: '1' },
      { name: 'ISTIO_META_CLUSTER_ID', value: 'c' },
      { name: 'INPOD_ENABLED', value: 'true' },
      { name: 'TERMINATION_GRACE_PERIOD_SECONDS', value: '1.234567e+06' },
      ...['POD_NAME', 'POD_NAMESPACE', 'NODE_NAME', 'INSTANCE_IP', 'SERVICE_ACCOUNT'].map((name) => ({ name })),
      { name: 'M', value: '2' },
      { name: 'ZTUNNEL_CPU_LIMIT' },
      { name: 'A', value: 'true' },
      { name: 'B', value: '1' },
      { name: 'CRL_PATH', value: '/var/run/secrets/istio/crl/ca-crl.pem' },
    ])
  })
})

describe('which objects there are', () => {
  const local = ['ServiceAccount', 'DaemonSet']
  const rows: [Fields, string[]][] = [
    [{}, local],
    [{ global: { resourceScope: 'cluster' } }, []],
    [{ global: { resourceScope: 'cluster', platform: 'openshift' } }, ['ClusterRole', 'ClusterRoleBinding']],
    [{ global: { platform: 'openshift' } }, [...local, 'ClusterRole', 'ClusterRoleBinding']],
    [{ global: { platform: 'gke' } }, [...local, 'ResourceQuota']],
    [{ global: { resourceScope: 'none', networkPolicy: { enabled: true } } }, ['NetworkPolicy']],
  ]
  it.each(rows)('for %j: %j', (values, expected) => {
    expect(render(values).map(({ kind }) => kind)).toEqual(expected)
  })

  it('gives the rights to its own account', () => {
    const values = {
      global: { platform: 'openshift' },
      ownerName: 'me',
      ztunnel: { resourceName: 'zt', labels: { own: 'x' }, annotations: { a: 'b' } },
    }
    expect(only(render(values), 'ClusterRoleBinding')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: {
        name: 'zt',
        labels: {
          app: 'ztunnel',
          release: 'zt',
          'install.operator.istio.io/owning-resource': 'me',
          'app.kubernetes.io/name': 'ztunnel',
          'app.kubernetes.io/managed-by': 'Helm',
          'app.kubernetes.io/instance': 'istio',
          'app.kubernetes.io/part-of': 'istio',
          'app.kubernetes.io/version': '1.30.3',
          'helm.sh/chart': 'ztunnel-1.30.3',
        },
        annotations: { a: 'b' },
      },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'zt' },
      subjects: [{ kind: 'ServiceAccount', name: 'zt', namespace: 'ns' }],
    })
  })

  it('carries pull secrets of the mesh', () => {
    expect(only(render({ global: { imagePullSecrets: ['s'] } }), 'ServiceAccount').imagePullSecrets).toEqual([
      { name: 's' },
    ])
  })

  it('lets traffic and DNS in by policy', () => {
    const policy = only(render({ revision: 'r', global: { networkPolicy: { enabled: true } } }), 'NetworkPolicy')
    expect(policy.metadata).toMatchObject({
      name: 'ztunnel-r',
      labels: { app: 'ztunnel', release: 'istio', 'operator.istio.io/component': 'Ztunnel', 'istio.io/rev': 'r' },
    })
    const ports = (rule: unknown) =>
      (at(rule, ['ports']) as Fields[]).map(({ protocol, port }) => `${port}/${protocol}`)
    expect((at(policy, ['spec', 'ingress']) as unknown[]).map(ports)).toEqual([
      ['15021/TCP'],
      ['15020/TCP'],
      ['15000/TCP'],
      ['15008/TCP'],
      ['15001/TCP'],
      ['15006/TCP'],
      ['15053/TCP', '15053/UDP'],
    ])
  })
})

describe('values that the chart cannot render', () => {
  const rows: [Fields, string[]][] = [
    [{}, []],
    [
      { ztunnel: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } } },
      ['ztunnel.env.ENABLE_CLUSTER_TRUST_BUNDLE_API'],
    ],
    [{ revision: 5 }, ['revision']],
    [{ revision: 'r', ztunnel: { annotations: null } }, ['ztunnel.annotations']],
    [{ ztunnel: { annotations: null } }, []],
    [{ ztunnel: { meshConfig: null, peerCaCrl: 5 }, global: { resourceScope: 'cluster' } }, []],
    [
      { ztunnel: { meshConfig: { defaultConfig: null }, volumes: 'x' } },
      ['ztunnel.meshConfig.defaultConfig', 'ztunnel.volumes'],
    ],
  ]
  it.each(rows)('are, of %j: %j', (values, expected) => {
    const problems: Problem[] = []
    checkZtunnel(context(values), (problem) => problems.push(problem))
    expect(problems.map(({ path }) => path)).toEqual(expected.map((path) => `spec.values.${path}`))
  })
})
