/** Merging of maps as sprig does it with the library mergo. */

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
  return result
}

function mergeInto(target: Map, source: Map, overwrite: boolean) {
  for (const key of Object.keys(source)) {
    const value = source[key]
    const before = Object.hasOwn(target, key) ? target[key] : undefined
    if (value === null || value === undefined) {
      if (overwrite) put(target, key, null)
      continue
    }
    // The map that is taken as a whole below is first filled all the same, as others may hold it.
    if (isMap(value) && isMap(before)) mergeInto(before, value, overwrite)
    if (isMap(value) && isMap(before) && !isEmpty(before)) continue
    if (overwrite || isEmpty(before)) put(target, key, value)
  }
}
