import { type KubeObject, object } from '../../k8s/object.ts'
import { toPrettyJson } from '../../yaml/go-yaml.ts'
import { istiodLabels, revisioned } from './names.ts'
import type { IstiodContext } from './values.ts'

/** The ConfigMap that records the values, as they were given and as they came out of the merge. Nothing reads it. */
export function valuesConfig(context: IstiodContext): KubeObject[] {
  const { values: v, given, namespace } = context
  return [
    object(
      'ConfigMap',
      {
        name: revisioned('values', v),
        namespace,
        labels: istiodLabels(context),
        annotations: { 'kubernetes.io/description': description },
      },
      { data: { 'original-values': toPrettyJson(given), 'merged-values': toPrettyJson(v) } },
    ),
  ]
}

/** Istio's own words: whoever compares with istioctl's output compares this too. */
const description = [
  'This ConfigMap contains the Helm values used during chart rendering.',
  'This ConfigMap is rendered for debugging purposes and external tooling;',
  'modifying these values has no effect.',
].join(' ')
