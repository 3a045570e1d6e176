import { dotted, type Path } from '../../../problem.ts'
import { adviceFor } from './deprecation-advice.ts' // on demand
import { at, find, isWritten, type Node, type Rule } from './rule.ts'

const gateway = [
  'cpu',
  'nodeSelector',
  'podAnnotations',
  'podAntiAffinityLabelSelector',
  'podAntiAffinityTermLabelSelector',
  'resources',
  'rollingMaxSurge',
  'rollingMaxUnavailable',
  'tolerations',
]

const mesh = [
  'certificates',
  'verifyCertificateAtClient',
  'extensionProviders.*.lightstep',
  'extensionProviders.*.opencensus',
  'extensionProviders.*.envoyExtAuthzHttp.includeHeadersInCheck',
  'extensionProviders.*.stackdriver.debug',
  'extensionProviders.*.stackdriver.maxNumberOfAnnotations',
  'extensionProviders.*.stackdriver.maxNumberOfAttributes',
  'extensionProviders.*.stackdriver.maxNumberOfMessageEvents',
]

/** Fields that still work and that Istio means to remove. The schema has what to use in their place. */
export const deprecatedFields: readonly string[] = [
  ...['pilot.cpu', 'pilot.memory', 'pilot.nodeSelector', 'pilot.podAnnotations', 'pilot.replicaCount'],
  ...['pilot.resources', 'pilot.rollingMaxSurge', 'pilot.rollingMaxUnavailable', 'pilot.tolerations'],
  'cni.podAnnotations',
  ...['global.arch', 'global.defaultNodeSelector', 'global.defaultResources', 'global.defaultTolerations'],
  ...['global.priorityClassName', 'global.proxy.holdApplicationUntilProxyStarts', 'global.proxy_init.resources'],
  'istiodRemote',
  ...['istio-ingressgateway', 'istio-egressgateway'].flatMap((name) =>
    gateway.map((field) => `gateways.${name}.${field}`),
  ),
  'gateways.istio-ingressgateway.replicaCount',
  ...mesh.map((field) => `meshConfig.${field}`),
]

/** Settings of older charts that istioctl warns of at install, and what took their place. */
const replaced: { readonly [path: string]: string } = {
  'global.outboundTrafficPolicy': '`meshConfig.outboundTrafficPolicy`',
  'global.certificates': '`meshConfig.certificates`',
  'global.localityLbSetting': '`meshConfig.localityLbSetting`',
  'global.policyCheckFailOpen': '`meshConfig.policyCheckFailOpen`',
  'global.enableTracing': '`meshConfig.enableTracing`',
  'global.proxy.accessLogFormat': '`meshConfig.accessLogFormat`',
  'global.proxy.accessLogFile': '`meshConfig.accessLogFile`',
  'global.proxy.concurrency': '`meshConfig.defaultConfig.concurrency`',
  'global.proxy.envoyAccessLogService': '`meshConfig.defaultConfig.envoyAccessLogService`',
  'global.proxy.envoyMetricsService': '`meshConfig.defaultConfig.envoyMetricsService`',
  'global.proxy.protocolDetectionTimeout': '`meshConfig.protocolDetectionTimeout`',
  'global.proxy.holdApplicationUntilProxyStarts': '`meshConfig.defaultConfig.holdApplicationUntilProxyStarts`',
  'pilot.ingress': '`meshConfig.ingressService`, `ingressControllerMode` and `ingressClass`',
  'global.mtls.enabled': 'a PeerAuthentication resource',
  'global.mtls.auto': '`meshConfig.enableAutoMtls`',
  'global.tracer.lightstep.address': '`meshConfig.defaultConfig.tracing.lightstep.address`',
  'global.tracer.lightstep.accessToken': '`meshConfig.defaultConfig.tracing.lightstep.accessToken`',
  'global.tracer.zipkin.address': '`meshConfig.defaultConfig.tracing.zipkin.address`',
  'global.tracer.datadog.address': '`meshConfig.defaultConfig.tracing.datadog.address`',
  'global.meshExpansion.enabled': 'gateways and resources for machines outside of the cluster',
  'istiocoredns.enabled': 'the DNS proxy of the sidecars (`ISTIO_META_DNS_CAPTURE`)',
  'telemetry.v2.stackdriver.configOverride': 'a Telemetry resource',
  'telemetry.v2.stackdriver.outboundAccessLogging': 'a Telemetry resource',
}

/**
 * Reports `deprecated-field`: a note for what works as before and is to go, a warning for what charts of old read. What no
 * schema knows any more is an unknown field among the values, so that it can only stand in the unvalidated ones.
 */
export const deprecated: Rule = ({ spec, resolved }, tell) => {
  const root: Node = { path: ['spec'], value: spec }
  const warned = new Set<string>()
  for (const [field, instead] of Object.entries(replaced)) {
    for (const section of ['values', 'unvalidatedValues']) {
      const { path, value } = at(spec, section, ...field.split('.'))
      if (value === undefined || value === null || (section === 'values' && !known.has(field))) continue
      warned.add(dotted(path))
      const must = 'not be set any more: it is deprecated'
      tell({ grade: 'warning', code: 'deprecated-field', path, must, hint: `use ${instead} instead.`, part: 'key' })
    }
  }
  for (const field of deprecatedFields) {
    for (const path of pathsOf(field)) {
      for (const { path: place, value } of find(root, path)) {
        // Presets of ours use what is shortest.
        if (value === null || warned.has(dotted(place)) || !isWritten(resolved, place)) continue
        const must = 'be replaced some day: Istio has deprecated it'
        tell({ grade: 'note', code: 'deprecated-field', path: place, must, hint: adviceFor(place), part: 'key' })
      }
    }
  }
}

/** The replaced settings that the schema of the values still has. */
const known = new Set(Object.keys(replaced).filter((path) => /^global\.(tracer|proxy\.hold)/.test(path)))

function pathsOf(field: string): Path[] {
  const steps = field.split('.')
  const below = [['values', ...steps]]
  return steps[0] === 'meshConfig' ? [steps, ...below, ['values', 'ztunnel', ...steps]] : below
}
