import { findCharts } from '../commands/chart-package.ts' // on demand
import type { Outcome } from '../commands/outcome.ts'
import { renderMesh } from '../pipeline.ts'
import { isError, type Problem } from '../problem.ts'
import { judge, unusedSuppressions } from '../problems/judge.ts'
import { planesOf } from '../stages/1-read.ts'
import { decodeText } from '../yaml/read.ts'
import { namesFunction } from './krm/annotations.ts'
import { isObject, keptItems, withoutEarlierOutput } from './krm/earlier-output.ts'
import { settingsOf } from './krm/function-config.ts'
import { operatorsOf, profileItems } from './krm/operators.ts'
import { placeInFiles } from './krm/package-files.ts'
import { itemText, marked, readList, writeList } from './krm/resource-list.ts'
import { results, summary } from './krm/results.ts'

/**
 * The KRM function: a ResourceList in, the same list out with the mesh of its IstioOperators in place of what an
 * earlier run left. When anything is wrong the items go back as they came, and the exit code says so; when it is only
 * asked to validate they go back either way.
 *
 * Where kustomize runs it, what was done is a notice as well: kustomize drops results, and prints nothing at all where a
 * flag keeps it from running functions, so that a line is how one sees that this one ran.
 */
export function runFunction(input: Uint8Array): Outcome {
  const first = judge()
  const text = decodeText(input, 'stdin', first.report)
  const list = text === undefined ? undefined : readList(text, first.report)
  if (!list) return { stdout: '', problems: first.problems, exitCode: 1 }

  const operators = operatorsOf(list)
  const settings = settingsOf(list, first.report)
  const { problems, suppressed, report, failed } = judge(settings)
  for (const problem of first.problems) report(problem)
  const { planes, profiles } = planesOf(operators)
  if (planes.length === 0) report(noOperator())
  const sorted = withoutEarlierOutput(list.items, operators)
  const present = sorted.foreign.flatMap(({ value }) => (isObject(value) ? [value] : []))
  const answer = failed()
    ? { objects: [], problems: [], suppressed: [] }
    : renderMesh({
        planes,
        settings,
        profiles: profileItems(operators, profiles),
        // The annotation that names an item's file is as little to be trusted as the item.
        charts: { find: (path, asking, report) => findCharts(path, { ...asking, file: undefined }, report) },
        present,
      })
  const kept = keptItems(sorted, answer.objects, report)
  if (!failed() && !answer.problems.some(isError)) {
    for (const problem of unusedSuppressions(settings.problems, [...suppressed, ...answer.suppressed])) report(problem)
  }
  const all = [...problems, ...answer.problems]
  if (all.some(isError)) {
    return {
      stdout: writeList(list, list.items.map(itemText), [], results(all, list)),
      problems: all,
      exitCode: 1,
    }
  }
  const done = summary(answer.objects, settings.mode)
  const told = [...results(all, list), done]
  const notice = namesFunction(list.functionConfig) ? done.message : undefined
  if (settings.mode === 'validate') {
    return { stdout: writeList(list, list.items.map(itemText), [], told), problems: all, notice, exitCode: 0 }
  }
  const placed = placeInFiles(answer.objects, operators, kept)
  return { stdout: writeList(list, kept.map(marked), placed, told), problems: all, notice, exitCode: 0 }
}

function noOperator(): Problem {
  return {
    code: 'no-operator',
    severity: 'error',
    message: 'the ResourceList must hold an IstioOperator, as an item or as the functionConfig; there is none',
    at: { file: 'stdin', line: 1, col: 1 },
    hint: 'kpt and kustomize pass what the package or `resources:` hold; put the IstioOperator there.',
  }
}
