import { dotted, type Report } from '../../problem.ts'
import { checkShapes, type Demand } from '../shape.ts'
import { map, print, truth } from '../words.ts'
import { hasBudget, isAutoscaled } from './availability.ts'
import { acrossCluster, inNamespaces, isConfigSource, runsIstiod, signsThroughKubernetes } from './gates.ts'
import { checkInitContainers } from './init-containers.ts' // on demand
import { pointsElsewhere } from './remote.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** The blocks of values whose children are read whatever the rest says. */
export const istiodBlocks: readonly string[] = ['global', 'istiodRemote', 'sidecarInjectorWebhook']

/**
 * Reports what istiod's chart refuses: values at which its templates would stop (`unrenderable-value`,
 * `init-container-template`), settings that Istio has removed (`removed-setting`), and a provider of certificates that
 * it no longer has (`removed-certificate-provider`). Nothing can be rendered from values with such a problem.
 */
export function checkIstiod(context: IstiodContext, report: Report): void {
  const { values: v } = context
  let sound = true
  checkShapes(v, withNotes(demands(v)), written, (problem) => {
    sound = false
    report(problem)
  })
  checkRemovedSettings(v, report)
  if (sound && inNamespaces(v) && runsIstiod(v)) checkInitContainers(context, report)
}

/** Where under `spec` a user writes a value that the chart finds at the path: most are lifted out of `values.pilot`. */
function written(path: string): string {
  return sharedPath.test(path) ? `values.${path}` : `values.pilot.${path}`
}

const sharedPath =
  /^(?:base|experimental|gateway(?:s|Classes)|global|istiocoredns|istiodRemote|meshConfig|ownerName|platform|revision(?:Tags)?|sidecarInjectorWebhook|telemetry)\b/

/** What the templates need where, and by which gates they come to read it. */
function demands(v: IstiodValues): Demand[] {
  const local = inNamespaces(v)
  const cluster = acrossCluster(v)
  const runs = local && runsIstiod(v)
  const configures = cluster && isConfigSource(v)
  const injects = local && !truth(v.global.omitSidecarInjectorConfigMap)
  const derives = local && !truth(map(v.meshConfig).defaultProviders)
  const reportsMetrics = derives && truth(map(v.telemetry).enabled)
  const chooses = reportsMetrics && truth(map(map(v.telemetry).v2).enabled)
  const tagged = local || (cluster && !truth(v.global.operatorManageWebhooks))
  return [
    ['global.resourceScope', 'text or nothing'],
    ['revision', 'text or nothing'],
    ['global.pilotCertProvider', 'text or nothing'],
    ['revisionTags', 'members or nothing', tagged],
    ['gatewayClasses', 'members or nothing', local],
    ['env', 'map'],
    ['env.ENABLE_CLUSTER_TRUST_BUNDLE_API', 'true or false', runs || configures],
    ['taint', 'map', runs || configures],
    ['global.istiod', 'map', runs || configures],
    ['global.certSigners', 'members or nothing', configures && signsThroughKubernetes(v)],
    ['global.logging', 'map', runs],
    ['global.multiCluster', 'map', runs],
    ['global.sds.token', 'map', runs],
    ['global.defaultPodDisruptionBudget', 'map', runs],
    ['global.imagePullSecrets', 'members if any', local && isConfigSource(v)],
    ['image', 'text', runs],
    ['deploymentLabels', 'map or nothing', runs],
    ['podLabels', 'map or nothing', runs],
    ['podAnnotations', 'map or nothing', runs],
    ['ipFamilies', 'members if any', tagged],
    ['cpu', 'map', runs && isAutoscaled(v)],
    ['memory', 'map', runs && isAutoscaled(v)],
    ['pdb', 'map', runs && hasBudget(v)],
    ['experimental', 'map', local && isConfigSource(v)],
    ['base', 'map', configures && truth(v.global.configValidation)],
    ['gateways', 'map', injects],
    ['sidecarInjectorWebhook.templates', 'map', injects],
    ['sidecarInjectorWebhook.defaultTemplates', 'members if any', injects],
    ['sidecarInjectorWebhook.injectedAnnotations', 'map or nothing', injects],
    ['global.proxy', 'map', local],
    ['global.proxy.tracer', 'text or nothing', local],
    ['global.tracer.lightstep', 'map', local && map(v.global.proxy).tracer === 'lightstep'],
    ['meshConfig', 'map', local],
    ['telemetry', 'map', derives],
    ['telemetry.v2', 'map', reportsMetrics],
    ['telemetry.v2.prometheus', 'map', chooses],
    ['telemetry.v2.stackdriver', 'map', chooses],
    ['global.remotePilotAddress', 'text', local && pointsElsewhere(v)],
    ['global.ipFamilies', 'members if any', local && pointsElsewhere(v)],
  ]
}

