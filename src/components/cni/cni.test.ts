import { describe, expect, it } from 'vitest'
import { at } from '../../../test/at.ts'
import type { Fields, KubeObject } from '../../k8s/object.ts'
import type { Problem } from '../../problem.ts'
import { chartValues } from '../values.ts'
import { type CniContext, type CniValues, checkCni, cniChart, renderCni } from './index.ts'

function context(given: Fields, kubeVersion?: string): CniContext {
  const values = chartValues(cniChart, given, (problem) => expect.fail(problem.message)) as unknown as CniValues
  return { values, given, namespace: 'ns', version: '1.30.3', kubeVersion }
}

const render = (given: Fields, kubeVersion?: string) => renderCni(context(given, kubeVersion))

function named(objects: readonly KubeObject[], kind: string, name: string): KubeObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (!found) expect.fail(`no ${kind} ${name}`)
  return found
}

const pod = ['spec', 'template', 'spec']
const agent = [...pod, 'containers', 'install-cni']
const podMetadata = ['spec', 'template', 'metadata']

describe('the daemon set', () => {
  type Row = readonly [rule: string, given: Fields, path: readonly (string | number)[], expected: unknown]
  const rows: Row[] = [
    [
      'carries its labels under those of the user',
      { revision: '5', cni: { daemonSetLabels: { release: 'x' } } },
      ['metadata', 'labels'],
      {
        'k8s-app': 'istio-cni-node',
        release: 'x',
        'istio.io/rev': 5,
        'install.operator.istio.io/owning-resource': 'unknown',
        'operator.istio.io/component': 'Cni',
        'app.kubernetes.io/name': 'istio-cni',
        'app.kubernetes.io/managed-by': 'Helm',
        'app.kubernetes.io/instance': 'istio',
        'app.kubernetes.io/part-of': 'istio',
        'app.kubernetes.io/version': '1.30.3',
        'helm.sh/chart': 'cni-1.30.3',
      },
    ],
    [
      'puts labels of the user above those of pods',
      { cni: { podLabels: { 'istio.io/dataplane-mode': 'x' } } },
      [...podMetadata, 'labels', 'istio.io/dataplane-mode'],
      'x',
    ],
    [
      'annotates AppArmor',
      { cni: { podAnnotations: { 'prometheus.io/port': 1 } } },
      [...podMetadata, 'annotations'],
      {
        'sidecar.istio.io/inject': 'false',
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': 1,
        'prometheus.io/path': '/metrics',
        'container.apparmor.security.beta.kubernetes.io/install-cni': 'unconfined',
      },
    ],
    [
      'has a field for AppArmor instead',
      { cni: { useAppArmorAnnotation: false } },
      [...agent, 'securityContext', 'appArmorProfile'],
      { type: 'Unconfined' },
    ],
    [
      'has its own network',
      { cni: { ambient: { shareHostNetworkNamespace: true } } },
      [...pod, 'hostNetwork'],
      undefined,
    ],
    [
      'shares the node’s network in ambient mode',
      { cni: { ambient: { enabled: true, shareHostNetworkNamespace: true } } },
      [...pod, 'dnsPolicy'],
      'ClusterFirstWithHostNet',
    ],
    [
      'may switch networks unless it shares the node’s',
      { cni: { ambient: { enabled: true, shareHostNetworkNamespace: true } } },
      [...agent, 'env', 'ALLOW_SWITCH_TO_HOST_NS'],
      undefined,
    ],
    [
      'has no arguments',
      { cni: { logging: { level: '' } }, global: { logging: { level: '' } } },
      [...agent, 'args'],
      null,
    ],
    [
      'prefers its own level',
      { cni: { logging: { level: 'cni:debug' } }, global: { logAsJson: true } },
      [...agent, 'args'],
      ['--log_output_level=cni:debug', '--log_as_json'],
    ],
    [
      'completes SELinux options',
      { cni: { seLinuxOptions: { level: 's0', type: '' } } },
      [...agent, 'securityContext', 'seLinuxOptions'],
      { level: 's0', type: 'spc_t' },
    ],
    [
      'takes hub, tag and variant of its own',
      { cni: { hub: 'h', tag: 1.1, variant: 'debug' } },
      [...agent, 'image'],
      'h/install-cni:1.1-debug',
    ],
    ['has the policy of the mesh', { global: { imagePullPolicy: 'Always' } }, [...agent, 'imagePullPolicy'], 'Always'],
    [
      'has a policy',
      { cni: { pullPolicy: 'Never' }, global: { imagePullPolicy: 'Always' } },
      [...agent, 'imagePullPolicy'],
      'Never',
    ],
    [
      'falls back to default resources',
      { cni: { resources: null } },
      [...agent, 'resources', 'requests', 'cpu'],
      '100m',
    ],
    [
      'prints names unquoted and values as text',
      { cni: { env: { Y: 1e6 } } },
      [...agent, 'env', 9],
      { name: true, value: '1e+06' },
    ],
    [
      'needs no processes without repair',
      { cni: { repair: { repairPods: false } } },
      [...pod, 'volumes', 'cni-host-procfs'],
      undefined,
    ],
    [
      'has the directory of networks always',
      {},
      [...pod, 'volumes', 'cni-netns-dir', 'hostPath'],
      { path: '/var/run/netns', type: 'DirectoryOrCreate' },
    ],
    ['mounts it in ambient mode only', {}, [...agent, 'volumeMounts', 'cni-netns-dir'], undefined],
    ['names a directory', { cni: { cniBinDir: '/x' } }, [...pod, 'volumes', 'cni-bin-dir', 'hostPath', 'path'], '/x'],
    ['may have no strategy', { cni: { updateStrategy: null } }, ['spec', 'updateStrategy'], undefined],
  ]
  it.each(rows)('%s', (_, given, path, expected) => {
    expect(at(named(render(given), 'DaemonSet', 'istio-cni-node'), path)).toEqual(expected)
  })

  it.each([
    [undefined, '/opt/cni/bin'],
    ['1.33.1', '/opt/cni/bin'],
    ['v1.33.1-gke.100', '/home/kubernetes/bin'],
  ])('finds the plugins of Kubernetes %s in %s', (version, expected) => {
    const objects = render({ global: { platform: 'gke' } }, version)
    const path = [...pod, 'volumes', 'cni-bin-dir', 'hostPath', 'path']
    expect(at(named(objects, 'DaemonSet', 'istio-cni-node'), path)).toBe(expected)
  })
})

