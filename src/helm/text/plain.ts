/** Values as plain data, the way Go's JSON encoder sees them. */

import { wellFormed } from '../../gotemplate/utf8.ts'
import { bytesIn, Complex, type GoType, Integer, printedFloat, typeName, typeOf } from '../../gotemplate/value.ts'
import { base64, encoded } from '../sprig/encoding.ts'
import { isNilList } from '../value/kinds.ts'
import { put } from '../value/members.ts'

/** A type whose values have another form in JSON than their fields. */
export interface EncodedType extends GoType {
  /** The plain data that stands for the value. */
  readonly json: unknown
}

/** Lists and maps within each other; whatever writes the value does so by recursion. */
const deepest = 250

/** What JSON cannot hold. */
export class Unsupported extends Error {}

type TextForm = (text: string) => string

/**
 * A value as objects, lists, texts, numbers, booleans and null; whole numbers are bigints. Throws `Unsupported` with Go's
 * words for what JSON has no form for. Texts, which can hold bytes that are no characters, are given their form.
 */
export function plainValue(value: unknown, text: TextForm = wellFormed, depth = 0): unknown {
  if (depth > deepest) throw new Unsupported(`a value must not be nested deeper than ${deepest} levels`)
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'number':
      if (!Number.isFinite(value)) throw new Unsupported(`json: unsupported value: ${printedFloat(value)}`)
      return value
    case 'object':
      return value === null ? null : plainObject(value, text, depth + 1)
    case 'function':
      throw new Unsupported(`json: unsupported type: ${typeName(value)}`)
    default:
      return value ?? null
  }
}

function plainObject(value: object, text: TextForm, depth: number): unknown {
  if (value instanceof Integer) return value.value
  if (value instanceof Complex) throw new Unsupported('json: unsupported type: complex128')
  if (Array.isArray(value)) {
    const bytes = bytesIn(value)
    if (bytes) return encoded(bytes, base64)
    return isNilList(value) ? null : value.map((item) => plainValue(item, text, depth))
  }
  const type = typeOf(value)
  if (type && 'json' in type) return (type as EncodedType).json
  const plain: Record<string, unknown> = {}
  for (const key of Object.keys(value))
    put(plain, text(key), plainValue((value as Record<string, unknown>)[key], text, depth))
  return plain
}
