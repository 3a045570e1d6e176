import { type KubeObject, object } from '../../k8s/object.ts'
import { admit, commonLabels, each, first, map, ownerLabels, print, raw, tcp, truth, withRevision } from '../words.ts'
import type { Gateway } from './gateway.ts'

/** Lets health checks, metrics and the gateway's own ports in, when policies are asked for. */
export function networkPolicy({ settings: g, direction, values: v, namespace, version }: Gateway): KubeObject[] {
  if (!truth(map(v.global.networkPolicy).enabled)) return []
  return [
    object(
      'NetworkPolicy',
      {
        name: raw(withRevision(print(g.name), v.revision)),
        namespace,
        labels: {
          app: raw(g.name),
          ...ownerLabels(direction.component, v),
          istio: direction.istio,
          release: 'istio',
          'app.kubernetes.io/name': direction.app,
          ...commonLabels(direction.chart, version),
        },
      },
      {
        spec: admit(
          g.labels,
          [tcp(15021)],
          [tcp(15020), tcp(15090)],
          ...each(g.ports)
            .map(map)
            .map(({ protocol, targetPort, port }) => [
              { protocol: raw(first(protocol, 'TCP')), port: raw(first(targetPort, port)) },
            ]),
        ),
      },
    ),
  ]
}
