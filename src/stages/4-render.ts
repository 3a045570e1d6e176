import { activeChanges, changeObject, changeValues } from '../gitops/index.ts'
import type { Bundle } from '../istio/bundle.ts'
import type { KubeObject } from '../k8s/object.ts'
import { dotted, type Problem, type Report } from '../problem.ts'
import type { Settings } from '../settings.ts'
import type { Resolved } from './2-resolve.ts'
import { renderBundled } from './render/bundled.ts'
import { remoteEntries, renderCharted } from './render/charted.ts' // on demand
import { checkGatewayLists, type Entry, enabledEntries } from './render/entries.ts'
import type { Rendered } from './stage.ts'
import { writtenPath } from './validate/rules/rule.ts'

/** What one entry became, with the entry itself for the patches that it asks for. */
export interface RenderedEntry {
  readonly entry: Entry
  readonly objects: readonly Rendered[]
}

/**
 * Stage 4: every component that is on, through its renderer, from the values as its chart would read them.
 *
 * Reports what Istio's charts themselves refuse: blocks of values that were emptied although they are read, removed
 * settings, values that break the manifest in which they stand. With charts of the user's, what `renderChart` reports.
 */
export function render(resolved: Resolved, settings: Settings, bundle: Bundle, report: Report): RenderedEntry[] {
  const active = activeChanges(settings)
  checkGatewayLists(resolved, (problem) => report(placed(problem, resolved)))
  const besides = resolved.charts ? remoteEntries(resolved) : []
  return [...enabledEntries(resolved), ...besides].map((asked) => {
    const entry = changeValues(asked, resolved, active)
    const tell: Report = (problem) => report(placed(problem, resolved))
    const renderer = resolved.charts?.of(entry.component.spec) ? renderCharted : renderBundled
    const objects = renderer(entry, { resolved, settings, bundle }, tell).map((object) =>
      rendered(object, entry, resolved),
    )
    return { entry, objects: objects.map((one) => ({ ...one, object: changeObject(one.object, active) })) }
  })
}

/** What a renderer may know besides the entry that it renders. */
export interface Rendering {
  readonly resolved: Resolved
  readonly settings: Settings
  readonly bundle: Bundle
}

/** Who makes objects of an entry: the renderers that come with the program, or a chart of the user's. */
export type Renderer = (entry: Entry, rendering: Rendering, report: Report) => readonly KubeObject[]

function rendered(object: KubeObject, { component, path }: Entry, resolved: Resolved): Rendered {
  return {
    component: component.name,
    owner: resolved.owner,
    revision: resolved.revision,
    path: dotted(path),
    place: () => resolved.locate(path),
    object,
  }
}

/** A problem that only knows where the charts find a value, with the path and the place at which the user wrote it. */
function placed(problem: Problem, resolved: Resolved): Problem {
  if (problem.at || problem.path === undefined) return problem
  const own = writtenPath(resolved.spec, problem.path.split('.'))
  const path = dotted(own)
  const message = problem.message.replace(`\`${problem.path}\``, () => `\`${path}\``)
  return { ...problem, path, message, at: resolved.locate(own, 'value') }
}
