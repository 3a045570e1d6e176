/** Moments and spans of nanoseconds put together, as Go does it. */

import { longest, second, shortest } from './duration.ts'
import { clockOf, dateAt, type Moment, zeroMoment } from './moment.ts'

/** Nanoseconds since 1970. */
export function nanosecondsOf({ seconds, nanoseconds }: Moment): bigint {
  return BigInt(seconds) * second + BigInt(nanoseconds)
}

/** The moment so many nanoseconds later, in the same zone. */
export function later(moment: Moment, span: bigint): Moment {
  const total = nanosecondsOf(moment) + span
  const nanoseconds = ((total % second) + second) % second
  return { ...moment, seconds: Number((total - nanoseconds) / second), nanoseconds: Number(nanoseconds) }
}

/** The moment so many years, months and days later by the calendar; the 31st of April is the first of May. */
export function laterByCalendar(moment: Moment, years: number, months: number, days: number): Moment {
  const { year, month, day, hour, minute, second: seconds } = clockOf(moment)
  const date = dateAt(year + years, month + months, day + days)
  return { ...moment, seconds: date + hour * 3600 + minute * 60 + seconds - moment.zone.offset }
}

/** What passes from one moment to another, the most or least that a span can be when it is more. */
export function between(from: Moment, to: Moment): bigint {
  const span = nanosecondsOf(to) - nanosecondsOf(from)
  if (span > longest) return longest
  if (span < shortest) return shortest
  return span
}

/** Negative, zero or positive as the one moment is before, at or behind the other. */
export function compareMoments(one: Moment, other: Moment): number {
  return one.seconds - other.seconds || one.nanoseconds - other.nanoseconds
}

/** What a moment is beyond the last multiple of a span since the year one. */
function beyond(moment: Moment, span: bigint): bigint {
  const rest = (nanosecondsOf(moment) - nanosecondsOf(zeroMoment)) % span
  return rest < 0n ? rest + span : rest
}

/** The last multiple of a span since the year one; no span leaves the moment as it is. */
export function truncated(moment: Moment, span: bigint): Moment {
  return span <= 0n ? moment : later(moment, -beyond(moment, span))
}

/** The nearest multiple of a span since the year one, the later of two. */
export function rounded(moment: Moment, span: bigint): Moment {
  if (span <= 0n) return moment
  const rest = beyond(moment, span)
  return later(moment, rest + rest < span ? -rest : span - rest)
}
