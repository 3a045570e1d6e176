import { each, first, map, quoted, text, truth } from '../words.ts'
import { signsThroughKubernetes } from './gates.ts'
import { usesTrustBundles } from './names.ts'
import type { IstiodValues } from './values.ts'

/** One rule of a role, as its manifest writes it. */
interface Rule {
  readonly apiGroups: readonly unknown[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly unknown[] | null
  readonly verbs: readonly string[]
}

/** Istio's API groups, those of earlier releases included: an older istiod in the same cluster still reads them. */
const istioGroups = [
  'config.istio.io',
  'security.istio.io',
  'networking.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
]

/** The kinds whose status tells what an analysis found. */
const analysed = [
  'authorizationpolicies/status',
  'destinationrules/status',
  'envoyfilters/status',
  'gateways/status',
  'peerauthentications/status',
  'proxyconfigs/status',
  'requestauthentications/status',
  'serviceentries/status',
  'sidecars/status',
  'telemetries/status',
  'virtualservices/status',
  'wasmplugins/status',
  'workloadentries/status',
  'workloadgroups/status',
]

const routeStatus = [
  'backendtlspolicies/status',
  'gatewayclasses/status',
  'gateways/status',
  'grpcroutes/status',
  'httproutes/status',
  'referencegrants/status',
  'tcproutes/status',
  'tlsroutes/status',
  'udproutes/status',
  'listenersets/status',
]

const own = ['get', 'watch', 'list', 'update', 'patch', 'create', 'delete']

/** The rules of istiod across the cluster. */
export function istiodRules(v: IstiodValues): Rule[] {
  const analysis = truth(v.global.istiod.enableAnalysis)
  return [
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations'],
      verbs: ['get', 'list', 'watch', 'update', 'patch'],
    },
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['validatingwebhookconfigurations'],
      verbs: ['get', 'list', 'watch', 'update'],
    },
    { apiGroups: istioGroups, resources: ['*'], verbs: ['get', 'watch', 'list'] },
    ...(analysis ? [{ apiGroups: istioGroups, resources: analysed, verbs: ['update', 'patch'] }] : []),
    { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: own },
    { apiGroups: ['networking.istio.io'], resources: ['workloadentries/status', 'serviceentries/status'], verbs: own },
    { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies/status'], verbs: own },
    { apiGroups: [''], resources: ['services/status'], verbs: own },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      verbs: ['get', 'list', 'watch'],
    },
    {
      apiGroups: [''],
      resources: ['pods', 'nodes', 'services', 'namespaces', 'endpoints'],
      verbs: ['get', 'list', 'watch'],
    },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    ...(truth(v.taint.enabled) ? [{ apiGroups: [''], resources: ['nodes'], verbs: ['patch'] }] : []),
    ...(analysis ? ingressRules(['extensions', 'networking.k8s.io'], ['ingresses']) : []),
    ...ingressRules(['networking.k8s.io'], ['ingresses', 'ingressclasses']),
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'get', 'list', 'watch', 'update'] },
    ...(signsThroughKubernetes(v) ? signingRules(v) : []),
    ...(usesTrustBundles(v.env) ? trustBundleRules : []),
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    {
      apiGroups: ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
      resources: ['*'],
      verbs: ['get', 'watch', 'list'],
    },
    {
      apiGroups: ['gateway.networking.x-k8s.io'],
      resources: ['xbackendtrafficpolicies/status'],
      verbs: ['update', 'patch'],
    },
    { apiGroups: ['gateway.networking.k8s.io'], resources: routeStatus, verbs: ['update', 'patch'] },
    {
      apiGroups: ['gateway.networking.k8s.io'],
      resources: ['gatewayclasses'],
      verbs: ['create', 'update', 'patch', 'delete'],
    },
    { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: ['get', 'watch', 'list'] },
    { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools/status'], verbs: ['update', 'patch'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] },
    {
      apiGroups: [multiclusterGroup(v)],
      resources: ['serviceexports'],
      verbs: ['get', 'watch', 'list', 'create', 'delete'],
    },
    { apiGroups: [multiclusterGroup(v)], resources: ['serviceimports'], verbs: ['get', 'watch', 'list'] },
  ]
}

