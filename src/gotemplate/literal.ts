/** The constants of the template language: strings, characters and numbers in Go's notation. */

import { isRune, quote } from './quote.ts'
import { textOf } from './utf8.ts'
import { Complex } from './value.ts'

/** A text in quotes without them and with its escapes resolved; undefined when an escape is malformed. */
export function unquote(quoted: string): string | undefined {
  const inside = quoted.slice(1, -1)
  // A raw string drops carriage returns, so that a file means the same with either line ending.
  if (quoted.startsWith('`')) return inside.replaceAll('\r', '')
  if (!inside.includes('\\')) return inside
  let text = ''
  const bytes: number[] = []
  for (let at = 0; at < inside.length; ) {
    const step = character(inside, at, '"')
    if (step === undefined) return undefined
    // `\xff` is a byte, not a character: those beside each other are decoded together.
    if (step.byte) bytes.push(step.rune)
    else {
      text += textOf(bytes.splice(0)) + String.fromCodePoint(step.rune)
    }
    at = step.end
  }
  return text + textOf(bytes)
}

interface Character {
  readonly rune: number
  readonly end: number
  readonly byte: boolean
}

const simple: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }
const widths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** The character, possibly written as an escape, at a place in a quoted text; undefined when it is malformed. */
function character(text: string, at: number, mark: string): Character | undefined {
  const rune = text.codePointAt(at)
  if (rune === undefined || text.charAt(at) === mark) return undefined
  if (rune !== 92) return { rune, end: at + (rune > 0xffff ? 2 : 1), byte: false }
  const letter = text.charAt(at + 1)
  if (letter === mark) return { rune: letter.charCodeAt(0), end: at + 2, byte: false }
  const known = simple[letter]
  if (known !== undefined) return { rune: known, end: at + 2, byte: false }
  const octal = /^[0-7]{3}/.exec(text.slice(at + 1, at + 4))
  if (octal) {
    const byte = Number.parseInt(octal[0], 8)
    return byte > 255 ? undefined : { rune: byte, end: at + 4, byte: true }
  }
  const width = widths[letter]
  const digits = text.slice(at + 2, at + 2 + (width ?? 0))
  if (width === undefined || digits.length < width || !/^[\da-fA-F]+$/.test(digits)) return undefined
  const value = Number.parseInt(digits, 16)
  if (letter !== 'x' && !isRune(value)) return undefined
  return { rune: value, end: at + 2 + width, byte: letter === 'x' }
}

/** A number literal: its value where any type will do, and what it is to a parameter of type int or float64. */
export interface Constant {
  /** Undefined when it is an integer too large for int, which is an error once it is evaluated. */
  readonly value: bigint | number | Complex | undefined
  readonly int: bigint | undefined
  readonly float: number | undefined
}

/** The constant that a literal such as `0x1F`, `1_000`, `2.5e3`, `'a'` or `1+2i` spells, or why it spells none. */
export function constant(text: string, kind: 'number' | 'character' | 'complex'): Constant | { readonly why: string } {
  if (kind === 'character') return characterConstant(text)
  if (kind === 'complex') return complexConstant(text)
  if (text.endsWith('i')) {
    const imaginary = parseFloat64(text.slice(0, -1))
    if (typeof imaginary === 'number') return fromComplex(new Complex(0, imaginary))
  }
  const int = parseInteger(text)
  const looksFloat = /[.eEpP]/.test(text)
  if (int !== undefined && int >= -(2n ** 63n) && int < 2n ** 64n) {
    const fits = int < 2n ** 63n
    // A sign before a hexadecimal number with an E in it makes Go take it for a float.
    const value = looksFloat && !/^0[xX]/.test(text) ? Number(int) : fits ? int : undefined
    return { value, int: fits ? int : undefined, float: Number(int) }
  }
  const float = parseFloat64(text)
  if (typeof float !== 'number') return { why: `illegal number syntax: "${text}"` }
  if (!looksFloat) return { why: `integer overflow: "${text}"` }
  return { value: float, int: integral(float), float }
}

