import { type KubeObject, list, object } from '../../k8s/object.ts'
import { raw, truth, wholeNumber } from '../words.ts'
import type { Gateway, GatewaySettings } from './gateway.ts'
import { gatewayLabels } from './labels.ts'

/** Whether the gateway is scaled by its load. */
export function isAutoscaled(g: GatewaySettings): boolean {
  return truth(g.autoscaleEnabled) && truth(g.autoscaleMin) && truth(g.autoscaleMax)
}

/** How many gateway pods there are, and how many must stay. Only the CPU's use scales a gateway. */
export function availability(gateway: Gateway): KubeObject[] {
  const { settings: g, values: v, namespace } = gateway
  const metadata = { name: raw(g.name), namespace, labels: gatewayLabels(gateway) }
  const replicas = wholeNumber(truth(g.autoscaleEnabled) ? g.autoscaleMin : g.replicaCount)
  return list(
    isAutoscaled(g) &&
      object('HorizontalPodAutoscaler', metadata, {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
          minReplicas: raw(g.autoscaleMin),
          maxReplicas: raw(g.autoscaleMax),
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: raw(g.cpu.targetAverageUtilization) },
              },
            },
          ],
        },
      }),
    // A budget over a single replica would block every drain of its node.
    truth(v.global.defaultPodDisruptionBudget.enabled) &&
      replicas > 1 &&
      object('PodDisruptionBudget', metadata, { spec: { minAvailable: 1, selector: { matchLabels: g.labels } } }),
  )
}
