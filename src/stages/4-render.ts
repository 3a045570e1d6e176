import { chartValues } from '../components/values.ts'
import { map, Unprintable } from '../components/words.ts'
import { activeChanges, changeObject, changeValues } from '../gitops/index.ts'
import type { Bundle } from '../istio/bundle.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { dotted, type Path, type Problem, type Report } from '../problem.ts'
import type { Settings } from '../settings.ts'
import type { Resolved } from './2-resolve.ts'
import { checkGatewayLists, type Entry, enabledEntries } from './render/entries.ts'
import { leafPaths } from './render/leaf-paths.ts'
import type { Rendered } from './stage.ts'

/** What one entry became, with the entry itself for the patches that it asks for. */
export interface RenderedEntry {
  readonly entry: Entry
  readonly objects: readonly Rendered[]
}

/**
 * Stage 4: every component that is on, through its renderer, from the values as its chart would read them.
 *
 * Reports what Istio's charts themselves refuse: blocks of values that were emptied although they are read, removed
 * settings, values that break the manifest in which they stand.
 */
export function render(resolved: Resolved, settings: Settings, bundle: Bundle, report: Report): RenderedEntry[] {
  const active = activeChanges(settings)
  checkGatewayLists(resolved, (problem) => report(placed(problem, resolved)))
  return enabledEntries(resolved).map((asked) => {
    const entry = changeValues(asked, resolved, active)
    const objects = renderEntry(entry, resolved, settings, bundle, (problem) => report(placed(problem, resolved)))
    return { entry, objects: objects.map((one) => ({ ...one, object: changeObject(one.object, active) })) }
  })
}

function renderEntry(entry: Entry, resolved: Resolved, settings: Settings, bundle: Bundle, report: Report): Rendered[] {
  const { component } = entry
  let sound = true
  const stop: Report = (problem) => {
    sound &&= problem.severity !== 'error'
    report(problem)
  }
  const values = chartValues(component.chart, entry.values, stop)
  for (const block of component.blocks) {
    if (!isMap(at(values, block))) stop(missingBlock(block, component.chart.lifts, resolved.values))
  }
  if (!sound) return []
  const context = {
    values: values as never,
    given: entry.values,
    namespace: entry.namespace,
    kubeVersion: settings.kubeVersion ?? '1.32.0',
    ...bundle,
  }
  component.checks(context, stop)
  if (!sound) return []
  try {
    return component.render(context).map((object) => ({
      component: component.name,
      owner: resolved.owner,
      revision: resolved.revision,
      path: dotted(entry.path),
      place: () => resolved.locate(entry.path),
      object,
    }))
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error
    stop(unprintable(error.value, resolved))
    return []
  }
}

function at(values: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((here, key) => map(here)[key], values)
}

/** A problem that only knows its path, with the place where the user wrote it. */
function placed(problem: Problem, resolved: Resolved): Problem {
  if (problem.at || problem.path === undefined) return problem
  return { ...problem, at: resolved.locate(problem.path.split('.'), 'value') }
}

function missingBlock(block: string, lifts: string | undefined, values: Fields): Problem {
  const lifted = lifts !== undefined && at(values, `${lifts}.${block}`) !== undefined
  const path = lifted ? `spec.values.${lifts}.${block}` : `spec.values.${block}`
  return {
    code: 'values-block',
    severity: 'error',
    message: `\`${path}\` must be a map, as its members are read`,
    path,
    hint: 'leave it out to keep the defaults, or set the members that you mean; null takes the defaults away too.',
  }
}

function unprintable(value: string, resolved: Resolved): Problem {
  // Some texts are put together from several values, of which one holds what breaks the manifest.
  const [whole] = leafPaths(resolved.spec, (text) => text === value)
  const [part] = whole ? [] : leafPaths(resolved.spec, (text) => /["\\\n]/.test(text) && value.includes(text))
  const path: Path = ['spec', ...(whole ?? part ?? [])]
  return {
    code: 'unprintable-value',
    severity: 'error',
    message: `\`${dotted(path)}\` must not break out of its place in the manifest; "${value}" does`,
    path: dotted(path),
    at: resolved.locate(path, 'value'),
    hint: 'take the quotes, backslashes or line breaks out of the value.',
  }
}
