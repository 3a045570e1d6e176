/** Texts in the layouts of Go's `time` package as points in time. */

import { quote } from '../../gotemplate/quote.ts'
import { clockOf, dateAt, isLeapYear, layoutParts, type Moment, months, weekdays } from './moment.ts'
import { fixedZone, local, utc, type Zone } from './zone.ts'

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
  isUtc: boolean
}

/** What looks like the name of a zone: letters, of which five and most fours end in T, or an offset of whole hours. */
const abbreviationForm =
  /^(?:ChST|MeST|GMT(?:[-+]0*(?:1?\d|2[0-3])(?!\d))?|[-+]0*(?:1?\d|2[0-3])(?!\d)|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))/

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
    isUtc: false,
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
  return typeof moment === 'string' ? { error: `parsing time ${quote(text)}: ${moment}` } : moment
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
      if (rest.startsWith('UTC')) {
        rest = rest.slice(3)
        fields.isUtc = true
      } else fields.abbreviation = take(abbreviationForm)
      break
    default:
      if (/^[.,]0/.test(part)) fields.nanoseconds = nanoseconds(take(new RegExp(`^[.,]\\d{${part.length - 1}}`)))
      else if (/^[.,]9/.test(part)) {
        if (/^[.,]\d/.test(rest)) fields.nanoseconds = nanoseconds(take(/^[.,]\d+/))
      } else if (part.startsWith('Z') && rest.startsWith('Z')) {
        rest = rest.slice(1)
        fields.isUtc = true
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
  const { year, yearDay, nanoseconds } = fields
  let { month, day } = fields
  if (yearDay >= 0) {
    if (yearDay < 1 || yearDay > (isLeapYear(year) ? 366 : 365)) return 'day-of-year out of range'
    const at = clockOf({ seconds: dateAt(year, 1, yearDay), nanoseconds: 0, zone: utc })
    if (month >= 0 && month !== at.month) return 'day-of-year does not match month'
    if (day >= 0 && day !== at.day) return 'day-of-year does not match day'
    month = at.month
    day = at.day
  }
  if (month < 0) month = 1
  if (day < 0) day = 1
  if (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return 'day out of range'
  const hour =
    fields.afternoon === undefined
      ? fields.hour
      : fields.afternoon
        ? (fields.hour % 12) + 12
        : fields.hour === 12
          ? 0
          : fields.hour
  const seconds = dateAt(year, month, day) + hour * 3600 + fields.minute * 60 + fields.second
  // An offset says what has to be taken from the clock; a name that nobody knows says nothing.
  return { seconds: seconds - (fields.isUtc ? 0 : (fields.offset ?? 0)), nanoseconds, zone: zoneOf(fields) }
}

function zoneOf({ isUtc, offset, abbreviation }: Fields): Zone {
  if (isUtc) return utc
  if (offset !== undefined)
    return offset === 0 && (abbreviation === '' || abbreviation === 'UTC') ? local : fixedZone(offset, abbreviation)
  if (abbreviation === '') return local
  return fixedZone(3600 * Number(/^GMT([-+]\d+)$/.exec(abbreviation)?.[1] ?? 0), abbreviation)
}
