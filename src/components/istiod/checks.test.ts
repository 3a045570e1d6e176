import { describe, expect, it } from 'vitest'
import { istiodContext, problems } from '../../../test/components/istiod.ts'
import type { Fields } from '../../k8s/object.ts'
import { dotted } from '../../problem.ts'
import { Unprintable } from '../words.ts'
import { checkIstiod, renderIstiod } from './index.ts'

const remote = { istiodRemote: { enabled: true }, configMap: false, global: { omitSidecarInjectorConfigMap: true } }

describe('values at which the templates would stop', () => {
  const rows: [path: string, values: Fields][] = [
    ['values.global.logging', { global: { logging: null } }],
    ['values.global.multiCluster', { global: { multiCluster: null } }],
    ['values.global.sds.token', { global: { sds: null } }],
    ['values.global.proxy', { global: { proxy: 'x' } }],
    ['values.global.istiod', { global: { istiod: [] } }],
    ['values.global.defaultPodDisruptionBudget', { global: { defaultPodDisruptionBudget: false } }],
    ['values.pilot.env', { pilot: { env: null } }],
    ['values.pilot.taint', { pilot: { taint: null } }],
    ['values.pilot.cpu', { pilot: { cpu: null } }],
    ['values.pilot.pdb', { pdb: null, pilot: { autoscaleMin: 2 } }],
    ['values.pilot.image', { pilot: { image: null } }],
    [
      'values.pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API',
      { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } } },
    ],
    ['values.telemetry', { telemetry: null }],
    ['values.telemetry.v2', { telemetry: { v2: null } }],
    ['values.telemetry.v2.prometheus', { telemetry: { v2: { prometheus: null } } }],
    ['values.meshConfig', { meshConfig: null }],
    ['values.global.tracer.lightstep', { global: { proxy: { tracer: 'lightstep' } } }],
    ['values.revision', { revision: 5 }],
    ['values.global.resourceScope', { global: { resourceScope: 1 } }],
    ['values.sidecarInjectorWebhook.templates', { sidecarInjectorWebhook: { templates: null } }],
    ['values.gateways', { gateways: null }],
    ['values.experimental', { experimental: null }],
    ['values.base', { base: null }],
    ['values.revisionTags', { revisionTags: 't' }],
    ['values.global.remotePilotAddress', { istiodRemote: { enabled: true }, global: { remotePilotAddress: 10 } }],
  ]
  it.each(rows)('%s', (path, values) => {
    expect(problems(values)).toEqual([`unrenderable-value spec.${path}`])
  })

  const noted: [path: string, values: Fields][] = [
    ['values.global.proxy.envoyAccessLogService', { global: { proxy: { envoyAccessLogService: true } } }],
    ['values.global.mtls', { global: { mtls: false } }],
    ['values.global.tracer', { global: { tracer: '' } }],
    ['values.global.tracer.zipkin', { global: { tracer: { zipkin: [] } } }],
    ['values.global.meshExpansion', { global: { meshExpansion: 0 } }],
    ['values.istiocoredns', { istiocoredns: 'x' }],
    ['values.telemetry.v2', { telemetry: { enabled: false, v2: 'x' } }],
    ['values.meshConfig', { configMap: false, global: { resourceScope: 'cluster' }, meshConfig: 'x' }],
    ['values.meshConfig.defaultConfig', { meshConfig: { defaultConfig: 'x' } }],
    ['values.meshConfig.defaultConfig.tracing', { meshConfig: { defaultConfig: { tracing: 'x' } } }],
    [
      'values.meshConfig.defaultConfig.tracing.stackdriver',
      { meshConfig: { defaultConfig: { tracing: { stackdriver: true } } } },
    ],
  ]
  it.each(noted)('%s, at which only the notes would', (path, values) => {
    expect(problems(values)).toEqual([`unrenderable-value spec.${path}`])
  })

  const unread: [rule: string, values: Fields][] = [
    ['blocks of the notes that are null', { istiocoredns: null, global: { mtls: null, tracer: { zipkin: null } } }],
    ['tracing that was removed', { meshConfig: { defaultConfig: { tracing: null } } }],
    ['logging of an istiod elsewhere', { ...remote, global: { ...remote.global, logging: null } }],
    ['an autoscaler that is off', { pilot: { autoscaleEnabled: false, cpu: null } }],
    ['a budget over one', { pdb: null }],
    ['telemetry that is off', { telemetry: { enabled: false, v2: null } }],
    ['telemetry with providers of its own', { telemetry: null, meshConfig: { defaultProviders: { metrics: ['p'] } } }],
    ['a trust bundle switch that was emptied', { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: null } } }],
    ['base without validation', { base: null, global: { configValidation: false } }],
  ]
  it.each(unread)('not %s', (_, given) => {
    const context = istiodContext(given)
    checkIstiod(context, (problem) => expect.fail(problem.message))
    expect(renderIstiod(context).length).toBeGreaterThan(0)
  })
})

describe('what Istio has removed', () => {
  const rows: [path: string, value: unknown][] = [
    ['telemetry.v2.prometheus.configOverride', { gateway: {} }],
    ['telemetry.v2.stackdriver.disableOutbound', false],
    ['global.tracer.stackdriver.debug', true],
    ['global.tracer.stackdriver.maxNumberOfMessageEvents', 0],
    ['meshConfig.defaultConfig.tracing.stackdriver.maxNumberOfAttributes', 5],
  ]
  it.each(rows)('%s', (path, value) => {
    const given = path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Fields
    expect(problems(given)).toEqual([`removed-setting ${dotted(['spec', 'values', ...path.split('.')])}`])
  })

  it('does not count what is empty', () => {
    expect(problems({ global: { tracer: { stackdriver: { debug: null } } } })).toEqual([])
    expect(problems({ telemetry: { v2: { prometheus: { configOverride: '' } } } })).toEqual([])
  })

  it('includes a provider of certificates', () => {
    expect(problems({ global: { pilotCertProvider: 'kubernetes' } })).toEqual([
      'removed-certificate-provider spec.values.global.pilotCertProvider',
    ])
  })
})

it('stops at a value that breaks out of its quotes', () => {
  expect(() => renderIstiod(istiodContext({ pilot: { env: { JSON: '{"a":1}' } } }))).toThrow(Unprintable)
})
