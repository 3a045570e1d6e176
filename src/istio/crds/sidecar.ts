import { choice, list, obj, req, str, strings, uint32 } from '../../k8s/schema.ts'
import { connectionPool } from './connection-pool.ts'
import { define } from './definition.ts'
import { destination } from './destination.ts'
import { serverTls } from './server-tls.ts'
import { networkingSelector } from './workload-selector.ts'

/** What a sidecar listens to, and which hosts it is told of. */
export const sidecar = define({
  group: 'networking.istio.io',
  kind: 'Sidecar',
  plural: 'sidecars',
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  spec() {
    const listener = {
      bind: str,
      captureMode: choice('DEFAULT', 'IPTABLES', 'NONE'),
      port: obj({ name: str, number: uint32, protocol: str, targetPort: uint32 }),
    }
    return obj({
      egress: list(obj({ ...listener, hosts: strings }, req('hosts'))),
      inboundConnectionPool: connectionPool,
      ingress: list(obj({ ...listener, connectionPool, defaultEndpoint: str, tls: serverTls }, req('port'))),
      outboundTrafficPolicy: obj({ egressProxy: destination, mode: choice('REGISTRY_ONLY', 'ALLOW_ANY') }),
      workloadSelector: networkingSelector,
    })
  },
})
