/** Merging of maps as sprig does it with the library mergo. */

import { FunctionError } from '../../gotemplate/error.ts'
import { asPlain, holdsInterfaces, typeName } from '../../gotemplate/value.ts'
import { isEmpty, isMap } from '../value/kinds.ts'
import { put } from '../value/members.ts'

type Map = Record<string, unknown>

/**
 * The target with what the sources hold, which it takes where it has nothing, or something empty, itself; with
 * `overwrite` also where it has something. Maps within both are merged; lists are taken as a whole.
 */
export function merged(target: Map | null, sources: readonly (Map | null)[], overwrite: boolean): Map {
  const result = target ?? {}
  for (const source of sources) if (source !== null && source !== result) mergeInto(result, source, overwrite)
  return asPlain(result)
}

function mergeInto(target: Map, source: Map, overwrite: boolean) {
  const take = !holdsInterfaces(target) && holdsInterfaces(source) ? refuse : put
  for (const key of Object.keys(source)) {
    const value = source[key]
    const before = Object.hasOwn(target, key) ? target[key] : undefined
    if (value === null || value === undefined) {
      if (overwrite) take(target, key, null)
      continue
    }
    // The map that is taken as a whole below is first filled all the same, as others may hold it.
    if (isMap(value) && isMap(before)) mergeInto(before, value, overwrite)
    if (isMap(value) && isMap(before) && !isEmpty(before)) continue
    if (overwrite || isEmpty(before)) take(target, key, value)
  }
}

/** A map of texts, such as `split` gives, takes nothing from a map of anything, not even texts. */
function refuse(target: Map): never {
  const wanted = typeName(target).replace(/^map\[string\]/, '')
  throw new FunctionError(`reflect.Value.SetMapIndex: value of type interface {} is not assignable to type ${wanted}`)
}
