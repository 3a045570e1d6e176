/**
 * How Go sees a JavaScript value.
 *
 * | JavaScript | Go |
 * | --- | --- |
 * | `number` | float64 (what a values file gives) |
 * | `bigint` | int (what a literal in a template gives) |
 * | `Integer`, `Complex` | the other integer types, complex128 |
 * | `Sequence` | a function to range over |
 * | `string`, `boolean` | string, bool |
 * | array | `[]interface {}` |
 * | object | `map[string]interface {}`, unless `typed` says otherwise |
 * | `null` | a nil interface: what a map or list holds for YAML's null; a field of it is an error |
 * | `undefined` | no value at all: what a missing key gives; a field of it is again no value |
 */

import type { GoFunction } from './function.ts'
import { hasSurrogates } from './utf8.ts'

/** What a host can say of an object or array that is more than a plain map or list. */
export interface GoType {
  /** What `%T` and error messages call it: `map[string]string`, `*v1.Pod`. */
  readonly name: string
  /** A struct is always true, is printed as `{…}`, and asking for a field that it does not have is an error. */
  readonly struct?: boolean
  /** What a missing key gives where Go gives the zero value of the element type; nil when left out. */
  readonly zero?: unknown
  /** What printing it writes, where Go would call a `String` method. */
  readonly text?: string
  /** As `text`, for a method of the pointer: only an action that prints the value where it lies has one. */
  readonly textInPlace?: string
  /** What `%#v` writes, where Go would call a `GoString` method. */
  readonly goText?: string
  /** What two structs of the type must have in common, one by one, to be equal; each is another when left out. */
  readonly identity?: readonly unknown[]
  /** Its methods, which hide fields and keys of the same names; lists can have some too. */
  readonly methods?: Readonly<Record<string, GoFunction>>
}

const goType = Symbol('Go type')

/**
 * A copy of the object or array that templates see as a value of the given Go type: `typed(labels, { name:
 * 'map[string]string', zero: '' })` answers a missing key with "". Functions under its keys are its methods.
 */
export function typed<T extends object>(value: T, type: GoType): T {
  const copy = Array.isArray(value) ? [...value] : { ...value }
  // A view, below, may say another type only of a property that could be configured anew.
  return Object.defineProperty(copy, goType, { value: type, configurable: true }) as T
}

/**
 * The same object or array, seen as of another type, or as a plain one: what is set in the view is set in the value.
 * Go has this where a map is converted, as its types share what they hold.
 */
export function seenAs<T extends object>(value: T, type: GoType | undefined): T {
  return new Proxy(value, { get: (held, key) => (key === goType ? type : Reflect.get(held, key)) })
}

/** A map as Go gives it back from a function whose result is a `map[string]interface {}`: without a type of its own. */
export function asPlain<T extends object>(map: T): T {
  return typeOf(map) === undefined ? map : seenAs(map, undefined)
}

/** The type that `typed` gave the value, or undefined. */
export function typeOf(value: object): GoType | undefined {
  return (value as { [goType]?: GoType })[goType]
}

/** Whether Go holds the elements of a list or map in interfaces, so that their own types are not known beforehand. */
export function holdsInterfaces(value: object): boolean {
  const type = typeOf(value)
  return (
    type === undefined ||
    (!type.struct && type.zero === undefined && /(^|\])(interface \{\}|any)$/.test(elementsOf(type.name)))
  )
}

/** The name of a type's elements in a list or a map; a name of its own (`chart.Values`) stands for a map of anything. */
function elementsOf(name: string): string {
  return /^(\[\]|map\[)/.test(name) ? name : `[]any`
}

/** An integer of a Go type other than int, e.g. the uint8 that indexing a string gives; an int only with a name. */
export class Integer {
  readonly type: 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64'
  readonly value: bigint
  constructor(type: Integer['type'], value: bigint) {
    this.type = type
    this.value = value
  }
}

/** The bytes of a list of them, Go's `[]byte`; undefined for anything else. */
export function bytesIn(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || typeOf(value)?.name !== '[]uint8') return undefined
  return value.map((byte: Integer) => Number(byte.value))
}

/** An integer of a type that has a name of its own, such as `time.Duration`, and the methods of that type. */
export function namedInteger(kind: Integer['type'], value: bigint, type: GoType): Integer {
  return Object.defineProperty(new Integer(kind, value), goType, { value: type })
}

/** A complex128, which only a literal such as `1+2i` gives. */
export class Complex {
  readonly real: number
  readonly imaginary: number
  constructor(real: number, imaginary: number) {
    this.real = real
    this.imaginary = imaginary
  }
}

