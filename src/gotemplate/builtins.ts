/** The functions that every template has. */

import { FunctionError } from './error.ts'
import { formatted, sprint, sprintf, sprintln } from './format.ts'
import { inInterface, type Signature } from './function.ts'
import { isPrintable } from './quote.ts'
import { byteLength, bytesOf, textOf } from './utf8.ts'
import {
  type Complex,
  compareText,
  Integer,
  isObject,
  type Kind,
  kindOf,
  printed,
  truth,
  typed,
  typeName,
  typeOf,
} from './value.ts'

export type { GoFunction, Parameter, Signature } from './function.ts'

/** `and`, `or` and `call` have signatures here; what they do is part of evaluation, since not all arguments are. */
export const builtins: Readonly<Record<string, Signature>> = {
  and: { parameters: ['value'], rest: 'value', call: () => undefined },
  or: { parameters: ['value'], rest: 'value', call: () => undefined },
  call: { parameters: ['value'], rest: 'value', call: () => undefined },
  not: { parameters: ['value'], call: (value) => !truth(value) },
  len: { parameters: ['value'], call: length },
  index: { parameters: ['value'], rest: 'value', call: index },
  slice: { parameters: ['value'], rest: 'bare', call: slice },
  print: { parameters: [], rest: 'any', deep: true, call: (...args) => sprint(args) },
  printf: { parameters: ['string'], rest: 'any', deep: true, call: (format, ...args) => sprintf(format, args) },
  println: { parameters: [], rest: 'any', deep: true, call: (...args) => sprintln(args) },
  html: { parameters: [], rest: 'any', deep: true, call: (...args) => escapeHtml(shown(args)) },
  js: { parameters: [], rest: 'any', deep: true, call: (...args) => escapeScript(shown(args)) },
  urlquery: { parameters: [], rest: 'any', deep: true, call: (...args) => escapeQuery(shown(args)) },
  eq: { parameters: ['value'], rest: 'value', deep: true, call: equal },
  ne: { parameters: ['value', 'value'], deep: true, call: (a, b) => !equal(a, b) },
  lt: { parameters: ['value', 'value'], call: less },
  le: { parameters: ['value', 'value'], deep: true, call: (a, b) => less(a, b) || equal(a, b) },
  gt: { parameters: ['value', 'value'], deep: true, call: (a, b) => !(less(a, b) || equal(a, b)) },
  ge: { parameters: ['value', 'value'], call: (a, b) => !less(a, b) },
}

/** Whether templates that may name these functions of the host know one of that name. */
export function isFunction(functions: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(functions, name) || Object.hasOwn(builtins, name)
}

// Lists, maps and strings

function length(value: unknown): bigint {
  if (value === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  if (value === null) throw new FunctionError('len of nil pointer')
  if (typeof value === 'string') return BigInt(byteLength(value))
  if (Array.isArray(value)) return BigInt(value.length)
  if (kindOf(value) === 'map' && isObject(value)) return BigInt(Object.keys(value).length)
  throw new FunctionError(`len of type ${pointedType(value)}`)
}

function index(item: unknown, ...keys: readonly unknown[]): unknown {
  if (isNil(item)) throw new FunctionError('index of untyped nil')
  let found: unknown = item
  for (const key of keys) {
    if (isNil(found)) throw new FunctionError('index of nil pointer')
    found = element(found, key)
  }
  return found
}

function element(item: unknown, key: unknown): unknown {
  if (typeof item === 'string') {
    const bytes = bytesOf(item)
    const at = offset(key, bytes.length)
    if (at === bytes.length) throw new FunctionError('reflect: string index out of range')
    return new Integer('uint8', BigInt(bytes[at] ?? 0))
  }
  if (Array.isArray(item)) {
    const at = offset(key, item.length)
    if (at === item.length) throw new FunctionError('reflect: slice index out of range')
    return item[at] ?? null
  }
  if (kindOf(item) !== 'map' || !isObject(item))
    throw new FunctionError(`can't index item of type ${pointedType(item)}`)
  if (isNil(key)) throw new FunctionError('value is nil; should be of type string')
  if (typeof key !== 'string') throw new FunctionError(`value has type ${typeName(key)}; should be string`)
  return Object.hasOwn(item, key) ? item[key] : (typeOf(item)?.zero ?? null)
}

/** The type of a value, or of that to which it points. */
function pointedType(value: unknown): string {
  return typeName(value).replace(/^\*/, '')
}

/** The key as an offset from 0 to `limit`. */
function offset(key: unknown, limit: number): number {
  if (isNil(key)) throw new FunctionError('cannot index slice/array with nil')
  // Go forgets to look into the interface here, so `slice .list .n` fails whatever `.n` is.
  if (key === inInterface) throw new FunctionError('cannot index slice/array with type interface {}')
  const value = key instanceof Integer ? key.value : key
  if (typeof value !== 'bigint') throw new FunctionError(`cannot index slice/array with type ${typeName(key)}`)
  if (value < 0n || value > BigInt(limit)) throw new FunctionError(`index out of range: ${value}`)
  return Number(value)
}

function slice(item: unknown, ...keys: readonly unknown[]): unknown {
  if (isNil(item)) throw new FunctionError('slice of untyped nil')
  if (keys.length > 3) throw new FunctionError(`too many slice indexes: ${keys.length}`)
  const isText = typeof item === 'string'
  if (isText && keys.length === 3) throw new FunctionError('cannot 3-index slice a string')
  if (!isText && !Array.isArray(item)) throw new FunctionError(`can't slice item of type ${pointedType(item)}`)
  const bytes = isText ? bytesOf(item) : item
  const [from = 0, to = bytes.length, cap = bytes.length] = keys.map((key) => offset(key, bytes.length))
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`)
  if (to > cap) throw new FunctionError(`invalid slice index: ${to} > ${cap}`)
  if (isText) return textOf(bytesOf(item).subarray(from, to))
  const type = typeOf(item)
  return type ? typed(item.slice(from, to), type) : item.slice(from, to)
}

// Comparison

const basic: ReadonlySet<Kind> = new Set<Kind>(['bool', 'int', 'uint', 'float', 'complex', 'string'])

function incompatible(a: unknown, b: unknown): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`)
}