function ingressRules(apiGroups: readonly string[], resources: readonly string[]): Rule[] {
  return [
    { apiGroups, resources, verbs: ['get', 'list', 'watch'] },
    { apiGroups, resources: ['ingresses/status'], verbs: ['*'] },
  ]
}

function signingRules(v: IstiodValues): Rule[] {
  const signers = each(v.global.certSigners).map(quoted)
  return [
    {
      apiGroups: ['certificates.k8s.io'],
      resources: [
        'certificatesigningrequests',
        'certificatesigningrequests/approval',
        'certificatesigningrequests/status',
      ],
      verbs: ['update', 'create', 'get', 'delete', 'watch'],
    },
    {
      apiGroups: ['certificates.k8s.io'],
      resources: ['signers'],
      resourceNames: signers.length > 0 ? signers : null,
      verbs: ['approve'],
    },
  ]
}

const trustBundleRules: readonly Rule[] = [
  {
    apiGroups: ['certificates.k8s.io'],
    resources: ['clustertrustbundles'],
    verbs: ['update', 'create', 'delete', 'list', 'watch', 'get'],
  },
  {
    apiGroups: ['certificates.k8s.io'],
    resources: ['signers'],
    resourceNames: ['istio.io/istiod-ca'],
    verbs: ['attest'],
  },
]

/** The API group of ServiceExports, which some providers have of their own. */
function multiclusterGroup(v: IstiodValues): unknown {
  return text(first(map(v.env).MCS_API_GROUP, 'multicluster.x-k8s.io'))
}

/** What istiod creates, updates and deletes as the workload of a Gateway. */
export const gatewayControllerRules: readonly Rule[] = [
  { apiGroups: ['apps'], resources: ['deployments'], verbs: own },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: own },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: own },
  { apiGroups: [''], resources: ['services'], verbs: own },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: own },
]

/** What another cluster's istiod may read; in a remote cluster it also looks after the webhooks and root certificates. */
export function readerRules(v: IstiodValues): Rule[] {
  return [
    { apiGroups: istioGroups, resources: ['*'], verbs: ['get', 'list', 'watch'] },
    {
      apiGroups: [''],
      resources: [
        'endpoints',
        'pods',
        'services',
        'nodes',
        'replicationcontrollers',
        'namespaces',
        'secrets',
        'configmaps',
      ],
      verbs: ['get', 'list', 'watch'],
    },
    { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: ['get', 'watch', 'list'] },
    {
      apiGroups: ['networking.x-k8s.io', 'gateway.networking.k8s.io'],
      resources: ['gateways'],
      verbs: ['get', 'watch', 'list'],
    },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      verbs: ['get', 'list', 'watch'],
    },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
    {
      apiGroups: [multiclusterGroup(v)],
      resources: ['serviceexports'],
      verbs: ['get', 'list', 'watch', 'create', 'delete'],
    },
    { apiGroups: [multiclusterGroup(v)], resources: ['serviceimports'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    ...(truth(v.istiodRemote.enabled) ? remoteRules : []),
  ]
}

const remoteRules: readonly Rule[] = [
  { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'get', 'list', 'watch', 'update'] },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations'],
    verbs: ['get', 'list', 'watch', 'update', 'patch'],
  },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    verbs: ['get', 'list', 'watch', 'update'],
  },
]

/** What istiod may do in the root namespace. */
export const namespaceRules: readonly Rule[] = [
  { apiGroups: ['networking.istio.io'], resources: ['gateways'], verbs: ['create'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['create', 'get', 'watch', 'list', 'update', 'delete'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update', 'patch', 'create'] },
]
