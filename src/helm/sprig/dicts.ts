/** Functions on maps. `set`, `unset` and the merges change the map that they are given, as in Go. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { asPlain, sortedKeys, typeName, typeOf } from '../../gotemplate/value.ts'
import { toText } from '../value/cast.ts'
import { copied } from '../value/copy.ts'
import { texts } from '../value/lists.ts'
import { put } from '../value/members.ts'
import { merged } from './merge.ts'

type Map = Record<string, unknown>

const merge = (overwrite: boolean): Signature => ({
  parameters: ['map'],
  rest: 'map',
  deep: true,
  call: (target: Map | null, ...sources: readonly (Map | null)[]) => merged(target, sources, overwrite),
})
const copy: Signature = { parameters: ['any'], deep: true, call: deepCopy }

/** sprig's functions on maps. Where Go's order is random, keys are in order. */
export const dictFunctions: Readonly<Record<string, Signature>> = {
  dict: { parameters: [], rest: 'any', call: dict },
  get: { parameters: ['map', 'string'], call: (map: Map | null, key: string) => (has(map, key) ? map[key] : '') },
  set: { parameters: ['map', 'string', 'any'], call: set },
  unset: { parameters: ['map', 'string'], call: unset },
  hasKey: { parameters: ['map', 'string'], call: has },
  pluck: {
    parameters: ['string'],
    rest: 'map',
    call: (key: string, ...maps: readonly (Map | null)[]) =>
      maps.flatMap((map) => (has(map, key) ? [map[key] ?? null] : [])),
  },
  keys: {
    parameters: [],
    rest: 'map',
    call: (...maps: readonly (Map | null)[]) => texts(maps.flatMap((map) => sortedKeys(map ?? {}))),
  },
  values: { parameters: ['map'], call: (map: Map | null) => sortedKeys(map ?? {}).map((key) => map?.[key] ?? null) },
  pick: {
    parameters: ['map'],
    rest: 'string',
    call: (map: Map | null, ...keys: readonly string[]) =>
      only(
        map,
        keys.filter((key) => has(map, key)),
      ),
  },
  omit: {
    parameters: ['map'],
    rest: 'string',
    call: (map: Map | null, ...keys: readonly string[]) =>
      only(
        map,
        Object.keys(map ?? {}).filter((key) => !keys.includes(key)),
      ),
  },
  dig: { parameters: [], rest: 'any', call: dug },
  merge: merge(false),
  mustMerge: merge(false),
  mergeOverwrite: merge(true),
  mustMergeOverwrite: merge(true),
  deepCopy: copy,
  mustDeepCopy: copy,
}

function deepCopy(value: unknown): unknown {
  if (value === null || value === undefined)
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  return copied(value)
}

function has(map: Map | null, key: string): map is Map {
  return map !== null && Object.hasOwn(map, key)
}

function dict(...all: readonly unknown[]): Map {
  const map: Map = {}
  for (let i = 0; i < all.length; i += 2) put(map, toText(all[i]), i + 1 < all.length ? all[i + 1] : '')
  return map
}

function set(map: Map | null, key: string, value: unknown): Map {
  if (map === null) throw new FunctionError('assignment to entry in nil map')
  put(map, key, value)
  return asPlain(map)
}

function unset(map: Map | null, key: string): Map {
  if (map === null) return {}
  delete map[key]
  return asPlain(map)
}

function only(map: Map | null, keys: readonly string[]): Map {
  const picked: Map = {}
  for (const key of keys) put(picked, key, map?.[key])
  return picked
}

/** What stands under a path of keys; the default, which is the last argument but one, where a key is missing. */
function dug(...all: readonly unknown[]): unknown {
  if (all.length < 3) throw new FunctionError('dig needs at least three arguments')
  let found = all.at(-1)
  const keys = all.slice(0, -2)
  const map = asMap(found)
  const names = keys.map((key) => {
    if (typeof key !== 'string') throw conversion(key, 'string')
    return key
  })
  found = map
  for (const name of names) {
    const level = asMap(found)
    if (!Object.hasOwn(level, name)) return all.at(-2)
    found = level[name]
  }
  return found
}

function asMap(value: unknown): Map {
  const wanted = 'map[string]interface {}'
  if (value === null || typeof value !== 'object' || typeName(value) !== wanted || typeOf(value) !== undefined)
    throw conversion(value, wanted)
  return value as Map
}

function conversion(value: unknown, wanted: string): FunctionError {
  const name = value === null || value === undefined ? 'nil' : typeName(value)
  return new FunctionError(`interface conversion: interface {} is ${name}, not ${wanted}`)
}
