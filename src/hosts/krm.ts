import type { Outcome } from '../commands/outcome.ts'
import { identity, isMap, type KubeObject } from '../k8s/object.ts'
import { type MeshObject, renderMesh } from '../pipeline.ts'
import { judge, type Problem } from '../problem.ts'
import { planesOf } from '../stages/1-read.ts'
import { decodeText } from '../yaml/read.ts'
import { annotationsOf, fileOf, ownerAnnotation } from './krm/annotations.ts'
import { settingsOf } from './krm/function-config.ts'
import { operatorsOf, profileItems } from './krm/operators.ts'
import { placeInFiles } from './krm/package-files.ts'
import { itemText, marked, readList, writeList } from './krm/resource-list.ts'
import { results, summary } from './krm/results.ts'

/**
 * The KRM function: a ResourceList in, the same list out with the mesh of its IstioOperators in place of what an
 * earlier run left. When anything is wrong the items go back as they came, and the exit code says so.
 */
export function runFunction(input: Uint8Array): Outcome {
  const first = judge(undefined)
  const text = decodeText(input, 'stdin', first.report)
  const list = text === undefined ? undefined : readList(text, first.report)
  if (!list) return { stdout: '', problems: first.problems, exitCode: 1 }

  const operators = operatorsOf(list)
  const settings = settingsOf(list, first.report)
  const { problems, report, failed } = judge(settings.compat)
  for (const problem of first.problems) report(problem)
  const { planes, profiles } = planesOf(operators)
  if (planes.length === 0) report(noOperator())
  const owners = new Set(planes.map(({ owner }) => owner))
  const kept = list.items.filter(({ value }) => !owners.has(String(annotationsOf(value)[ownerAnnotation])))
  const present = kept.flatMap(({ value }) => (isObject(value) ? [value] : []))
  const answer = failed()
    ? { objects: [], problems: [] }
    : renderMesh({ planes, settings, profiles: profileItems(operators, profiles), present })
  for (const twice of alsoRendered(present, answer.objects)) report(twice)
  const all = [...problems, ...answer.problems]
  if (all.some(({ severity }) => severity === 'error')) {
    return {
      stdout: writeList(list, list.items.map(itemText), [], results(all, operators)),
      problems: all,
      exitCode: 1,
    }
  }
  const placed = placeInFiles(answer.objects, operators, kept)
  const told = [...results(all, operators), summary(answer.objects)]
  return { stdout: writeList(list, kept.map(marked), placed, told), problems: all, exitCode: 0 }
}

/** Items of somebody else's that are rendered too: no engine can apply both. */
function alsoRendered(present: readonly KubeObject[], rendered: readonly MeshObject[]): Problem[] {
  const ours = new Set(rendered.map(({ object }) => identity(object)))
  return present
    .filter((object) => ours.has(identity(object)))
    .map((object) => ({
      code: 'already-there',
      severity: 'error',
      message: `the list must not hold ${object.kind} "${object.metadata.name}" beside the one that is rendered`,
      at: { file: fileOf(object) ?? 'stdin', line: 1, col: 1 },
      hint: 'remove the file, or switch off what renders it.',
    }))
}

function isObject(value: unknown): value is KubeObject {
  return isMap(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string' && isMap(value.metadata)
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
