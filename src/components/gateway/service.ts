import { type KubeObject, object } from '../../k8s/object.ts'
import { each, given, givenAs, map, mapped, quoted, raw, text, truth } from '../words.ts'
import type { Gateway } from './gateway.ts'
import { gatewayLabels } from './labels.ts'

/** The Service in front of the gateway, unless the user brings one. */
export function service(gateway: Gateway): KubeObject[] {
  const { settings: g, direction, namespace } = gateway
  if (truth(g.customService)) return []
  const ports = [
    ...each(g.ports).map((port) => given(mapped(port, raw)) ?? null),
    ...each(g[direction.extraPorts]).map((extra) => ({ port: raw(map(extra).port), name: raw(map(extra).name) })),
  ]
  return [
    object(
      'Service',
      {
        name: raw(g.name),
        namespace,
        labels: gatewayLabels(gateway),
        annotations: given(mapped(g.serviceAnnotations, quoted)) ?? null,
      },
      {
        spec: {
          loadBalancerIP: givenAs(g.loadBalancerIP, text),
          loadBalancerSourceRanges: given(g.loadBalancerSourceRanges),
          externalTrafficPolicy: givenAs(g.externalTrafficPolicy, raw),
          type: raw(g.type),
          selector: g.labels,
          ports: given(ports) ?? null,
          ipFamilyPolicy: givenAs(g.ipFamilyPolicy, raw),
          ipFamilies: givenAs(g.ipFamilies, (families) => each(families).map(raw)),
        },
      },
    ),
  ]
}
