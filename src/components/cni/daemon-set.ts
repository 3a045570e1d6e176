import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import {
  env,
  field,
  first,
  given,
  givenAs,
  imageReference,
  map,
  print,
  raw,
  resourceField,
  resources,
  truth,
  userEnv,
} from '../words.ts'
import { labels, nameLabels } from './labels.ts'
import type { CniContext, CniValues } from './values.ts'

/** The agent on every node, which puts the plugin and its configuration there and sets up pods' traffic. */
export function daemonSet(context: CniContext): KubeObject {
  const { values: v, namespace } = context
  const host = isInHostNetwork(v)
  return object(
    'DaemonSet',
    {
      name: 'istio-cni-node',
      namespace,
      labels: { 'k8s-app': 'istio-cni-node', ...labels(context), ...map(v.daemonSetLabels) },
    },
    {
      spec: {
        selector: { matchLabels: { 'k8s-app': 'istio-cni-node' } },
        updateStrategy: given(v.updateStrategy),
        template: {
          metadata: {
            labels: {
              'k8s-app': 'istio-cni-node',
              'sidecar.istio.io/inject': 'false',
              'istio.io/dataplane-mode': 'none',
              ...nameLabels(context),
              ...map(v.podLabels),
            },
            annotations: {
              'sidecar.istio.io/inject': 'false',
              'prometheus.io/scrape': 'true',
              'prometheus.io/port': '15014',
              'prometheus.io/path': '/metrics',
              ...(truth(v.useAppArmorAnnotation) ? appArmor : {}),
              ...map(v.podAnnotations),
            },
          },
          spec: {
            hostNetwork: host ? true : undefined,
            dnsPolicy: host ? 'ClusterFirstWithHostNet' : undefined,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            affinity: given(v.affinity),
            tolerations: given(v.tolerations),
            priorityClassName: 'system-node-critical',
            serviceAccountName: 'istio-cni',
            terminationGracePeriodSeconds: raw(v.terminationGracePeriodSeconds),
            containers: [agent(v)],
            volumes: volumes(context),
          },
        },
      },
    },
  )
}

const appArmor = { 'container.apparmor.security.beta.kubernetes.io/install-cni': 'unconfined' }

function agent(v: CniValues): Fields {
  const { global, ambient } = v
  const level = first(v.logging.level, global.logging.level)
  const args = [
    ...(truth(level) ? [raw(`--log_output_level=${print(level)}`)] : []),
    ...(truth(global.logAsJson) ? ['--log_as_json'] : []),
  ]
  return {
    name: 'install-cni',
    image: imageReference(
      first(v.hub, global.hub),
      first(v.image, 'install-cni'),
      first(v.tag, global.tag),
      first(v.variant, global.variant),
    ),
    imagePullPolicy: givenAs(first(v.pullPolicy, global.imagePullPolicy), raw),
    ports: [{ containerPort: 15014, name: 'metrics', protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/readyz', port: 8000 } },
    securityContext: {
      appArmorProfile: truth(v.useAppArmorAnnotation) ? undefined : { type: 'Unconfined' },
      privileged: false,
      runAsGroup: 0,
      runAsUser: 0,
      runAsNonRoot: false,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'] },
      seLinuxOptions: givenAs(v.seLinuxOptions, (options) => ({
        ...map(options),
        type: first(map(options).type, 'spc_t'),
      })),
      seccompProfile: given(v.seccompProfile),
    },
    command: ['install-cni'],
    args: given(args) ?? null,
    envFrom: [{ configMapRef: { name: 'istio-cni-config' } }],
    env: [
      ...env({
        REPAIR_NODE_NAME: field('spec.nodeName'),
        REPAIR_RUN_AS_DAEMON: 'true',
        REPAIR_SIDECAR_ANNOTATION: 'sidecar.istio.io/status',
        ALLOW_SWITCH_TO_HOST_NS: isInHostNetwork(v) ? undefined : 'true',
        NODE_NAME: field('spec.nodeName', 'v1'),
        GOMEMLIMIT: resourceField('limits.memory'),
        GOMAXPROCS: resourceField('limits.cpu'),
        POD_NAME: field('metadata.name'),
        POD_NAMESPACE: field('metadata.namespace'),
      }),
      ...userEnv(v.env),
    ],
    volumeMounts: [
      { name: 'cni-bin-dir', mountPath: '/host/opt/cni/bin' },
      ...(readsProcesses(v) ? [{ name: 'cni-host-procfs', mountPath: '/host/proc', readOnly: true }] : []),
      { name: 'cni-net-dir', mountPath: '/host/etc/cni/net.d' },
      { name: 'cni-socket-dir', mountPath: '/var/run/istio-cni' },
      ...(truth(ambient.enabled)
        ? [
            { name: 'cni-netns-dir', mountPath: '/host/var/run/netns', mountPropagation: 'HostToContainer' },
            { name: 'cni-ztunnel-sock-dir', mountPath: '/var/run/ztunnel' },
          ]
        : []),
    ],
    resources: resources(first(v.resources, global.defaultResources)),
  }
}

/** Whether the agent shares the node's network rather than stepping into it. */
function isInHostNetwork({ ambient }: CniValues): boolean {
  return truth(ambient.enabled) && truth(ambient.shareHostNetworkNamespace)
}

/** Both repair and ambient mode enter the network of pods by way of their processes. */
function readsProcesses({ repair, ambient }: CniValues): boolean {
  return truth(repair.repairPods) || truth(ambient.enabled)
}

function volumes({ values: v, kubeVersion = '1.32.0' }: CniContext): Fields[] {
  const hostDirectory = (name: string, path: unknown, type?: string) => ({ name, hostPath: { path, type } })
  const usual = kubeVersion.includes('-gke') ? '/home/kubernetes/bin' : '/opt/cni/bin'
  return [
    hostDirectory('cni-bin-dir', raw(first(v.cniBinDir, usual))),
    ...(readsProcesses(v) ? [hostDirectory('cni-host-procfs', '/proc', 'Directory')] : []),
    ...(truth(v.ambient.enabled)
      ? [hostDirectory('cni-ztunnel-sock-dir', '/var/run/ztunnel', 'DirectoryOrCreate')]
      : []),
    hostDirectory('cni-net-dir', raw(v.cniConfDir)),
    hostDirectory('cni-socket-dir', '/var/run/istio-cni'),
    hostDirectory('cni-netns-dir', raw(v.cniNetnsDir), 'DirectoryOrCreate'),
  ]
}