/** Whether the first argument equals any of the others. Values of different kinds cannot be compared, except to nil. */
function equal(first: unknown, ...others: readonly unknown[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison')
  return others.some((other) => equals(first, other))
}

function equals(a: unknown, b: unknown): boolean {
  const left = kindOf(a)
  const right = kindOf(b)
  if (isWhole(left) && isWhole(right)) return wholeOf(a) === wholeOf(b)
  const bothBasic = basic.has(left) && basic.has(right)
  if (left !== right && (bothBasic || basic.has(left) || basic.has(right))) {
    if (isNil(a) || isNil(b)) return false
    throw incompatible(a, b)
  }
  if (left === 'complex') {
    const [one, two] = [a as Complex, b as Complex]
    return one.real === two.real && one.imaginary === two.imaginary
  }
  if (bothBasic) return a === b
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b)
  if (left !== right) {
    const [one, two] = [formatted('s', a), printed(b)]
    throw new FunctionError(`non-comparable types ${one}: ${typeName(a)}, ${typeName(b)}: ${two}`)
  }
  if (left === 'struct') return a === b || isSame(a, b)
  throw new FunctionError(`non-comparable type ${formatted('s', b)}: ${typeName(b)}`)
}

/** Whether two structs are of one type whose values are equal when they say the same. */
function isSame(a: unknown, b: unknown): boolean {
  const [one, two] = [a, b].map((value) => (isObject(value) ? typeOf(value) : undefined))
  return one?.name === two?.name && one?.identity?.every((part, i) => part === two?.identity?.[i]) === true
}

function less(a: unknown, b: unknown): boolean {
  const left = kindOf(a)
  const right = kindOf(b)
  if (!basic.has(left) || !basic.has(right)) throw new FunctionError('invalid type for comparison')
  if (isWhole(left) && isWhole(right)) return wholeOf(a) < wholeOf(b)
  if (left !== right) throw incompatible(a, b)
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b) < 0
  if (typeof a === 'number' && typeof b === 'number') return a < b
  throw new FunctionError('invalid type for comparison')
}

function isWhole(kind: Kind): boolean {
  return kind === 'int' || kind === 'uint'
}

function wholeOf(value: unknown): bigint {
  return value instanceof Integer ? value.value : (value as bigint)
}

// Escaping

/** The text to escape: the arguments as an action would print them. */
function shown(args: readonly unknown[]): string {
  return sprint(args.map((arg) => (isNil(arg) ? '<no value>' : arg)))
}

const entities: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
}

function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (character) => entities[character] ?? '')
}

function escapeScript(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
  return text.replace(/[\\'"<>&=\x00-\x1f]|[^\x00-\x7f]/gu, (character) => {
    if ('\\\'"'.includes(character)) return `\\${character}`
    if (character > '\x7f' && isPrintable(character)) return character
    const rune = character.codePointAt(0) ?? 0
    // A byte that is no character counts as U+FFFD, which is printable.
    if (rune >= 0xd800 && rune <= 0xdfff) return character
    return `\\u${rune.toString(16).toUpperCase().padStart(4, '0')}`
  })
}

function escapeQuery(text: string): string {
  let escaped = ''
  for (const byte of bytesOf(text)) {
    const character = String.fromCharCode(byte)
    if (/[\w.~-]/.test(character)) escaped += character
    else escaped += character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

function isNil(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
