import { isMap } from '../k8s/object.ts'
import type { Change } from './change.ts'

/**
 * istiod sets its validating webhooks to `Fail` as soon as it serves them; a manifest that says `Ignore` is out of sync
 * from then on (istio/istio#52785). Sync waves bring the webhooks after a healthy istiod, so `Fail` is safe to say.
 */
export const failurePolicy: Change = {
  name: 'failure-policy',
  rendered: (object) => {
    if (object.kind !== 'ValidatingWebhookConfiguration' || !Array.isArray(object.webhooks)) return object
    const webhooks = object.webhooks.map((webhook) =>
      isMap(webhook) && webhook.failurePolicy === 'Ignore' ? { ...webhook, failurePolicy: 'Fail' } : webhook,
    )
    return { ...object, webhooks }
  },
}
