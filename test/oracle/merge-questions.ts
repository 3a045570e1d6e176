import { fieldsOf, isTypeName, type Shape, type TypeName } from '../../src/k8s/types.ts'
import { random } from '../mutations/random.ts'

type Map = { [key: string]: unknown }

/** Objects of a type with patches for them, at random but always the same. */
export function mergeQuestions(type: TypeName, count: number): { type: TypeName; original: Map; patch: Map }[] {
  const chance = randomly(type.length)
  return Array.from({ length: count }, () => {
    const original = written(type, chance, 0)
    return { type, original, patch: patchedMap(type, original, chance, 0) }
  })
}

interface Chance {
  /** A whole number below `limit`. */
  readonly below: (limit: number) => number
  readonly percent: (chance: number) => boolean
}

function randomly(seed: number): Chance {
  const next = random(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, percent: (chance) => below(100) < chance }
}

const names = ['a', 'b', 'c', 'd']

/** Some of the values, in some order. */
function some<T>(values: readonly T[], chance: Chance): T[] {
  const rest = [...values]
  return Array.from({ length: chance.below(values.length + 1) }, () => rest.splice(chance.below(rest.length), 1)).flat()
}

/** Now and then with one of the values a second time. */
function twice<T>(values: readonly T[], chance: Chance): T[] {
  const again = values.length > 0 && chance.percent(10) ? values.slice(0, 1) : []
  return [...values, ...again]
}

function scalar(shape: Shape, chance: Chance): unknown {
  if (shape === 'bool') return chance.percent(50)
  if (shape === 'int32' || shape === 'int64') return chance.below(3)
  return names[chance.below(names.length)]
}

const merged = (shape: Shape): shape is { readonly list: Shape; readonly key: string } =>
  typeof shape === 'object' && 'list' in shape && shape.key !== undefined

/** Fields of a type that are worth a merge, fewer the deeper they stand. */
function chosen(type: TypeName, chance: Chance, depth: number): [field: string, shape: Shape][] {
  const fields = Object.entries(fieldsOf(type)).filter(([field]) => field !== 'status')
  const wanted = Math.max(2, 5 - depth)
  return fields.filter(([, shape]) => chance.below(fields.length) < (typeof shape === 'object' ? 2 : 1) * wanted)
}

function written(shape: Shape, chance: Chance, depth: number): Map
function written(shape: Shape, chance: Chance, depth: number): unknown {
  if (isTypeName(shape)) {
    const fields = depth > 9 ? [] : chosen(shape, chance, depth)
    return Object.fromEntries(fields.map(([field, of]) => [field, written(of, chance, depth + 1)]))
  }
  if (shape === 'any' || typeof shape === 'string') return scalar(shape, chance)
  if ('set' in shape) return some(names, chance)
  if ('map' in shape) return Object.fromEntries(some(names, chance).map((name) => [name, scalar(shape.map, chance)]))
  if ('atomic' in shape) return written(shape.atomic, chance, depth)
  if (!merged(shape)) return some(names, chance).map(() => written(shape.list, chance, depth + 1))
  return twice(some(keys(shape.list, shape.key, chance), chance), chance).map((key) => item(shape, key, chance, depth))
}

function item(shape: { list: Shape; key: string }, key: unknown, chance: Chance, depth: number): Map {
  return { ...written(shape.list, chance, depth + 1), [shape.key]: key }
}

/** Values for a merge key. */
function keys(of: Shape, key: string, chance: Chance): unknown[] {
  const shape = isTypeName(of) ? fieldsOf(of)[key] : undefined
  if (shape === 'int32') return [1, 2, 3, 4]
  return chance.percent(10) ? [...names, null] : names
}

function patched(shape: Shape, original: unknown, chance: Chance, depth: number): unknown {
  if (chance.percent(4)) return null
  if (chance.percent(1)) return written(chance.percent(50) ? 'string' : { map: 'string' }, chance, depth)
  if (isTypeName(shape) || (typeof shape === 'object' && 'map' in shape))
    return patchedMap(shape, original, chance, depth)
  if (typeof shape === 'object' && 'set' in shape) return some(names, chance)
  if (merged(shape)) return patchedList(shape, original, chance, depth)
  return written(shape, chance, depth)
}