it('hands its settings over as text', () => {
  const cni = {
    tag: '1.1',
    variant: 'debug',
    ambient: { enablementSelectors: [{ podSelector: { matchLabels: { b: 'yes', a: 'x' } } }], ipv6: null },
    cniConfFileName: '10',
    istioOwnedCNIConfig: true,
    istioOwnedCNIConfigFileName: 'x.conflist',
    excludeNamespaces: ['a', 5],
    repair: { brokenPodLabelValue: '"' },
    env: { REPAIR_ENABLED: 'own', N: 1 },
  }
  expect(named(render({ cni }), 'ConfigMap', 'istio-cni-config').data).toEqual({
    CURRENT_AGENT_VERSION: '1.1',
    AMBIENT_ENABLED: 'false',
    AMBIENT_ENABLEMENT_SELECTOR: '- podSelector:\n    matchLabels:\n      a: x\n      b: "yes"',
    AMBIENT_DNS_CAPTURE: 'true',
    AMBIENT_IPV6: null,
    AMBIENT_RECONCILE_POD_RULES_ON_STARTUP: 'true',
    ENABLE_AMBIENT_DETECTION_RETRY: 'false',
    CNI_CONF_NAME: 10,
    ISTIO_OWNED_CNI_CONFIG: 'true',
    ISTIO_OWNED_CNI_CONF_FILENAME: 'x.conflist',
    CHAINED_CNI_PLUGIN: 'true',
    EXCLUDE_NAMESPACES: 'a,5',
    REPAIR_ENABLED: 'own',
    REPAIR_LABEL_PODS: 'false',
    REPAIR_DELETE_PODS: 'false',
    REPAIR_REPAIR_PODS: 'true',
    REPAIR_INIT_CONTAINER_NAME: 'istio-validation',
    REPAIR_BROKEN_POD_LABEL_KEY: 'cni.istio.io/uninitialized',
    REPAIR_BROKEN_POD_LABEL_VALUE: '"',
    NATIVE_NFTABLES: 'false',
    false: '1',
  })
})

