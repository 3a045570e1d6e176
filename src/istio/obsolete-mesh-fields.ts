const mixer = 'remove it; Mixer is gone since Istio 1.8.'
const sds = 'remove it; certificates always come over SDS.'

/**
 * Fields of MeshConfig that Istio knew once and no istiod of this release reads any more, and what took their place:
 * what the API has reserved since, and what it still has and calls deprecated.
 */
export const obsoleteMeshFields: { readonly [path: string]: { readonly instead: string } } = {
  'defaultConfig.availabilityZone': { instead: 'remove it; the locality comes from the node.' },
  'defaultConfig.connectTimeout': { instead: 'use `meshConfig.connectTimeout`.' },
  'defaultConfig.discoveryRefreshDelay': { instead: 'remove it; proxies are pushed to, and poll nothing.' },
  'defaultConfig.envoyMetricsServiceAddress': { instead: 'use `meshConfig.defaultConfig.envoyMetricsService`.' },
  'defaultConfig.parentShutdownDuration': {
    instead: 'remove it; for a proxy that ends use `meshConfig.defaultConfig.terminationDrainDuration`.',
  },
  'defaultConfig.sds': { instead: sds },
  'defaultConfig.zipkinAddress': { instead: 'use `meshConfig.extensionProviders` with a Telemetry resource.' },
  authPolicy: { instead: 'use a PeerAuthentication resource.' },
  disableMixerHttpReports: { instead: mixer },
  disablePolicyChecks: { instead: mixer },
  disableReportBatch: { instead: mixer },
  egressProxyAddress: { instead: 'use an egress gateway.' },
  enableClientSidePolicyCheck: { instead: mixer },
  enableSdsTokenMount: { instead: sds },
  mixerAddress: { instead: mixer },
  mixerCheckServer: { instead: mixer },
  mixerReportServer: { instead: mixer },
  policyCheckFailOpen: { instead: mixer },
  rdsRefreshDelay: { instead: 'remove it; routes are pushed.' },
  reportBatchMaxEntries: { instead: mixer },
  reportBatchMaxTime: { instead: mixer },
  sdsRefreshDelay: { instead: sds },
  sdsUdsPath: { instead: sds },
  sdsUseK8sSaJwt: { instead: sds },
  sidecarToTelemetrySessionAffinity: { instead: mixer },
  terminationDrainDuration: { instead: 'use `meshConfig.defaultConfig.terminationDrainDuration`.' },
  thriftConfig: { instead: 'remove it; Istio dropped the Thrift filter.' },
}

/** The obsolete field that a path below `meshConfig` leads to, in either spelling of the API's decoder. */
export function obsoleteMeshField(path: readonly (string | number)[]): { readonly instead: string } | undefined {
  const name = path.map((step) => String(step).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
  const field = name.join('.')
  return Object.hasOwn(obsoleteMeshFields, field) ? obsoleteMeshFields[field] : undefined
}
