import { atMostOne, choice, exclusive, freeform, int32, list, map, obj, rule, str, uint32 } from '../../k8s/schema.ts'
import { define } from './definition.ts'
import { port } from './scalars.ts'
import { targetRefs } from './target-reference.ts'
import { networkingSelector } from './workload-selector.ts'

/** Patches of the configuration that proxies receive. */
export const envoyFilter = define({
  group: 'networking.istio.io',
  kind: 'EnvoyFilter',
  plural: 'envoyfilters',
  versions: ['v1alpha3'],
  spec: () =>
    obj(
      {
        configPatches: list(
          obj({
            applyTo: choice(
              'INVALID',
              'LISTENER',
              'FILTER_CHAIN',
              'NETWORK_FILTER',
              'HTTP_FILTER',
              'ROUTE_CONFIGURATION',
              'VIRTUAL_HOST',
              'HTTP_ROUTE',
              'CLUSTER',
              'EXTENSION_CONFIG',
              'BOOTSTRAP',
              'LISTENER_FILTER',
            ),
            match: match(),
            patch: obj({
              filterClass: choice('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
              operation: choice(
                'INVALID',
                'MERGE',
                'ADD',
                'REMOVE',
                'INSERT_BEFORE',
                'INSERT_AFTER',
                'INSERT_FIRST',
                'REPLACE',
              ),
              value: freeform,
            }),
          }),
        ),
        priority: int32,
        targetRefs,
        workloadSelector: networkingSelector,
      },
      exclusive('only one of targetRefs or workloadSelector can be set', 'workloadSelector', 'targetRefs'),
    ),
})

function match() {
  const filter = obj({ name: str, subFilter: obj({ name: str }) })
  return obj(
    {
      cluster: obj({ name: str, portNumber: uint32, service: str, subset: str }),
      context: choice('ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'GATEWAY', 'WAYPOINT'),
      listener: obj({
        filterChain: obj({
          applicationProtocols: str,
          destinationPort: uint32,
          filter,
          name: str,
          sni: str,
          transportProtocol: str,
        }),
        listenerFilter: str,
        name: str,
        portName: str,
        portNumber: uint32,
      }),
      proxy: obj({ metadata: map(str), proxyVersion: str }),
      routeConfiguration: obj({
        gateway: str,
        name: str,
        portName: str,
        portNumber: uint32,
        vhost: obj({
          domainName: str,
          name: str,
          route: obj({ action: choice('ANY', 'ROUTE', 'REDIRECT', 'DIRECT_RESPONSE'), name: str }),
        }),
      }),
      waypoint: obj({ filter, portNumber: port, route: obj({ name: str }) }),
    },
    atMostOne('listener', 'routeConfiguration', 'cluster', 'waypoint'),
    rule(
      'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)',
      'only support waypointMatch when context is WAYPOINT',
    ),
  )
}
