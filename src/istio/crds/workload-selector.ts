import { map, obj, rule, str, where } from '../../k8s/schema.ts'

/** The selector of policies (`type.istio.io`): the workloads that have all of these labels. */
export const workloadSelector = obj({
  matchLabels: map(
    where(str, { maxLength: 63 }, rule('!self.contains("*")', 'wildcard not allowed in label value match')),
    { maxProperties: 4096 },
    rule('self.all(key, !key.contains("*"))', 'wildcard not allowed in label key match'),
    rule('self.all(key, key.size() != 0)', 'key must not be empty'),
  ),
})

/** The selector of the older networking kinds: the same meaning with another spelling and other limits. */
export const networkingSelector = obj({
  labels: map(where(str, { maxLength: 63 }, rule('!self.contains("*")', 'wildcard is not supported in selector')), {
    maxProperties: 256,
  }),
})