describe('its rights', () => {
  const rows: [Fields, string[]][] = [
    [{ repairPods: true, deletePods: true, labelPods: true }, []],
    [{ repairPods: false, deletePods: true, labelPods: true }, ['pods: delete']],
    [{ repairPods: false, deletePods: false, labelPods: true }, ['pods/status: patch update']],
    [{ repairPods: false, deletePods: false, labelPods: false }, []],
  ]
  it.each(rows)('to repair by %j are %j', (repair, expected) => {
    const { rules } = named(render({ cni: { repair } }), 'ClusterRole', 'istio-cni-repair-role')
    const said = (rules as { resources: string[]; verbs: string[] }[]).map(
      ({ resources, verbs }) => `${resources.join(' ')}: ${verbs.join(' ')}`,
    )
    expect(said).toEqual(['events: create patch', 'pods: watch get list', ...expected])
  })

  it('are bound under a label of the repair controller', () => {
    const objects = render({ cni: { ambient: { enabled: true } } })
    expect(named(objects, 'ClusterRoleBinding', 'istio-cni-ambient').metadata.labels).toMatchObject({
      'k8s-app': 'istio-cni-repair',
    })
    expect(named(objects, 'ClusterRole', 'istio-cni-ambient').metadata.labels).toMatchObject({ app: 'istio-cni' })
    expect(named(objects, 'ClusterRoleBinding', 'istio-cni').metadata.labels).toMatchObject({ app: 'istio-cni' })
  })
})

describe('which objects there are', () => {
  const local = ['ServiceAccount', 'ConfigMap', 'DaemonSet']
  const grant = ['ClusterRole', 'ClusterRoleBinding']
  const rows: [Fields, string[]][] = [
    [{ global: { resourceScope: 'namespace' } }, local],
    [{ global: { resourceScope: 'cluster' } }, [...grant, ...grant]],
    [
      { global: { resourceScope: 'cluster' }, cni: { repair: { enabled: false }, ambient: { enabled: true } } },
      [...grant, ...grant],
    ],
    [{ global: { resourceScope: 'cluster' }, cni: { repair: { enabled: false } } }, grant],
    [
      { global: { resourceScope: 'cluster', networkPolicy: { enabled: true } }, cni: { repair: { enabled: false } } },
      [...grant, 'NetworkPolicy'],
    ],
    [{ global: { resourceScope: 'none', networkPolicy: { enabled: true } } }, ['NetworkPolicy']],
    [
      { global: { resourceScope: 'namespace' }, cni: { provider: 'multus', resourceQuotas: { enabled: true } } },
      [...local, 'NetworkAttachmentDefinition', 'ResourceQuota'],
    ],
  ]
  it.each(rows)('for %j: %j', (given, expected) => {
    expect(render(given).map(({ kind }) => kind)).toEqual(expected)
  })

  it('names the revision in a policy only', () => {
    const objects = render({ revision: '5', global: { networkPolicy: { enabled: true } } })
    expect(named(objects, 'NetworkPolicy', 'istio-cni-5')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'istio-cni-5',
        namespace: 'ns',
        labels: expect.objectContaining({ 'k8s-app': 'istio-cni-node', 'istio.io/rev': '5', release: 'istio' }),
      },
      spec: {
        podSelector: { matchLabels: { 'k8s-app': 'istio-cni-node' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ protocol: 'TCP', port: 15014 }] }, { ports: [{ protocol: 'TCP', port: 8000 }] }],
        egress: [{}],
      },
    })
  })

  it('lets a number of pods be critical', () => {
    const objects = render({ cni: { resourceQuotas: { enabled: true, pods: 6000000 } } })
    expect(named(objects, 'ResourceQuota', 'istio-cni-resource-quota').spec).toMatchObject({ hard: { pods: '6e+06' } })
  })
})

describe('values that the chart cannot render', () => {
  const rows: [Fields, string[]][] = [
    [{}, []],
    [{ cni: { logging: null, image: 5 } }, ['values.cni.logging', 'values.cni.image']],
    [{ cni: { logging: null }, global: { resourceScope: 'cluster' } }, []],
    [{ global: { logging: null, resourceScope: 5 } }, ['values.global.resourceScope']],
    [{ global: { logging: null } }, ['values.global.logging']],
    [{ revision: 5 }, []],
    [{ revision: 5, global: { networkPolicy: { enabled: true } } }, ['values.revision']],
    [{ cni: { excludeNamespaces: 'a', podLabels: ['b'] } }, ['values.cni.podLabels', 'values.cni.excludeNamespaces']],
  ]
  it.each(rows)('are, of %j: %j', (given, expected) => {
    const problems: Problem[] = []
    checkCni(context(given), (problem) => problems.push(problem))
    expect(problems.map(({ path }) => path)).toEqual(expected.map((path) => `spec.${path}`))
  })
})
