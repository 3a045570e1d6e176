/** Functions on dates and spans of time. The local zone is UTC; the current time is only known if it was given. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError, WithheldError } from '../../gotemplate/error.ts'
import { Integer, printedFloat, typed, typeName, typeOf } from '../../gotemplate/value.ts'
import type { EncodedType } from '../text/plain.ts'
import { durationText, parseDuration, roundDuration, second } from '../time/duration.ts'
import { clockOf, formatMoment, type Moment, momentText, months, weekdays, zeroMoment } from '../time/moment.ts'
import { parseMoment } from '../time/parse.ts' // on demand
import { utc, zoneAt } from '../time/zone.ts'
import { int64, parseFloat64, parseWhole } from '../value/cast.ts'
import { trimSpace } from './characters.ts'

interface TimeType extends EncodedType {
  readonly moment: Moment
}

/** A moment as a template sees it: a `time.Time` with the methods that templates use. */
export function timeValue(moment: Moment): object {
  const clock = clockOf(moment)
  const get = (call: () => unknown): Signature => ({ parameters: [], call })
  const type: TimeType = {
    name: 'time.Time',
    struct: true,
    text: momentText(moment),
    json: formatMoment(moment, '2006-01-02T15:04:05.999999999Z07:00'),
    moment,
    identity: `${moment.seconds} ${moment.nanoseconds} ${moment.zone.offset} ${moment.zone.abbreviation}`,
    methods: {
      Format: { parameters: ['string'], call: (layout: string) => formatMoment(moment, layout) },
      String: get(() => momentText(moment)),
      Unix: get(() => int64(BigInt(moment.seconds))),
      UnixMilli: get(() => int64(BigInt(moment.seconds) * 1000n + BigInt(Math.floor(moment.nanoseconds / 1e6)))),
      UnixNano: get(() => int64(BigInt(moment.seconds) * second + BigInt(moment.nanoseconds))),
      Year: get(() => BigInt(clock.year)),
      Month: get(() => named('time.Month', months[clock.month - 1])),
      Day: get(() => BigInt(clock.day)),
      Weekday: get(() => named('time.Weekday', weekdays[clock.weekday])),
      YearDay: get(() => BigInt(clock.yearDay)),
      Hour: get(() => BigInt(clock.hour)),
      Minute: get(() => BigInt(clock.minute)),
      Second: get(() => BigInt(clock.second)),
      Nanosecond: get(() => BigInt(moment.nanoseconds)),
      IsZero: get(() => moment.seconds === zeroMoment.seconds && moment.nanoseconds === 0),
      UTC: get(() => timeValue({ ...moment, zone: utc })),
    },
  }
  return typed({}, type)
}

function named(name: string, text: string | undefined): object {
  return typed({}, { name, struct: true, text: text ?? '' })
}

function momentOf(value: unknown): Moment | undefined {
  const type = typeof value === 'object' && value !== null ? typeOf(value) : undefined
  return type && 'moment' in type ? (type as TimeType).moment : undefined
}

/** The date functions; `now` is the current time in milliseconds since 1970, if templates may know it. */
export function dateFunctions(now: number | undefined): Readonly<Record<string, Signature>> {
  const current = (name: string): Moment => {
    if (now === undefined)
      throw new WithheldError(
        `"${name}" needs the current time, which would make each rendering another; give it a fixed time`,
      )
    return { seconds: Math.floor(now / 1000), nanoseconds: (now % 1000) * 1e6, zone: utc }
  }
  const dated = (name: string, value: unknown): Moment => {
    const moment = momentOf(value)
    if (moment) return moment
    const isSeconds = typeof value === 'bigint' || (value instanceof Integer && /^int(64|32)$/.test(value.type))
    if (!isSeconds) return current(name)
    const seconds = Number(typeof value === 'bigint' ? value : value.value)
    return { seconds, nanoseconds: 0, zone: utc }
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
        const passed = BigInt(present.seconds - then.seconds) * second + BigInt(present.nanoseconds - then.nanoseconds)
        return durationText(roundDuration(passed, second))
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
  return timeValue(zeroMoment)
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
      const total = BigInt(moment.seconds) * second + BigInt(moment.nanoseconds) + span
      const nanoseconds = ((total % second) + second) % second
      const seconds = Number((total - nanoseconds) / second)
      return timeValue({ seconds, nanoseconds: Number(nanoseconds), zone: moment.zone })
    },
  }
}

/** Seconds that a text or an int64 tells; anything else, an int among them, is none. */
function secondsOf(value: unknown): bigint {
  if (typeof value === 'string') return parseWhole(value, 10) ?? 0n
  return value instanceof Integer && value.type === 'int64' ? value.value : 0n
}

function spanOf(value: unknown): bigint {
  if (typeof value !== 'string') return value instanceof Integer && value.type === 'int64' ? value.value : 0n
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

interface DurationType extends EncodedType {
  readonly span: bigint
}

/** A span as a template sees it: a `time.Duration`. */
function durationValue(span: bigint): object {
  const get = (call: () => unknown): Signature => ({ parameters: [], call })
  const type: DurationType = {
    name: 'time.Duration',
    struct: true,
    text: durationText(span),
    json: span,
    span,
    methods: {
      String: get(() => durationText(span)),
      Nanoseconds: get(() => int64(span)),
      Milliseconds: get(() => int64(span / 1_000_000n)),
      Seconds: get(() => fractional(span, second)),
      Minutes: get(() => fractional(span, 60n * second)),
      Hours: get(() => fractional(span, 3600n * second)),
    },
  }
  return typed({}, type)
}

/** A span in a unit: Go adds the whole and the rest as floats. */
function fractional(span: bigint, unit: bigint): number {
  return Number(span / unit) + Number(span % unit) / Number(unit)
}

const mostSeconds = (2n ** 63n - 1n) / second
const limit = 2 ** 63

/** What a value is as a span: a text in Go's notation, or seconds. */
function asDuration(value: unknown): bigint | { readonly error: string } {
  const type = typeof value === 'object' && value !== null ? typeOf(value) : undefined
  if (type && 'span' in type) return (type as DurationType).span
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
  durationTruncateTo: toUnit((span, unit) => (unit <= 0n ? span : span - (span % unit))),
}
