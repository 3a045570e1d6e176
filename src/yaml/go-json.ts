import { compareCodePoints } from './go-order.ts'

/** The text of Go's `json.MarshalIndent` for `value` with two spaces: keys sorted, `<`, `>` and `&` escaped. */
export function toPrettyJson(value: unknown): string {
  return pretty(value, '\n')
}

function pretty(value: unknown, line: string): string {
  const deeper = `${line}  `
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${value.map((item) => deeper + pretty(item, deeper)).join(',')}${line}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([key, member]) => `${deeper}${jsonString(key)}: ${pretty(member, deeper)}`)
    return members.length === 0 ? '{}' : `{${members.join(',')}${line}}`
  }
  if (typeof value === 'string') return jsonString(value)
  if (typeof value === 'bigint') return String(value)
  return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'null')
}

function jsonString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
