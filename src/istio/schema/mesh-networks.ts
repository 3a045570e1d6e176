import { type Area, type Groups, list, port, text } from './words.ts'

/** `values.global.meshNetworks`: the networks of a mesh that spans several. */
export const meshNetworksTypes = () =>
  ({
    Network: {
      endpoints: list('NetworkNetworkEndpoints', 'Which endpoints are in the network.'),
      gateways: list('NetworkGateway', 'Over which gateways the network is reached.'),
    },
    NetworkGateway: {
      address: text('Address of the gateway.'),
      locality: text(),
      port: port('Port of the gateway.'),
      registryServiceName: text('Service of the gateway.'),
    },
    NetworkNetworkEndpoints: {
      fromCidr: text('Endpoints with an address in this range.'),
      fromRegistry: text('Endpoints of the cluster of this name.'),
    },
  }) satisfies Area

export const meshNetworksGroups: Groups = {
  NetworkGateway: { exclusive: [['registryServiceName', 'address']] },
  NetworkNetworkEndpoints: { exclusive: [['fromCidr', 'fromRegistry']] },
}
