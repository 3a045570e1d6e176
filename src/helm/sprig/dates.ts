/** Functions on dates and spans of time. The local zone is UTC; the current time is only known if it was given. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError, WithheldError } from '../../gotemplate/error.ts'
import { Integer, printedFloat, typeName } from '../../gotemplate/value.ts'
import { later, nanosecondsOf } from '../time/arithmetic.ts' // on demand
import { durationText, parseDuration, roundDuration, second, truncateDuration } from '../time/duration.ts'
import { durationValue, fractional, spanIn } from '../time/duration-value.ts' // on demand
import type { Moment } from '../time/moment.ts'
import { formatMoment } from '../time/moment.ts' // on demand
import { parseMoment } from '../time/parse.ts' // on demand
import { momentOf, timeValue, zeroTime } from '../time/time-value.ts' // on demand
import { local, utc, zoneAt } from '../time/zone.ts'
import { int64, parseFloat64, parseWhole } from '../value/cast.ts'
import { trimSpace } from './characters.ts'

/** The date functions; `now` is the current time in milliseconds since 1970, if templates may know it. */
export function dateFunctions(now: number | undefined): Readonly<Record<string, Signature>> {
  const current = (name: string): Moment => {
    if (now === undefined)
      throw new WithheldError(
        `"${name}" needs the current time, which would make each rendering another; give it a fixed time`,
      )
    return { seconds: Math.floor(now / 1000), nanoseconds: (((now % 1000) + 1000) % 1000) * 1e6, zone: local }
  }
  const dated = (name: string, value: unknown): Moment => {
    const moment = momentOf(value)
    if (moment) return moment
    const isSeconds = typeof value === 'bigint' || (value instanceof Integer && /^int(64|32)$/.test(typeName(value)))
    if (!isSeconds) return current(name)
    const seconds = Number(typeof value === 'bigint' ? value : value.value)
    return { seconds, nanoseconds: 0, zone: local }
  }
  const inZone = (name: string, layout: string, date: unknown, zone: string) => {
    const moment = dated(name, date)
    return formatMoment({ ...moment, zone: zoneAt(zone, moment.seconds) ?? utc }, layout)
  }
  const zoned = (name: string): Signature => ({
    parameters: ['string', 'any', 'string'],
    call: (layout: string, date: unknown, zone: string) => inZone(name, layout, date, zone),
  })
  return {
    now: { parameters: [], call: () => timeValue(current('now')) },
    date: {
      parameters: ['string', 'any'],
      call: (layout: string, date: unknown) => inZone('date', layout, date, 'UTC'),
    },
    dateInZone: zoned('dateInZone'),
    date_in_zone: zoned('date_in_zone'),
    htmlDate: { parameters: ['any'], call: (date: unknown) => inZone('htmlDate', '2006-01-02', date, 'UTC') },
    htmlDateInZone: {
      parameters: ['any', 'string'],
      call: (date: unknown, zone: string) => inZone('htmlDateInZone', '2006-01-02', date, zone),
    },
    ago: {
      parameters: ['any'],
      call(date: unknown) {
        const present = current('ago')
        const then = dated('ago', date)
        return durationText(roundDuration(nanosecondsOf(present) - nanosecondsOf(then), second))
      },
    },
    toDate: { parameters: ['string', 'string'], call: (layout: string, text: string) => readDate(layout, text, false) },
    mustToDate: {
      parameters: ['string', 'string'],
      call: (layout: string, text: string) => readDate(layout, text, true),
    },
    dateModify: modifier(false),
    date_modify: modifier(false),
    mustDateModify: modifier(true),
    must_date_modify: modifier(true),
    unixEpoch: { parameters: ['time'], call: (date: unknown) => String(required(date).seconds) },
    duration: { parameters: ['any'], call: (value: unknown) => durationText(secondsOf(value) * second) },
    durationRound: {
      parameters: ['any'],
      call(value: unknown) {
        const then = momentOf(value)
        if (then === undefined) return coarse(spanOf(value))
        const present = current('durationRound')
        return coarse(BigInt(present.seconds - then.seconds) * second)
      },
    },
  }
}

function readDate(layout: string, text: string, must: boolean): object {
  const moment = parseMoment(layout, text)
  if (!('error' in moment)) return timeValue(moment)
  if (must) throw new FunctionError(moment.error)
  return zeroTime()
}

function required(value: unknown): Moment {
  const moment = momentOf(value)
  if (moment) return moment
  const name = value === null || value === undefined ? 'interface {}' : typeName(value)
  throw new FunctionError(`wrong type for value; expected time.Time; got ${name}`)
}

