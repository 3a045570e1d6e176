import { identity, isMap, type KubeObject } from '../../k8s/object.ts'
import type { MeshObject } from '../../pipeline.ts'
import type { Problem, Report } from '../../problem.ts'
import { operatorName } from '../../stages/1-read.ts'
import type { Document } from '../../yaml/document.ts'
import { annotationsOf, fileOf, ownerAnnotation } from './annotations.ts'
import type { Item } from './resource-list.ts'

/** The items of a list by who is answerable for them. */
export interface Sorted {
  /** Items of somebody else's, and the IstioOperators. */
  readonly foreign: readonly Item[]
  /** What this function rendered for an IstioOperator that is not in the list. */
  readonly orphans: readonly Item[]
}

/** What stays of a list's items when the output of an earlier run for its IstioOperators is left out. */
export function withoutEarlierOutput(items: readonly Item[], operators: readonly Document[]): Sorted {
  const owners = new Set(operators.map(({ value }) => operatorName(value)))
  const foreign = items.filter(({ value }) => ownerOf(value) === undefined)
  const orphans = items.filter(({ value }) => ownerOf(value) !== undefined && !owners.has(ownerOf(value) ?? ''))
  return { foreign, orphans }
}

/**
 * The items to hand back beside what was rendered. An orphan that is rendered again has a new owner; the others stay,
 * as their IstioOperator may only be out of sight.
 *
 * Reports `already-there` for what somebody else's items hold too, and `owner-gone`, a warning, once an owner.
 */
export function keptItems({ foreign, orphans }: Sorted, rendered: readonly MeshObject[], report: Report): Item[] {
  const ours = new Set(rendered.map(({ object }) => identity(object)))
  for (const { value } of foreign) if (isObject(value) && ours.has(identity(value))) report(alreadyThere(value))
  const left = orphans.filter(({ value }) => !(isObject(value) && ours.has(identity(value))))
  const gone = new Map(left.map((item) => [ownerOf(item.value), item]))
  for (const [owner, item] of gone) report(ownerGone(owner ?? '', item.value))
  return [...foreign, ...left]
}

/** An item that is an object of Kubernetes. */
export function isObject(value: unknown): value is KubeObject {
  return isMap(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string' && isMap(value.metadata)
}

function ownerOf(value: unknown): string | undefined {
  const owner = annotationsOf(value)[ownerAnnotation]
  return typeof owner === 'string' ? owner : undefined
}

function alreadyThere(object: KubeObject): Problem {
  return {
    code: 'already-there',
    severity: 'error',
    message: `the list must not hold ${object.kind} "${object.metadata.name}" beside the one that is rendered`,
    at: { file: fileOf(object) ?? 'stdin', line: 1, col: 1 },
    hint: 'remove the file, or switch off what renders it.',
  }
}

function ownerGone(owner: string, value: unknown): Problem {
  return {
    code: 'owner-gone',
    severity: 'warning',
    message: `the list must hold the IstioOperator "${owner}", for which objects in it were rendered`,
    at: { file: fileOf(value) ?? 'stdin', line: 1, col: 1 },
    hint: 'if it was removed on purpose, remove the folder with its objects too.',
  }
}
