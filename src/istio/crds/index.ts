import { authorizationPolicy } from './authorization-policy.ts'
import type { CrdDefinition } from './definition.ts'
import { destinationRule } from './destination-rule.ts'
import { envoyFilter } from './envoy-filter.ts'
import { gateway } from './gateway.ts'
import { peerAuthentication } from './peer-authentication.ts'
import { proxyConfig } from './proxy-config.ts'
import { requestAuthentication } from './request-authentication.ts'
import { serviceEntry } from './service-entry.ts'
import { sidecar } from './sidecar.ts'
import { telemetry } from './telemetry.ts'
import { trafficExtension } from './traffic-extension.ts'
import { virtualService } from './virtual-service.ts'
import { wasmPlugin } from './wasm-plugin.ts'
import { workloadEntry } from './workload-entry.ts'
import { workloadGroup } from './workload-group.ts'

export type { CrdDefinition } from './definition.ts'

/** The CRDs of Istio 1.30.3, ordered by name. */
export const crdDefinitions: readonly CrdDefinition[] = [
  authorizationPolicy,
  destinationRule,
  envoyFilter,
  gateway,
  peerAuthentication,
  proxyConfig,
  requestAuthentication,
  serviceEntry,
  sidecar,
  telemetry,
  trafficExtension,
  virtualService,
  wasmPlugin,
  workloadEntry,
  workloadGroup,
]
