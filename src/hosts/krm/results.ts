import { map } from '../../components/words.ts'
import type { MeshObject } from '../../pipeline.ts'
import type { Problem } from '../../problem.ts'
import { byImportance, placeText, sentence } from '../../problem-text.ts'
import type { Document } from '../../yaml/document.ts'

/** Problems in the form of the KRM Functions Specification; hosts drop files and tags, so the message says it all. */
export function results(problems: readonly Problem[], operators: readonly Document[]): unknown[] {
  const value = map(operators[0]?.value)
  const { name, namespace } = map(value.metadata)
  const resourceRef = value.kind ? { apiVersion: value.apiVersion, kind: value.kind, name, namespace } : undefined
  return byImportance(problems).map((problem) => ({
    message: `${problem.at ? `${placeText(problem.at)}: ` : ''}${sentence(problem)}`,
    severity: problem.severity,
    resourceRef: problem.path && resourceRef,
    field: problem.path && resourceRef ? { path: problem.path } : undefined,
    file: problem.at ? { path: problem.at.file } : undefined,
    tags: { code: problem.code },
  }))
}

/** What was rendered, for people and for bots that comment on a change. */
export function summary(objects: readonly MeshObject[]): unknown {
  const counts = new Map<string, number>()
  for (const { object } of objects) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1)
  const kinds = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`)
  return { message: `rendered ${objects.length} objects: ${kinds.join(', ')}`, severity: 'info' }
}
