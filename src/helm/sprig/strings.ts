/** Functions on texts. Go's texts are bytes: positions and lengths count those. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { sprintf } from '../../gotemplate/format.ts'
import { quote } from '../../gotemplate/quote.ts'
import { byteLength, bytesOf, joined, textOf } from '../../gotemplate/utf8.ts'
import { printed, typed } from '../../gotemplate/value.ts'
import type { Budget } from '../budget.ts'
import { toText } from '../value/cast.ts'
import { texts, textsOf } from '../value/lists.ts'
import { initials, swapCase, titled, toKebabCase, toPascalCase, toSnakeCase, uncapitalized } from './case.ts'
import { isSpace, toTitle, trimSpace } from './characters.ts'
import { abbreviated, wrapped } from './wrap.ts'

type Functions = Readonly<Record<string, Signature>>

const toTextFunction: Signature = { parameters: ['any'], deep: true, call: toText }

/** sprig's functions on texts that need nothing but their arguments. */
export const textFunctions: Functions = {
  hello: { parameters: [], call: () => 'Hello!' },
  trim: { parameters: ['string'], call: trimSpace },
  upper: { parameters: ['string'], call: (text: string) => eachCharacter(text, upper) },
  lower: { parameters: ['string'], call: (text: string) => eachCharacter(text, lower) },
  title: { parameters: ['string'], call: titled },
  untitle: { parameters: ['string'], call: uncapitalized },
  swapcase: { parameters: ['string'], call: swapCase },
  snakecase: { parameters: ['string'], call: toSnakeCase },
  camelcase: { parameters: ['string'], call: toPascalCase },
  kebabcase: { parameters: ['string'], call: toKebabCase },
  initials: { parameters: ['string'], call: initials },
  nospace: { parameters: ['string'], call: withoutSpace },
  trimall: { parameters: ['string', 'string'], call: (set: string, text: string) => trimSet(text, set) },
  trimAll: { parameters: ['string', 'string'], call: (set: string, text: string) => trimSet(text, set) },
  trimPrefix: {
    parameters: ['string', 'string'],
    call: (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  },
  trimSuffix: {
    parameters: ['string', 'string'],
    call: (suffix: string, text: string) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text),
  },
  contains: { parameters: ['string', 'string'], call: (part: string, text: string) => text.includes(part) },
  hasPrefix: { parameters: ['string', 'string'], call: (part: string, text: string) => text.startsWith(part) },
  hasSuffix: { parameters: ['string', 'string'], call: (part: string, text: string) => text.endsWith(part) },
  quote: { parameters: [], rest: 'any', deep: true, call: (...all) => present(all).map(quoted).join(' ') },
  squote: {
    parameters: [],
    rest: 'any',
    deep: true,
    call: (...all) =>
      present(all)
        .map((item) => `'${printed(item)}'`)
        .join(' '),
  },
  cat: { parameters: [], rest: 'any', deep: true, call: concatenated },
  trunc: { parameters: ['int', 'string'], call: truncated },
  substr: { parameters: ['int', 'int', 'string'], call: substring },
  abbrev: {
    parameters: ['int', 'string'],
    call: (width: bigint, text: string) => (width < 4n ? text : abbreviated(text, 0, Number(width))),
  },
  abbrevboth: {
    parameters: ['int', 'int', 'string'],
    call: (left: bigint, right: bigint, text: string) =>
      right < 4n || (left > 0n && right < 7n) ? text : abbreviated(text, Number(left), Number(right)),
  },
  wrap: {
    parameters: ['int', 'string'],
    call: (width: bigint, text: string) => wrapped(text, Number(width), '\n', false),
  },
  wrapWith: {
    parameters: ['int', 'string', 'string'],
    call: (width: bigint, separator: string, text: string) => wrapped(text, Number(width), separator || '\n', true),
  },
  plural: {
    parameters: ['string', 'string', 'int'],
    call: (one: string, many: string, count: bigint) => (count === 1n ? one : many),
  },
  toString: toTextFunction,
  toStrings: { parameters: ['any'], deep: true, call: (value: unknown) => texts(textsOf(value)) },
  join: {
    parameters: ['string', 'any'],
    deep: true,
    call: (separator: string, value: unknown) => joined(textsOf(value).join(separator)),
  },
  splitList: { parameters: ['string', 'string'], call: (by: string, text: string) => texts(split(text, by)) },
  split: { parameters: ['string', 'string'], call: (by: string, text: string) => numbered(split(text, by)) },
  splitn: {
    parameters: ['string', 'int', 'string'],
    call: (by: string, most: bigint, text: string) => numbered(split(text, by, Number(most))),
  },
}

