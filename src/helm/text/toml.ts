/** TOML as the Go package of BurntSushi writes it. */

import { Integer, printed, printedFloat, sortedKeys, typeName, typeOf } from '../../gotemplate/value.ts'
import { formatMoment } from '../time/moment.ts'
import { momentOf } from '../time/time-value.ts'
import { localLayouts } from '../time/zone.ts'
import { isDuration, isNilList } from '../value/kinds.ts'
import { type EncodedType, Unsupported } from './plain.ts'

type Map = Readonly<Record<string, unknown>>

/** The TOML of a value. Throws `Unsupported` with the package's words for what TOML has no form for. */
export function toToml(value: unknown): string {
  const encoder = new Encoder()
  encoder.encode([], value)
  return encoder.out
}

const step = '  '

class Encoder {
  out = ''

  encode(key: readonly string[], value: unknown) {
    if (value === null || value === undefined) return
    if (isTable(value)) this.table(key, value)
    else if (isTableList(value)) this.tables(key, value)
    else this.pair(key, value, false)
  }

  newline() {
    if (this.out !== '') this.out += '\n'
  }

  table(key: readonly string[], value: Map) {
    if (key.length === 1) this.newline()
    if (key.length > 0) this.out += `${margin(key)}[${dotted(key)}]\n`
    this.members(key, value)
  }

  tables(key: readonly string[], value: readonly Map[]) {
    if (key.length === 0) throw new Unsupported('toml: top-level values must be Go maps or structs')
    for (const item of value) {
      this.newline()
      this.out += `${margin(key)}[[${dotted(key)}]]\n`
      this.members(key, item)
    }
  }

  /** What is no table comes first, as it would belong to the table above it. */
  members(key: readonly string[], value: Map) {
    const { direct, sub } = split(value)
    for (const name of [...direct, ...sub]) this.encode([...key, name], value[name])
  }

  inline(value: Map) {
    const { direct, sub } = split(value)
    this.out += '{'
    const write = (names: readonly string[], more: boolean) => {
      for (const [i, name] of names.entries()) {
        if (value[name] === null || value[name] === undefined) continue
        this.pair([name], value[name], true)
        if (more || i < names.length - 1) this.out += ', '
      }
    }
    write(direct, sub.length > 0)
    write(sub, false)
    this.out += '}'
  }

  pair(key: readonly string[], value: unknown, inline: boolean) {
    if (key.length > 0) this.out += `${margin(key)}${bareOrQuoted(key.at(-1) ?? '')} = `
    this.element(value)
    if (key.length > 0 && !inline) this.newline()
  }

  element(value: unknown) {
    switch (typeof value) {
      case 'string':
        this.out += quoted(value)
        break
      case 'number':
        this.out += float(value)
        break
      case 'boolean':
      case 'bigint':
        this.out += String(value)
        break
      case 'object':
        this.object(value)
        break
      default:
        throw new Unsupported(`unexpected type: ${typeName(value)}`)
    }
  }

  object(value: object | null) {
    if (value === null) throw new Unsupported('toml: cannot encode array with nil element')
    const json = (typeOf(value) as EncodedType | undefined)?.json
    if (value instanceof Integer) this.out += isDuration(value) ? quoted(printed(value)) : String(value.value)
    else if (Array.isArray(value)) {
      this.out += '['
      for (const [i, item] of value.entries()) {
        if (i > 0) this.out += ', '
        this.element(item)
      }
      this.out += ']'
    } else if (typeof json === 'string') {
      const moment = momentOf(value)
      const layout = moment && localLayouts[moment.zone.name]
      this.out += layout ? formatMoment(moment, layout) : moment ? json : quoted(json)
    } else this.inline(value as Map)
  }
}

function split(value: Map): { readonly direct: readonly string[]; readonly sub: readonly string[] } {
  const names = sortedKeys(value)
  const isSub = (name: string) => isTable(value[name]) || isTableList(value[name])
  return { direct: names.filter((name) => !isSub(name)), sub: names.filter(isSub) }
}

function isTable(value: unknown): value is Map {
  if (typeof value === 'function') throw new Unsupported('unsupported type: func')
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Integer) return false
  return typeof (typeOf(value) as EncodedType | undefined)?.json !== 'string'
}

function isTableList(value: unknown): value is readonly Map[] {
  if (!Array.isArray(value) || isNilList(value) || value.length === 0) return false
  if (value.some((item) => item === null || item === undefined))
    throw new Unsupported('toml: cannot encode array with nil element')
  // Lists within the list are looked into too, as nil is refused there as well.
  return value.map((item) => isTable(item) || (isTableList(item) && false)).every(Boolean)
}

function margin(key: readonly string[]): string {
  return step.repeat(key.length - 1)
}

function dotted(key: readonly string[]): string {
  return key.map(bareOrQuoted).join('.')
}

function bareOrQuoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : quoted(name)
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
  return `"${text.replace(/["\\\x00-\x1f\x7f]/g, (character) => short[character] ?? unicode(character))}"`
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const digits = printedFloat(value)
  return /[.e]/.test(digits) ? digits : `${digits}.0`
}
