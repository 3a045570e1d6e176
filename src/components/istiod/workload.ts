import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import {
  env,
  field,
  first,
  given,
  givenAs,
  imageReference,
  items,
  map,
  mapped,
  ownerLabels,
  print,
  quoted,
  raw,
  resourceField,
  resources,
  text,
  truth,
  userEnv,
} from '../words.ts'
import { initContainers } from './init-containers.ts' // on demand
import { istiodLabels, namedLabels, revisioned, usesTrustBundles } from './names.ts'
import type { IstiodContext } from './values.ts'

/** The Deployment of istiod. */
export function workload(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  const isDefault = v.revision === ''
  return [
    object(
      'Deployment',
      {
        name: revisioned('istiod', v),
        namespace,
        labels: { app: 'istiod', istio: 'pilot', ...istiodLabels(context), ...mapped(v.deploymentLabels, text) },
        annotations: given(v.deploymentAnnotations),
      },
      {
        spec: {
          // Beside an autoscaler the count is not for the manifest to say.
          replicas: truth(v.autoscaleEnabled) ? undefined : givenAs(v.replicaCount, raw),
          strategy: {
            rollingUpdate: { maxSurge: raw(v.rollingMaxSurge), maxUnavailable: raw(v.rollingMaxUnavailable) },
          },
          selector: {
            matchLabels: isDefault
              ? { istio: 'pilot' }
              : { app: 'istiod', 'istio.io/rev': quoted(first(v.revision, 'default')) },
          },
          template: {
            metadata: {
              labels: {
                app: 'istiod',
                ...ownerLabels('Pilot', v),
                'sidecar.istio.io/inject': 'false',
                istio: isDefault ? 'pilot' : 'istiod',
                ...mapped(v.podLabels, text),
                'istio.io/dataplane-mode': 'none',
                ...namedLabels(context),
              },
              annotations: {
                'prometheus.io/port': '15014',
                'prometheus.io/scrape': 'true',
                'sidecar.istio.io/inject': 'false',
                ...map(v.podAnnotations),
              },
            },
            spec: podSpec(context),
          },
        },
      },
    ),
  ]
}

function podSpec(context: IstiodContext): Fields {
  const { values: v } = context
  return {
    nodeSelector: given(v.nodeSelector),
    affinity: given(v.affinity),
    // A node gets this taint until its CNI agent is ready, and the agent may wait for istiod.
    tolerations: [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }, ...items(v.tolerations)],
    topologySpreadConstraints: given(v.topologySpreadConstraints),
    serviceAccountName: revisioned('istiod', v),
    priorityClassName: givenAs(v.global.priorityClassName, text),
    initContainers: truth(v.initContainers) ? initContainers(context) : undefined,
    containers: [discovery(context)],
    volumes: volumes(context),
  }
}

function discovery(context: IstiodContext): Fields {
  const { values: v } = context
  return {
    name: 'discovery',
    image: imageReference(
      first(v.hub, v.global.hub),
      first(v.image, 'pilot'),
      first(v.tag, v.global.tag),
      first(v.variant, v.global.variant),
    ),
    imagePullPolicy: givenAs(v.global.imagePullPolicy, raw),
    args: [
      'discovery',
      '--monitoringAddr=:15014',
      ...(truth(v.global.logging.level) ? [raw(`--log_output_level=${print(v.global.logging.level)}`)] : []),
      ...(truth(v.global.logAsJson) ? ['--log_as_json'] : []),
      '--domain',
      raw(v.global.proxy.clusterDomain),
      ...(truth(v.taint.namespace) ? [raw(`--cniNamespace=${print(v.taint.namespace)}`)] : []),
      '--keepaliveMaxServerConnectionAge',
      text(v.keepaliveMaxServerConnectionAge),
      ...items(v.extraContainerArgs),
    ],
    ports: [
      { containerPort: 8080, protocol: 'TCP', name: 'http-debug' },
      { containerPort: 15010, protocol: 'TCP', name: 'grpc-xds' },
      { containerPort: 15012, protocol: 'TCP', name: 'tls-xds' },
      { containerPort: 15017, protocol: 'TCP', name: 'https-webhooks' },
      { containerPort: 15014, protocol: 'TCP', name: 'http-monitoring' },
    ],
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: environment(context),
    resources: resources(first(v.resources, v.global.defaultResources)),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: given(v.seccompProfile),
    },
    volumeMounts: [
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens', readOnly: true },
      { name: 'local-certs', mountPath: '/var/run/secrets/istio-dns' },
      { name: 'cacerts', mountPath: '/etc/cacerts', readOnly: true },
      { name: 'istio-kubeconfig', mountPath: '/var/run/secrets/remote', readOnly: true },
      ...(truth(v.jwksResolverExtraRootCA) ? [{ name: 'extracacerts', mountPath: '/cacerts' }] : []),
      { name: 'istio-csr-dns-cert', mountPath: '/var/run/secrets/istiod/tls', readOnly: true },
      { name: 'istio-csr-ca-configmap', mountPath: '/var/run/secrets/istiod/ca', readOnly: true },
      ...items(v.volumeMounts),
    ],
  }
}