/** sprig's functions whose result can be much longer than their arguments. */
export function growingTextFunctions(budget: Budget): Functions {
  return {
    repeat: { parameters: ['int', 'string'], call: (count: bigint, text: string) => repeated(count, text, budget) },
    indent: { parameters: ['int', 'string'], call: (by: bigint, text: string) => indented(by, text, budget) },
    nindent: { parameters: ['int', 'string'], call: (by: bigint, text: string) => `\n${indented(by, text, budget)}` },
    replace: {
      parameters: ['string', 'string', 'string'],
      call: (old: string, by: string, text: string) => replaced(text, old, by, budget),
    },
  }
}

function repeated(count: bigint, text: string, budget: Budget): string {
  if (count < 0n) throw new FunctionError('strings: negative Repeat count')
  budget.text(Number(count) * text.length)
  return joined(text.repeat(Number(count)))
}

function indented(by: bigint, text: string, budget: Budget): string {
  if (by < 0n) throw new FunctionError('strings: negative Repeat count')
  const lines = text.includes('\n') ? text.split('\n') : [text]
  budget.text(text.length + lines.length * Number(by))
  const pad = ' '.repeat(Number(by))
  return pad + lines.join(`\n${pad}`)
}

function replaced(text: string, old: string, by: string, budget: Budget): string {
  const parts = old === '' ? ['', ...text, ''] : text.split(old)
  budget.text(text.length + parts.length * by.length)
  return joined(parts.join(by))
}

/** What the arguments hold without those that are nil. */
function present(all: readonly unknown[]): readonly unknown[] {
  return all.includes(null) || all.includes(undefined) ? all.filter((item) => item !== null && item !== undefined) : all
}

function quoted(item: unknown): string {
  return quote(toText(item))
}

function concatenated(...all: readonly unknown[]): string {
  const items = present(all)
  return sprintf(items.map(() => '%v').join(' '), items)
}

const upper = (text: string) => text.toUpperCase()
const lower = (text: string) => text.toLowerCase()

/** Go changes the case character by character: what would become several characters, such as "ß", stays. */
function eachCharacter(text: string, change: (text: string) => string): string {
  const changed = change(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return changed
  return Array.from(text, (character) => {
    const one = change(character)
    return one.length === character.length ? one : toTitle(character) === character ? character : single(one, character)
  }).join('')
}

function single(changed: string, character: string): string {
  return [...changed].length === 1 ? changed : character
}

/** Go looks at single bytes here, so that beyond ASCII each one becomes a character of its own once a blank is found. */
function withoutSpace(text: string): string {
  const bytes = bytesOf(text)
  const kept = Array.from(bytes).filter((byte) => !isSpace(String.fromCharCode(byte)))
  return kept.length === bytes.length ? text : String.fromCharCode(...kept)
}

function trimSet(text: string, set: string): string {
  if (set === '') return text
  const characters = new Set(set)
  const all = [...text]
  let from = 0
  let to = all.length
  while (from < to && characters.has(all[from] ?? '')) from++
  while (to > from && characters.has(all[to - 1] ?? '')) to--
  return all.slice(from, to).join('')
}

function truncated(count: bigint, text: string): string {
  const length = byteLength(text)
  const to = Number(count)
  if (to < 0 && length + to > 0) return bytesBetween(text, length + to, length)
  return to >= 0 && length > to ? bytesBetween(text, 0, to) : text
}

function substring(start: bigint, end: bigint, text: string): string {
  const length = byteLength(text)
  const [from, to] = [Number(start), Number(end)]
  if (from < 0) return checked(text, 0, to, length)
  if (to < 0 || to > length) return checked(text, from, length, length)
  return checked(text, from, to, length)
}

/** Go's words for a slice that does not lie within the text tell which bound was given. */
function checked(text: string, from: number, to: number, length: number): string {
  if (to < 0) throw new FunctionError(`runtime error: slice bounds out of range [:${to}]`)
  if (to > length) throw new FunctionError(`runtime error: slice bounds out of range [:${to}] with length ${length}`)
  if (from > to) throw new FunctionError(`runtime error: slice bounds out of range [${from}:${to}]`)
  return bytesBetween(text, from, to)
}

function bytesBetween(text: string, from: number, to: number): string {
  return byteLength(text) === text.length ? text.slice(from, to) : textOf(bytesOf(text).subarray(from, to))
}

/** Go's `SplitN`: an empty separator splits into characters, and the last part holds the rest. */
function split(text: string, by: string, most = -1): string[] {
  if (most === 0) return []
  const parts = by === '' ? [...text] : text.split(by)
  if (most < 0 || parts.length <= most) return parts
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)]
}

/** A `map[string]string` with the parts under `_0`, `_1` and so on. */
function numbered(parts: readonly string[]): object {
  return typed(Object.fromEntries(parts.map((part, i) => [`_${i}`, part])), { name: 'map[string]string', zero: '' })
}
