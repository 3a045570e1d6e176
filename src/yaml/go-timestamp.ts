const date = '(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})'
const time = '(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(?:[.,][0-9]+)?'
const zone = '(?:Z|[-+](?<zoneHour>[0-9]{2}):(?<zoneMinute>[0-9]{2}))'

const bounds = [
  ['month', 1, 12],
  ['hour', 0, 23],
  ['minute', 0, 59],
  ['second', 0, 59],
  ['zoneHour', 0, 24],
  ['zoneMinute', 0, 60],
] as const

/**
 * Whether Go's YAML reader sees a date in the unquoted text, alone, with a time behind a space, or with a time and a
 * zone behind a `T`. It must exist in the calendar.
 */
export function isTimestamp(text: string): boolean {
  if (!/^[0-9]{4}-/.test(text)) return false
  const parts = new RegExp(`^${date}(?:[Tt]${time}${zone})?$`).exec(text) ?? new RegExp(`^${date} +${time}$`).exec(text)
  if (!parts?.groups) return false
  const { groups } = parts
  const part = (name: string) => Number(groups[name] ?? 0)
  if (bounds.some(([name, least, most]) => groups[name] !== undefined && (part(name) < least || part(name) > most)))
    return false
  return part('day') >= 1 && part('day') <= daysIn(part('year'), part('month'))
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
