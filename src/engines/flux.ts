import { row } from '../k8s/object.ts'
import type { Annotations, Placed } from './placed.ts'

const prefix = 'kustomize.toolkit.fluxcd.io'

/** What follows from the kind alone. */
const ofKind: { readonly [kind: string]: Annotations } = {
  // Both take everything that lives in them along when they go.
  CustomResourceDefinition: { [`${prefix}/prune`]: 'disabled' },
  Namespace: { [`${prefix}/prune`]: 'disabled' },
  // istiod writes its certificate and the final failure policy into its webhooks.
  MutatingWebhookConfiguration: { [`${prefix}/ssa`]: 'Merge' },
  ValidatingWebhookConfiguration: { [`${prefix}/ssa`]: 'Merge' },
}

/**
 * Flux: what it must not prune or overwrite, and where it must not substitute variables (the injection templates
 * speak of `${POD_NAME}` themselves). Order comes from a folder a phase, see `phaseOf`.
 */
export function flux({ object }: Placed): Annotations {
  return {
    ...row(ofKind, object.kind),
    ...(holdsVariable(object) ? { [`${prefix}/substitute`]: 'disabled' } : {}),
  }
}

/** Whether `${` occurs in any text of the value, its keys included; that is where Flux starts to read. */
function holdsVariable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, member]) => key.includes('${') || holdsVariable(member))
}
