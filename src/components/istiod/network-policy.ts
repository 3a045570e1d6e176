import { type KubeObject, object } from '../../k8s/object.ts'
import { admit, first, map, quoted, tcp, truth } from '../words.ts'
import { istiodLabels, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** Whether policies are asked for that let only known traffic in. */
export function hasNetworkPolicy(v: IstiodValues): boolean {
  return truth(map(v.global.networkPolicy).enabled)
}

/** Lets the API server reach istiod's webhooks, and anyone its discovery and metrics. */
export function networkPolicy(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  return [
    object(
      'NetworkPolicy',
      {
        name: revisioned('istiod', v),
        namespace,
        labels: { app: 'istiod', istio: 'pilot', ...istiodLabels(context) },
      },
      {
        spec: admit(
          { app: 'istiod', 'istio.io/rev': quoted(first(v.revision, 'default')) },
          [tcp(15017)],
          [15010, 15011, 15012, 8080, 15014].map(tcp),
        ),
      },
    ),
  ]
}
