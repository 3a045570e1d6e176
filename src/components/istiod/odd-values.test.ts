import { describe, expect, it } from 'vitest'
import { type Fields, isMap } from '../../k8s/object.ts'
import { chartValues } from '../values.ts'
import { map, Unprintable } from '../words.ts'
import { checkIstiod, istiodBlocks, istiodChart, renderIstiod } from './index.ts'

/** The paths of all settings that the chart has defaults for, blocks as well as leaves. */
function paths(tree: unknown): string[][] {
  return Object.entries(map(tree)).flatMap(([key, value]) => [[key], ...paths(value).map((path) => [key, ...path])])
}

function placed(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  return key === undefined ? value : { ...map(tree), [key]: placed(map(tree)[key], rest, value) }
}

/** Settings that the chart reads without a default. */
const undocumented = [
  'platform',
  'crlConfigMapName',
  'trafficDistribution',
  'base.validationURL',
  'base.validationCABundle',
  'base.validationFailurePolicy',
  'pdb.maxUnavailable',
  'env.ENABLE_CLUSTER_TRUST_BUNDLE_API',
  'env.MCS_API_GROUP',
  'global.enableReaderRBAC',
  'global.trustBundleName',
  'global.ipFamilies',
  'global.ipFamilyPolicy',
  'global.tracer',
  'global.tracer.lightstep',
  'global.tracer.zipkin',
  'global.proxy.variant',
  'meshConfig.rootNamespace',
  'meshConfig.defaultProviders',
  'meshConfig.defaultConfig',
].map((path) => path.split('.'))

const odd = [null, true, 0, 5, '', 'x', [], ['x'], [{}], {}, { x: 'x' }, { x: null }, 'a: b', "it's", '"']

const meshes: [string, Fields][] = [
  ['a plain mesh', {}],
  [
    'a mesh with everything on',
    {
      revision: 'r',
      revisionTags: ['t', 'default'],
      gatewayClasses: { istio: { service: {} } },
      experimental: { stableValidationPolicy: true },
      autoscaleMin: 2,
      jwksResolverExtraRootCA: 'PEM',
      taint: { enabled: true },
      global: { networkPolicy: { enabled: true }, istiod: { enableAnalysis: true }, proxy: { tracer: 'zipkin' } },
      env: { EXTERNAL_CA: 'x', ENABLE_CLUSTER_TRUST_BUNDLE_API: true },
    },
  ],
  [
    'a remote mesh with a local injector',
    {
      istiodRemote: { enabled: true, enabledLocalInjectorIstiod: true },
      global: { remotePilotAddress: '10.0.0.1', proxy: { tracer: 'datadog' } },
      autoscaleEnabled: false,
      replicaCount: 2,
    },
  ],
]

describe('whatever the checks let through is rendered', () => {
  it.each(meshes)('for %s', (_, given) => {
    let rendered = 0
    let refused = 0
    for (const path of [...paths(istiodChart.defaults), ...undocumented]) {
      for (const value of odd) {
        let sound = true
        const unsound = () => {
          sound = false
        }
        const values = chartValues(istiodChart, map(placed(given, path, value)), unsound)
        const context = {
          values: values as never,
          given,
          namespace: 'ns',
          version: '1.30.3',
          kubeVersion: '1.32.0',
          injectionTemplates: { sidecar: 'x' },
        }
        if (istiodBlocks.every((block) => isMap(values[block]))) checkIstiod(context, unsound)
        else sound = false
        if (!sound) {
          refused++
          continue
        }
        try {
          renderIstiod(context)
          rendered++
        } catch (error) {
          if (!(error instanceof Unprintable)) expect.fail(`${path.join('.')} = ${JSON.stringify(value)}: ${error}`)
        }
      }
    }
    expect(rendered).toBeGreaterThan(1000)
    expect(refused).toBeGreaterThan(200)
  })
})
