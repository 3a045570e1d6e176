/** TOML 1.1, read into what the Go package of BurntSushi makes of it. */

import { quoteRune } from '../../gotemplate/quote.ts'
import { Integer, typed } from '../../gotemplate/value.ts'
import { parseMoment } from '../time/parse.ts'
import { fixedZone, localLayouts } from '../time/zone.ts'
import { put } from '../value/members.ts'

type Table = Record<string, unknown>

/** The table that a text spells, or what is wrong with it. */
export type DecodedToml = { readonly value: Table } | { readonly error: string }

export interface TomlOptions {
  /** Makes the value of a point in time. */
  readonly time: (moment: Exclude<ReturnType<typeof parseMoment>, { readonly error: string }>) => unknown
}

/** Reads TOML; what is wrong is told with the line. */
export function fromToml(text: string, options: TomlOptions): DecodedToml {
  const reader = new Reader(text.replaceAll('\r\n', '\n'), options)
  try {
    return { value: reader.read() }
  } catch (thrown) {
    if (thrown instanceof Mistake) return { error: thrown.message }
    throw thrown
  }
}

class Mistake {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Tables and lists within each other. */
const deepest = 200

const tablesType = { name: '[]map[string]interface {}' } as const

class Reader {
  readonly text: string
  readonly options: TomlOptions
  at = 0
  depth = 0
  readonly root: Table = {}
  /** Tables that a header opened, which no other header may open again. */
  readonly opened = new Set<Table>()
  /** Tables that are written on one line, or by dotted keys, which no header may extend. */
  readonly closed = new Set<unknown>()

  constructor(text: string, options: TomlOptions) {
    this.text = text
    this.options = options
  }

  fail(message: string): never {
    const line = this.text.slice(0, this.at).split('\n').length
    throw new Mistake(`toml: line ${line}: ${message}`)
  }

  take(form: RegExp): string | undefined {
    form.lastIndex = this.at
    const [found] = form.exec(this.text) ?? []
    if (found !== undefined) this.at += found.length
    return found
  }

  blank() {
    this.take(/[ \t]*/y)
  }

