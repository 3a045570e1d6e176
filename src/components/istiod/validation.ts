import { type KubeObject, object } from '../../k8s/object.ts'
import { ofRevision, stablePolicy, validatingWebhook } from '../validation.ts'
import { first, print, quoted, raw, text, truth } from '../words.ts'
import { chosenAs, namedLabels, placed, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** The webhook that checks the configuration meant for this revision. */
export function revisionValidator(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  const namespace = raw(v.global.istioNamespace)
  return [
    object(
      'ValidatingWebhookConfiguration',
      {
        name: placed('istio-validator', v, v.global.istioNamespace),
        labels: {
          app: 'istiod',
          release: 'istio',
          istio: 'istiod',
          'istio.io/rev': quoted(first(v.revision, 'default')),
          ...namedLabels(context),
        },
      },
      {
        webhooks: [
          validatingWebhook(
            'rev.validation.istio.io',
            { name: revisioned('istiod', v), namespace },
            v.base,
            ofRevision(text(chosenAs(v))),
          ),
        ],
      },
    ),
  ]
}

/** Whether only what has a stable API is let into the mesh. */
export function isStableOnly(v: IstiodValues): boolean {
  return truth(v.experimental.stableValidationPolicy)
}

/** The admission policy for the configuration meant for this revision. */
export function revisionPolicy(context: IstiodContext): readonly KubeObject[] {
  const { values: v } = context
  const named = (name: string) => raw(`${print(placed(name, v, v.global.istioNamespace))}.istio.io`)
  return stablePolicy(
    named('stable-channel-policy'),
    named('stable-channel-policy-binding'),
    namedLabels(context),
    ofRevision(text(chosenAs(v))),
  )
}
