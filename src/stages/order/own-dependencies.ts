import { dependsOn, identityOfReference } from '../../engines/depends-on.ts'
import { isMap } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import type { EngineName } from '../stage.ts'
import { display } from './display.ts'
import type { ObjectEdge } from './edges.ts'
import type { Lookup } from './lookup.ts'

/**
 * What users say themselves: an overlay may give an object `config.kubernetes.io/depends-on`, which every engine then
 * honours, also those that don't read it.
 *
 * Reports `invalid-dependency` where the text names nothing, `unknown-dependency` where it names an object that is not
 * in the output; kpt would refuse both, the others don't notice.
 */
export function ownDependencies(lookup: Lookup, engine: EngineName, report: Report): ObjectEdge[] {
  return lookup.items.flatMap((from) => {
    const { annotations } = from.object.metadata
    const text = isMap(annotations) ? annotations[dependsOn] : undefined
    if (text === undefined || text === null) return []
    return String(text)
      .split(',')
      .flatMap((reference): ObjectEdge[] => {
        const identity = identityOfReference(reference.trim())
        const to = identity === undefined ? undefined : lookup.find(identity)
        if (to) return [{ from, to, reason: 'says that it depends on', healthy: true }]
        report({
          code: identity === undefined ? 'invalid-dependency' : 'unknown-dependency',
          severity: engine === 'kpt' ? 'error' : 'warning',
          message:
            identity === undefined
              ? `\`${dependsOn}\` of ${display(from.object)} must name objects as "group/namespaces/namespace/Kind/name" or "group/Kind/name"; "${reference.trim()}" is neither`
              : `\`${dependsOn}\` of ${display(from.object)} must name objects of this output; "${reference.trim()}" is none`,
          path: from.path,
          at: from.place?.(),
          hint: 'correct the annotation, or take it out.',
        })
        return []
      })
  })
}