  lines() {
    this.take(/(?:[ \t\n]|#[^\n]*)*/y)
  }

  read(): Table {
    let table = this.root
    for (this.lines(); this.at < this.text.length; this.lines()) {
      if (this.take(/\[\[/y) !== undefined) table = this.tableInList()
      else if (this.take(/\[/y) !== undefined) table = this.header()
      else this.pair(table)
      this.blank()
      this.take(/#[^\n]*/y)
      if (this.at < this.text.length && this.take(/\n/y) === undefined)
        this.fail(
          `expected a top-level item to end with a newline, comment, or EOF, but got '${this.text.charAt(this.at)}' instead`,
        )
    }
    return this.root
  }

  header(): Table {
    const path = this.path(']')
    const parent = this.into(path.slice(0, -1))
    const name = path.at(-1) ?? ''
    if (!Object.hasOwn(parent, name)) put(parent, name, {})
    const table = parent[name]
    if (!isTable(table) || this.opened.has(table) || this.closed.has(table))
      this.fail(`Key '${path.join('.')}' has already been defined.`)
    this.opened.add(table)
    return table
  }

  tableInList(): Table {
    const path = this.path(']]')
    const parent = this.into(path.slice(0, -1))
    const name = path.at(-1) ?? ''
    const table: Table = {}
    if (!Object.hasOwn(parent, name)) put(parent, name, typed([], tablesType))
    const list = parent[name]
    if (!Array.isArray(list) || this.closed.has(list))
      this.fail(`Key '${path.join('.')}' has already been defined as a table.`)
    list.push(table)
    return table
  }

  /** The table at a path; of a list of tables, the last one. */
  into(path: readonly string[]): Table {
    let table = this.root
    for (const name of path) {
      if (!Object.hasOwn(table, name)) put(table, name, {})
      const found = Array.isArray(table[name]) ? (table[name] as unknown[]).at(-1) : table[name]
      if (!isTable(found) || this.closed.has(found)) this.fail(`Key '${path.join('.')}' has already been defined.`)
      table = found
    }
    return table
  }

  path(end: string): string[] {
    const path = this.key()
    if (!this.text.startsWith(end, this.at)) this.fail(`expected '${end}' to end a table name`)
    this.at += end.length
    return path
  }

  /** Names with dots between them. */
  key(): string[] {
    const names: string[] = []
    do {
      this.blank()
      names.push(this.name(names.length === 0))
      this.blank()
    } while (this.take(/\./y) !== undefined)
    return names
  }

  /** A name, which is empty where none of its characters stands: it is what should follow it that is missed then. */
  name(isFirst: boolean): string {
    const next = this.text.charAt(this.at)
    if (next === '"' || next === "'") return this.string(false)
    if (next === '=' || next === '') this.fail(isFirst ? `unexpected '=': key name appears blank` : `unexpected '='`)
    if (next === '.') this.fail(isFirst ? `unexpected '.': keys cannot start with a '.'` : `unexpected '.'`)
    return this.take(/[\w-]+/y) ?? ''
  }

  pair(table: Table) {
    const path = this.key()
    if (this.take(/=/y) === undefined) {
      const code = this.text.codePointAt(this.at)
      if (code === undefined) this.fail(`unexpected EOF; expected key separator '='`)
      this.fail(`expected '.' or '=', but got ${quoteRune(code)} instead`)
    }
    this.blank()
    let target = table
    for (const name of path.slice(0, -1)) {
      if (!Object.hasOwn(target, name)) {
        const between: Table = {}
        put(target, name, between)
        this.opened.add(between)
      }
      const found = target[name]
      if (!isTable(found) || this.closed.has(found)) this.fail(`Key '${path.join('.')}' has already been defined.`)
      target = found
    }
    const name = path.at(-1) ?? ''
    if (Object.hasOwn(target, name)) this.fail(`Key '${path.join('.')}' has already been defined.`)
    put(target, name, this.value())
  }

  value(): unknown {
    switch (this.text.charAt(this.at)) {
      case '"':
      case "'":
        return this.string(true)
      case '[':
        return this.nested(() => this.list())
      case '{':
        return this.nested(() => this.inlineTable())
      default:
        return this.scalar()
    }
  }

  nested(read: () => unknown): unknown {
    if (++this.depth > deepest) this.fail('tables and lists nest too deeply')
    this.at++
    const value = read()
    this.depth--
    this.closed.add(value)
    return value
  }

  list(): unknown[] {
    const items: unknown[] = []
    for (this.lines(); this.take(/\]/y) === undefined; this.lines()) {
      items.push(this.value())
      this.lines()
      if (this.take(/,/y) === undefined && this.text.charAt(this.at) !== ']')
        this.fail(`expected a comma (',') or array terminator (']'), but got '${this.text.charAt(this.at)}'`)
    }
    return items.length > 0 && items.every(isTable) ? typed(items, tablesType) : items
  }

  inlineTable(): Table {
    const table: Table = {}
    for (this.lines(); this.take(/\}/y) === undefined; this.lines()) {
      if (this.text.charAt(this.at) === ',') this.fail('unexpected comma')
      this.pair(table)
      this.lines()
      const next = this.text.charAt(this.at)
      if (this.take(/,/y) === undefined && next !== '}')
        this.fail(
          `expected a comma or an inline table terminator '}', but got ${next === '' ? 'end of file' : `'${next}'`} instead`,
        )
    }
    return table
  }

  string(mayBeLong: boolean): string {
    const mark = this.text.charAt(this.at)
    if (mayBeLong && this.text.startsWith(mark.repeat(3), this.at)) return this.longString(mark)
    const body = this.take(mark === '"' ? /"(?:[^"\\\n]|\\.)*"/y : /'[^'\n]*'/y)
    if (body === undefined) this.fail('strings cannot contain newlines')
    const inside = body.slice(1, -1)
    return mark === '"' ? this.unescaped(inside) : inside
  }

  longString(mark: string): string {
    const body = this.take(mark === '"' ? /"""(?:[^\\]|\\[\s\S])*?"""(?:"{0,2})/y : /'''[\s\S]*?'''(?:'{0,2})/y)
    if (body === undefined) this.fail(`unexpected EOF; expected ${mark.repeat(3)}`)
    const inside = body.slice(3, -3).replace(/^\n/, '')
    return mark === '"' ? this.unescaped(inside.replace(/\\[ \t]*\n[ \t\n]*/g, '')) : inside
  }

  unescaped(text: string): string {
    return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.|$)/gs, (_, code: string) => {
      if (code.length > 1) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff))
      return escapes[code] ?? this.fail(`invalid escape character '\\${code}'`)
    })
  }

  scalar(): unknown {
    const word = this.take(
      /\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?|[\w+.-]+/y,
    )
    if (word === undefined) this.fail(`expected value but found '${this.text.charAt(this.at)}' instead`)
    if (word === 'true' || word === 'false') return word === 'true'
    if (/^[-+]?inf$/.test(word)) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    if (/^[-+]?nan$/.test(word)) return Number.NaN
    const plain = /^_|__|_$|_[.eE]|[.eE]_/.test(word) ? word : word.replaceAll('_', '')
    if (/^(?:[-+]?(?:0|[1-9]\d*)|0x[\da-fA-F]+|0o[0-7]+|0b[01]+)$/.test(plain)) return this.integer(plain)
    if (/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(plain)) return Number(plain)
    return this.moment(word)
  }

  integer(plain: string): Integer {
    const value = plain.startsWith('-') ? -BigInt(plain.slice(1)) : BigInt(plain.replace(/^\+/, ''))
    if (value !== BigInt.asIntN(64, value)) this.fail(`${plain} is out of range for int64`)
    return new Integer('int64', value)
  }

  moment(word: string): unknown {
    const text = word
      .replace(/^(\d{4}-\d\d-\d\d)[t ]/, '$1T')
      .replace(/z$/, 'Z')
      // Seconds can be left out.
      .replace(/^((?:.{10}T)?\d\d:\d\d)(?!:)/, '$1:00')
    const moment = parseMoment('2006-01-02T15:04:05Z07:00', text)
    if (!('error' in moment)) return this.options.time(moment)
    for (const [name, layout] of Object.entries(localLayouts)) {
      const local = parseMoment(layout.replace('.999999999', ''), text)
      if (!('error' in local)) return this.options.time({ ...local, zone: fixedZone(0, name) })
    }
    return this.fail(`expected value but found "${word}" instead`)
  }
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\x1b',
  '"': '"',
  '\\': '\\',
}

function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Integer) return false
  return Object.getOwnPropertySymbols(value).length === 0
}
