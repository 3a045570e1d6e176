/** What sprig's functions ask of a value through Go's reflection. */

import { Complex, type GoType, Integer, typeName, typeOf } from '../../gotemplate/value.ts'

/** The word of `reflect.Kind` for a value: `int64`, `slice`, `map`, `ptr`; `invalid` for nil. */
export function reflectKind(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'float64'
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    case 'function':
      return 'func'
    case 'object':
      return value === null ? 'invalid' : objectKind(value)
    default:
      return 'invalid'
  }
}

function objectKind(value: object): string {
  if (Array.isArray(value)) return 'slice'
  if (value instanceof Integer) return value.type
  if (value instanceof Complex) return 'complex128'
  const type = typeOf(value)
  if (type?.name.startsWith('*')) return 'ptr'
  return type?.struct ? 'struct' : 'map'
}

/** Whether sprig calls a value empty: nil, false, zero, and texts, lists and maps without anything in them. */
export function isEmpty(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value === ''
    case 'number':
      return value === 0
    case 'bigint':
      return value === 0n
    case 'boolean':
      return !value
    case 'object':
      return value === null || isEmptyObject(value)
    default:
      return value === undefined
  }
}

function isEmptyObject(value: object): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Integer) return value.value === 0n
  if (value instanceof Complex) return value.real === 0 && value.imaginary === 0
  if (typeOf(value)?.struct) return false
  for (const key in value) if (Object.hasOwn(value, key)) return false
  return true
}

/** Whether a value is what Go calls a map or a struct that the host made of one, other than a list or a number. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return reflectKind(value) === 'map'
}

/** Whether a number is a span of time, which encoders other than that of JSON write as a text. */
export function isDuration(value: Integer): boolean {
  return typeName(value) === 'time.Duration'
}

/** A type whose fields templates do not see, although they tell its values apart. */
export interface ClosedType extends GoType {
  /** What two values must deeply have in common to be deeply equal. */
  readonly contents: unknown
}

/** Whether two values are deeply equal, for which their types must be the same: `1` and `1.0` are not. */
export function deepEqual(a: unknown, b: unknown): boolean {
  const left = a ?? null
  const right = b ?? null
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right
  if (left === right) return true
  if (typeName(left) !== typeName(right)) return false
  if (left instanceof Integer && right instanceof Integer) return left.value === right.value
  if (Array.isArray(left) && Array.isArray(right))
    return (
      left.length === right.length &&
      isNilList(left) === isNilList(right) &&
      left.every((item, i) => deepEqual(item, right[i]))
    )
  const contents = contentsOf(left)
  if (contents !== undefined) return deepEqual(contents, contentsOf(right))
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>]
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && deepEqual(one[key], other[key]))
  )
}

function contentsOf(value: object): unknown {
  return (typeOf(value) as ClosedType | undefined)?.contents
}

/** The type of a `[]interface {}` that is nil: empty, and `null` in JSON. */
export const nilListType = { name: '[]interface {}' } as const

/** Whether a list is one that Go holds as nil. */
export function isNilList(list: object): boolean {
  const type = typeOf(list)
  return type === nilListType || type === nilTextsType
}

/** The type of a `[]string` that is nil. */
export const nilTextsType = { name: '[]string' } as const
