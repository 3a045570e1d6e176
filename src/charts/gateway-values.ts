import { map, truth, valueAt } from '../components/words.ts'
import type { Fields } from '../k8s/object.ts'

/**
 * Settings of a gateway in the installer's values (`values.gateways.istio-ingressgateway`), and what the chart `gateway`
 * calls the same, whose values know nothing of other components.
 */
const names: readonly (readonly [installer: string, chart: string])[] = [
  ['name', 'name'],
  ['labels', 'labels'],
  ['autoscaleEnabled', 'autoscaling.enabled'],
  ['autoscaleMin', 'autoscaling.minReplicas'],
  ['autoscaleMax', 'autoscaling.maxReplicas'],
  ['autoscaleBehavior', 'autoscaling.autoscaleBehavior'],
  ['cpu.targetAverageUtilization', 'autoscaling.targetCPUUtilizationPercentage'],
  ['memory.targetAverageUtilization', 'autoscaling.targetMemoryUtilizationPercentage'],
  ['replicaCount', 'replicaCount'],
  ['resources', 'resources'],
  ['podAnnotations', 'podAnnotations'],
  ['env', 'env'],
  ['nodeSelector', 'nodeSelector'],
  ['tolerations', 'tolerations'],
  ['topologySpreadConstraints', 'topologySpreadConstraints'],
  ['type', 'service.type'],
  ['ports', 'service.ports'],
  ['serviceAnnotations', 'service.annotations'],
  ['loadBalancerIP', 'service.loadBalancerIP'],
  ['loadBalancerSourceRanges', 'service.loadBalancerSourceRanges'],
  ['externalTrafficPolicy', 'service.externalTrafficPolicy'],
  ['ipFamilyPolicy', 'service.ipFamilyPolicy'],
  ['ipFamilies', 'service.ipFamilies'],
  ['serviceAccount.annotations', 'serviceAccount.annotations'],
]

/** The values of one gateway, of that name under `values.gateways`, for the chart `gateway`. */
export function gatewayValues(values: Fields, gateway: string): Fields {
  const own = map(map(values.gateways)[gateway])
  const global = map(values.global)
  const result: { [key: string]: unknown } = {
    ...(truth(values.revision) && { revision: values.revision }),
    ...(truth(global.imagePullPolicy) && { imagePullPolicy: global.imagePullPolicy }),
    ...(truth(global.imagePullSecrets) && {
      imagePullSecrets: (global.imagePullSecrets as readonly unknown[]).map((name) => ({ name })),
    }),
    ...(truth(global.platform) && { global: { platform: global.platform } }),
  }
  for (const [from, to] of names) {
    const value = valueAt(own, from.split('.'))
    if (value === undefined) continue
    const [head = '', rest] = to.split('.')
    result[head] = rest === undefined ? value : { ...map(result[head]), [rest]: value }
  }
  return result
}
