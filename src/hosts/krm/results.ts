import { map } from '../../components/words.ts'
import { isOperator } from '../../istio/operator.ts'
import type { MeshObject } from '../../pipeline.ts'
import type { Position, Problem } from '../../problem.ts'
import { byImportance, placeText, sentence } from '../../problem-text.ts'
import { isInFile } from '../../problems/told.ts'
import type { Settings } from '../../settings.ts'
import { annotationsOf, indexAnnotations } from './annotations.ts'
import type { ResourceList } from './resource-list.ts'

/**
 * Problems in the form of the KRM Functions Specification, the gravest first, since hosts cut what is long. Hosts show
 * neither files nor tags, so that the message says it all; a field is only told of with the resource that it is in.
 */
export function results(problems: readonly Problem[], list: ResourceList): unknown[] {
  return byImportance(problems).map((problem) => {
    const { at, path, severity, code } = problem
    const resource = resourceOf(at, list)
    const resourceRef = path === undefined ? undefined : reference(resource)
    return {
      message: `${at ? `${placeText(at)}: ` : ''}${sentence(problem)}`,
      severity,
      resourceRef,
      field: resourceRef && {
        path,
        currentValue: fieldText(problem.value),
        proposedValue: fieldText(problem.proposed),
      },
      file: at && isInFile(at) ? { path: at.file, index: indexOf(resource) } : undefined,
      tags: { code },
    }
  })
}

/** What a problem is about; without a place in an item it can only be the one IstioOperator that there is. */
function resourceOf(at: Position | undefined, { items, functionConfig }: ResourceList): unknown {
  if (at?.item === 'functionConfig') return functionConfig
  if (at?.item !== undefined) return items[at.item]?.value
  const operators = [functionConfig, ...items.map(({ value }) => value)].filter(isOperator)
  return operators.length === 1 ? operators[0] : undefined
}

function reference(resource: unknown) {
  const { apiVersion, kind, metadata } = map(resource)
  const { name, namespace } = map(metadata)
  if (!isText(apiVersion) || !isText(kind) || !isText(name)) return undefined
  return { apiVersion, kind, name, namespace: isText(namespace) ? namespace : undefined }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Of a field's values kpt keeps texts only. */
function fieldText(value: unknown): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : String(value)
}

/** Which document of its file an item is. */
function indexOf(resource: unknown): number | undefined {
  const annotations = annotationsOf(resource)
  const index = annotations[indexAnnotations[0]] ?? annotations[indexAnnotations[1]]
  return /^\d+$/.test(String(index)) ? Number(index) : undefined
}

/** What was rendered, for people and for bots that comment on a change. */
export function summary(objects: readonly MeshObject[], mode: Settings['mode'] = 'render') {
  const counts = new Map<string, number>()
  for (const { object } of objects) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1)
  const kinds = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`)
  const did = mode === 'render' ? 'rendered' : 'valid, for'
  return { message: `${did} ${objects.length} objects: ${kinds.join(', ')}`, severity: 'info' }
}
