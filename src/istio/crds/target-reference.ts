import { exclusive, list, obj, req, rule, str, where } from '../../k8s/schema.ts'

const dnsSubdomain = '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'

/** An object that a policy attaches to, such as a Gateway or a Service. */
export const targetRef = obj(
  {
    group: where(str, { maxLength: 253, pattern: dnsSubdomain }),
    kind: where(str, { maxLength: 63, minLength: 1, pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$' }),
    name: where(str, { maxLength: 253, minLength: 1 }),
    namespace: where(str, rule('self.size() == 0', 'cross namespace referencing is not currently supported')),
  },
  req('kind', 'name'),
)

export const targetRefs = list(targetRef, { maxItems: 16 })

/** Facet of a policy's spec: it is attached by labels or by reference, not both. */
export const attachedOnce = exclusive(
  'only one of targetRefs or selector can be set',
  'selector',
  'targetRef',
  'targetRefs',
)
