/**
 * Kubernetes' strategic merge patch, as an API server applies it.
 *
 * The types of the API tell how to merge: maps by key at every level, lists with a merge key item by item, other lists
 * as a whole. A kind whose type is not known gets a JSON merge patch (RFC 7386), in which every list is replaced.
 */
import { nearest, type Path } from '../problem.ts'
import {
  inOrder,
  isKey,
  isScalar,
  keyOf,
  type ListContext,
  type Merged,
  mergeKeyed,
  mergeScalars,
} from './merge-lists.ts'
import { type Fields, isMap } from './object.ts'
import { fieldShape, fieldsOf, isTypeName, type Shape, type TypeName } from './types.ts'

export { kindType } from './types.ts'

/** What is wrong with a patch, and where in it. */
export interface PatchMistake {
  /** An API server refuses the patch on an error; here, the part in which it stands is not applied. */
  readonly severity: 'error' | 'warning'
  readonly path: Path
  readonly message: string
  readonly hint?: string | undefined
}

export type PatchReport = (mistake: PatchMistake) => void

const retainKeys = '$retainKeys'
const elementOrder = '$setElementOrder/'
const deletion = '$deleteFromPrimitiveList/'

function isDirective(key: string): boolean {
  return key === '$patch' || key === retainKeys || key.startsWith(elementOrder) || key.startsWith(deletion)
}

/**
 * `original` with `patch` merged in, as an object of that type. Neither is changed. `null` deletes; the directives
 * `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are obeyed.
 *
 * Reports directives that are malformed or out of place, items without their merge key, maps and lists that the type
 * does not have there; and, as a warning, other fields that it does not have. Nulls stay in new items of lists and in
 * what is replaced as a whole, as with an API server. Directives, unlike there, never stay behind as fields.
 */
export function strategicMerge(
  type: TypeName | undefined,
  original: unknown,
  patch: unknown,
  report: PatchReport = () => {},
): unknown {
  if (isMap(patch)) return mergeMaps(type ?? 'any', isMap(original) ? original : {}, patch, { path: [], report })
  report({ severity: 'error', path: [], message: 'a patch must be a map' })
  return original
}

/** A place in the patch, and whom to tell about it. */
interface Place {
  readonly path: Path
  readonly report: PatchReport
}

function below(place: Place, ...steps: Path): Place {
  return { ...place, path: [...place.path, ...steps] }
}

function mistake({ path, report }: Place, message: string, hint?: string): undefined {
  report({ severity: 'error', path, message, hint })
}

function mergeMaps(shape: Shape, original: Fields, patch: Fields, place: Place): Fields {
  if (shape === 'any') return mergeJson(original, patch, place)
  if (Object.hasOwn(patch, '$patch')) return directed(original, patch, place)
  const result = new Map(members(original))
  const changes = new Map(members(patch))
  if (changes.has(retainKeys) && !retain(result, changes, below(place, retainKeys))) return original
  for (const [key, order] of changes) {
    if (key.startsWith(elementOrder)) reorder(shape, key, order, result, changes, place)
  }
  for (const [key, items] of changes) {
    if (key.startsWith(deletion)) removeScalars(key, items, result, below(place, key))
  }
  for (const [key, change] of changes) {
    if (isDirective(key)) continue
    const here = below(place, key)
    const merged =
      change === null ? undefined : mergeMember(memberShape(shape, key, here), result.get(key), change, here)
    if (merged === undefined) result.delete(key)
    else result.set(key, merged)
  }
  return Object.fromEntries(result)
}

/** What is there; a member that is `undefined` isn't. */
function members(map: Fields): [key: string, value: unknown][] {
  return Object.entries(map).filter(([, value]) => value !== undefined)
}

/** The shape of a field; a type that does not have it gets a warning. */
function memberShape(owner: Shape, key: string, { path, report }: Place): Shape | undefined {
  const shape = fieldShape(owner, key)
  if (shape === undefined && isTypeName(owner)) {
    const [close] = nearest(key, Object.keys(fieldsOf(owner)))
    const hint = close && `did you mean \`${close}\`?`
    report({ severity: 'warning', path, message: `\`${key}\` must be a field of ${owner}`, hint })
  }
  return shape
}

