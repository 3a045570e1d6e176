import { type KubeObject, object } from '../../k8s/object.ts'
import { toGoYaml } from '../../yaml/go-yaml.ts'
import { first, print, raw, sorted } from '../words.ts'
import { istiodLabels } from './names.ts'
import type { IstiodContext } from './values.ts'

/** One ConfigMap for each GatewayClass whose Gateways' workloads are changed: what is laid over which object. */
export function gatewayClasses(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  return sorted(v.gatewayClasses).map(([className, overlays]) =>
    object(
      'ConfigMap',
      {
        name: raw(`istio-${print(first(v.revision, 'default'))}-gatewayclass-${className}`),
        namespace,
        labels: { ...istiodLabels(context), 'gateway.istio.io/defaults-for-class': className },
      },
      { data: overlayTexts(overlays) },
    ),
  )
}

/** Each overlay as YAML. The last one stands at the end of a rendered document, where its line break gets lost. */
function overlayTexts(overlays: unknown): unknown {
  const entries = sorted(overlays)
  if (entries.length === 0) return null
  return Object.fromEntries(
    entries.map(([kind, overlay], index) => {
      const text = toGoYaml(overlay).trim()
      return [kind, index === entries.length - 1 ? text : `${text}\n`]
    }),
  )
}
