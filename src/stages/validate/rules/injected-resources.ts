import { map } from '../../../components/words.ts'
import type { Path } from '../../../problem.ts'
import { amount } from './amount.ts'
import { firstWritten, quote, type Rule } from './rule.ts'

/** Resources of containers that istiod adds to pods, below `values.global`. */
const injected = [
  { block: 'proxy', what: 'every sidecar' },
  { block: 'proxy_init', what: 'the init container of every pod' },
  { block: 'waypoint', what: 'every waypoint' },
] as const

/**
 * Reports `request-above-limit` for what istiod injects: no object holds these numbers, and the API server refuses every
 * pod that gets them. Limits have defaults, so that a request alone can be above one.
 */
export const injectedResources: Rule = (subject, tell) => {
  const global = map(subject.effective('pilot')?.global)
  for (const { block, what } of injected) {
    const { requests, limits } = map(map(global[block]).resources)
    for (const [resource, limit] of Object.entries(map(limits))) {
      const request = map(requests)[resource]
      const [wanted, most] = [amount(request), amount(limit)]
      if (wanted === undefined || most === undefined || wanted <= most) continue
      const path = (kind: string): Path => ['spec', 'values', 'global', block, 'resources', kind, resource]
      tell({
        grade: 'mistake',
        code: 'request-above-limit',
        path: firstWritten(subject.resolved, path('requests'), path('limits')),
        must: `leave the request for ${resource} below its limit; ${what} asks for ${quote(request)} with a limit of ${quote(limit)}`,
        hint: `set both \`requests.${resource}\` and \`limits.${resource}\`; the API server refuses such a pod.`,
      })
    }
  }
}
