import {
  atMostOne,
  bool,
  choice,
  double,
  int32,
  list,
  map,
  nullable,
  obj,
  req,
  str,
  strings,
  uint32,
  uint64,
  where,
} from '../../k8s/schema.ts'
import { connectionPool } from './connection-pool.ts'
import { age, column, define } from './definition.ts'
import { portSelector } from './destination.ts'
import { duration, durationOrZero, percentage } from './scalars.ts'
import { workloadSelector } from './workload-selector.ts'

/** What happens to traffic for a host once routing has chosen it: pools, balancing, TLS, subsets. */
export const destinationRule = define({
  group: 'networking.istio.io',
  kind: 'DestinationRule',
  plural: 'destinationrules',
  shortNames: ['dr'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  columns: [column('Host', '.spec.host'), age],
  spec() {
    const policy = trafficPolicy()
    return obj(
      {
        exportTo: strings,
        host: str,
        subsets: list(obj({ labels: map(str), name: str, trafficPolicy: policy }, req('name'))),
        trafficPolicy: policy,
        workloadSelector,
      },
      req('host'),
    )
  },
})

function trafficPolicy() {
  const ofOnePort = {
    connectionPool,
    loadBalancer: loadBalancer(),
    outlierDetection: outlierDetection(),
    tls: clientTls(),
  }
  return obj({
    ...ofOnePort,
    portLevelSettings: list(obj({ ...ofOnePort, port: portSelector }), { maxItems: 4096 }),
    proxyProtocol: obj({ version: choice('V1', 'V2') }),
    retryBudget: obj({ minRetryConcurrency: uint32, percent: percentage }),
    tunnel: obj({ protocol: str, targetHost: str, targetPort: uint32 }, req('targetHost', 'targetPort')),
  })
}

function loadBalancer() {
  return obj(
    {
      consistentHash: consistentHash(),
      localityLbSetting: obj({
        distribute: list(obj({ from: str, to: map(uint32) })),
        enabled: nullable(bool),
        failover: list(obj({ from: str, to: str })),
        failoverPriority: strings,
      }),
      simple: choice('UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'),
      warmup: obj(
        {
          aggression: where(nullable(double), { minimum: 0 }),
          duration,
          minimumPercent: percentage,
        },
        req('duration'),
      ),
      warmupDurationSecs: duration,
    },
    atMostOne('simple', 'consistentHash'),
  )
}

function consistentHash() {
  return obj(
    {
      httpCookie: obj(
        { attributes: list(obj({ name: str, value: str }, req('name'))), name: str, path: str, ttl: durationOrZero },
        req('name'),
      ),
      httpHeaderName: str,
      httpQueryParameterName: str,
      maglev: obj({ tableSize: uint64 }),
      minimumRingSize: uint64,
      ringHash: obj({ minimumRingSize: uint64 }),
      useSourceIp: bool,
    },
    {
      allOf: [
        atMostOne('httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'),
        atMostOne('ringHash', 'maglev'),
      ],
    },
  )
}

function outlierDetection() {
  return obj({
    baseEjectionTime: duration,
    consecutive5xxErrors: nullable(uint32),
    consecutiveErrors: int32,
    consecutiveGatewayErrors: nullable(uint32),
    consecutiveLocalOriginFailures: nullable(uint32),
    interval: duration,
    maxEjectionPercent: int32,
    minHealthPercent: int32,
    splitExternalLocalOriginErrors: bool,
  })
}

function clientTls() {
  return obj({
    caCertificates: str,
    caCrl: str,
    clientCertificate: str,
    credentialName: str,
    insecureSkipVerify: nullable(bool),
    mode: choice('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
    privateKey: str,
    sni: str,
    subjectAltNames: strings,
  })
}
