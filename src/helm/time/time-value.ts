/** Points in time as templates see them. */

import { CallError, FunctionError } from '../../gotemplate/error.ts'
import type { Parameter, Signature } from '../../gotemplate/function.ts'
import { bytesIn, type GoType, type Integer, namedInteger, typed, typeOf } from '../../gotemplate/value.ts'
import { type EncodedType, Unsupported } from '../text/plain.ts'
import { bytesValue, int64 } from '../value/cast.ts'
import type { ClosedType } from '../value/kinds.ts'
import { between, compareMoments, later, laterByCalendar, nanosecondsOf, rounded, truncated } from './arithmetic.ts'
import { durationValue, nanosecondsIn } from './duration-value.ts'
import { clockOf, formatMoment, type Moment, momentGoText, momentText, months, weekdays, zeroMoment } from './moment.ts'
import { local, utc, type Zone, zoneKey } from './zone.ts'

interface TimeType extends EncodedType, ClosedType {
  readonly moment: Moment
}

interface LocationType extends EncodedType, ClosedType {
  readonly zone: Zone
}

/** The `time.Time` that nobody has set. */
export function zeroTime(): object {
  return timeValue(zeroMoment)
}

/** A moment as a `time.Time` with its methods. */
export function timeValue(moment: Moment): object {
  const type: TimeType = {
    name: 'time.Time',
    struct: true,
    text: momentText(moment),
    goText: momentGoText(moment),
    get json() {
      const text = exchanged(moment)
      if (typeof text === 'string') return text
      throw new Unsupported(`json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${text.error}`)
    },
    moment,
    contents: moment,
    identity: [moment.seconds, moment.nanoseconds, zoneKey(moment.zone)],
    methods: methodsOf(moment),
  }
  return typed({}, type)
}

/** The moment that a value is. */
export function momentOf(value: unknown): Moment | undefined {
  const type = typeof value === 'object' && value !== null ? typeOf(value) : undefined
  return type && 'moment' in type ? (type as TimeType).moment : undefined
}

function methodsOf(moment: Moment): NonNullable<GoType['methods']> {
  const clock = clockOf(moment)
  const get = (call: () => unknown): Signature => ({ parameters: [], call })
  const toOther = (call: (other: Moment) => unknown): Signature => ({
    parameters: ['time'],
    call: (other: object) => call(momentOf(other) ?? zeroMoment),
  })
  const by = (call: (span: bigint) => Moment): Signature => ({
    parameters: ['duration'],
    call: (span: Integer | bigint) => timeValue(call(nanosecondsIn(span))),
  })
  const compared = (holds: (order: number) => unknown) => toOther((other) => holds(compareMoments(moment, other)))
  const inUnits = (unit: bigint) =>
    // What is beyond a whole unit is left out first, so that units are counted downwards before 1970 too.
    get(() => int64((nanosecondsOf(moment) - (BigInt(moment.nanoseconds) % unit)) / unit))
  return {
    Add: by((span) => later(moment, span)),
    AddDate: {
      parameters: ['int', 'int', 'int'],
      call: (...by: [bigint, bigint, bigint]) => {
        const [years, months, days] = by.map(Number) as [number, number, number]
        return timeValue(laterByCalendar(moment, years, months, days))
      },
    },
    Sub: toOther((other) => durationValue(between(other, moment))),
    Round: by((span) => rounded(moment, span)),
    Truncate: by((span) => truncated(moment, span)),
    After: compared((order) => order > 0),
    Before: compared((order) => order < 0),
    Equal: compared((order) => order === 0),
    Compare: compared((order) => BigInt(Math.sign(order))),
    IsZero: get(() => compareMoments(moment, zeroMoment) === 0),
    Year: get(() => BigInt(clock.year)),
    Month: get(() => named('time.Month', clock.month, months[clock.month - 1])),
    Day: get(() => BigInt(clock.day)),
    Weekday: get(() => named('time.Weekday', clock.weekday, weekdays[clock.weekday])),
    YearDay: get(() => BigInt(clock.yearDay)),
    Hour: get(() => BigInt(clock.hour)),
    Minute: get(() => BigInt(clock.minute)),
    Second: get(() => BigInt(clock.second)),
    Nanosecond: get(() => BigInt(moment.nanoseconds)),
    Unix: get(() => int64(BigInt(moment.seconds))),
    UnixMilli: inUnits(1_000_000n),
    UnixMicro: inUnits(1_000n),
    UnixNano: inUnits(1n),
    UTC: get(() => timeValue({ ...moment, zone: utc })),
    Local: get(() => timeValue({ ...moment, zone: local })),
    In: {
      parameters: ['location'],
      call(location: object | null) {
        if (location === null) throw new FunctionError('time: missing Location in call to Time.In')
        return timeValue({ ...moment, zone: (typeOf(location) as LocationType).zone })
      },
    },
    Location: get(() => locationValue(moment.zone)),
    IsDST: get(() => false),
    Format: { parameters: ['string'], call: (layout: string) => formatMoment(moment, layout) },
    AppendFormat: appending(['bytes', 'string'], (layout) => formatMoment(moment, layout ?? '')),
    String: get(() => momentText(moment)),
    GoString: get(() => momentGoText(moment)),
    MarshalJSON: get(() => bytesValue(encoder.encode(`"${exchangedOr(moment, 'MarshalJSON')}"`))),
    MarshalText: get(() => bytesValue(encoder.encode(exchangedOr(moment, 'MarshalText')))),
    AppendText: appending(['bytes'], () => exchangedOr(moment, 'AppendText')),
    MarshalBinary: get(() => bytesValue(binary(moment))),
    GobEncode: get(() => bytesValue(binary(moment))),
    AppendBinary: appending(['bytes'], () => binary(moment)),
    ...manyResults,
  }
}

