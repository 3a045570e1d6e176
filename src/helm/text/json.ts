/** JSON as Go's `encoding/json` writes it. */

import { sortedKeys, typeOf } from '../../gotemplate/value.ts'

/** How JSON is laid out and what is escaped. */
export interface JsonStyle {
  /** Spaces of a level; everything on one line when left out. */
  readonly indent?: number
  /** `<`, `>` and `&` stay as they are. */
  readonly raw?: boolean
}

/** The JSON of plain data: what `plainValue` gives. */
export function toJson(value: unknown, { indent = 0, raw = false }: JsonStyle = {}): string {
  return write(value, indent > 0 ? '\n' : '', ' '.repeat(indent), raw)
}

function write(value: unknown, line: string, step: string, raw: boolean): string {
  switch (typeof value) {
    case 'string':
      return quoted(value, raw)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      return value === null || value === undefined ? 'null' : writeObject(value, line, step, raw)
  }
}

function writeObject(value: object, line: string, step: string, raw: boolean): string {
  const deeper = line + step
  const all = Array.isArray(value)
    ? value.map((item) => write(item, deeper, step, raw))
    : (typeOf(value)?.struct ? Object.keys(value) : sortedKeys(value)).map((key) => {
        const member = write((value as Readonly<Record<string, unknown>>)[key], deeper, step, raw)
        return `${quoted(key, raw)}:${line === '' ? '' : ' '}${member}`
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return all.length === 0 ? `${open}${close}` : `${open}${deeper}${all.join(`,${deeper}`)}${line}${close}`
}

/** A text between quotes: JavaScript's form, in which Go escapes more, and a byte that is no character otherwise. */
function quoted(text: string, raw: boolean): string {
  const json = text.isWellFormed() ? JSON.stringify(text) : withReplacements(text)
  const special = raw ? /[\u2028\u2029]/ : /[\u2028\u2029<>&]/
  if (!special.test(json)) return json
  return json.replace(raw ? /[\u2028\u2029]/g : /[\u2028\u2029<>&]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function withReplacements(text: string): string {
  const parts = text.split(/[\ud800-\udfff]/u).map((part) => JSON.stringify(part).slice(1, -1))
  return `"${parts.join('\\ufffd')}"`
}
