/**
 * Fields that people write although the installer has none of them: what Istio knew once and where that went, what the
 * charts read although the schema lacks it, and what other tools call something that is here.
 */

const values = 'spec.values'

/** By path; `*` stands for one name, `[]` for an item of a list. */
const gone = (): { readonly [path: string]: string } => ({
  status: 'remove it: nobody reads a status.',
  'spec.addonComponents': 'remove it: Istio 1.8 dropped the add-ons; install them with charts of their own.',
  'spec.components.citadel': 'remove it: istiod does its work since Istio 1.5.',
  'spec.components.galley': 'remove it: istiod does its work since Istio 1.5.',
  'spec.components.nodeAgent': 'remove it: every proxy does its work since Istio 1.5.',
  'spec.components.policy': 'remove it: Mixer is gone since Istio 1.8.',
  'spec.components.sidecarInjector': 'remove it: istiod does its work since Istio 1.5.',
  'spec.components.telemetry': 'remove it: Mixer is gone since Istio 1.8; use Telemetry resources.',
  'spec.components.istiod': 'the component is called `pilot`.',
  'spec.components.ingressGateway': 'gateways are a list: use `ingressGateways`, with a `name` each.',
  'spec.components.egressGateway': 'gateways are a list: use `egressGateways`, with a `name` each.',
  'spec.components.gateways': 'use `ingressGateways` or `egressGateways`.',
  'spec.components.*.replicas': 'use `k8s.replicaCount`.',
  'spec.components.*[].replicas': 'use `k8s.replicaCount`.',
  'spec.components.*.k8s.replicas': 'use `replicaCount`.',
  'spec.components.*[].k8s.replicas': 'use `replicaCount`.',
  'spec.components.*.k8s.annotations': 'use `podAnnotations` or `serviceAnnotations`.',
  'spec.components.*[].k8s.annotations': 'use `podAnnotations` or `serviceAnnotations`.',
  'spec.components.*.k8s.labels': 'use an entry of `overlays` on `spec.template.metadata.labels`.',
  'spec.components.*[].k8s.labels': 'use `label` of the gateway.',
  'spec.components.*[].labels': 'use `label`.',
  'spec.components.base.namespace': 'remove it: what the base renders belongs to the whole cluster.',
  'spec.components.*.k8s.hpaSpec.metrics[].resource.targetAverageUtilization':
    'use `target: {type: Utilization, averageUtilization: …}`.',
  'spec.components.*[].k8s.hpaSpec.metrics[].resource.targetAverageUtilization':
    'use `target: {type: Utilization, averageUtilization: …}`.',
  'spec.components.*.k8s.hpaSpec.metrics[].resource.targetAverageValue':
    'use `target: {type: AverageValue, averageValue: …}`.',
  'spec.components.*[].k8s.hpaSpec.metrics[].resource.targetAverageValue':
    'use `target: {type: AverageValue, averageValue: …}`.',
  [`${values}.grafana`]: 'remove it: Istio 1.8 dropped the add-ons; install Grafana with its own chart.',
  [`${values}.kiali`]: 'remove it: Istio 1.8 dropped the add-ons; install Kiali with its own chart.',
  [`${values}.prometheus`]: 'remove it: Istio 1.8 dropped the add-ons; install Prometheus with its own chart.',
  [`${values}.tracing`]: 'remove it: Istio 1.8 dropped the add-ons; install a tracing backend with its own chart.',
  [`${values}.mixer`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.galley`]: 'remove it: istiod does its work since Istio 1.5.',
  [`${values}.security`]: 'remove it: istiod does its work since Istio 1.5.',
  [`${values}.nodeagent`]: 'remove it: every proxy does its work since Istio 1.5.',
  [`${values}.istiod`]: 'the settings of istiod are called `pilot`.',
  [`${values}.istiocoredns`]: 'remove it: proxies answer DNS queries themselves.',
  [`${values}.clusterResources`]: 'remove it, or use `global.resourceScope`.',
  [`${values}.telemetry.v1`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.telemetry.v2.accessLogPolicy`]: 'use a Telemetry resource.',
  [`${values}.telemetry.v2.metadataExchange`]: 'remove it: proxies always do it.',
  [`${values}.telemetry.v2.prometheus.configOverride`]: 'use a Telemetry resource.',
  [`${values}.telemetry.v2.prometheus.wasmEnabled`]: 'remove it: the filters are built in.',
  [`${values}.telemetry.v2.stackdriver.configOverride`]: 'use a Telemetry resource.',
  [`${values}.telemetry.v2.stackdriver.logging`]: 'use a Telemetry resource.',
  [`${values}.telemetry.v2.stackdriver.monitoring`]: 'use a Telemetry resource.',
  [`${values}.telemetry.v2.stackdriver.topology`]: 'remove it.',
  [`${values}.gateways.istio-ilbgateway`]:
    'use an entry of `components.ingressGateways` with an internal load balancer.',
  [`${values}.gateways.*.applicationPorts`]: 'remove it.',
  [`${values}.gateways.*.drainDuration`]: 'use `meshConfig.defaultConfig.drainDuration`.',
  [`${values}.gateways.*.meshExpansionPorts`]: 'use `ports`.',
  [`${values}.gateways.*.sds`]: 'remove it: certificates always come over SDS.',
  [`${values}.gateways.*.zvpn`]: 'use the environment variable `ISTIO_META_ROUTER_MODE` in `env`.',
  [`${values}.global.autoInject`]: 'use `global.proxy.autoInject`.',
  [`${values}.global.caBundle`]: 'use `pilot.istiodRemote.injectionCABundle`, or `base.validationCABundle`.',
  [`${values}.global.centralIstiod`]: 'use `global.externalIstiod`.',
  [`${values}.global.controlPlaneSecurityEnabled`]: 'remove it: proxies always talk to istiod over TLS.',
  [`${values}.global.createRemoteSvcEndpoints`]: 'remove it: `global.remotePilotAddress` does it.',
  [`${values}.global.defaultConfigVisibilitySettings`]: 'use the `default…ExportTo` fields of `meshConfig`.',
  [`${values}.global.disablePolicyChecks`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.global.enableHelmTest`]: 'remove it.',
  [`${values}.global.enableTracing`]: 'use `meshConfig.enableTracing`.',
  [`${values}.global.enabled`]: 'use `enabled` of each component.',
  [`${values}.global.k8sIngress`]: 'use the `ingress…` fields of `meshConfig`.',
  [`${values}.global.localityLbSetting`]: 'use `meshConfig.localityLbSetting`.',
  [`${values}.global.logLevel`]: 'use `global.proxy.logLevel` for proxies, `global.logging.level` for the rest.',
  [`${values}.global.meshExpansion`]: 'use `meshConfig` and an east-west gateway.',
  [`${values}.global.mtls`]: 'use a PeerAuthentication resource.',
  [`${values}.global.namespace`]: 'use `global.istioNamespace`.',
  [`${values}.global.oneNamespace`]: 'use `meshConfig.discoverySelectors`.',
  [`${values}.global.outboundTrafficPolicy`]: 'use `meshConfig.outboundTrafficPolicy`.',
  [`${values}.global.policyCheckFailOpen`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.global.policyNamespace`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.global.prometheusNamespace`]: 'remove it.',
  [`${values}.global.proxy.accessLogEncoding`]: 'use `meshConfig.accessLogEncoding`.',
  [`${values}.global.proxy.accessLogFile`]: 'use `meshConfig.accessLogFile`.',
  [`${values}.global.proxy.accessLogFormat`]: 'use `meshConfig.accessLogFormat`.',
  [`${values}.global.proxy.concurrency`]: 'use `meshConfig.defaultConfig.concurrency`.',
  [`${values}.global.proxy.dnsRefreshRate`]: 'use `meshConfig.dnsRefreshRate`.',
  [`${values}.global.proxy.envoyAccessLogService`]: 'use `meshConfig.defaultConfig.envoyAccessLogService`.',
  [`${values}.global.proxy.envoyMetricsService`]: 'use `meshConfig.defaultConfig.envoyMetricsService`.',
  [`${values}.global.proxy.envoyStatsd`]: 'use `meshConfig.defaultConfig.statsdUdpAddress`.',
  [`${values}.global.proxy.protocolDetectionTimeout`]: 'use `meshConfig.protocolDetectionTimeout`.',
  [`${values}.global.sds.enabled`]: 'remove it: certificates always come over SDS.',
  [`${values}.global.sds.udsPath`]: 'remove it: certificates always come over SDS.',
  [`${values}.global.telemetryNamespace`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.global.trustDomainAliases`]: 'use `meshConfig.trustDomainAliases`.',
  [`${values}.global.useMCP`]: 'use `meshConfig.configSources`.',
  [`${values}.pilot.appNamespaces`]: 'use `meshConfig.discoverySelectors`.',
  [`${values}.pilot.configNamespace`]: 'remove it.',
  [`${values}.pilot.configSource`]: 'use `meshConfig.configSources`.',
  [`${values}.pilot.enableProtocolSniffingForInbound`]: 'remove it: it is always on.',
  [`${values}.pilot.enableProtocolSniffingForOutbound`]: 'remove it: it is always on.',
  [`${values}.pilot.plugins`]: 'remove it.',
  [`${values}.pilot.policy`]: 'remove it: Mixer is gone since Istio 1.8.',
  [`${values}.pilot.useMCP`]: 'use `meshConfig.configSources`.',
  [`${values}.sidecarInjectorWebhook.injectLabel`]: 'remove it.',
  [`${values}.sidecarInjectorWebhook.objectSelector`]: 'remove it: pods are selected by label as well.',
  [`${values}.ztunnel.enabled`]: 'use `components.ztunnel.enabled`.',
})

