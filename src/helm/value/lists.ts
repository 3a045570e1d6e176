/** Lists of Go's several types, and what functions say when they are given something else. */

import { FunctionError } from '../../gotemplate/error.ts'
import { typed } from '../../gotemplate/value.ts'
import { toText } from './cast.ts'
import { nilListType, nilTextsType, reflectKind } from './kinds.ts'

const textsType = { name: '[]string', zero: '' } as const
const intsType = { name: '[]int', zero: 0n } as const

/** A `[]string`. */
export function texts(items: readonly string[]): readonly string[] {
  return typed(items as string[], textsType)
}

/** A `[]int`. */
export function ints(items: readonly bigint[]): readonly bigint[] {
  return typed(items as bigint[], intsType)
}

/** A `[]interface {}` that is nil. */
export function nilList(): readonly unknown[] {
  return typed([], nilListType)
}

/** A `[]string` that is nil. */
export function nilTexts(): readonly string[] {
  return typed([], nilTextsType)
}

/** What Go says when a function asks nil for its type. */
export const nilDereference = 'runtime error: invalid memory address or nil pointer dereference'

/** The elements of a list of any type; what is none is an error that `complaint` begins. */
export function elements(value: unknown, complaint: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value === null || value === undefined) throw new FunctionError(nilDereference)
  throw new FunctionError(`${complaint} ${reflectKind(value)}`)
}

/** The texts of a list's elements without those that are nil; what is no list stands for a list of itself. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined).map(toText)
  return value === null || value === undefined ? [] : [toText(value)]
}