/**
 * Blocks that the chart's notes look into for settings that are deprecated or gone. istioctl renders the notes too,
 * whatever else it renders of the chart, and fails with them.
 */
const noted: readonly string[] = [
  'global.proxy',
  'global.proxy.envoyAccessLogService',
  'global.mtls',
  'global.tracer',
  'global.tracer.lightstep',
  'global.tracer.zipkin',
  'global.tracer.datadog',
  'global.tracer.stackdriver',
  'global.meshExpansion',
  'istiocoredns',
  'telemetry',
  'telemetry.v2',
  'telemetry.v2.prometheus',
  'telemetry.v2.stackdriver',
  'meshConfig',
  'meshConfig.defaultConfig',
  'meshConfig.defaultConfig.tracing',
  'meshConfig.defaultConfig.tracing.stackdriver',
]

/** What the notes need as well, where the templates do not need more. */
function withNotes(needed: readonly Demand[]): Demand[] {
  const known = new Set(needed.filter(([, , read = true]) => read).map(([path]) => path))
  return [...needed, ...noted.filter((path) => !known.has(path)).map((path): Demand => [path, 'map or null'])]
}

/** The parts of Stackdriver's tracer that could be set in two places, and in neither any more. */
const stackdriverTracer = ['debug', 'maxNumberOfAttributes', 'maxNumberOfAnnotations', 'maxNumberOfMessageEvents']

/** Settings that are gone, with what to use in their place. */
const removed: readonly (readonly [block: string, settings: readonly string[], hint: string])[] = [
  ['telemetry.v2.prometheus', ['configOverride'], 'remove it; a Telemetry resource says which metrics are reported.'],
  ['telemetry.v2.stackdriver', ['disableOutbound'], 'remove it; a Telemetry resource says what is reported where.'],
  ['global.tracer.stackdriver', stackdriverTracer, 'remove it; tracers are `meshConfig.extensionProviders` now.'],
  [
    'meshConfig.defaultConfig.tracing.stackdriver',
    stackdriverTracer,
    'remove it; tracers are `meshConfig.extensionProviders` now.',
  ],
]

function checkRemovedSettings(v: IstiodValues, report: Report): void {
  for (const [block, settings, hint] of removed) {
    let values: unknown = v
    for (const key of block.split('.')) values = map(values)[key]
    for (const setting of settings) {
      // Even `false` counts as set.
      if (print(map(values)[setting]) === '') continue
      const path = dotted(['spec', ...written(block).split('.'), setting])
      report({
        code: 'removed-setting',
        severity: 'error',
        message: `\`${path}\` must not be set; Istio has removed it`,
        path,
        hint,
      })
    }
  }
  if (v.global.pilotCertProvider !== 'kubernetes') return
  const path = 'spec.values.global.pilotCertProvider'
  report({
    code: 'removed-certificate-provider',
    severity: 'error',
    message: `\`${path}\` must not be "kubernetes"; Istio no longer supports that provider`,
    path,
    hint: 'use "istiod", "custom", "none", or the name of a signer.',
  })
}
