import { type Fields, isMap } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'
import { labelSelector, nodeSelector } from './validators.js'

const gateways = ['istio-ingressgateway', 'istio-egressgateway']
const terms = ['podAntiAffinityLabelSelector', 'podAntiAffinityTermLabelSelector']

/** Values that istioctl holds against something else than what the charts make of them. */
const fields: readonly { readonly path: Path; readonly needs: string; readonly fits: (value: unknown) => boolean }[] = [
  ...gateways.flatMap((gateway) =>
    terms.map((term) => ({
      path: ['gateways', gateway, term],
      needs: 'label selectors',
      fits: (value: unknown) => Array.isArray(value) && value.every((item) => isMap(item) && !labelSelector(item, '')),
    })),
  ),
  {
    path: ['global', 'waypoint', 'nodeSelector'],
    needs: 'a selector with `nodeSelectorTerms`',
    fits: (value) => isMap(value) && !nodeSelector(value, ''),
  },
  {
    path: ['pilot', 'extraContainerArgs'],
    needs: 'a list of maps',
    fits: (value) => Array.isArray(value) && value.every(isMap),
  },
]

/** A value that istioctl would refuse, and what it wants there. */
export interface DecodedOtherwise {
  readonly path: Path
  readonly needs: string
}

/** The values that istioctl would refuse although the charts read them well, and what it wants there instead. */
export function decodedOtherwise(operator: Fields): DecodedOtherwise[] {
  return fields.flatMap(({ path, needs, fits }) => {
    const whole = ['spec', 'values', ...path]
    const value = whole.reduce<unknown>((here, step) => (isMap(here) ? here[step] : undefined), operator)
    return value === undefined || value === null || fits(value) ? [] : [{ path: whole, needs }]
  })
}
