/** Points in time, and their text in the layouts of Go's `time` package. */

import { quote } from '../../gotemplate/quote.ts'
import { local, utc, type Zone, type ZoneAt } from './zone.ts'

export interface Moment {
  /** Seconds since 1970. */
  readonly seconds: number
  readonly nanoseconds: number
  readonly zone: Zone
}

/** A moment with what a zone shows at it. */
export type ShownMoment = Omit<Moment, 'zone'> & { readonly zone: ZoneAt }

const day = 86_400

/** What a date is whose text could not be read: the first second of year one. */
export const zeroMoment: Moment = { seconds: -62_135_596_800, nanoseconds: 0, zone: utc }

/** A moment as the calendar and the clock of its zone show it. */
export interface Clock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly yearDay: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export function clockOf({ seconds, zone }: ShownMoment): Clock {
  const local = seconds + zone.offset
  const days = Math.floor(local / day)
  const rest = local - days * day
  const date = calendarOf(days)
  return {
    ...date,
    // The first day of 1970 was a Thursday.
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysBefore(date.year, 1) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  }
}

/** Whether a year has a 29th of February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** The days of 400 years, after which the calendar repeats itself. */
const era = 146_097

/** The year, the month and its day that a number of days since 1970 is: Go's calendar goes further than a `Date`. */
function calendarOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const eras = Math.floor(days / era)
  const date = new Date((days - eras * era) * day * 1000)
  return { year: date.getUTCFullYear() + eras * 400, month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Days from 1970 to the first of a month; the 13th month is the first of the year behind. */
function daysBefore(year: number, month: number): number {
  const months = year * 12 + month - 1
  const eras = Math.floor(months / 4800)
  const date = new Date(0)
  date.setUTCFullYear(0, months - eras * 4800, 1)
  return date.getTime() / 1000 / day + eras * era
}

/** Seconds since 1970 at the beginning of a day in UTC; months and days may go beyond their year and month. */
export function dateAt(year: number, month: number, dayOfMonth: number): number {
  return (daysBefore(year, month) + dayOfMonth - 1) * day
}

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** The parts of a layout that stand for parts of a moment. */
export const layoutParts =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|[345]|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?!\d)/g

/** The text of a moment in a layout, in which Go's reference moment shows how: `2006-01-02 15:04:05`. */
export function formatMoment(moment: ShownMoment, layout: string): string {
  const clock = clockOf(moment)
  return layout.replace(layoutParts, (part) => formatPart(part, moment, clock))
}

const two = (value: number) => String(value).padStart(2, '0')

function formatPart(part: string, { nanoseconds, zone }: ShownMoment, clock: Clock): string {
  const hour = clock.hour % 12 || 12
  switch (part) {
    case '2006':
      return clock.year < 0 ? `-${String(-clock.year).padStart(4, '0')}` : String(clock.year).padStart(4, '0')
    case '06':
      return two(Math.abs(clock.year) % 100)
    case 'January':
      return months[clock.month - 1] ?? ''
    case 'Jan':
      return (months[clock.month - 1] ?? '').slice(0, 3)
    case '1':
      return String(clock.month)
    case '01':
      return two(clock.month)
    case 'Monday':
      return weekdays[clock.weekday] ?? ''
    case 'Mon':
      return (weekdays[clock.weekday] ?? '').slice(0, 3)
    case '2':
      return String(clock.day)
    case '_2':
      return String(clock.day).padStart(2)
    case '02':
      return two(clock.day)
    case '__2':
      return String(clock.yearDay).padStart(3)
    case '002':
      return String(clock.yearDay).padStart(3, '0')
    case '15':
      return two(clock.hour)
    case '3':
      return String(hour)
    case '03':
      return two(hour)
    case '4':
      return String(clock.minute)
    case '04':
      return two(clock.minute)
    case '5':
      return String(clock.second)
    case '05':
      return two(clock.second)
    case 'PM':
      return clock.hour < 12 ? 'AM' : 'PM'
    case 'pm':
      return clock.hour < 12 ? 'am' : 'pm'
    case 'MST':
      return zone.abbreviation
    default:
      return /^[.,]/.test(part) ? fraction(part, nanoseconds) : offset(part, zone.offset)
  }
}

function fraction(part: string, nanoseconds: number): string {
  const digits = String(nanoseconds)
    .padStart(9, '0')
    .padEnd(part.length - 1, '0')
    .slice(0, part.length - 1)
  if (part.charAt(1) === '0') return part.charAt(0) + digits
  const short = digits.replace(/0+$/, '')
  return short === '' ? '' : part.charAt(0) + short
}

function offset(part: string, seconds: number): string {
  if (part.startsWith('Z') && seconds === 0) return 'Z'
  const size = Math.abs(seconds)
  const colon = part.includes(':') ? ':' : ''
  const units = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60]
  const count = part.replaceAll(':', '').length === 3 ? 1 : part.replaceAll(':', '').length === 5 ? 2 : 3
  return `${seconds < 0 ? '-' : '+'}${units.slice(0, count).map(two).join(colon)}`
}

/** How `%#v` prints a moment: as the Go expression that makes it. */
export function momentGoText(moment: Moment): string {
  const { year, month, day, hour, minute, second } = clockOf(moment)
  const { name } = moment.zone
  const location = moment.zone === utc || moment.zone === local ? `time.${name}` : `time.Location(${quote(name)})`
  const parts = [year, `time.${months[month - 1]}`, day, hour, minute, second, moment.nanoseconds, location]
  return `time.Date(${parts.join(', ')})`
}

/** How a moment is printed. */
export function momentText(moment: Moment): string {
  return formatMoment(moment, '2006-01-02 15:04:05.999999999 -0700 MST')
}
