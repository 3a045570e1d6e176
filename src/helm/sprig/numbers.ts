/** Arithmetic: whole numbers are int64 and wrap around, what cannot be cast counts as zero. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'
import { printed } from '../../gotemplate/value.ts'
import type { Budget } from '../budget.ts'
import { int64, parseWhole, toFloat, toWhole } from '../value/cast.ts'
import { ints } from '../value/lists.ts'
import { add, type Decimal, decimalOf, divide, floatOf, multiply, subtract } from './decimal.ts'

type Functions = Readonly<Record<string, Signature>>

const one = 'any' as const
const wrap = (value: bigint) => BigInt.asIntN(64, value)

function larger(a: bigint, b: bigint): bigint {
  return b > a ? b : a
}

function smaller(a: bigint, b: bigint): bigint {
  return b < a ? b : a
}

const biggest: Signature = {
  parameters: [one],
  rest: 'any',
  call: (...all) => int64(all.map(toWhole).reduce(larger)),
}

/** sprig's functions on numbers. */
export const numberFunctions: Functions = {
  int: { parameters: [one], call: (value: unknown) => toWhole(value) },
  int64: { parameters: [one], call: (value: unknown) => int64(toWhole(value)) },
  float64: { parameters: [one], call: toFloat },
  atoi: { parameters: ['string'], call: clamped },
  toDecimal: { parameters: [one], call: (value: unknown) => int64(parseWhole(printed(value), 8) ?? 0n) },
  add1: { parameters: [one], call: (value: unknown) => int64(toWhole(value) + 1n) },
  add: { parameters: [], rest: 'any', call: (...all) => int64(all.map(toWhole).reduce((a, b) => a + b, 0n)) },
  sub: { parameters: [one, one], call: (a: unknown, b: unknown) => int64(toWhole(a) - toWhole(b)) },
  mul: {
    parameters: [one],
    rest: 'any',
    call: (...all) => int64(all.map(toWhole).reduce((a, b) => wrap(a * b))),
  },
  div: { parameters: [one, one], call: (a: unknown, b: unknown) => int64(toWhole(a) / divisor(b)) },
  mod: { parameters: [one, one], call: (a: unknown, b: unknown) => int64(toWhole(a) % divisor(b)) },
  max: biggest,
  biggest,
  min: {
    parameters: [one],
    rest: 'any',
    call: (...all) => int64(all.map(toWhole).reduce(smaller)),
  },
  add1f: { parameters: [one], call: (value: unknown) => decimals([value, 1n], add) },
  addf: { parameters: [], rest: 'any', call: (...all) => decimals([0, ...all], add) },
  subf: { parameters: [one], rest: 'any', call: (...all) => decimals(all, subtract) },
  mulf: { parameters: [one], rest: 'any', call: (...all) => decimals(all, multiply) },
  divf: { parameters: [one], rest: 'any', call: (...all) => decimals(all, divide) },
  maxf: { parameters: [one], rest: 'any', call: (...all) => Math.max(...all.map(toFloat)) },
  minf: { parameters: [one], rest: 'any', call: (...all) => Math.min(...all.map(toFloat)) },
  floor: { parameters: [one], call: (value: unknown) => Math.floor(toFloat(value)) },
  ceil: { parameters: [one], call: (value: unknown) => Math.ceil(toFloat(value)) },
  round: { parameters: [one, 'int'], rest: 'float64', call: rounded },
}

/** sprig's functions that make as many numbers as they are told. */
export function sequenceFunctions(budget: Budget): Functions {
  return {
    until: {
      parameters: ['int'],
      call: (count: bigint) => ints(steps(0n, count, count < 0n ? -1n : 1n, budget)),
    },
    untilStep: {
      parameters: ['int', 'int', 'int'],
      call: (start: bigint, stop: bigint, step: bigint) => ints(steps(start, stop, step, budget)),
    },
    seq: { parameters: [], rest: 'int', call: (...all: bigint[]) => sequence(all, budget).join(' ') },
  }
}

/** The numbers from `start` up to, or down to, the one before `stop`; none when the step leads elsewhere. */
function steps(start: bigint, stop: bigint, step: bigint, budget: Budget): bigint[] {
  const falls = stop < start
  if (falls ? step >= 0n : step <= 0n) return []
  const count = falls ? (start - stop - 1n) / -step + 1n : stop > start ? (stop - start - 1n) / step + 1n : 0n
  budget.steps(Number(count))
  return Array.from({ length: Number(count) }, (_, i) => start + BigInt(i) * step)
}

/** As the program `seq`: the last number, the first and the last, or those with the step between them. */
function sequence(all: readonly bigint[], budget: Budget): bigint[] {
  const [first = 1n, second = 1n, third] = all
  if (all.length === 0 || all.length > 3) return []
  const [start, end] = all.length === 1 ? [1n, first] : [first, third ?? second]
  const towards = end < start ? -1n : 1n
  const step = third === undefined ? towards : second
  if (third !== undefined && end < start && step > 0n) return []
  return steps(start, end + towards, step, budget)
}

/** Go's `Atoi`, whose error is ignored: what is no number is 0, and what is too large is the nearest that fits. */
function clamped(text: string): bigint {
  const value = parseWhole(text, 10)
  if (value !== undefined) return value
  if (!/^[+-]?\d+$/.test(text)) return 0n
  return text.startsWith('-') ? -(2n ** 63n) : 2n ** 63n - 1n
}

function divisor(value: unknown): bigint {
  const whole = toWhole(value)
  if (whole === 0n) throw new FunctionError('runtime error: integer divide by zero')
  return whole
}

function decimals(all: readonly unknown[], combine: (a: Decimal, b: Decimal) => Decimal): number {
  return floatOf(all.map((value) => decimalOf(toFloat(value))).reduce(combine))
}

/** A float rounded to so many places; up from a fraction of `on`, which is a half unless it is given. */
function rounded(value: unknown, count: bigint, on = 0.5): number {
  const power = 10 ** Number(count)
  const digits = power * toFloat(value)
  const fraction = digits - Math.trunc(digits)
  return (fraction >= on ? Math.ceil(digits) : Math.floor(digits)) / power
}
