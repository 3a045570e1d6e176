import type { Fields } from '../../k8s/object.ts'
import { each, first, given, givenAs, map, print, quoted, raw, sorted, truth, wholeNumber } from '../words.ts'
import type { Gateway } from './gateway.ts'

/** Where gateway pods may run: on the architectures and nodes that are chosen, away from the pods that are named. */
export function affinity({ settings: g, values: { global } }: Gateway): Fields {
  const architectures = sorted(global.arch)
    .map(([name, weight]) => ({ name, weight: wholeNumber(weight) }))
    .filter(({ weight }) => weight > 0)
  const required = [
    ...(truth(global.arch) ? [architecture(given(architectures.map(({ name }) => name)) ?? null)] : []),
    ...sorted(first(g.nodeSelector, global.defaultNodeSelector)).map(([key, value]) => ({
      key: raw(key),
      operator: 'In',
      values: [quoted(value)],
    })),
  ]
  const preferred = architectures.map(({ name, weight }) => ({
    weight,
    preference: { matchExpressions: [architecture([name])] },
  }))
  const apart = truth(g.podAntiAffinityLabelSelector) || truth(g.podAntiAffinityTermLabelSelector)
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution:
        required.length > 0 ? { nodeSelectorTerms: [{ matchExpressions: required }] } : null,
      preferredDuringSchedulingIgnoredDuringExecution: given(preferred) ?? null,
    },
    podAntiAffinity: apart
      ? {
          requiredDuringSchedulingIgnoredDuringExecution: givenAs(g.podAntiAffinityLabelSelector, (terms) =>
            each(terms).map((term) => ({ ...podTerm(term), namespaces: givenAs(map(term).namespaces, parts) })),
          ),
          preferredDuringSchedulingIgnoredDuringExecution: givenAs(g.podAntiAffinityTermLabelSelector, (terms) =>
            each(terms).map((term) => ({ weight: 100, podAffinityTerm: podTerm(term) })),
          ),
        }
      : undefined,
  }
}

function architecture(values: unknown): Fields {
  return { key: 'kubernetes.io/arch', operator: 'In', values }
}

/** A term as the values write it: the one expression of its selector lies flat beside the topology. */
function podTerm(term: unknown): Fields {
  const { key, operator, values, topologyKey } = map(term)
  return {
    labelSelector: {
      matchExpressions: [{ key: raw(key), operator: raw(operator), values: givenAs(values, parts) }],
    },
    topologyKey: raw(topologyKey),
  }
}

/** The parts between commas. The charts walk them by name (`_0`, `_1`, `_10`, `_2`), so from ten on the order jumps. */
function parts(value: unknown): unknown[] {
  const named = Object.fromEntries(
    print(value)
      .split(',')
      .map((part, index) => [`_${index}`, part]),
  )
  return sorted(named).map(([, part]) => part)
}
