/** Spans of time as templates see them. */

import type { Signature } from '../../gotemplate/function.ts'
import { type GoType, Integer, namedInteger } from '../../gotemplate/value.ts'
import { int64 } from '../value/cast.ts'
import { isDuration } from '../value/kinds.ts'
import { durationText, longest, roundDuration, second, shortest, truncateDuration } from './duration.ts'

/** A span as a `time.Duration`, a whole number with methods. */
export function durationValue(span: bigint): Integer {
  const get = (call: () => unknown): Signature => ({ parameters: [], call })
  const by = (call: (unit: bigint) => bigint): Signature => ({
    parameters: ['duration'],
    call: (unit: Integer | bigint) => durationValue(call(nanosecondsIn(unit))),
  })
  const methods: GoType['methods'] = {
    String: get(() => durationText(span)),
    Nanoseconds: get(() => int64(span)),
    Microseconds: get(() => int64(span / 1_000n)),
    Milliseconds: get(() => int64(span / 1_000_000n)),
    Seconds: get(() => fractional(span, second)),
    Minutes: get(() => fractional(span, 60n * second)),
    Hours: get(() => fractional(span, 3600n * second)),
    Abs: get(() => durationValue(span === shortest ? longest : span < 0n ? -span : span)),
    Round: by((unit) => roundDuration(span, unit)),
    Truncate: by((unit) => truncateDuration(span, unit)),
  }
  return namedInteger('int64', span, { name: 'time.Duration', text: durationText(span), methods })
}

/** The nanoseconds of an argument that is a duration: a number literal can be one. */
export function nanosecondsIn(duration: Integer | bigint): bigint {
  return typeof duration === 'bigint' ? duration : duration.value
}

/** The nanoseconds of a value that is a duration. */
export function spanIn(value: unknown): bigint | undefined {
  return value instanceof Integer && isDuration(value) ? value.value : undefined
}

/** A span in a unit: Go adds the whole and the rest as floats. */
export function fractional(span: bigint, unit: bigint): number {
  return Number(span / unit) + Number(span % unit) / Number(unit)
}