/** What the charts read although the installer's schema lacks it, below `spec.values`. */
const chartsOnly = [
  'base.validationFailurePolicy',
  'cni.ambient.enableAmbientDetectionRetry',
  'cni.ambient.enablementSelectors',
  'cni.ambient.shareHostNetworkNamespace',
  'cni.seLinuxOptions',
  'cni.terminationGracePeriodSeconds',
  'cni.tolerations',
  'cni.updateStrategy',
  'gateways.istio-egressgateway.egressPorts',
  'gateways.istio-egressgateway.externalTrafficPolicy',
  'gateways.istio-egressgateway.loadBalancerIP',
  'gateways.istio-egressgateway.loadBalancerSourceRanges',
  'gateways.istio-egressgateway.replicaCount',
  'global.proxy.capNetBindService',
  'global.proxy.variant',
  'global.proxy_init.forceApplyIptables',
  'global.trustDomain',
  'global.waypoint.tolerations',
  'pilot.deploymentAnnotations',
  'pilot.initContainers',
  'pilot.pdb',
  'pilot.sidecarInjectorWebhookAnnotations',
  'pilot.trafficDistribution',
  'pilot.trustedZtunnelName',
  'platform',
]

/** What to do about a field that is none, by its dotted path; `undefined` when nothing is known of it. */
export function elsewhere(path: string): string | undefined {
  const value = path.startsWith(`${values}.`) ? path.slice(values.length + 1) : ''
  if (chartsOnly.includes(value)) {
    return `the charts read it although the installer's schema lacks it: write \`unvalidatedValues.${value}\`.`
  }
  if (path.endsWith('["$patch"]'))
    return 'settings know no directives of patches: use `overlays` to take something out.'
  const general = path.replace(/\[\d+\]/g, '[]')
  return Object.entries(gone()).find(([pattern]) => isLike(pattern, general))?.[1]
}

function isLike(pattern: string, path: string): boolean {
  const [wanted, steps] = [pattern, path].map((text) => text.split('.')) as [string[], string[]]
  return (
    wanted.length === steps.length &&
    wanted.every((step, index) => step === steps[index] || (step.startsWith('*') && fits(step, steps[index] ?? '')))
  )
}

/** `*` is any name, `*[]` any item of a list. */
function fits(step: string, name: string): boolean {
  return name.endsWith('[]') === step.endsWith('[]')
}
