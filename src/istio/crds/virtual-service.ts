import {
  atMostOne,
  bool,
  bytes,
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
} from '../../k8s/schema.ts'
import { age, column, define } from './definition.ts'
import { destination } from './destination.ts'
import { duration } from './scalars.ts'

/** How requests and connections for a host are routed. */
export const virtualService = define({
  group: 'networking.istio.io',
  kind: 'VirtualService',
  plural: 'virtualservices',
  shortNames: ['vs'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  columns: [column('Gateways', '.spec.gateways'), column('Hosts', '.spec.hosts'), age],
  spec: () => obj({ exportTo: strings, gateways: strings, hosts: strings, http: http(), tcp: tcp(), tls: tls() }),
})

function http() {
  const stringMatch = obj({ exact: str, prefix: str, regex: str }, atMostOne('exact', 'prefix', 'regex'))
  const percentage = obj({ value: double })
  const headerOperations = obj({ add: map(str), remove: strings, set: map(str) })
  const headers = obj({ request: headerOperations, response: headerOperations })
  return list(
    obj({
      corsPolicy: obj({
        allowCredentials: nullable(bool),
        allowHeaders: strings,
        allowMethods: strings,
        allowOrigin: strings,
        allowOrigins: list(stringMatch),
        exposeHeaders: strings,
        maxAge: duration,
        unmatchedPreflights: choice('UNSPECIFIED', 'FORWARD', 'IGNORE'),
      }),
      delegate: obj({ name: str, namespace: str }),
      directResponse: obj(
        { body: obj({ bytes, string: str }, atMostOne('string', 'bytes')), status: uint32 },
        req('status'),
      ),
      fault: obj({
        abort: obj(
          { grpcStatus: str, http2Error: str, httpStatus: int32, percentage },
          atMostOne('httpStatus', 'grpcStatus', 'http2Error'),
        ),
        delay: obj(
          { exponentialDelay: duration, fixedDelay: duration, percent: int32, percentage },
          atMostOne('fixedDelay', 'exponentialDelay'),
        ),
      }),
      headers,
      match: list(
        obj({
          authority: stringMatch,
          gateways: strings,
          headers: map(stringMatch),
          ignoreUriCase: bool,
          method: stringMatch,
          name: str,
          port: uint32,
          queryParams: map(stringMatch),
          scheme: stringMatch,
          sourceLabels: map(str),
          sourceNamespace: str,
          statPrefix: str,
          uri: stringMatch,
          withoutHeaders: map(stringMatch),
        }),
      ),
      mirror: destination,
      // The older spelling of `mirrorPercent`.
      mirror_percent: nullable(uint32),
      mirrorPercent: nullable(uint32),
      mirrorPercentage: percentage,
      mirrors: list(obj({ destination, percentage }, req('destination'))),
      name: str,
      redirect: obj(
        {
          authority: str,
          derivePort: choice('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'),
          port: uint32,
          redirectCode: uint32,
          scheme: str,
          uri: str,
        },
        atMostOne('port', 'derivePort'),
      ),
      retries: obj({
        attempts: int32,
        backoff: duration,
        perTryTimeout: duration,
        retryIgnorePreviousHosts: nullable(bool),
        retryOn: str,
        retryRemoteLocalities: nullable(bool),
      }),
      rewrite: obj({ authority: str, uri: str, uriRegexRewrite: obj({ match: str, rewrite: str }) }),
      route: list(obj({ destination, headers, weight: int32 }, req('destination'))),
      timeout: duration,
    }),
  )
}

function tcp() {
  return list(obj({ match: list(obj({ ...connection(), sourceSubnet: str })), route: weightedRoute() }))
}

function tls() {
  const match = list(obj({ ...connection(), sniHosts: strings }, req('sniHosts')))
  return list(obj({ match, route: weightedRoute() }, req('match')))
}

/** What can be matched of a connection whose requests stay unread. */
function connection() {
  return {
    destinationSubnets: strings,
    gateways: strings,
    port: uint32,
    sourceLabels: map(str),
    sourceNamespace: str,
  }
}

function weightedRoute() {
  return list(obj({ destination, weight: int32 }, req('destination')))
}
