/** Texts in the layouts of Go's `time` package as points in time. */

import { quote } from '../../gotemplate/quote.ts'
import { clockOf, dateAt, layoutParts, type Moment, months, weekdays } from './moment.ts'
import { utc } from './zone.ts'

interface Fields {
  year: number
  month: number
  day: number
  yearDay: number
  hour: number
  minute: number
  second: number
  nanoseconds: number
  afternoon: boolean | undefined
  offset: number | undefined
  abbreviation: string
}

/** A part could not be read. */
class Mistake {
  readonly range: string | undefined
  constructor(range?: string) {
    this.range = range
  }
}

/** The moment that a text in a layout tells, in UTC unless it says otherwise, or Go's sentence on what is wrong. */
export function parseMoment(layout: string, text: string): Moment | { readonly error: string } {
  const fields: Fields = {
    year: 0,
    month: -1,
    day: -1,
    yearDay: -1,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    afternoon: undefined,
    offset: undefined,
    abbreviation: '',
  }
  const failed = (rest: string, part: string) => ({
    error: `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part)}`,
  })
  let rest = text
  let from = 0
  for (const found of [...layout.matchAll(layoutParts), undefined]) {
    const literal = layout.slice(from, found?.index)
    const behind = afterLiteral(rest, literal)
    if (behind === undefined) return failed(rest, literal)
    rest = behind
    if (found === undefined) break
    const [part] = found
    from = found.index + part.length
    try {
      rest = readPart(part, rest, fields, layout.slice(from))
    } catch (thrown) {
      if (!(thrown instanceof Mistake)) throw thrown
      if (thrown.range === undefined) return failed(rest, part)
      return { error: `parsing time ${quote(text)}: ${thrown.range} out of range` }
    }
  }
  if (rest !== '') return { error: `parsing time ${quote(text)}: extra text: ${quote(rest)}` }
  const moment = momentOf(fields)
  return typeof moment === 'string' ? { error: `parsing time ${quote(text)}: ${moment} out of range` } : moment
}

/** Blanks of a layout stand for any number of blanks. */
function afterLiteral(text: string, literal: string): string | undefined {
  let rest = text
  for (let i = 0; i < literal.length; i++) {
    if (literal.charAt(i) === ' ') {
      if (rest !== '' && !rest.startsWith(' ')) return undefined
      while (literal.charAt(i + 1) === ' ') i++
      rest = rest.replace(/^ +/, '')
    } else if (rest.charAt(0) === literal.charAt(i)) rest = rest.slice(1)
    else return undefined
  }
  return rest
}

