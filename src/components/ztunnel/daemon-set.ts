import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import { istioToken, rootCertificate } from '../volumes.ts'
import {
  commonLabels,
  env,
  field,
  first,
  given,
  givenAs,
  imageReference,
  items,
  map,
  print,
  quoted,
  raw,
  resourceField,
  resources,
  text,
  truth,
  userEnv,
  withRevision,
} from '../words.ts'
import { metadata, resourceName } from './metadata.ts'
import type { ZtunnelContext, ZtunnelValues } from './values.ts'

/** The proxy on every node that carries the traffic of pods in ambient mode. */
export function daemonSet(context: ZtunnelContext): KubeObject {
  const { values: v, version } = context
  return object('DaemonSet', metadata(context), {
    spec: {
      updateStrategy: given(v.updateStrategy),
      selector: { matchLabels: { app: 'ztunnel' } },
      template: {
        metadata: {
          labels: {
            'sidecar.istio.io/inject': 'false',
            'istio.io/dataplane-mode': 'none',
            app: 'ztunnel',
            'app.kubernetes.io/name': 'ztunnel',
            ...commonLabels('ztunnel', version),
            ...map(v.podLabels),
          },
          annotations: {
            'sidecar.istio.io/inject': 'false',
            'istio.io/rev': givenAs(v.revision, raw),
            ...map(v.podAnnotations),
          },
        },
        spec: {
          nodeSelector: { 'kubernetes.io/os': 'linux', ...map(v.nodeSelector) },
          affinity: given(v.affinity),
          serviceAccountName: resourceName(v),
          tolerations: given(v.tolerations),
          dnsPolicy: givenAs(v.dnsPolicy, raw),
          dnsConfig: given(v.dnsConfig),
          containers: [proxy(v)],
          priorityClassName: 'system-node-critical',
          terminationGracePeriodSeconds: raw(v.terminationGracePeriodSeconds),
          volumes: volumes(v),
        },
      },
    },
  })
}

function proxy(v: ZtunnelValues): Fields {
  return {
    name: 'istio-proxy',
    image: imageReference(v.hub, first(v.image, 'ztunnel'), v.tag, v.variant),
    imagePullPolicy: givenAs(v.imagePullPolicy, raw),
    ports: [{ containerPort: 15020, name: 'ztunnel-stats', protocol: 'TCP' }],
    resources: resources(v.resources),
    securityContext: {
      // SYS_ADMIN implies the escalation, and the API server refuses the one without the other.
      allowPrivilegeEscalation: true,
      privileged: false,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 1337,
      runAsNonRoot: false,
      runAsUser: 0,
      seLinuxOptions: given(v.seLinuxOptions),
    },
    readinessProbe: { httpGet: { port: 15021, path: '/healthz/ready' } },
    args: ['proxy', 'ztunnel'],
    env: environment(v),
    volumeMounts: [
      { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
      { name: 'cni-ztunnel-sock-dir', mountPath: '/var/run/ztunnel' },
      { name: 'tmp', mountPath: '/tmp' },
      ...(truth(v.peerCaCrl.enabled) ? [{ name: 'crl-volume', mountPath: revocations, readOnly: true }] : []),
      ...items(v.volumeMounts),
    ],
  }
}

const revocations = '/var/run/secrets/istio/crl'

function environment(v: ZtunnelValues): unknown[] {
  const istiod = `${withRevision('istiod', v.revision)}.${print(v.istioNamespace)}.svc:15012`
  return [
    ...env({
      CA_ADDRESS: raw(first(v.caAddress, istiod)),
      XDS_ADDRESS: raw(first(v.xdsAddress, istiod)),
      LOG_FORMAT: truth(v.logAsJson) ? 'json' : undefined,
      NETWORK: givenAs(v.network, quoted),
      RUST_LOG: quoted(v.logLevel),
      RUST_BACKTRACE: '1',
      ISTIO_META_CLUSTER_ID: raw(first(v.multiCluster.clusterName, 'Kubernetes')),
      INPOD_ENABLED: 'true',
      TERMINATION_GRACE_PERIOD_SECONDS: text(v.terminationGracePeriodSeconds),
      POD_NAME: field('metadata.name'),
      POD_NAMESPACE: field('metadata.namespace'),
      NODE_NAME: field('spec.nodeName'),
      INSTANCE_IP: field('status.podIP'),
      SERVICE_ACCOUNT: field('spec.serviceAccountName'),
    }),
    ...userEnv(v.meshConfig.defaultConfig.proxyMetadata),
    ...env({ ZTUNNEL_CPU_LIMIT: resourceField('limits.cpu') }),
    ...userEnv(v.env),
    ...env({ CRL_PATH: truth(v.peerCaCrl.enabled) ? `${revocations}/ca-crl.pem` : undefined }),
  ]
}

function volumes(v: ZtunnelValues): unknown[] {
  return [
    // The audience is fixed here; `global.sds.token.aud` reaches only the gateways and sidecars.
    istioToken('istio-ca'),
    rootCertificate(map(v.env), v.trustBundleName),
    { name: 'cni-ztunnel-sock-dir', hostPath: { path: '/var/run/ztunnel', type: 'DirectoryOrCreate' } },
    { name: 'tmp', emptyDir: {} },
    ...(truth(v.peerCaCrl.enabled)
      ? [{ name: 'crl-volume', configMap: { name: 'istio-ca-crl', optional: true } }]
      : []),
    ...items(v.volumes),
  ]
}
