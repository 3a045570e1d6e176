import type { Fields } from '../../k8s/object.ts'
import { istioToken, rootCertificate } from '../volumes.ts'
import {
  commonLabels,
  env,
  field,
  first,
  givenAs,
  imageReference,
  map,
  ownerLabels,
  print,
  quoted,
  raw,
  resourceField,
  text,
  truth,
  userEnv,
  withRevision,
} from '../words.ts'
import type { Form, Gateway } from './gateway.ts'
import { canonical, gatewayLabels } from './labels.ts'

/** A gateway pod that is complete in itself: the proxy with its arguments, environment, certificates and token. */
export function standalone(gateway: Gateway): Form {
  const { settings: g, direction, values: v, version } = gateway
  const { proxy } = v.global
  return {
    name: raw(g.name),
    serviceAccountName: raw(`${print(g.name)}-service-account`),
    // Ambient mode must not capture the traffic of a pod that is a proxy itself.
    labels: { ...gatewayLabels(gateway), 'istio.io/dataplane-mode': 'none' },
    podLabels: {
      ...canonical(gateway),
      ...ownerLabels(direction.component, v),
      'sidecar.istio.io/inject': 'false',
      'app.kubernetes.io/name': direction.app,
      'istio.io/dataplane-mode': 'none',
      ...commonLabels(direction.chart, version),
    },
    podAnnotations: {
      'istio.io/rev': quoted(first(v.revision, 'default')),
      'sidecar.istio.io/inject': 'false',
    },
    container: {
      image: imageReference(
        v.global.hub,
        first(proxy.image, 'proxyv2'),
        first(g.tag, v.global.tag),
        first(proxy.variant, v.global.variant),
      ),
      args: proxyArguments(gateway),
      readinessProbe: {
        failureThreshold: 30,
        httpGet: { path: '/healthz/ready', port: 15021, scheme: 'HTTP' },
        initialDelaySeconds: 1,
        periodSeconds: 2,
        successThreshold: 1,
        timeoutSeconds: 1,
      },
    },
    env: environment(gateway),
    volumeMounts: [
      { name: 'workload-socket', mountPath: '/var/run/secrets/workload-spiffe-uds' },
      { name: 'credential-socket', mountPath: '/var/run/secrets/credential-uds' },
      { name: 'workload-certs', mountPath: '/var/run/secrets/workload-spiffe-credentials' },
      { name: 'istio-envoy', mountPath: '/etc/istio/proxy' },
      { name: 'config-volume', mountPath: '/etc/istio/config' },
      ...(isIstiodSigning(gateway) ? [{ name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' }] : []),
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens', readOnly: true },
      ...(truth(v.global.mountMtlsCerts) ? [{ name: 'istio-certs', mountPath: '/etc/certs', readOnly: true }] : []),
      { name: 'istio-data', mountPath: '/var/lib/istio/data' },
      { name: 'podinfo', mountPath: '/etc/istio/pod' },
    ],
    volumes: volumes(gateway),
  }
}

/** Whether istiod signs the mesh's certificates, so that its root is to be mounted. */
function isIstiodSigning({ values: v }: Gateway): boolean {
  return v.global.pilotCertProvider === 'istiod'
}

function proxyArguments({ values: v }: Gateway): unknown[] {
  const { proxy, logging, sts, logAsJson } = v.global
  const flag = (name: string, value: unknown) => (truth(value) ? [raw(`--${name}=${print(value)}`)] : [])
  return [
    'proxy',
    'router',
    '--domain',
    raw(`$(POD_NAMESPACE).svc.${print(proxy.clusterDomain)}`),
    ...flag('proxyLogLevel', proxy.logLevel),
    ...flag('proxyComponentLogLevel', proxy.componentLogLevel),
    ...flag('log_output_level', logging.level),
    ...(truth(logAsJson) ? ['--log_as_json'] : []),
    ...flag('stsPort', sts.servicePort),
  ]
}

function environment({ settings: g, values: v, namespace }: Gateway): unknown[] {
  const { global, meshConfig } = v
  const network = truth(map(g.env).ISTIO_META_NETWORK) ? undefined : global.network
  return [
    ...env({
      PILOT_CERT_PROVIDER: raw(global.pilotCertProvider),
      CA_ADDR: raw(
        first(global.caAddress, `${withRevision('istiod', v.revision)}.${print(global.istioNamespace)}.svc:15012`),
      ),
      NODE_NAME: field('spec.nodeName', 'v1'),
      POD_NAME: field('metadata.name', 'v1'),
      POD_NAMESPACE: field('metadata.namespace', 'v1'),
      INSTANCE_IP: field('status.podIP', 'v1'),
      HOST_IP: field('status.hostIP', 'v1'),
      ISTIO_CPU_LIMIT: resourceField('limits.cpu'),
      SERVICE_ACCOUNT: field('spec.serviceAccountName'),
      ISTIO_META_WORKLOAD_NAME: raw(g.name),
      ISTIO_META_OWNER: raw(`kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${print(g.name)}`),
      ISTIO_META_MESH_ID: givenAs(first(global.meshID, meshConfig.trustDomain), text),
      TRUST_DOMAIN: givenAs(meshConfig.trustDomain, text),
      ISTIO_META_UNPRIVILEGED_POD: truth(g.runAsRoot) ? undefined : 'true',
    }),
    ...userEnv(g.env),
    ...userEnv(meshConfig.defaultConfig.proxyMetadata),
    ...env({
      ISTIO_META_NETWORK: givenAs(network, text),
      ISTIO_META_CLUSTER_ID: text(first(global.multiCluster.clusterName, 'Kubernetes')),
      ISTIO_META_NODE_NAME: field('spec.nodeName'),
    }),
  ]
}

function volumes(gateway: Gateway): Fields[] {
  const { direction, values: v } = gateway
  return [
    { name: 'workload-socket', emptyDir: {} },
    { name: 'credential-socket', emptyDir: {} },
    { name: 'workload-certs', emptyDir: {} },
    ...(isIstiodSigning(gateway) ? [rootCertificate(map(map(v.pilot).env), v.global.trustBundleName)] : []),
    {
      name: 'podinfo',
      downwardAPI: {
        items: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'annotations', fieldRef: { fieldPath: 'metadata.annotations' } },
        ],
      },
    },
    { name: 'istio-envoy', emptyDir: {} },
    { name: 'istio-data', emptyDir: {} },
    istioToken(v.global.sds.token.aud),
    ...(truth(v.global.mountMtlsCerts)
      ? [{ name: 'istio-certs', secret: { secretName: `istio.${direction.app}-service-account`, optional: true } }]
      : []),
    { name: 'config-volume', configMap: { name: raw(withRevision('istio', v.revision)), optional: true } },
  ]
}