function modifier(must: boolean): Signature {
  return {
    parameters: ['string', 'time'],
    call(by: string, date: unknown) {
      const moment = required(date)
      const span = parseDuration(by)
      if (typeof span !== 'bigint') {
        if (must) throw new FunctionError(span.error)
        return timeValue(moment)
      }
      return timeValue(later(moment, span))
    },
  }
}

/** Seconds that a text or an int64 tells; anything else, an int among them, is none. */
function secondsOf(value: unknown): bigint {
  if (typeof value === 'string') return parseWhole(value, 10) ?? 0n
  return wideIn(value) ?? 0n
}

/** The number that a value is which Go holds as a bare int64. */
function wideIn(value: unknown): bigint | undefined {
  return value instanceof Integer && typeName(value) === 'int64' ? value.value : undefined
}

function spanOf(value: unknown): bigint {
  if (typeof value !== 'string') return wideIn(value) ?? 0n
  const span = parseDuration(value)
  return typeof span === 'bigint' ? span : 0n
}

const coarseUnits: readonly (readonly [unit: string, seconds: bigint])[] = [
  ['y', 31_536_000n],
  ['mo', 2_592_000n],
  ['d', 86_400n],
  ['h', 3_600n],
  ['m', 60n],
  ['s', 1n],
]

/** A span in the largest unit of which it is more than one. */
function coarse(span: bigint): string {
  const size = span < 0n ? -span : span
  const found = coarseUnits.find(([, seconds]) => size > seconds * second)
  return found ? `${size / (found[1] * second)}${found[0]}` : '0s'
}

// Helm's own functions on spans

const mostSeconds = (2n ** 63n - 1n) / second
const limit = 2 ** 63

/** What a value is as a span: a text in Go's notation, or seconds. */
function asDuration(value: unknown): bigint | { readonly error: string } {
  const known = spanIn(value)
  if (known !== undefined) return known
  if (typeof value === 'string') {
    const text = trimSpace(value)
    if (text === '') return { error: 'empty duration' }
    const span = parseDuration(text)
    if (typeof span === 'bigint') return span
    const seconds = parseFloat64(text)
    return seconds === undefined ? { error: `could not parse duration ${JSON.stringify(value)}` } : fromFloat(seconds)
  }
  if (value === null || value === undefined) return { error: 'invalid duration' }
  if (typeof value === 'number') return fromFloat(value)
  const whole = typeof value === 'bigint' ? value : value instanceof Integer ? value.value : undefined
  if (whole === undefined) return { error: `unsupported duration type ${typeName(value)}` }
  if (whole > mostSeconds || whole < -mostSeconds) return { error: `duration seconds overflow: ${whole}` }
  return whole * second
}

function fromFloat(seconds: number): bigint | { readonly error: string } {
  if (!Number.isFinite(seconds)) return { error: `invalid duration seconds: ${printedFloat(seconds)}` }
  const nanoseconds = seconds * 1e9
  if (nanoseconds > limit || nanoseconds < -limit)
    return { error: `duration seconds overflow: ${printedFloat(seconds)}` }
  return BigInt(Math.trunc(nanoseconds))
}

const counted = (count: (span: bigint) => unknown, none: unknown): Signature => ({
  parameters: ['any'],
  call(value: unknown) {
    const span = asDuration(value)
    return typeof span === 'bigint' ? count(span) : none
  },
})

const toUnit = (change: (span: bigint, unit: bigint) => bigint): Signature => ({
  parameters: ['any', 'any'],
  call(value: unknown, multiple: unknown) {
    const span = asDuration(value)
    const unit = asDuration(multiple)
    if (typeof span !== 'bigint') return durationValue(0n)
    return durationValue(typeof unit === 'bigint' ? change(span, unit) : span)
  },
})

/** Helm's functions on spans of time; what is none counts as zero. */
export const durationFunctions: Readonly<Record<string, Signature>> = {
  mustToDuration: {
    parameters: ['any'],
    call(value: unknown) {
      const span = asDuration(value)
      if (typeof span !== 'bigint') throw new FunctionError(span.error)
      return durationValue(span)
    },
  },
  durationSeconds: counted((span) => fractional(span, second), 0),
  durationMinutes: counted((span) => fractional(span, 60n * second), 0),
  durationHours: counted((span) => fractional(span, 3600n * second), 0),
  durationDays: counted((span) => fractional(span, 3600n * second) / 24, 0),
  durationWeeks: counted((span) => fractional(span, 3600n * second) / 24 / 7, 0),
  durationMilliseconds: counted((span) => int64(span / 1_000_000n), int64(0n)),
  durationMicroseconds: counted((span) => int64(span / 1_000n), int64(0n)),
  durationNanoseconds: counted((span) => int64(span), int64(0n)),
  durationRoundTo: toUnit(roundDuration),
  durationTruncateTo: toUnit(truncateDuration),
}
