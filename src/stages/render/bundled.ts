import { chartValues } from '../../components/values.ts'
import { Unprintable, valueAt } from '../../components/words.ts'
import { type Fields, isMap } from '../../k8s/object.ts'
import { dotted, type Path, type Problem, type Report } from '../../problem.ts'
import type { Resolved } from '../2-resolve.ts'
import type { Renderer } from '../4-render.ts'
import { leafPaths } from './leaf-paths.ts'

/** The objects of an entry from the renderer that comes with the program, from the values as its chart would read them. */
export const renderBundled: Renderer = (entry, { resolved, settings, bundle }, report) => {
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
    return component.render(context)
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error
    stop(unprintable(error.value, resolved))
    return []
  }
}

function at(values: Fields, path: string): unknown {
  return valueAt(values, path.split('.'))
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
