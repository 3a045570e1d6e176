/** Exact decimal arithmetic, in which `0.1 + 0.2` is `0.3`. */

import { FunctionError } from '../../gotemplate/error.ts'
import { printedFloat } from '../../gotemplate/value.ts'

/** `digits` × 10^`exponent`. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/** Decimal places of a quotient. */
const places = 16

/** The decimal with the fewest digits that reads as the float. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new FunctionError(`Cannot create a Decimal from ${printedFloat(value)}`)
  const [mantissa = '0', power = '0'] = value.toExponential().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

/** The float nearest to a decimal. */
export function floatOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`)
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, exponent: b.exponent })
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent }
}

/** The quotient to sixteen places, the last one rounded away from zero. */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new FunctionError('decimal division by 0')
  const shift = a.exponent - b.exponent + places
  const dividend = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits
  const divisor = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits
  const size = (magnitude(dividend) * 2n) / magnitude(divisor)
  const rounded = (size + 1n) / 2n
  return { digits: dividend < 0n === divisor < 0n ? rounded : -rounded, exponent: -places }
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to)
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
