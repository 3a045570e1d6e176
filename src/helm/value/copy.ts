import { Complex, Integer, typed, typeOf } from '../../gotemplate/value.ts'
import { put } from './members.ts'

/** A copy of a value that shares no list or map with it; types stay what they are. */
export function copied<T>(value: T): T {
  return copyOf(value) as T
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Integer || value instanceof Complex) return value
  const type = typeOf(value)
  if (type?.struct) return value
  const copy = Array.isArray(value) ? value.map(copyOf) : copyOfMap(value as Readonly<Record<string, unknown>>)
  return type ? typed(copy, type) : copy
}

function copyOfMap(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(map)) put(copy, key, copyOf(map[key]))
  return copy
}
