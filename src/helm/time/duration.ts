/** Spans of time in nanoseconds, as Go writes and reads them: `1h30m0.5s`. */

import { quote } from '../../gotemplate/quote.ts'

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

export const second = 1_000_000_000n

const limit = 1n << 63n

/** The most and the least that a span can be. */
export const longest = limit - 1n
export const shortest = -limit

/** The span that a text such as `1.5h` spells, or Go's sentence on what is wrong with it. */
export function parseDuration(text: string): bigint | { readonly error: string } {
  const invalid = { error: `time: invalid duration ${quote(text)}` }
  const isNegative = text.startsWith('-')
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0n
  if (rest === '') return invalid
  let total = 0n
  while (rest !== '') {
    const number = /^(\d*)(?:\.(\d*))?/.exec(rest)
    const [all = '', whole = '', fraction = ''] = number ?? []
    if (`${whole}${fraction}` === '') return invalid
    rest = rest.slice(all.length)
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? ''
    if (unit === '') return { error: `time: missing unit in duration ${quote(text)}` }
    rest = rest.slice(unit.length)
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined
    if (size === undefined) return { error: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` }
    const digits = fraction.slice(0, 18)
    total += BigInt(whole || '0') * size + (BigInt(digits || '0') * size) / 10n ** BigInt(digits.length)
    if (total > limit) return invalid
  }
  if (isNegative) return -total
  return total === limit ? invalid : total
}

/** Go's text for a span: the largest unit that it fills, and fractions of seconds. */
export function durationText(duration: bigint): string {
  if (duration === 0n) return '0s'
  const sign = duration < 0n ? '-' : ''
  const size = duration < 0n ? -duration : duration
  if (size < second) {
    const [unit, scale] = size < 1_000n ? ['ns', 1n] : size < 1_000_000n ? ['µs', 1_000n] : ['ms', 1_000_000n]
    return `${sign}${withFraction(size, scale as bigint)}${unit}`
  }
  const minutes = size / (60n * second)
  const seconds = `${withFraction(size % (60n * second), second)}s`
  if (minutes === 0n) return `${sign}${seconds}`
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function withFraction(size: bigint, scale: bigint): string {
  const rest = size % scale
  const whole = String(size / scale)
  const places = String(scale).length - 1
  return rest === 0n ? whole : `${whole}.${String(rest).padStart(places, '0').replace(/0+$/, '')}`
}

/** The multiple of `unit` nearest to a span; halves are rounded away from zero, and no unit leaves it as it is. */
export function roundDuration(duration: bigint, unit: bigint): bigint {
  if (unit <= 0n) return duration
  const size = duration < 0n ? -duration : duration
  const rest = size % unit
  const rounded = rest + rest < unit ? size - rest : size + unit - rest
  const value = duration < 0n ? -rounded : rounded
  return value >= limit ? limit - 1n : value < -limit ? -limit : value
}

/** The multiple of `unit` that a span has reached; no unit leaves it as it is. */
export function truncateDuration(duration: bigint, unit: bigint): bigint {
  return unit <= 0n ? duration : duration - (duration % unit)
}