/** What istiod is told by variables. The user's own stand in the middle: of two with one name, the later one counts. */
function environment({ values: v, namespace }: IstiodContext): unknown[] {
  const own = map(v.env)
  const trusted = `${print(first(v.trustedZtunnelNamespace, namespace))}/${print(first(v.trustedZtunnelName, 'ztunnel'))}`
  const untaints = truth(v.taint.enabled)
  return [
    ...env({
      REVISION: text(first(v.revision, 'default')),
      PILOT_CERT_PROVIDER: raw(v.global.pilotCertProvider),
      POD_NAME: field('metadata.name', 'v1'),
      POD_NAMESPACE: field('metadata.namespace', 'v1'),
      SERVICE_ACCOUNT: field('spec.serviceAccountName', 'v1'),
      KUBECONFIG: '/var/run/secrets/remote/config',
      CA_TRUSTED_NODE_ACCOUNTS: truth(own.CA_TRUSTED_NODE_ACCOUNTS) ? undefined : text(trusted),
    }),
    ...userEnv(v.env),
    ...items(v.envVarFrom),
    ...env({
      PILOT_TRACE_SAMPLING: givenAs(v.traceSampling, text),
      PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS: untaints ? 'true' : undefined,
      PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME: untaints ? text(v.taint.name) : undefined,
      EXTERNAL_ISTIOD: truth(own.EXTERNAL_ISTIOD) ? undefined : givenAs(v.global.externalIstiod, text),
      PILOT_CA_CERT_CONFIGMAP: givenAs(v.global.trustBundleName, text),
      PILOT_CRL_CONFIGMAP: givenAs(v.crlConfigMapName, text),
      PILOT_ENABLE_ANALYSIS: text(v.global.istiod.enableAnalysis),
      CLUSTER_ID: text(first(v.global.multiCluster.clusterName, 'Kubernetes')),
      GOMAXPROCS: resourceField('limits.cpu'),
      PLATFORM: text(first(v.global.platform, v.platform, null)),
    }),
  ]
}

function volumes({ values: v }: IstiodContext): unknown[] {
  const { trustBundleName } = v.global
  const trustBundle = {
    name: text(`istio.io:istiod-ca:${print(first(trustBundleName, 'root-cert'))}`),
    path: 'root-cert.pem',
    optional: true,
  }
  return [
    { name: 'local-certs', emptyDir: { medium: 'Memory' } },
    {
      name: 'istio-token',
      projected: {
        sources: [
          {
            serviceAccountToken: {
              audience: raw(v.global.sds.token.aud),
              expirationSeconds: 43200,
              path: 'istio-token',
            },
          },
        ],
      },
    },
    { name: 'cacerts', secret: { secretName: 'cacerts', optional: true } },
    { name: 'istio-kubeconfig', secret: { secretName: 'istio-kubeconfig', optional: true } },
    { name: 'istio-csr-dns-cert', secret: { secretName: 'istiod-tls', optional: true } },
    {
      name: 'istio-csr-ca-configmap',
      ...(usesTrustBundles(v.env)
        ? { projected: { sources: [{ clusterTrustBundle: trustBundle }] } }
        : {
            configMap: { name: raw(first(trustBundleName, 'istio-ca-root-cert')), defaultMode: 420, optional: true },
          }),
    },
    ...(truth(v.jwksResolverExtraRootCA)
      ? [{ name: 'extracacerts', configMap: { name: revisioned('pilot-jwks-extra-cacerts', v) } }]
      : []),
    ...items(v.volumes),
  ]
}