function patchedMap(shape: Shape, original: unknown, chance: Chance, depth: number): Map {
  if (depth > 1 && chance.percent(3))
    return { ...written(shape, chance, depth), $patch: chance.percent(50) ? 'replace' : 'delete' }
  if (depth > 1 && chance.percent(1)) return { $patch: chance.percent(50) ? 'merge' : 1 }
  const before = (typeof original === 'object' && original !== null ? original : {}) as Map
  const there = Object.keys(before)
  const fields: [string, Shape][] = isTypeName(shape)
    ? Object.entries(fieldsOf(shape)).filter(([field]) => there.includes(field) && chance.percent(60))
    : some(names, chance).map((name) => [name, 'string'])
  if (isTypeName(shape) && depth <= 9) fields.push(...chosen(shape, chance, depth + 1))
  const patch: Map = Object.fromEntries(
    fields.map(([field, of]) => [field, patched(of, before[field], chance, depth + 1)]),
  )
  for (const [field, of] of fields) Object.assign(patch, directives(field, of, patch, before, chance))
  if (chance.percent(4)) {
    const set = Object.keys(patch).filter((key) => !key.startsWith('$') && patch[key] !== null)
    patch.$retainKeys = chance.percent(10) ? set.slice(1) : [...set, ...some(there, chance)]
  }
  return patch
}

/** A list's order, or what is to go out of it, which stand beside it. */
function directives(field: string, shape: Shape, patch: Map, before: Map, chance: Chance): Map {
  const list = patch[field]
  const old = before[field]
  if (typeof shape === 'object' && 'set' in shape && Array.isArray(list) && chance.percent(50)) {
    return { [`$deleteFromPrimitiveList/${field}`]: names.filter((name) => !list.includes(name) && chance.percent(50)) }
  }
  const scalars = typeof shape === 'object' && 'set' in shape
  if (!(scalars || merged(shape)) || !Array.isArray(list) || !chance.percent(30)) return {}
  if (list.length === 0 && !(Array.isArray(old) && old.length > 0)) return {}
  // Whether Kubernetes accepts this depends on where in the list the item stands.
  if (list.some((item) => item?.$patch === 'replace' || item?.$patch === 'merge')) return {}
  const keyOf = (item: unknown) => (merged(shape) ? (item as Map)[shape.key] : item)
  const plain = list.filter((item) => !(merged(shape) && '$patch' in (item as Map)))
  const order: unknown[] = plain.map(keyOf)
  const others = (merged(shape) ? keys(shape.list, shape.key, chance) : names).filter((key) => !order.includes(key))
  for (const other of some(others, chance)) order.splice(chance.below(order.length + 1), 0, other)
  if (chance.percent(3)) order.reverse()
  return { [`$setElementOrder/${field}`]: merged(shape) ? order.map((key) => ({ [shape.key]: key })) : order }
}

function patchedList(shape: { list: Shape; key: string }, original: unknown, chance: Chance, depth: number): Map[] {
  const picked = some(keys(shape.list, shape.key, chance), chance)
  // A directive within a new item stays in it as text until a second item of that name meets it.
  const simple = isTypeName(shape.list) && !Object.values(fieldsOf(shape.list)).some(merged)
  const items = (simple ? twice(picked, chance) : picked).map((key): Map => {
    if (chance.percent(15)) return { [shape.key]: key, $patch: 'delete' }
    const before = Array.isArray(original) ? original.find((item) => item[shape.key] === key) : undefined
    const patch = isTypeName(shape.list) ? patchedMap(shape.list, before, chance, depth + 1) : {}
    const { $patch: _, $retainKeys, ...rest } = patch
    const kept = Array.isArray($retainKeys) ? { $retainKeys: [...$retainKeys, shape.key] } : {}
    return { ...rest, ...kept, [shape.key]: key }
  })
  if (chance.percent(4)) items.splice(chance.below(items.length + 1), 0, { $patch: 'replace' })
  if (chance.percent(1)) items.push({ $patch: 'merge' })
  if (chance.percent(1)) items.push({ other: 'without a key' })
  return items
}
