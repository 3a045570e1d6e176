import { type Fields, type KubeObject, list, object } from '../../k8s/object.ts'
import { toGoYaml } from '../../yaml/go-yaml.ts'
import { first, givenAs, map, merged, print, quoted, raw, text, truth, withRevision } from '../words.ts'
import { blockText } from './block-text.ts'
import { istiodLabels, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** The ConfigMap that istiod and every proxy take the mesh's configuration from. */
export function meshConfig(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  const networks = truth(v.global.meshNetworks) ? v.global.meshNetworks : {}
  return [
    object(
      'ConfigMap',
      { name: revisioned('istio', v), namespace, labels: istiodLabels(context) },
      {
        data: {
          meshNetworks: blockText(toGoYaml({ networks })),
          mesh: blockText(toGoYaml(merged(derived(v, namespace), v.meshConfig))),
        },
      },
    ),
  ]
}

/** What other settings say of the mesh; `meshConfig` itself has the last word. */
function derived(v: IstiodValues, namespace: string): Fields {
  const { proxy, meshID, variant } = v.global
  return {
    trustDomain: 'cluster.local',
    rootNamespace: raw(first(map(v.meshConfig).rootNamespace, v.global.istioNamespace)),
    defaultProviders: defaultProviders(v),
    defaultConfig: {
      meshId: givenAs(meshID, text),
      image: givenAs(first(proxy.variant, variant), (imageType) => ({ imageType: quoted(imageType) })),
      tracing: proxy.tracer === 'none' ? undefined : tracing(v),
      discoveryAddress: discoveryAddress(v, namespace),
    },
  }
}

/** Telemetry that is on unless `meshConfig` names providers of its own. */
function defaultProviders(v: IstiodValues): Fields | undefined {
  if (truth(map(v.meshConfig).defaultProviders) || !truth(v.telemetry.enabled) || !truth(v.telemetry.v2.enabled))
    return undefined
  const { prometheus, stackdriver } = v.telemetry.v2
  // The charts compare the printed setting, so that "true" will do and other words that look like yes will not.
  const on = list(
    print(prometheus.enabled) === 'true' && 'prometheus',
    print(stackdriver.enabled) === 'true' && 'stackdriver',
  )
  if (on.length === 0) return undefined
  return { metrics: on, accessLogging: on.includes('stackdriver') ? ['stackdriver'] : undefined }
}

/** Where proxies send their spans, by the name of the tracer and what `global.tracer` says of it. */
const tracers: { readonly [name: string]: (settings: Fields, v: IstiodValues) => Fields } = {
  lightstep: ({ address, accessToken }) => ({ address: raw(address), accessToken: raw(accessToken) }),
  zipkin: ({ address }, v) => ({ address: raw(first(address, `zipkin.${print(v.global.istioNamespace)}:9411`)) }),
  datadog: ({ address }) => ({ address: raw(first(address, '$(HOST_IP):8126')) }),
  stackdriver: (settings) => ({
    debug: raw(first(settings.debug, 'false')),
    maxNumberOfAttributes: raw(first(settings.maxNumberOfAttributes, '200')),
    maxNumberOfAnnotations: raw(first(settings.maxNumberOfAnnotations, '200')),
    maxNumberOfMessageEvents: raw(first(settings.maxNumberOfMessageEvents, '200')),
  }),
}

function tracing(v: IstiodValues): Fields | null {
  const name = print(v.global.proxy.tracer)
  const settings = map(map(v.global.tracer)[name])
  return Object.hasOwn(tracers, name) ? { [name]: tracers[name]?.(settings, v) } : null
}

/** The istiod that proxies connect to: this one, or the Service that stands for one in another cluster. */
function discoveryAddress(v: IstiodValues, namespace: string): string {
  const remote = truth(v.istiodRemote.enabled) && truth(v.istiodRemote.enabledLocalInjectorIstiod)
  const name = truth(v.global.remotePilotAddress)
    ? remote
      ? 'istiod-remote'
      : 'istiod'
    : withRevision('istiod', v.revision)
  return `${name}.${namespace}.svc:15012`
}