/** A function that `range` walks: an iter.Seq of elements or, with `pairs`, an iter.Seq2 of keys and elements. */
export class Sequence {
  readonly pairs: boolean
  readonly elements: () => Iterable<unknown>
  constructor(pairs: boolean, elements: Sequence['elements']) {
    this.pairs = pairs
    this.elements = elements
  }
}

export type Kind =
  | 'invalid'
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'complex'
  | 'string'
  | 'list'
  | 'map'
  | 'struct'
  | 'func'

const kinds: Readonly<Record<string, Kind>> = {
  string: 'string',
  number: 'float',
  bigint: 'int',
  boolean: 'bool',
  function: 'func',
}

/** The kind of a value as far as templates can tell values apart; nil and no value are `invalid`. */
export function kindOf(value: unknown): Kind {
  if (typeof value !== 'object' || value === null) return kinds[typeof value] ?? 'invalid'
  if (isPlain(value)) return typeOf(value)?.struct ? 'struct' : 'map'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Integer) return value.type.startsWith('u') ? 'uint' : 'int'
  if (value instanceof Complex) return 'complex'
  if (value instanceof Sequence) return 'func'
  return typeOf(value)?.struct ? 'struct' : 'map'
}

/** Whether the value is of no class, as all maps and structs are. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const names: Readonly<Record<Kind, string>> = {
  invalid: '<nil>',
  bool: 'bool',
  int: 'int',
  uint: 'uint',
  float: 'float64',
  complex: 'complex128',
  string: 'string',
  list: '[]interface {}',
  map: 'map[string]interface {}',
  struct: 'struct {}',
  func: 'func(...interface {}) interface {}',
}

/** Go's name for the type of a value, as `%T` prints it; `<nil>` for nil. */
export function typeName(value: unknown): string {
  if (value instanceof Integer) return typeOf(value)?.name ?? value.type
  if (value instanceof Sequence) return `func(func(${value.pairs ? 'interface {}, ' : ''}interface {}) bool)`
  if (typeof value === 'object' && value !== null) return typeOf(value)?.name ?? names[kindOf(value)]
  return names[kindOf(value)]
}

/** Whether the value is a map or struct, so that field access looks for a key in it. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  const kind = kindOf(value)
  return kind === 'map' || kind === 'struct'
}

/** Go's text for a value, as `print` and `%v` write it: `1e+06`, `[a b]`, `map[k:v]`, `<nil>`. */
export function printed(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return printedFloat(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'function':
      return `(${typeName(value)})`
    case 'object':
      return value === null ? '<nil>' : printedObject(value)
    default:
      return '<nil>'
  }
}

function printedObject(value: object): string {
  const type = typeOf(value)
  if (type?.text !== undefined) return type.text
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`
  if (value instanceof Integer) return String(value.value)
  if (value instanceof Sequence) return `(${typeName(value)})`
  if (value instanceof Complex) return `(${printedFloat(value.real)}${signed(printedFloat(value.imaginary))}i)`
  const map = value as Readonly<Record<string, unknown>>
  if (type?.struct)
    return `{${fieldsOf(map)
      .map((key) => printed(map[key]))
      .join(' ')}}`
  return `map[${sortedKeys(map)
    .map((key) => `${key}:${printed(map[key])}`)
    .join(' ')}]`
}

/** The fields of a struct in the order in which the host gave them, without its methods. */
export function fieldsOf(struct: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(struct).filter((key) => typeof struct[key] !== 'function')
}

function signed(number: string): string {
  return number.startsWith('-') || number.startsWith('+') ? number : `+${number}`
}

/** The shortest digits that read back as the same float64, with an exponent below 1e-4 and from 1e6 on. */
export function printedFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const size = Math.abs(value)
  // JavaScript writes plain digits between 1e-6 and 1e21, which covers this span.
  if (size >= 1e-4 && size < 1e6) return String(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`
}

/** Whether `if` and `with` take the branch: false, 0, "", nil, an empty list and an empty map do not. */
export function truth(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? value !== 0 : Boolean(value)
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof Integer) return value.value !== 0n
  if (value instanceof Complex) return value.real !== 0 || value.imaginary !== 0
  if (value instanceof Sequence || typeOf(value)?.struct) return true
  for (const key in value) if (Object.hasOwn(value, key)) return true
  return false
}

/** The keys of a map in the order in which Go prints and ranges over them. */
export function sortedKeys(map: object): string[] {
  const keys = Object.keys(map)
  // The order of code units, in which engines sort by themselves, is another one for these only.
  return keys.some(hasSurrogates) ? keys.sort(compareText) : keys.sort()
}

/** Order of two strings by their UTF-8 bytes, which is Go's; negative, zero or positive. */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** A surrogate stands for a character above every other one, although its code unit is below U+E000. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
