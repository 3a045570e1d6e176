/** Fields of MeshConfig that no istiod of this release reads any more, and what took their place. */
export const obsoleteMeshFields: { readonly [path: string]: { readonly instead: string } } = {
  'defaultConfig.discoveryRefreshDelay': { instead: 'remove it; proxies are pushed to, and poll nothing.' },
  'defaultConfig.zipkinAddress': { instead: 'use `meshConfig.extensionProviders` with a Telemetry resource.' },
  'defaultConfig.envoyMetricsServiceAddress': { instead: 'use `meshConfig.defaultConfig.envoyMetricsService`.' },
  'defaultConfig.availabilityZone': { instead: 'remove it; the locality comes from the node.' },
  'defaultConfig.sds': { instead: 'remove it; certificates always come over SDS.' },
  mixerCheckServer: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
  mixerReportServer: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
  disablePolicyChecks: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
  policyCheckFailOpen: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
  sidecarToTelemetrySessionAffinity: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
  rdsRefreshDelay: { instead: 'remove it; routes are pushed.' },
  sdsUdsPath: { instead: 'remove it; certificates always come over SDS.' },
  authPolicy: { instead: 'use a PeerAuthentication resource.' },
  enableClientSidePolicyCheck: { instead: 'remove it; Mixer is gone since Istio 1.8.' },
}
