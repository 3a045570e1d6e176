import { type Fields, type KubeObject, list, object } from '../../k8s/object.ts'
import { given, givenAs, map, raw, truth, wholeNumber } from '../words.ts'
import { istiodLabels, podSelector, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** Whether the number of istiod's pods follows their load. */
export function isAutoscaled(v: IstiodValues): boolean {
  return truth(v.autoscaleEnabled) && truth(v.autoscaleMin) && truth(v.autoscaleMax)
}

/** Whether a drain of nodes must leave some of istiod's pods; over a single one it would be blocked for ever. */
export function hasBudget(v: IstiodValues): boolean {
  const replicas = wholeNumber(truth(v.autoscaleEnabled) ? v.autoscaleMin : v.replicaCount)
  return truth(map(v.global.defaultPodDisruptionBudget).enabled) && replicas > 1
}

/** How many istiod pods there are, and how many must stay. */
export function availability(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  const name = revisioned('istiod', v)
  const labels = { app: 'istiod', ...istiodLabels(context) }
  return list(
    isAutoscaled(v) &&
      object(
        'HorizontalPodAutoscaler',
        { name, namespace, labels },
        {
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
            minReplicas: raw(v.autoscaleMin),
            maxReplicas: raw(v.autoscaleMax),
            metrics: list(
              utilization('cpu', v.cpu.targetAverageUtilization),
              truth(map(v.memory).targetAverageUtilization) &&
                utilization('memory', map(v.memory).targetAverageUtilization),
            ),
            behavior: given(v.autoscaleBehavior),
          },
        },
      ),
    hasBudget(v) &&
      object(
        'PodDisruptionBudget',
        { name, namespace, labels: { ...labels, istio: 'pilot' } },
        {
          spec: {
            ...allowance(v.pdb),
            unhealthyPodEvictionPolicy: givenAs(v.pdb.unhealthyPodEvictionPolicy, raw),
            selector: { matchLabels: podSelector(v) },
          },
        },
      ),
  )
}

function utilization(name: 'cpu' | 'memory', target: unknown): Fields {
  return {
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization: raw(target) } },
  }
}

/** The one limit of a budget: the default `minAvailable` gives way as soon as `maxUnavailable` is mentioned at all. */
function allowance(pdb: IstiodValues['pdb']): Fields {
  return truth(pdb.minAvailable) && !('maxUnavailable' in pdb)
    ? { minAvailable: raw(pdb.minAvailable) }
    : { maxUnavailable: givenAs(pdb.maxUnavailable, raw) }
}
