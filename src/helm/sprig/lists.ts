/** Functions on lists. Those named `must…` differ only in Go, where the others panic: both fail here in the same way. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { compareText, typed, typeOf } from '../../gotemplate/value.ts'
import type { Budget } from '../budget.ts'
import { toText, toWhole } from '../value/cast.ts'
import { deepEqual, isEmpty, reflectKind } from '../value/kinds.ts'
import { elements, nilList, texts, textsOf } from '../value/lists.ts'

type Functions = Readonly<Record<string, Signature>>

const onList = (complaint: string, call: (items: readonly unknown[]) => unknown): Signature => ({
  parameters: ['any'],
  call: (list: unknown) => call(elements(list, complaint)),
})
const withItem = (complaint: string, call: (items: readonly unknown[], item: unknown) => unknown): Signature => ({
  parameters: ['any', 'any'],
  call: (list: unknown, item: unknown) => call(elements(list, complaint), item),
})

const list: Signature = { parameters: [], rest: 'any', call: (...items) => items }
const push = withItem('Cannot push on type', (items, item) => [...items, item])
const prepend = withItem('Cannot prepend on type', (items, item) => [item, ...items])
const first = onList('Cannot find first on type', (items) => items[0] ?? null)
const last = onList('Cannot find last on type', (items) => items.at(-1) ?? null)
const rest = onList('Cannot find rest on type', (items) => (items.length === 0 ? nilList() : items.slice(1).map(held)))
const initial = onList('Cannot find initial on type', (items) =>
  items.length === 0 ? nilList() : items.slice(0, -1).map(held),
)
const reverse = onList('Cannot find reverse on type', (items) => items.map(held).reverse())
const compact = onList('Cannot compact on type', (items) => items.filter((item) => !isEmpty(item)))
const slice: Signature = { parameters: ['any'], rest: 'any', call: sliced }
const chunk: Signature = { parameters: ['int', 'any'], call: chunked }

/** sprig's functions on lists. */
export const listFunctions: Functions = {
  list,
  tuple: list,
  append: push,
  push,
  mustAppend: push,
  mustPush: push,
  prepend,
  mustPrepend: prepend,
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  compact,
  mustCompact: compact,
  slice,
  mustSlice: slice,
  chunk,
  mustChunk: chunk,
  concat: { parameters: [], rest: 'any', call: concatenated },
  sortAlpha: { parameters: ['any'], deep: true, call: sorted },
}

/** sprig's functions that compare all elements with each other. */
export function comparingListFunctions(budget: Budget): Functions {
  const isIn = (items: readonly unknown[], wanted: unknown) => {
    budget.steps(items.length >> 4)
    return items.some((item) => deepEqual(wanted, item))
  }
  const uniq: Signature = {
    parameters: ['any'],
    deep: true,
    call(list: unknown) {
      const unique: unknown[] = []
      for (const item of elements(list, 'Cannot find uniq on type')) if (!isIn(unique, item)) unique.push(item)
      return unique
    },
  }
  const without: Signature = {
    parameters: ['any'],
    rest: 'any',
    deep: true,
    call: (list: unknown, ...omitted) =>
      elements(list, 'Cannot find without on type').filter((item) => !isIn(omitted, item)),
  }
  const has: Signature = {
    parameters: ['any', 'any'],
    deep: true,
    call: (wanted: unknown, list: unknown) =>
      list !== null && list !== undefined && isIn(elements(list, 'Cannot find has on type'), wanted),
  }
  return { uniq, mustUniq: uniq, without, mustWithout: without, has, mustHas: has }
}

/** An element of a typed list, once it is in one of interfaces. */
function held(item: unknown): unknown {
  return item ?? null
}

/** The elements from one index up to another; the result is a list of the same type. */
function sliced(list: unknown, ...bounds: readonly unknown[]): unknown {
  const items = elements(list, 'list should be type of slice or array but')
  if (items.length === 0) return null
  const from = bounds.length > 0 ? toWhole(bounds[0]) : 0n
  const to = bounds.length > 1 ? toWhole(bounds[1]) : BigInt(items.length)
  if (from < 0n || from > to || to > BigInt(items.length))
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds')
  const part = items.slice(Number(from), Number(to))
  const type = typeOf(items)
  return type ? typed(part, type) : part
}

function chunked(size: bigint, list: unknown): unknown {
  const items = elements(list, 'Cannot chunk type')
  const length = Number(size)
  if (length <= 0) throw new FunctionError('runtime error: makeslice: len out of range')
  const chunks: unknown[] = []
  for (let i = 0; i < items.length; i += length) chunks.push(items.slice(i, i + length).map(held))
  return typed(chunks, { name: '[][]interface {}' })
}

function concatenated(...lists: readonly unknown[]): unknown {
  const all = lists.flatMap((list) => {
    if (list === null || list === undefined) return elements(list, '')
    if (!Array.isArray(list)) throw new FunctionError(`Cannot concat type ${reflectKind(list)} as list`)
    return list.map(held)
  })
  return all.length === 0 ? nilList() : all
}

/** The texts of a list in order. A list of texts is sorted where it is, as sprig does. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return texts([toText(value)])
  if (typeOf(value)?.name === '[]string') return value.sort(compareText)
  return texts([...textsOf(value)].sort(compareText))
}
