import agentgateway from './agentgateway.gotmpl'
import gateway from './gateway.gotmpl'
import grpcAgent from './grpc-agent.gotmpl'
import grpcSimple from './grpc-simple.gotmpl'
import kubeGateway from './kube-gateway.gotmpl'
import sidecar from './sidecar.gotmpl'
import waypoint from './waypoint.gotmpl'

/** The templates that istiod injects pods and deploys gateways with, in the order of its ConfigMap. */
export const injectionTemplates = {
  sidecar,
  gateway,
  'grpc-simple': grpcSimple,
  'grpc-agent': grpcAgent,
  waypoint,
  'kube-gateway': kubeGateway,
  agentgateway,
} as const