const encoder = new TextEncoder()

/** A method that gives the bytes of its first argument with more behind them. */
function appending(parameters: readonly Parameter[], more: (text?: string) => string | readonly number[]): Signature {
  return {
    parameters,
    call(bytes: unknown, text?: string) {
      const behind = more(text)
      return bytesValue([...(bytesIn(bytes) ?? []), ...(typeof behind === 'string' ? encoder.encode(behind) : behind)])
    },
  }
}

/** Methods with more results than a template can take. */
const manyResults = Object.fromEntries(
  [
    ['Clock', 'function Clock has 3 return values; should be 1 or 2'],
    ['Date', 'function Date has 3 return values; should be 1 or 2'],
    ['ISOWeek', 'invalid function signature for ISOWeek: second return value should be error; is int'],
    ['Zone', 'invalid function signature for Zone: second return value should be error; is int'],
    ['ZoneBounds', 'invalid function signature for ZoneBounds: second return value should be error; is time.Time'],
  ].map(([name = '', message = '']): readonly [string, Signature] => [
    name,
    {
      parameters: [],
      call() {
        throw new CallError(message)
      },
    },
  ]),
)

function named(name: string, value: number, text = ''): Integer {
  const methods = { String: { parameters: [], call: () => text } }
  return namedInteger('int', BigInt(value), { name, text, methods })
}

function locationValue(zone: Zone): object {
  const type: LocationType = {
    name: '*time.Location',
    struct: true,
    text: zone.name,
    json: {},
    zone,
    contents: zone,
    identity: [zoneKey(zone)],
    methods: { String: { parameters: [], call: () => zone.name } },
  }
  return typed({}, type)
}

/** A moment as RFC 3339 writes it, which not all can be. */
function exchanged(moment: Moment): string | { readonly error: string } {
  const { year } = clockOf(moment)
  if (year < 0 || year > 9999) return { error: 'year outside of range [0,9999]' }
  if (Math.abs(moment.zone.offset) >= 86_400) return { error: 'timezone hour outside of range [0,23]' }
  return formatMoment(moment, '2006-01-02T15:04:05.999999999Z07:00')
}

function exchangedOr(moment: Moment, method: string): string {
  const text = exchanged(moment)
  if (typeof text === 'string') return text
  throw new FunctionError(`Time.${method}: ${text.error}`)
}

/** A moment in Go's bytes: a version, the seconds since the year one, the nanoseconds, and the zone's offset. */
function binary({ seconds, nanoseconds, zone }: Moment): number[] {
  const minutes = zone === utc ? -1 : Math.trunc(zone.offset / 60)
  const rest = zone.offset % 60
  if (minutes === -1 && zone !== utc) throw new FunctionError('Time.MarshalBinary: unexpected zone offset')
  const words = [
    ...bigEndian(BigInt(seconds - zeroMoment.seconds), 8),
    ...bigEndian(BigInt(nanoseconds), 4),
    ...bigEndian(BigInt(minutes), 2),
  ]
  return rest === 0 ? [1, ...words] : [2, ...words, ...bigEndian(BigInt(rest), 1)]
}

function bigEndian(value: bigint, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * (size - 1 - i))) & 0xffn))
}
