/** The casts that sprig's functions make of their arguments; what cannot be cast is zero. */

import { textOf } from '../../gotemplate/utf8.ts'
import { bytesIn, Integer, printed, typed } from '../../gotemplate/value.ts'
import { isDuration } from './kinds.ts'

const least = -(2n ** 63n)
const most = 2n ** 63n - 1n

/** An int64 in the form in which templates hold one. */
export function int64(value: bigint): Integer {
  return new Integer('int64', BigInt.asIntN(64, value))
}

/** The whole number that a value stands for: a float is cut off, a text must be an integer literal. */
export function toWhole(value: unknown): bigint {
  switch (typeof value) {
    case 'bigint':
      return value
    case 'number':
      return wholeOf(value)
    case 'boolean':
      return value ? 1n : 0n
    case 'string':
      return parseWhole(withoutZeroFraction(value), 0) ?? 0n
    default:
      return isCastable(value) ? BigInt.asIntN(64, value.value) : 0n
  }
}

/** Whether the casts know the type of a number: they know months and weekdays, but no durations. */
function isCastable(value: unknown): value is Integer {
  return value instanceof Integer && !isDuration(value)
}

/** A float without its fraction, as an int64; one that does not fit is the least of them, as on most processors. */
function wholeOf(value: number): bigint {
  if (!(value >= -(2 ** 63) && value < 2 ** 63)) return least
  return BigInt(Math.trunc(value))
}

/** The float that a value stands for. */
export function toFloat(value: unknown): number {
  switch (typeof value) {
    case 'bigint':
      return Number(value)
    case 'number':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'string':
      return parseFloat64(value) ?? 0
    default:
      return isCastable(value) ? Number(value.value) : 0
  }
}

/** `1.00` is read as `1`, but `1.` and `1.5` are not. */
function withoutZeroFraction(text: string): string {
  return text.replace(/\.0+$/, '')
}

const bases: Readonly<Record<string, readonly [number, RegExp]>> = {
  x: [16, /^[\da-f]+$/i],
  o: [8, /^[0-7]+$/],
  b: [2, /^[01]+$/],
}

/**
 * Go's `ParseInt`: undefined where the text is no integer of that base, or none that 64 bits hold. Base 0 takes the base
 * from the prefix, and underscores between digits.
 */
export function parseWhole(text: string, base: 0 | 8 | 10): bigint | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  const digits =
    base === 0 ? fromPrefix(rest) : (base === 8 ? /^[0-7]+$/ : /^\d+$/).test(rest) ? [rest, base] : undefined
  if (digits === undefined) return undefined
  const prefix = { 2: '0b', 8: '0o', 10: '', 16: '0x' }[digits[1] as 2 | 8 | 10 | 16]
  const size = BigInt(`${prefix}${digits[0]}`)
  const value = sign === '-' ? -size : size
  return value < least || value > most ? undefined : value
}

function fromPrefix(text: string): readonly [string, number] | undefined {
  const plain = withoutUnderscores(text)
  if (plain === undefined) return undefined
  const found = /^0([xob])(.*)$/is.exec(plain)
  if (found) {
    const [base, form] = bases[(found[1] ?? '').toLowerCase()] ?? [10, /^$/]
    return form.test(found[2] ?? '') ? [found[2] ?? '', base] : undefined
  }
  if (/^0[0-7]+$/.test(plain)) return [plain.slice(1), 8]
  return /^(0|[1-9]\d*)$/.test(plain) ? [plain, 10] : undefined
}

/** An underscore may stand between two digits or behind the prefix. */
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text
  return /^[-+]?(0[xob]_)?[\da-f]+(_[\da-f]+)*/i.test(text) && !/_(?![\da-f])|(?<![\da-fxob])_/i.test(text)
    ? text.replaceAll('_', '')
    : undefined
}

const decimalForm = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const hexadecimalForm = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i
const infinityForm = /^([+-]?)inf(inity)?$/i

/** Go's `ParseFloat`: undefined where the text is no number, or one too large. */
export function parseFloat64(written: string): number | undefined {
  const text = withoutUnderscores(written) ?? written
  if (decimalForm.test(text)) {
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }
  const infinite = infinityForm.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  const hex = hexadecimalForm.exec(text)
  if (!hex || `${hex[2]}${hex[3]}` === '') return undefined
  const mantissa = Number(BigInt(`0x${hex[2]}${hex[3]}`))
  const exponent = Number(hex[4]) - 4 * (hex[3] ?? '').length
  const half = Math.trunc(exponent / 2)
  const value = mantissa === 0 ? 0 : mantissa * 2 ** half * 2 ** (exponent - half)
  if (!Number.isFinite(value)) return undefined
  return hex[1] === '-' ? -value : value
}

/** The text of a value, as sprig's `toString` gives it: bytes are what they spell, everything else is printed. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value
  const bytes = bytesIn(value)
  return bytes ? textOf(bytes) : printed(value)
}

/** The type of a list of bytes. */
export const bytesType = { name: '[]uint8' } as const

/** A list of bytes. */
export function bytesValue(data: Iterable<number>): readonly Integer[] {
  return typed(
    Array.from(data, (byte) => new Integer('uint8', BigInt(byte))),
    bytesType,
  )
}