function mergeMember(shape: Shape | undefined, before: unknown, change: unknown, place: Place): unknown {
  if (isMap(before) && isMap(change)) return mergeMapMember(shape, before, change, place)
  if (Array.isArray(before) && Array.isArray(change)) return mergeListMember(shape, before, change, place)
  return withoutDirectives(change, 'drop nulls')
}

function mergeMapMember(shape: Shape | undefined, before: Fields, change: Fields, place: Place): unknown {
  if (shape === 'any' || isTypeName(shape)) return mergeMaps(shape, before, change, place)
  if (typeof shape === 'object' && 'map' in shape) return mergeMaps(shape, before, change, place)
  if (typeof shape === 'object' && 'atomic' in shape) return whole(before, change, place)
  mistake(place, 'a map must not be merged where the type has none')
  return before
}

function mergeListMember(shape: Shape | undefined, before: unknown[], change: unknown[], place: Place): unknown {
  if (shape === 'any') return change
  if (typeof shape === 'object' && 'list' in shape && shape.key === undefined) return whole(before, change, place)
  const merged = mergeLists(shape, before, change, place)
  return merged ? inOrder(merged, keyIn(shape)) : before
}

/** Lists that a patch does not replace. */
function mergeLists(shape: Shape | undefined, before: unknown[], change: unknown[], place: Place): Merged | undefined {
  const at = (index: number | undefined) => (index === undefined ? place : below(place, index))
  const context = (item: Shape): ListContext => ({
    merge: (old, change, index) => mergeMaps(item, old, change, at(index)),
    create: (change) => withoutDirectives(change, 'keep nulls') as Fields,
    mistake: (message, index) => mistake(at(index), message),
  })
  if (typeof shape === 'object' && 'list' in shape && shape.key !== undefined) {
    return mergeKeyed(before, change, shape.key, context(shape.list))
  }
  if (typeof shape === 'object' && 'set' in shape) return mergeScalars(before, change, context(shape.set))
  return mistake(place, 'a list must not be merged where the type has none')
}

function keyIn(shape: Shape | undefined): string | undefined {
  return typeof shape === 'object' && 'list' in shape ? shape.key : undefined
}

/** What a patch replaces as a whole is taken word for word. */
function whole(before: unknown, change: unknown, place: Place): unknown {
  if (!holdsDirective(change)) return change
  mistake(place, 'a directive must not stand in what a patch replaces as a whole')
  return before
}

function holdsDirective(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsDirective)
  return isMap(value) && Object.entries(value).some(([key, member]) => isDirective(key) || holdsDirective(member))
}

/** A value with nothing to merge into: directives have no work to do, and a map with `$patch` is none. */
function withoutDirectives(value: unknown, nulls: 'drop nulls' | 'keep nulls'): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutDirectives(item, nulls)).filter((item) => item !== undefined)
  }
  if (!isMap(value)) return value
  if (Object.hasOwn(value, '$patch')) return undefined
  const kept = Object.entries(value)
    .filter(([key, member]) => !isDirective(key) && (member !== null || nulls === 'keep nulls'))
    .map(([key, member]) => [key, withoutDirectives(member, nulls)] as const)
    .filter(([, member]) => member !== undefined)
  return Object.fromEntries(kept)
}

/** `$patch` in a map: its other members are the new map, or there is nothing left in it. */
function directed(original: Fields, { $patch, ...others }: Fields, place: Place): Fields {
  if ($patch === 'delete') return {}
  if ($patch === 'replace') return whole(original, others, place) as Fields
  mistake(below(place, '$patch'), `\`$patch\` must be "replace" or "delete", not ${JSON.stringify($patch)}`)
  return original
}