function characterConstant(text: string): Constant | { readonly why: string } {
  const first = character(text, 1, "'")
  if (first === undefined) return { why: 'invalid syntax' }
  if (text.slice(first.end) !== "'") return { why: `malformed character constant: ${text}` }
  return { value: BigInt(first.rune), int: BigInt(first.rune), float: first.rune }
}

/** Go reads the two parts of `1+2i` by their own rules: the first ends where no number goes on. */
function complexConstant(text: string): Constant | { readonly why: string } {
  const real =
    /^[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)/
  const first = real.exec(text)?.[0] ?? ''
  const second = text.slice(first.length, -1)
  if (!/^[+-]/.test(second) || real.exec(second)?.[0] !== second) return { why: 'syntax error scanning complex number' }
  const numbers: number[] = []
  for (const part of [first, second]) {
    const number = parseFloat64(part)
    if (typeof number !== 'number') return { why: `strconv.ParseFloat: parsing ${quote(part)}: ${number.why}` }
    numbers.push(number)
  }
  return fromComplex(new Complex(numbers[0] ?? 0, numbers[1] ?? 0))
}

function fromComplex(value: Complex): Constant {
  const float = value.imaginary === 0 ? value.real : undefined
  return { value, int: float === undefined ? undefined : integral(float), float }
}

function integral(float: number): bigint | undefined {
  return Number.isInteger(float) && float >= -(2 ** 63) && float < 2 ** 63 ? BigInt(float) : undefined
}

/** Go's integer literal with any base prefix and `_` between digits; undefined when the text is none. */
function parseInteger(text: string): bigint | undefined {
  const match =
    /^([+-]?)(0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/.exec(text)
  if (!match) return undefined
  const digits = (match[2] ?? '').replaceAll('_', '')
  // A leading zero means octal, which JavaScript spells `0o`.
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
  return match[1] === '-' ? -value : value
}

/** Go's floating-point literal, decimal or hexadecimal with a binary exponent. */
function parseFloat64(text: string): number | { readonly why: string } {
  const decimal = /^[+-]?(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/
  if (decimal.test(text)) return inRange(Number(text.replaceAll('_', '')))
  const hex = /^([+-]?)0[xX]((?:_?[\da-fA-F])*)\.?((?:[\da-fA-F](?:_?[\da-fA-F])*)?)[pP]([+-]?\d(?:_?\d)*)$/.exec(text)
  const [, sign, whole = '', part = '', power = ''] = hex ?? []
  const digits = `${whole}${part}`.replaceAll('_', '')
  if (digits === '') return { why: 'invalid syntax' }
  const exponent = Number(power.replaceAll('_', '')) - 4 * part.replaceAll('_', '').length
  return inRange(scaled(BigInt(`0x${digits}`), exponent) * (sign === '-' ? -1 : 1))
}

/** digits × 2^exponent, rounded once. */
function scaled(digits: bigint, exponent: number): number {
  if (digits === 0n || exponent > 2000) return digits === 0n ? 0 : Number.POSITIVE_INFINITY
  const length = digits.toString(2).length
  // Below 2^-1022 a float has fewer than 53 bits, so the bits that it lacks are rounded away before scaling.
  const spare = Math.max(length - 53, -1074 - exponent)
  if (spare <= 0) return Number(digits) * 2 ** exponent
  if (spare > length + 1) return 0
  const kept = digits >> BigInt(spare)
  const rest = digits - (kept << BigInt(spare))
  const half = 1n << BigInt(spare - 1)
  const up = rest > half || (rest === half && (kept & 1n) === 1n)
  const power = exponent + spare
  const mantissa = Number(up ? kept + 1n : kept)
  return power < -1022 ? mantissa * 2 ** -1022 * 2 ** (power + 1022) : mantissa * 2 ** power
}

function inRange(value: number): number | { readonly why: string } {
  return Number.isFinite(value) ? value : { why: 'value out of range' }
}
