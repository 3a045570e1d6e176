import { inScope, map, truth } from '../words.ts'
import type { IstiodValues } from './values.ts'

/** A question to the values on which it depends whether something is rendered. */
export type Gate = (values: IstiodValues) => boolean

export const inNamespaces: Gate = (v) => inScope(v.global.resourceScope, 'namespace')

export const acrossCluster: Gate = (v) => inScope(v.global.resourceScope, 'cluster')

/** A remote cluster has the istiod of another one, unless it runs its own for injection. */
export const runsIstiod: Gate = (v) =>
  !truth(v.istiodRemote.enabled) || truth(v.istiodRemote.enabledLocalInjectorIstiod)

/** Whether an istiod, here or elsewhere, is configured by the objects of this cluster. */
export const isConfigSource: Gate = (v) => runsIstiod(v) || truth(v.global.configCluster)

/** Whether certificates are signed by way of Kubernetes' requests: for an external CA, or a provider that is a signer. */
export const signsThroughKubernetes: Gate = (v) =>
  truth(map(v.env).EXTERNAL_CA) || !['istiod', 'custom', 'none'].some((name) => name === v.global.pilotCertProvider)
