import { istiodDefaults } from '../../istio/defaults/istiod.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { Chart } from '../values.ts'
import { truth } from '../words.ts'
import {
  clusterAccess,
  deploysGateways,
  gatewayControllerAccess,
  isReadable,
  namespaceAccess,
  readerAccess,
} from './access.ts'
import { availability } from './availability.ts'
import { acrossCluster, type Gate, inNamespaces, isConfigSource, runsIstiod } from './gates.ts'
import { gatewayClasses } from './gateway-classes.ts'
import { injectionWebhooks } from './injection-webhooks.ts'
import { injectorConfig } from './injector-config.ts'
import { hasJwksCertificates, jwksCertificates } from './jwks-certificates.ts'
import { meshConfig } from './mesh-config.ts'
import { hasNetworkPolicy, networkPolicy } from './network-policy.ts'
import { pointsElsewhere, remoteIstiod } from './remote.ts'
import { tagServices, tagWebhooks } from './revision-tags.ts'
import { service } from './service.ts'
import { isStableOnly, revisionPolicy, revisionValidator } from './validation.ts'
import type { IstiodContext } from './values.ts'
import { valuesConfig } from './values-config.ts'
import { workload } from './workload.ts'

export { checkIstiod, istiodBlocks } from './checks.ts'
export type { IstiodContext, IstiodValues } from './values.ts'

export const istiodChart: Chart = { defaults: istiodDefaults, lifts: 'pilot' }

const keepsMeshConfig: Gate = (v) => truth(v.configMap)
const keepsInjectorConfig: Gate = (v) => !truth(v.global.omitSidecarInjectorConfigMap)
const ownsWebhooks: Gate = (v) => !truth(v.global.operatorManageWebhooks)
const validates: Gate = (v) => truth(v.global.configValidation)

/** What istiod consists of, and what must be so for each part of it to be there. */
const parts: readonly (readonly [render: (context: IstiodContext) => readonly KubeObject[], ...gates: Gate[]])[] = [
  [namespaceAccess, inNamespaces, isConfigSource],
  [clusterAccess, acrossCluster, isConfigSource],
  [gatewayControllerAccess, acrossCluster, isConfigSource, deploysGateways],
  [readerAccess, acrossCluster, isReadable],
  [meshConfig, inNamespaces, keepsMeshConfig],
  [injectorConfig, inNamespaces, keepsInjectorConfig],
  [valuesConfig, inNamespaces],
  [jwksCertificates, inNamespaces, runsIstiod, hasJwksCertificates],
  [gatewayClasses, inNamespaces],
  [networkPolicy, inNamespaces, hasNetworkPolicy],
  [workload, inNamespaces, runsIstiod],
  [service, inNamespaces, runsIstiod],
  [availability, inNamespaces, runsIstiod],
  [remoteIstiod, inNamespaces, pointsElsewhere],
  [injectionWebhooks, acrossCluster, ownsWebhooks],
  [tagWebhooks, acrossCluster, ownsWebhooks],
  [tagServices, inNamespaces],
  [revisionValidator, acrossCluster, isConfigSource, validates],
  // Cluster-scoped, and yet Istio renders it where the objects of namespaces are asked for.
  [revisionPolicy, inNamespaces, isConfigSource, isStableOnly],
]

/**
 * The control plane of one revision: the program, what it may do, what it is configured by, and the webhooks that
 * lead to it. Values that `checkIstiod` reports a problem with cannot be rendered.
 */
export function renderIstiod(context: IstiodContext): KubeObject[] {
  return parts.flatMap(([render, ...gates]) => (gates.every((gate) => gate(context.values)) ? render(context) : []))
}
