import { bool, choice, int32, obj, uint32 } from '../../k8s/schema.ts'
import { duration, durationOrZero } from './scalars.ts'

/** Limits on the connections to a destination, or into a sidecar. */
export const connectionPool = obj({
  http: obj({
    h2UpgradePolicy: choice('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'),
    http1MaxPendingRequests: int32,
    http2MaxRequests: int32,
    idleTimeout: duration,
    maxConcurrentStreams: int32,
    maxRequestsPerConnection: int32,
    maxRetries: int32,
    useClientProtocol: bool,
  }),
  tcp: obj({
    connectTimeout: duration,
    idleTimeout: durationOrZero,
    maxConnectionDuration: duration,
    maxConnections: int32,
    tcpKeepalive: obj({ interval: duration, probes: uint32, time: duration }),
  }),
})
