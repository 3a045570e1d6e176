import { row } from '../k8s/object.ts'
import type { Annotations, Placed } from './placed.ts'

/** The annotation that numbers a wave; an integer as text. */
export const syncWave = 'argocd.argoproj.io/sync-wave'

/** The annotation with the options of one object; a comma-separated list. */
export const syncOptions = 'argocd.argoproj.io/sync-options'

/** Options that follow from the kind alone. */
const optionsOfKind: { readonly [kind: string]: readonly string[] } = {
  // Both take everything that lives in them along when they go. A CRD may also outgrow the annotation in which a
  // client-side apply keeps its last input.
  CustomResourceDefinition: ['ServerSideApply=true', 'Prune=false'],
  Namespace: ['Prune=false', 'Delete=false'],
}

/**
 * Components that others lean on while they are replaced or taken away.
 *
 * Without `PruneLast`, what vanished from git is deleted before the rest is synced: the old istiod before gateways have
 * moved to the new one, the old gateway before the new one has an address, the CNI agent before istiod stops injecting
 * pods that rely on it. With it they go in a wave of their own at the very end, when everything else is healthy. A
 * ztunnel is left out: it goes the usual way, before the CNI agent that leads traffic to it.
 */
const outlive: ReadonlySet<string> = new Set(['Pilot', 'Cni', 'IngressGateways', 'EgressGateways'])

/**
 * Of those components, what goes at once: validators, so that nothing is refused in the name of an istiod that is
 * leaving, and what only tunes a workload. All the rest stays to the end together, because a workload that outlived its
 * account, role, configuration or network policy would be running but dead.
 */
const leaveEarly: ReadonlySet<string> = new Set([
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
])

/**
 * Argo CD: the wave of every object, always written out, and its sync options.
 *
 * Argo CD looks up every kind before it syncs anything, so an object whose kind nobody may have defined yet must say
 * that it can wait. It reads the options about deletion from the live object, hence they are there from the start.
 */
export function argocd({ object, component, wave, kindMayBeMissing }: Placed): Annotations {
  const ofKind = row(optionsOfKind, object.kind)
  const options = [
    ...(ofKind ?? []),
    ...(!ofKind && outlive.has(component) && !leaveEarly.has(object.kind) ? ['PruneLast=true'] : []),
    ...(kindMayBeMissing ? ['SkipDryRunOnMissingResource=true'] : []),
  ]
  return { [syncWave]: String(wave), ...(options.length > 0 ? { [syncOptions]: options.join(',') } : {}) }
}