function readPart(part: string, text: string, fields: Fields, layout: string): string {
  let rest = text
  const take = (form: RegExp): string => {
    const match = form.exec(rest)
    if (!match) throw new Mistake()
    rest = rest.slice(match[0].length)
    return match[0]
  }
  const number = (form: RegExp, most: number, name: string, least = 0): number => {
    const value = Number(take(form))
    if (value < least || value > most) throw new Mistake(name)
    return value
  }
  const word = (words: readonly string[], length?: number): number => {
    const lower = rest.toLowerCase()
    const index = words.findIndex((name) => lower.startsWith(name.slice(0, length).toLowerCase()))
    if (index < 0) throw new Mistake()
    rest = rest.slice((words[index] ?? '').slice(0, length).length)
    return index
  }
  switch (part) {
    case '2006':
      fields.year = Number(take(/^\d{4}/))
      break
    case '06': {
      const year = Number(take(/^\d\d/))
      fields.year = year + (year >= 69 ? 1900 : 2000)
      break
    }
    case 'January':
      fields.month = word(months) + 1
      break
    case 'Jan':
      fields.month = word(months, 3) + 1
      break
    case '01':
      fields.month = number(/^\d\d/, 12, 'month', 1)
      break
    case '1':
      fields.month = number(/^\d\d?/, 12, 'month', 1)
      break
    case 'Monday':
      word(weekdays)
      break
    case 'Mon':
      word(weekdays, 3)
      break
    case '02':
      fields.day = Number(take(/^\d\d/))
      break
    case '2':
    case '_2':
      if (part === '_2') rest = rest.replace(/^ /, '')
      fields.day = Number(take(/^\d\d?/))
      break
    case '002':
    case '__2':
      fields.yearDay = Number(take(part === '002' ? /^\d{3}/ : /^ {0,2}\d{1,3}/))
      break
    case '15':
      fields.hour = number(/^\d\d?/, 23, 'hour')
      break
    case '3':
      fields.hour = number(/^\d\d?/, 12, 'hour')
      break
    case '03':
      fields.hour = number(/^\d\d/, 12, 'hour')
      break
    case '4':
    case '04':
      fields.minute = number(part === '4' ? /^\d\d?/ : /^\d\d/, 59, 'minute')
      break
    case '5':
    case '05':
      fields.second = number(part === '5' ? /^\d\d?/ : /^\d\d/, 59, 'second')
      // A fraction may follow even where the layout has none.
      if (/^[.,]\d/.test(rest) && !/^[.,][09]/.test(layout)) fields.nanoseconds = nanoseconds(take(/^[.,]\d+/))
      break
    case 'PM':
    case 'pm':
      fields.afternoon = take(part === 'PM' ? /^[AP]M/ : /^[ap]m/).toUpperCase() === 'PM'
      break
    case 'MST':
      fields.abbreviation = take(/^(?:UTC|[A-Z]{3,4}(?:[-+]\d{1,2})?|[-+]\d\d)/)
      break
    default:
      if (/^[.,]0/.test(part)) fields.nanoseconds = nanoseconds(take(new RegExp(`^[.,]\\d{${part.length - 1}}`)))
      else if (/^[.,]9/.test(part)) {
        if (/^[.,]\d/.test(rest)) fields.nanoseconds = nanoseconds(take(/^[.,]\d+/))
      } else if (part.startsWith('Z') && rest.startsWith('Z')) {
        rest = rest.slice(1)
        fields.offset = 0
        fields.abbreviation = 'UTC'
      } else fields.offset = offset(take(offsetForm(part)))
  }
  return rest
}

function nanoseconds(text: string): number {
  return Number(text.slice(1, 10).padEnd(9, '0'))
}

function offsetForm(part: string): RegExp {
  return new RegExp(`^[-+]${part.slice(1).replace(/\d/g, '\\d')}`)
}

function offset(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = (text.slice(1).match(/\d\d/g) ?? []).map(Number)
  if (hours > 24) throw new Mistake('time zone offset hour')
  if (minutes >= 60) throw new Mistake('time zone offset minute')
  if (seconds >= 60) throw new Mistake('time zone offset second')
  const size = hours * 3600 + minutes * 60 + seconds
  return text.startsWith('-') ? -size : size
}

function momentOf(fields: Fields): Moment | string {
  const { year, yearDay } = fields
  let { month, day } = fields
  if (yearDay >= 0) {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
    if (yearDay < 1 || yearDay > (isLeap ? 366 : 365)) return 'day-of-year'
    const at = clockOf({ seconds: dateAt(year, 1, yearDay), nanoseconds: 0, zone: utc })
    month = at.month
    day = at.day
  }
  if (month < 0) month = 1
  if (day < 0) day = 1
  if (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return 'day'
  const hour =
    fields.afternoon === undefined
      ? fields.hour
      : fields.afternoon
        ? (fields.hour % 12) + 12
        : fields.hour === 12
          ? 0
          : fields.hour
  const local = dateAt(year, month, day) + hour * 3600 + fields.minute * 60 + fields.second
  const zone =
    fields.offset === undefined
      ? { offset: 0, abbreviation: fields.abbreviation || 'UTC' }
      : {
          offset: fields.offset,
          abbreviation: fields.abbreviation || (fields.offset === 0 ? 'UTC' : numbered(fields.offset)),
        }
  return { seconds: local - zone.offset, nanoseconds: fields.nanoseconds, zone }
}

/** What Go prints for a zone that has no name. */
function numbered(seconds: number): string {
  const minutes = Math.abs(seconds) / 60
  const digits = [minutes / 60, minutes % 60].map((value) => String(Math.floor(value)).padStart(2, '0')).join('')
  return `${seconds < 0 ? '-' : '+'}${digits}`
}
