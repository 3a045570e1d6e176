import type { KubeObject } from '../../k8s/object.ts'
import { each, print, raw, text } from '../words.ts'
import { webhookConfiguration } from './injection-webhooks.ts'
import { serviceOf } from './service.ts'
import type { IstiodContext } from './values.ts'

/** Webhooks for each further name of this istiod; the tag `default` also serves pods that name no revision. */
export function tagWebhooks(context: IstiodContext): KubeObject[] {
  return each(context.values.revisionTags).map((tag) =>
    webhookConfiguration(
      context,
      `istio-revision-tag-${print(tag)}`,
      { 'istio.io/tag': raw(tag) },
      { revision: text(tag), isDefault: tag === 'default' },
    ),
  )
}

/** A Service under each further name of this istiod. */
export function tagServices(context: IstiodContext): KubeObject[] {
  return each(context.values.revisionTags).map((tag) =>
    serviceOf(context, raw(`istiod-revision-tag-${print(tag)}`), { 'istio.io/tag': raw(tag) }, {}),
  )
}
