const strings = [
  'trustDomainAliases',
  'defaultServiceExportTo',
  'defaultVirtualServiceExportTo',
  'defaultDestinationRuleExportTo',
]

/**
 * The lists that istioctl 1.20 to 1.23 merged when it laid files over a profile: of maps item by item, by `name`, and of
 * text as a set. 1.24 and later replace every list.
 */
export const listsMergedBefore24: ReadonlySet<string> = new Set([
  'spec.components.ingressGateways',
  'spec.components.egressGateways',
  ...['istio-ingressgateway', 'istio-egressgateway'].map((name) => `spec.values.gateways.${name}.secretVolumes`),
  ...['spec.meshConfig', 'spec.values.meshConfig'].flatMap((mesh) =>
    ['extensionProviders', ...strings].map((name) => `${mesh}.${name}`),
  ),
])
