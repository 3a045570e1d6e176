/** `--set` and its like: values on the command line, in Helm's grammar. */

import { quote } from '../gotemplate/quote.ts'
import { Integer } from '../gotemplate/value.ts'
import { ChartError } from './failed.ts'
import { isSpace } from './sprig/characters.ts'
import { fromJsonPrefix } from './text/from-json.ts'
import { parseWhole } from './value/cast.ts'
import { isTable as isMap, put } from './value/members.ts'

type Map = Record<string, unknown>

/** How the texts of values are taken. */
export type SetKind = 'typed' | 'string' | 'json' | 'file' | 'literal'

/** Reads the file that a value names. */
export type ReadFile = (path: string) => string

const deepestName = 30
const largestIndex = 65536

/**
 * Writes what an argument such as `a.b[0]=1,c={x,y}` says into the values, which it changes. Throws a ChartError for what
 * does not follow the grammar.
 */
export function setValues(argument: string, values: Map, kind: SetKind, readFile?: ReadFile): void {
  const parser = new Parser(argument, kind, readFile)
  while (!parser.ended) parser.key(values, 0)
}

class Parser {
  readonly characters: readonly string[]
  readonly kind: SetKind
  readonly readFile: ReadFile | undefined
  at = 0
  /** Nothing is left: Go reads this where it would begin another key. */
  ended = false

  constructor(argument: string, kind: SetKind, readFile: ReadFile | undefined) {
    this.characters = [...argument]
    this.kind = kind
    this.readFile = readFile
  }

  fail(message: string): never {
    throw new ChartError(message, 'chart-values')
  }

  /** Reads up to one of the characters, which is taken too; `stop` is undefined at the end of the argument. */
  until(stops: string): { readonly text: string; readonly stop: string | undefined } {
    let text = ''
    while (this.at < this.characters.length) {
      const next = this.characters[this.at++] ?? ''
      if (stops.includes(next)) return { text, stop: next }
      if (next === '\\' && this.kind !== 'literal') {
        if (this.at >= this.characters.length) break
        text += this.characters[this.at++]
      } else text += next
    }
    return { text, stop: undefined }
  }

  key(map: Map, depth: number) {
    const { text, stop } = this.until(this.kind === 'literal' ? '=[.' : '=[,.')
    switch (stop) {
      case undefined:
        if (text !== '') this.fail(`key ${quote(text)} has no value`)
        this.ended = true
        return
      case '[': {
        const index = this.index()
        const before = Object.hasOwn(map, text) ? map[text] : []
        if (!Array.isArray(before)) this.notConvertible(before, '[]interface {}')
        const list = [...before]
        this.item(list, index, depth)
        set(map, text, list)
        return
      }
      case ',':
        set(map, text, '')
        return this.fail(`key ${quote(text)} has no value (cannot end with ,)`)
      case '.':
        return this.nested(map, text, depth + 1)
      default:
        this.value((value) => set(map, text, value))
    }
  }

  nested(map: Map, name: string, depth: number) {
    if (depth > deepestName)
      this.fail(`value name nested level is greater than maximum supported nested level of ${deepestName}`)
    const before = Object.hasOwn(map, name) ? map[name] : {}
    if (!isMap(before)) this.notConvertible(before, 'map[string]interface {}')
    this.key(before, depth)
    if (Object.keys(before).length > 0) set(map, name, before)
    else if (!this.ended) this.fail(`key map ${quote(name)} has no value`)
  }

  notConvertible(value: unknown, wanted: string): never {
    return this.fail(`unable to parse key: interface conversion: interface {} is ${typeOfValue(value)}, not ${wanted}`)
  }

  index(): number {
    const { text, stop } = this.until(']')
    if (stop === undefined) this.fail('error parsing index: EOF')
    const value = parseWhole(text, 10)
    if (value === undefined) {
      const range = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax'
      this.fail(`error parsing index: strconv.Atoi: parsing ${quote(text)}: ${range}`)
    }
    return Number(value)
  }

  item(list: unknown[], index: number, depth: number) {
    if (index < 0) this.fail(`negative ${index} index not allowed`)
    const { text, stop } = this.until('[.=')
    if (text !== '') this.fail(`unexpected data at end of array index: ${quote(text)}`)
    switch (stop) {
      case undefined:
        this.ended = true
        return
      case '[': {
        const next = this.index()
        const before = list[index]
        if (before !== undefined && before !== null && !Array.isArray(before))
          this.notConvertible(before, '[]interface {}')
        const inner = Array.isArray(before) ? [...before] : []
        this.item(inner, next, depth)
        this.put(list, index, inner)
        return
      }
      case '.': {
        const before = list[index]
        const inner = isMap(before) ? before : {}
        this.key(inner, depth)
        this.put(list, index, inner)
        return
      }
      default:
        this.value((value) => this.put(list, index, value))
    }
  }

  put(list: unknown[], index: number, value: unknown) {
    if (index > largestIndex) this.fail(`index of ${index} is greater than maximum supported index of ${largestIndex}`)
    while (list.length < index) list.push(null)
    list[index] = value
  }

  /** Reads a value and hands it to `take`. */
  value(take: (value: unknown) => void) {
    if (this.kind === 'json') return this.json(take)
    if (this.kind === 'literal') return take(this.until('').text)
    if (this.characters[this.at] === '{') {
      this.at++
      return take(this.list())
    }
    if (this.at >= this.characters.length) {
      take('')
      this.ended = true
      return
    }
    take(this.typed(this.until(',').text))
  }

  list(): unknown[] {
    const list: unknown[] = []
    for (;;) {
      const { text, stop } = this.until(',}')
      if (stop === undefined) this.fail("list must terminate with '}'")
      list.push(this.typed(text))
      if (stop === ',') continue
      if (this.characters[this.at] === ',') this.at++
      return list
    }
  }

  json(take: (value: unknown) => void) {
    if (this.blank()) return take(null)
    const rest = this.characters.slice(this.at).join('')
    const read = fromJsonPrefix(rest)
    if ('error' in read) this.fail(read.error)
    take(read.value)
    this.at += [...rest.slice(0, read.length)].length
    this.blank()
  }

  /** Takes white space and a comma behind it; whether there was nothing else. */
  blank(): boolean {
    while (this.at < this.characters.length) {
      const next = this.characters[this.at] ?? ''
      if (next === ',') {
        this.at++
        return true
      }
      if (!isSpace(next)) return false
      this.at++
    }
    return true
  }

  typed(text: string): unknown {
    if (this.kind === 'file') return this.readFile?.(text) ?? ''
    return this.kind === 'string' ? text : typedValue(text)
  }
}

/** The value that a text without quotes stands for: a boolean, null, a whole number, else the text itself. */
export function typedValue(text: string): unknown {
  switch (text.toLowerCase()) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    case '0':
      return new Integer('int64', 0n)
  }
  // What begins with a zero is a code rather than a number.
  const whole = text.startsWith('0') ? undefined : parseWhole(text, 10)
  return whole === undefined ? text : new Integer('int64', whole)
}

function set(map: Map, key: string, value: unknown) {
  if (key !== '') put(map, key, value)
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'nil'
  if (value instanceof Integer) return value.type
  if (Array.isArray(value)) return '[]interface {}'
  const names: Readonly<Record<string, string>> = {
    boolean: 'bool',
    number: 'float64',
    object: 'map[string]interface {}',
  }
  return names[typeof value] ?? typeof value
}
