import { isMap } from './object.ts'

/** A place at which two values differ. */
export interface Difference {
  /** Fields, and list items by index or, where all of them have one, by name: `containers[name:discovery].image`. */
  readonly path: string
  /** `left` and `right`: only that side has something there. */
  readonly only?: 'left' | 'right'
  /** The same items of a list in another order. */
  readonly order?: true
  readonly left?: unknown
  readonly right?: unknown
}

/** Where two JSON values differ: maps by key, lists by the names of their items or else by index; nothing where equal. */
export function differencesOf(left: unknown, right: unknown, path = ''): Difference[] {
  if (isMap(left) && isMap(right)) return inMaps(left, right, path)
  if (!Array.isArray(left) || !Array.isArray(right)) return Object.is(left, right) ? [] : [{ path, left, right }]
  const [names, others] = [namesOf(left), namesOf(right)]
  if (names && others) return inNamedLists(names, others, path)
  const length = Math.max(left.length, right.length)
  return Array.from({ length }, (_, index) => index).flatMap((index) => {
    const at = `${path}[${index}]`
    if (index >= right.length) return [{ path: at, only: 'left', left: left[index] }]
    if (index >= left.length) return [{ path: at, only: 'right', right: right[index] }]
    return differencesOf(left[index], right[index], at)
  })
}

type Map = { readonly [key: string]: unknown }

function inMaps(left: Map, right: Map, path: string): Difference[] {
  const keys = [...new Set([...fieldsOf(left), ...fieldsOf(right)])].sort((a, b) => (a < b ? -1 : 1))
  return keys.flatMap((key) => {
    const at = below(path, key)
    if (right[key] === undefined) return [{ path: at, only: 'left', left: left[key] }]
    if (left[key] === undefined) return [{ path: at, only: 'right', right: right[key] }]
    return differencesOf(left[key], right[key], at)
  })
}

/** What stands there as `undefined` is not written. */
function fieldsOf(map: Map): string[] {
  return Object.keys(map).filter((key) => map[key] !== undefined)
}

function inNamedLists(
  left: ReadonlyMap<string, unknown>,
  right: ReadonlyMap<string, unknown>,
  path: string,
): Difference[] {
  const shared = [...left.keys()].filter((name) => right.has(name))
  const other = [...right.keys()].filter((name) => left.has(name))
  const isMoved = shared.some((name, index) => other[index] !== name)
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((name): Difference[] => {
    const at = `${path}[name:${name}]`
    if (!right.has(name)) return [{ path: at, only: 'left', left: left.get(name) }]
    if (!left.has(name)) return [{ path: at, only: 'right', right: right.get(name) }]
    return differencesOf(left.get(name), right.get(name), at)
  })
  return isMoved ? [{ path, order: true, left: [...left.keys()], right: [...right.keys()] }, ...found] : found
}

/** The items by their names, if every one of them has a name of its own. */
function namesOf(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const named = new Map<string, unknown>()
  for (const item of list) {
    if (!isMap(item) || typeof item.name !== 'string' || named.has(item.name)) return undefined
    named.set(item.name, item)
  }
  return named
}

function below(path: string, key: string): string {
  const plain = /^[A-Za-z_][\w-]*$/.test(key)
  if (!plain) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