/** `$retainKeys`: the only members that stay; the patch must not set others. Whether it is well formed. */
function retain(result: Map<string, unknown>, changes: ReadonlyMap<string, unknown>, place: Place): boolean {
  const list = changes.get(retainKeys)
  if (!Array.isArray(list)) {
    mistake(place, `\`${retainKeys}\` must be a list of names of fields`)
    return false
  }
  const names = new Set<unknown>(list)
  const missing = [...changes.keys()].filter((key) => !isDirective(key) && changes.get(key) !== null && !names.has(key))
  if (missing.length > 0) {
    const listed = missing.map((key) => `\`${key}\``).join(', ')
    mistake(place, `\`${retainKeys}\` must name every field that the patch sets; it lacks ${listed}`)
    return false
  }
  for (const key of [...result.keys()]) if (!names.has(key)) result.delete(key)
  return true
}

/** `$deleteFromPrimitiveList/…`: the scalars to take out of a list. */
function removeScalars(key: string, items: unknown, result: Map<string, unknown>, place: Place): undefined {
  const field = key.slice(deletion.length)
  const before = result.get(field)
  if (!Array.isArray(items) || !items.every(isScalar)) return mistake(place, `\`${key}\` must be a list of scalars`)
  if (!Array.isArray(before)) return undefined
  if (!before.every(isScalar)) return mistake(place, `\`${field}\` must be a list of scalars to take some out of it`)
  const gone = new Set(items)
  result.set(
    field,
    before.filter((item) => !gone.has(item)),
  )
}

/** `$setElementOrder/…`: merges the list that it names, and puts it into that order. */
function reorder(
  shape: Shape,
  key: string,
  order: unknown,
  result: Map<string, unknown>,
  changes: Map<string, unknown>,
  place: Place,
): undefined {
  const field = key.slice(elementOrder.length)
  const [before, change] = [result.get(field), changes.get(field)]
  if (before === undefined && change === undefined) return undefined
  const here = below(place, key)
  changes.delete(field)
  if (![order, before ?? [], change ?? []].every(Array.isArray) || before === null || change === null) {
    return mistake(here, `\`${key}\` and the list that it names must be lists`)
  }
  const [old, wanted] = [(before ?? []) as unknown[], (change ?? []) as unknown[]]
  const listShape = memberShape(shape, field, below(place, field))
  const mergeKey = keyIn(listShape)
  const names = (order as unknown[]).map((item) => keyOf(item, mergeKey))
  if (!names.every(isKey)) return mistake(here, `the items of \`${key}\` must hold nothing but the merge key`)
  if (!follows(wanted, mergeKey, names)) {
    return mistake(here, `\`${key}\` must name all items that the patch sets, in the order in which it sets them`)
  }
  const merged = before === undefined ? added(wanted) : mergeLists(listShape, old, wanted, below(place, field))
  if (!merged) return undefined
  // An API server keeps the old list in memory that it reuses: a deleted item's place then belongs to a new one.
  const serverOrder = merged.items.slice(0, old.length).map((item) => keyOf(item, mergeKey))
  result.set(field, inOrder({ items: merged.items, patchOrder: names, serverOrder }, mergeKey))
}

/** A list where there was none is taken as it is, even with two items of one key. */
function added(items: readonly unknown[]): Merged {
  return { items: withoutDirectives(items, 'keep nulls') as unknown[], patchOrder: [], serverOrder: [] }
}

/** Whether the items that a patch sets, leaving aside those with a directive, are among the names in the same order. */
function follows(items: readonly unknown[], key: string | undefined, names: readonly unknown[]): boolean {
  if (names.length === 0) return true
  const set = items.filter((item) => !(isMap(item) && Object.hasOwn(item, '$patch'))).map((item) => keyOf(item, key))
  let next = 0
  for (const name of names) if (next < set.length && set[next] === name) next++
  return next === set.length
}

function mergeJson(original: Fields, patch: Fields, place: Place): Fields {
  const result = new Map(members(original))
  for (const [key, change] of members(patch)) {
    const before = result.get(key)
    if (isDirective(key)) mistake(below(place, key), `\`${key}\` must not stand where no merge keys are known`)
    else if (change === null) result.delete(key)
    else if (isMap(change)) result.set(key, mergeJson(isMap(before) ? before : {}, change, below(place, key)))
    else result.set(key, change)
  }
  return Object.fromEntries(result)
}
