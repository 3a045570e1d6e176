/** The types of functions: what their parameters take, and Go's words for what they refuse. */

import { kindOf, typeName } from './value.ts'

/**
 * What a parameter takes. `any` gives a missing value as null; `value` keeps null and undefined apart. A value of
 * another type is an error with Go's words. `bare` is a value that a list or map element, which Go still holds in
 * its interface, reaches as `inInterface`.
 */
export type Parameter = 'any' | 'value' | 'bare' | 'string' | 'int' | 'float64' | 'bool' | 'map' | 'list' | HostType

/** A type that only values of the host have; a number literal can be a duration. */
export type HostType = 'bytes' | 'time' | 'duration' | 'location'

/** What a `bare` parameter gets for an element of a list or map. */
export const inInterface = Symbol('interface {}')

/** A function with typed parameters; `rest` is the type of any number of further arguments. */
export interface Signature {
  readonly parameters: readonly Parameter[]
  readonly rest?: Parameter
  /** The function visits everything inside its arguments, which counts as that many steps before it is called. */
  readonly deep?: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the parameters say what the arguments are
  readonly call: (...args: any[]) => unknown
}

/** A function of the host; one without a signature takes any arguments and checks them itself. */
// biome-ignore lint/suspicious/noExplicitAny: it is called with what the template says
export type GoFunction = ((...args: any[]) => unknown) | Signature

/** Go's name for the type of a parameter. */
export const goTypes: Readonly<Record<Parameter, string>> = {
  any: 'interface {}',
  value: 'reflect.Value',
  bare: 'reflect.Value',
  string: 'string',
  int: 'int',
  float64: 'float64',
  bool: 'bool',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  bytes: '[]uint8',
  time: 'time.Time',
  duration: 'time.Duration',
  location: '*time.Location',
}

const hostTypes: ReadonlySet<string> = new Set<HostType>(['bytes', 'time', 'duration', 'location'])

const kinds: Readonly<Record<string, Parameter>> = {
  string: 'string',
  int: 'int',
  float: 'float64',
  bool: 'bool',
  map: 'map',
  list: 'list',
}

const literals: Readonly<Partial<Record<Parameter, string>>> = {
  string: 'string',
  int: 'integer',
  float64: 'float',
  bool: 'bool',
  duration: 'integer',
}

/** What `nil` is to the parameters that take it. */
export const nilOf: Readonly<Partial<Record<Parameter, null | undefined>>> = {
  any: null,
  value: undefined,
  bare: undefined,
  map: null,
  list: null,
  bytes: null,
  location: null,
}

/** The signature of a function that has none: any arguments at all. */
export const anything: Omit<Signature, 'call'> = { parameters: [], rest: 'any' }

/** Whether a value can be the argument of a parameter as it is. */
export function accepts(type: Parameter, value: unknown): boolean {
  if (type === 'any' || (type === 'string' && typeof value === 'string')) return true
  if (type === 'value' || type === 'bare') return true
  if (hostTypes.has(type)) return value !== null && value !== undefined && typeName(value) === goTypes[type]
  return type === kinds[kindOf(value)] && isAssignable(type, value)
}

/** A `[]string` is no `[]interface {}`, but a named type such as `chart.Values` is the map that it is made of. */
function isAssignable(type: Parameter, value: unknown): boolean {
  const name = typeName(value)
  return name === goTypes[type] || ((type === 'map' || type === 'list') && !/^(map)?\[/.test(name))
}

/** Why a literal, given as it is written, cannot be the argument. */
export function literalRefusal(type: Parameter, text: string): string {
  const wanted = literals[type]
  return wanted === undefined
    ? `can't handle ${text} for arg of type ${goTypes[type]}`
    : `expected ${wanted}; found ${text}`
}

/** Why a value cannot be the argument. */
export function refusal(type: Parameter, value: unknown): string {
  if (value === undefined) return `invalid value; expected ${goTypes[type]}`
  return `wrong type for value; expected ${goTypes[type]}; got ${value === null ? 'interface {}' : typeName(value)}`
}
