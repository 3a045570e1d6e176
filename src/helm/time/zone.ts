/** Zones of time by their names in the IANA database, which the JavaScript engine knows. */

/** What a zone adds to UTC at a moment, in seconds, and what it calls itself then. */
export interface ZoneAt {
  readonly offset: number
  readonly abbreviation: string
}

/** A zone that a moment keeps. It has the same offset at all times; two of one name are still two. */
export interface Zone extends ZoneAt {
  /** What Go calls the location: empty for one that is only an offset. */
  readonly name: string
}

export const utc: Zone = { offset: 0, abbreviation: 'UTC', name: 'UTC' }

/** The zone of the machine, which is UTC for every one, lest two of them render one chart in two ways. */
export const local: Zone = { offset: 0, abbreviation: 'UTC', name: 'Local' }

/** How TOML writes times that have no zone, by the names of the zones in which Go holds them. */
export const localLayouts: Readonly<Record<string, string>> = {
  'datetime-local': '2006-01-02T15:04:05.999999999',
  'date-local': '2006-01-02',
  'time-local': '15:04:05.999999999',
}

/** A zone that a text tells by its offset, its name or both. */
export function fixedZone(offset: number, name: string): Zone {
  return { offset, abbreviation: name || numbered(offset), name }
}

/** What Go prints for a zone that has no name. */
function numbered(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  const digits = [minutes / 60, minutes % 60].map((value) => String(Math.floor(value)).padStart(2, '0')).join('')
  return `${seconds < 0 ? '-' : '+'}${digits}`
}

/** What tells a zone from others: Go has one of each whole hour only, and makes any other anew. */
export function zoneKey(zone: Zone): unknown {
  const isShared = zone.name === '' && zone.offset % 3600 === 0 && zone.offset >= -43_200 && zone.offset <= 50_400
  return isShared ? zone.offset : zone
}

/** Zones that the engine names by their offset but the database by letters: at standard time and in summer. */
const letters: Readonly<Record<string, readonly [standard: string, summer: string]>> = {
  'Asia/Hong_Kong': ['HKT', 'HKST'],
  'Asia/Jakarta': ['WIB', 'WIB'],
  'Asia/Jerusalem': ['IST', 'IDT'],
  'Asia/Kolkata': ['IST', 'IST'],
  'Asia/Manila': ['PST', 'PDT'],
  'Asia/Seoul': ['KST', 'KDT'],
  'Asia/Shanghai': ['CST', 'CDT'],
  'Asia/Taipei': ['CST', 'CDT'],
  'Asia/Tokyo': ['JST', 'JDT'],
  'Africa/Cairo': ['EET', 'EEST'],
  'Africa/Johannesburg': ['SAST', 'SAST'],
  'Africa/Lagos': ['WAT', 'WAT'],
  'Africa/Nairobi': ['EAT', 'EAT'],
  'Australia/Adelaide': ['ACST', 'ACDT'],
  'Australia/Brisbane': ['AEST', 'AEST'],
  'Australia/Melbourne': ['AEST', 'AEDT'],
  'Australia/Perth': ['AWST', 'AWST'],
  'Australia/Sydney': ['AEST', 'AEDT'],
  'Europe/Dublin': ['GMT', 'IST'],
  'Europe/Lisbon': ['WET', 'WEST'],
  'Europe/London': ['GMT', 'BST'],
  'Europe/Moscow': ['MSK', 'MSD'],
  'Pacific/Auckland': ['NZST', 'NZDT'],
}

const european: Readonly<Record<number, readonly [standard: string, summer: string]>> = {
  0: ['WET', 'WEST'],
  3600: ['CET', 'CEST'],
  7200: ['EET', 'EEST'],
}

/** A zone at a moment, given in seconds since 1970; undefined when there is none of that name. */
export function zoneAt(name: string, seconds: number): ZoneAt | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return utc
  try {
    const offset = offsetAt(name, seconds)
    return { offset, abbreviation: abbreviationAt(name, seconds, offset) }
  } catch {
    return undefined
  }
}

function offsetAt(timeZone: string, seconds: number): number {
  const fields = partsAt(timeZone, seconds, {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const field = (type: string) => Number(fields.find((part) => part.type === type)?.value)
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  return local / 1000 - seconds
}

function partsAt(timeZone: string, seconds: number, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat('en-US', { ...options, timeZone }).formatToParts(new Date(seconds * 1000))
}

function abbreviationAt(name: string, seconds: number, offset: number): string {
  const known = partsAt(name, seconds, { timeZoneName: 'short' }).find(({ type }) => type === 'timeZoneName')?.value
  if (known !== undefined && !/^GMT[-+]|^UTC$/.test(known) && !Object.hasOwn(letters, name)) return known
  const year = new Date(seconds * 1000).getUTCFullYear()
  const standard = Math.min(...[0, 6].map((month) => offsetAt(name, Date.UTC(year, month, 1) / 1000)))
  const pair = letters[name] ?? (name.startsWith('Europe/') ? european[standard] : undefined)
  if (pair) return offset > standard ? pair[1] : pair[0]
  if (known === 'UTC') return known
  const minutes = Math.abs(offset) / 60
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0')
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${hours}${rest}`
}
