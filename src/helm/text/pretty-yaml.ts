/** YAML as version 3 of Go's package writes it with an indentation of two: lists stand deeper than their key. */

import { byteLength, wellFormed } from '../../gotemplate/utf8.ts'
import { Complex, Integer, printed, printedFloat, typeName, typeOf } from '../../gotemplate/value.ts'
import { keysInOrder } from '../../yaml/go-order.ts'
import { escaped, isEscaped } from '../../yaml/go-yaml.ts'
import { parseMoment } from '../time/parse.ts'
import { parseFloat64, parseWhole } from '../value/cast.ts'
import { isDuration } from '../value/kinds.ts'
import { type EncodedType, Unsupported } from './plain.ts'

/** A longer key is written as `? key`. */
const longestKey = 128

/** The YAML of a value, ending with a newline. Unlike elsewhere, floats are written as such: a million is `1e+06`. */
export function toPrettyYaml(value: unknown): string {
  return block(value, 0, 'root')
}

/** What stands before a value: nothing, the key of a map, or the dash of a list. */
type Place = 'root' | 'key' | 'dash'

/** A value and a newline, behind what stands before it. */
function block(value: unknown, indent: number, place: Place): string {
  const compound = compoundOf(value)
  const gap = place === 'root' ? '' : ' '
  if (compound === undefined) return `${gap}${scalar(value, indent, place)}\n`
  const lines = linesOf(compound, indent)
  if (lines.length === 0) return `${gap}${'items' in compound ? '[]' : '{}'}\n`
  if (place === 'root') return lines.join('')
  // What follows a dash begins on its line.
  return place === 'dash' ? ` ${lines.join('').slice(indent)}` : `\n${lines.join('')}`
}

type Compound = { readonly items: readonly unknown[] } | { readonly map: Readonly<Record<string, unknown>> }

function linesOf(compound: Compound, indent: number): string[] {
  const margin = ' '.repeat(indent)
  if ('items' in compound) return compound.items.map((item) => `${margin}-${block(item, indent + 2, 'dash')}`)
  const { map } = compound
  return keysInOrder(map).map((key) => member(key, map[key], indent, margin))
}

function member(key: string, value: unknown, indent: number, margin: string): string {
  const isSimple = !breaks.test(key) && byteLength(key) <= longestKey
  if (isSimple) return `${margin}${text(key, indent, true)}:${block(value, indent + 2, 'key')}`
  return `${margin}? ${text(key, indent, false)}\n${margin}:${block(value, indent + 2, 'dash')}`
}

/** The list or map that a value is to YAML; undefined for what is written on one line. */
function compoundOf(value: unknown): Compound | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Integer) return undefined
  if (value instanceof Complex) throw new Unsupported('cannot marshal type: complex128')
  if (Array.isArray(value)) return { items: value }
  const type = typeOf(value)
  if (type && typeof (type as EncodedType).json === 'string') return undefined
  return { map: value as Readonly<Record<string, unknown>> }
}

function scalar(value: unknown, indent: number, place: Place): string {
  switch (typeof value) {
    case 'string':
      return text(value, place === 'root' ? 0 : indent - 2, false)
    case 'number':
      if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
      return printedFloat(value)
    case 'function':
      throw new Unsupported(`cannot marshal type: ${typeName(value)}`)
    case 'object': {
      if (value === null) return 'null'
      if (value instanceof Integer) return isDuration(value) ? printed(value) : String(value.value)
      const type = typeOf(value) as EncodedType
      return type.name === 'time.Time' ? String(type.json) : text(String(type.json), indent - 2, false)
    }
    default:
      return String(value ?? null)
  }
}

const breaks = /[\r\n\u0085\u2028\u2029]/
const unprintable = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const indicators = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)|:(?:[ \t]|$)|[ \t\r\n\u0085\u2028\u2029]#/
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const oldBool = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/
const words = /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|\.nan|\.NaN|\.NAN|[-+]?\.(?:inf|Inf|INF))$/

/** A text in the plainest style that is read as that very text; `indent` is that of what holds it. */
function text(raw: string, indent: number, isKey: boolean): string {
  const value = wellFormed(raw)
  const special = unprintable.test(value) || / [\r\n\u0085\u2028\u2029]/.test(value)
  if (value.includes('\n'))
    return special || value.endsWith(' ') || isKey ? doubleQuoted(value) : literal(value, indent)
  if (!staysText(value)) return doubleQuoted(value)
  const isEdged = /^ | $/.test(value) || /^[\r\u0085\u2028\u2029]|[\r\u0085\u2028\u2029]$/.test(value)
  const isPlain = !special && !value.includes('\t') && !isEdged && !breaks.test(value) && !indicators.test(value)
  if (isPlain && value !== '') return value
  const fits =
    !special && !value.includes('\t') && !/[\r\n\u0085\u2028\u2029] /.test(value) && !(isKey && breaks.test(value))
  return fits ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value)
}

/** Whether the unquoted text is read as a text, also by readers of older versions. */
function staysText(value: string): boolean {
  if (words.test(value) || oldBool.test(value) || sexagesimal.test(value)) return false
  const first = value.charAt(0)
  if (first === '.') return parseFloat64(value) === undefined
  if (!/[-+\d]/.test(first)) return true
  return !isTimestamp(value) && !isNumber(value.replaceAll('_', ''))
}

function isNumber(plain: string): boolean {
  if (parseWhole(plain, 0) !== undefined) return true
  if (/^(?:\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.test(plain) && fitsUnsigned(plain)) return true
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain)) return parseFloat64(plain) !== undefined
  return /^-?0b[-+]?[01]+$|^-?0o[-+]?[0-7]+$/.test(plain)
}

function fitsUnsigned(plain: string): boolean {
  if (/^0\d/.test(plain)) return /^[0-7]+$/.test(plain) && BigInt(`0o${plain}`) < 1n << 64n
  return BigInt(plain.toLowerCase()) < 1n << 64n
}

function isTimestamp(value: string): boolean {
  if (!/^\d{4}-/.test(value)) return false
  return [
    '2006-1-2T15:4:5.999999999Z07:00',
    '2006-1-2t15:4:5.999999999Z07:00',
    '2006-1-2 15:4:5.999999999',
    '2006-1-2',
  ].some((layout) => !('error' in parseMoment(layout, value)))
}

function literal(value: string, indent: number): string {
  const hint = /^[ \r\n\u0085\u2028\u2029]/.test(value) ? '2' : ''
  const endsBroken = breaks.test(value.at(-1) ?? '')
  const keeps = endsBroken && (value.length === 1 || breaks.test(value.at(-2) ?? ''))
  const margin = ' '.repeat(indent + 2)
  const body = value.replace(/^(?![\n\u2028\u2029]|$)/gm, margin)
  // The newline at the end is that of the block.
  return `|${hint}${endsBroken ? (keeps ? '+' : '') : '-'}\n${endsBroken ? body.slice(0, -1) : body}`
}

function doubleQuoted(value: string): string {
  return `"${Array.from(value, (character) => (isEscaped(character) ? escaped(character) : character)).join('')}"`
}
