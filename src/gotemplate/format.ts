/**
 * Go's formatted printing: `printf` with every verb, flag, width, precision and argument index, and the marks such as
 * `%!d(string=x)` that Go writes into the text instead of failing.
 */

import type { Notation } from './float.ts'
import { formatFloat } from './float.ts' // on demand
import { canBackquote, isPrintable, isRune, quote, quoteRune } from './quote.ts'
import { bytesOf, joined, textOf } from './utf8.ts'
import {
  bytesIn,
  type Complex,
  fieldsOf,
  Integer,
  isObject,
  kindOf,
  printed,
  sortedKeys,
  typeName,
  typeOf,
} from './value.ts'

/** What Go's `Sprintf` makes of a format and its arguments. */
export function sprintf(format: string, args: readonly unknown[]): string {
  return joined(new Printer(format, args).run())
}

/** What Go's `Sprint` makes of its arguments: a space stands between two of them when neither is a string. */
export function sprint(args: readonly unknown[]): string {
  let text = ''
  for (const [i, arg] of args.entries()) {
    if (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string') text += ' '
    text += printed(arg)
  }
  return joined(text)
}

/** What Go's `Sprintln` makes of its arguments: spaces between all of them and a newline. */
export function sprintln(args: readonly unknown[]): string {
  return joined(`${args.map(printed).join(' ')}\n`)
}

/** A value under one verb without flags, as `%s` prints it inside messages. */
export function formatted(verb: string, value: unknown): string {
  return sprintf(`%${verb}`, [value])
}

interface Flags {
  minus: boolean
  plus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  /** `%+v` and `%#v` ask for another form of the whole value instead of a sign or a prefix. */
  plusV: boolean
  sharpV: boolean
  width: number | undefined
  precision: number | undefined
}

const noFlags: Readonly<Flags> = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
  width: undefined,
  precision: undefined,
}

const flagNames: Readonly<Record<string, 'minus' | 'plus' | 'sharp' | 'space' | 'zero'>> = {
  '-': 'minus',
  '+': 'plus',
  '#': 'sharp',
  ' ': 'space',
  '0': 'zero',
}

/** Go refuses a width or precision above this. */
const largest = 1_000_000

class Printer {
  readonly format: string
  readonly args: readonly unknown[]
  flags: Flags = { ...noFlags }
  text = ''
  at = 0
  argument = 0
  /** An index such as `[3]` was used: then arguments left over are no mistake. */
  reordered = false
  indexIsGood = true
  /** A note says what a value is: then Go calls none of its methods. */
  isExplaining = false

  constructor(format: string, args: readonly unknown[]) {
    this.format = format
    this.args = args
  }

  run(): string {
    const { format } = this
    while (this.at < format.length) {
      const percent = format.indexOf('%', this.at)
      this.text += format.slice(this.at, percent < 0 ? undefined : percent)
      if (percent < 0) break
      this.at = percent + 1
      this.directive()
    }
    if (!this.reordered && this.argument < this.args.length) {
      this.flags = { ...noFlags }
      const extra = this.args
        .slice(this.argument)
        .map((arg) => (isNil(arg) ? '<nil>' : `${typeName(arg)}=${printed(arg)}`))
      this.text += `%!(EXTRA ${extra.join(', ')})`
    }
    return this.text
  }

  directive() {
    const { format, args } = this
    const flags: Flags = { ...noFlags }
    this.flags = flags
    this.indexIsGood = true
    for (let name = flagNames[format.charAt(this.at)]; name; name = flagNames[format.charAt(++this.at)])
      flags[name] = true
    let indexed = this.index()
    if (format.charAt(this.at) === '*') {
      this.at++
      flags.width = this.intArgument()
      if (flags.width === undefined) this.text += '%!(BADWIDTH)'
      else if (flags.width < 0) {
        flags.width = -flags.width
        flags.minus = true
        flags.zero = false
      }
      indexed = false
    } else {
      flags.width = this.number()
      if (indexed && flags.width !== undefined) this.indexIsGood = false
    }
    if (format.charAt(this.at) === '.' && this.at + 1 < format.length) {
      this.at++
      if (indexed) this.indexIsGood = false
      indexed = this.index()
      if (format.charAt(this.at) === '*') {
        this.at++
        const precision = this.intArgument()
        if (precision === undefined || precision < 0) this.text += '%!(BADPREC)'
        else flags.precision = precision
        indexed = false
      } else flags.precision = this.number() ?? 0
    }
    if (!indexed) this.index()
    const rune = format.codePointAt(this.at)
    if (rune === undefined) {
      this.text += '%!(NOVERB)'
      return
    }
    const verb = String.fromCodePoint(rune)
    this.at += verb.length
    if (verb === '%') this.text += '%'
    else if (!this.indexIsGood) this.text += `%!${verb}(BADINDEX)`
    else if (this.argument >= args.length) this.text += `%!${verb}(MISSING)`
    else {
      if (verb === 'v' || verb === 'w') {
        flags.sharpV = flags.sharp
        flags.sharp = false
        flags.plusV = flags.plus
        flags.plus = false
      }
      this.text += this.value(args[this.argument++], verb)
    }
  }

  /** Reads a number; too large a one makes Go give up on the rest of the format. */
  number(): number | undefined {
    let value: number | undefined
    for (; isDigit(this.format.charAt(this.at)); this.at++) {
      if (value !== undefined && value > largest) {
        this.at = this.format.length
        return undefined
      }
      value = (value ?? 0) * 10 + Number(this.format.charAt(this.at))
    }
    return value
  }

  /** Reads an argument index `[n]`; tells whether one that is a number was there. */
  index(): boolean {
    const { format, at } = this
    if (format.charAt(at) !== '[') return false
    this.reordered = true
    // Go looks for no bracket when fewer than three characters are left.
    const close = at + 3 > format.length ? -1 : format.indexOf(']', at)
    this.at = close < 0 ? at + 1 : close + 1
    const digits = close < 0 ? '' : format.slice(at + 1, close)
    const isNumber = /^\d+$/.test(digits) && Number(digits.slice(0, -1)) <= largest
    const index = Number(digits) - 1
    if (isNumber && index >= 0 && index < this.args.length) this.argument = index
    else this.indexIsGood = false
    return isNumber
  }

  /** The next argument as a width or precision; undefined when it is no integer of a sane size. */
  intArgument(): number | undefined {
    if (this.argument >= this.args.length) return undefined
    const arg = this.args[this.argument++]
    const value = arg instanceof Integer ? arg.value : arg
    if (typeof value !== 'bigint' || value > BigInt(largest) || value < -BigInt(largest)) return undefined
    return Number(value)
  }

  value(value: unknown, verb: string): string {
    if (isNil(value)) return verb === 'T' || verb === 'v' ? this.pad('<nil>') : `%!${verb}(<nil>)`
    if (verb === 'T') return this.string(typeName(value), 's', value)
    return this.plainOrNested(value, verb, 0)
  }

  plainOrNested(value: unknown, verb: string, depth: number): string {
    const said = typeof value === 'object' && value !== null ? this.said(value, verb) : undefined
    if (said !== undefined) return said
    switch (kindOf(value)) {
      case 'invalid':
        return this.flags.sharpV ? 'interface {}(nil)' : '<nil>'
      case 'bool':
        return verb === 't' || verb === 'v' ? this.pad(String(value)) : this.bad(verb, value)
      case 'int':
      case 'uint':
        return this.integer(value as bigint | Integer, verb)
      case 'float':
        return this.float(value as number, verb, value)
      case 'complex':
        return this.complex(value as Complex, verb)
      case 'string':
        return this.string(value as string, verb, value)
      case 'func':
        return this.bad(verb, value)
      default:
        return this.compound(value as object, verb, depth)
    }
  }

  /** Go's note that a verb does not suit a value; the value is printed with the same flags. */
  bad(verb: string, value: unknown): string {
    this.isExplaining = true
    const shown = typeof value === 'function' ? printed(value) : this.plainOrNested(value, 'v', 0)
    this.isExplaining = false
    return `%!${verb}(${typeName(value)}=${shown})`
  }

  /** What a method of the value's type makes of it, where Go would call one for the verb. */
  said(value: object, verb: string): string | undefined {
    if (this.isExplaining) return undefined
    const type = typeOf(value)
    if (this.flags.sharpV) return type?.goText === undefined ? undefined : this.string(type.goText, 's', value)
    return type?.text !== undefined && 'vsxXq'.includes(verb) ? this.string(type.text, verb, value) : undefined
  }

  compound(value: object, verb: string, depth: number): string {
    const type = typeOf(value)
    const { sharpV, plusV } = this.flags
    if (verb === 'w' || (verb === 'p' && depth === 0)) return this.bad(verb, value)
    const bytes = 'sqxX'.includes(verb) ? bytesIn(value) : undefined
    if (bytes) return this.string(textOf(bytes), verb, value)
    const nested = (item: unknown) => this.plainOrNested(item ?? null, verb, depth + 1)
    const name = sharpV ? typeName(value) : ''
    const gap = sharpV ? ', ' : ' '
    if (!isObject(value)) {
      // Go calls them so where they are the argument itself.
      if (sharpV && depth === 0 && bytesIn(value))
        return `[]byte{${(value as readonly unknown[]).map(nested).join(gap)}}`
      const items = (value as readonly unknown[]).map(nested).join(gap)
      return sharpV ? `${name}{${items}}` : `[${items}]`
    }
    if (type?.struct) {
      const fields = fieldsOf(value).map((field) => (plusV || sharpV ? `${field}:` : '') + nested(value[field]))
      return `${name}{${fields.join(gap)}}`
    }
    const entries = sortedKeys(value).map((key) => `${this.string(key, verb, key)}:${nested(value[key])}`)
    return sharpV ? `${name}{${entries.join(gap)}}` : `map[${entries.join(gap)}]`
  }

  // Strings

  string(text: string, verb: string, value: unknown): string {
    switch (verb) {
      case 's':
        return this.pad(this.truncated(text))
      case 'v':
        return this.flags.sharpV ? this.quoted(text) : this.pad(this.truncated(text))
      case 'q':
        return this.quoted(text)
      case 'x':
        return this.hexadecimal(text)
      case 'X':
        return this.hexadecimal(text).toUpperCase()
      default:
        return this.bad(verb, value)
    }
  }

  quoted(text: string): string {
    const shown = this.truncated(text)
    const { sharp, plus } = this.flags
    return this.pad(sharp && canBackquote(shown) ? `\`${shown}\`` : quote(shown, plus))
  }

  truncated(text: string): string {
    const { precision } = this.flags
    return precision === undefined ? text : [...text].slice(0, precision).join('')
  }

  hexadecimal(text: string): string {
    const { precision, sharp, space } = this.flags
    const bytes = [...bytesOf(text).slice(0, precision)].map((byte) => byte.toString(16).padStart(2, '0'))
    if (bytes.length === 0) return this.pad('')
    const prefix = sharp ? '0x' : ''
    return this.pad(space ? bytes.map((byte) => prefix + byte).join(' ') : prefix + bytes.join(''))
  }

  // Numbers

  integer(value: bigint | Integer, verb: string): string {
    const number = value instanceof Integer ? value.value : value
    switch (verb) {
      case 'v':
        if (this.flags.sharpV && kindOf(value) === 'uint') return this.digits(number, 16, '0x', verb)
        return this.digits(number, 10, '', verb)
      case 'd':
        return this.digits(number, 10, '', verb)
      case 'b':
        return this.digits(number, 2, '0b', verb)
      case 'o':
      case 'O':
        return this.digits(number, 8, '0', verb)
      case 'x':
        return this.digits(number, 16, '0x', verb)
      case 'X':
        return this.digits(number, 16, '0X', verb)
      case 'c':
        return this.pad(String.fromCodePoint(runeOf(number)))
      case 'q':
        return this.pad(quoteRune(runeOf(number), this.flags.plus))
      case 'U':
        return this.unicode(number)
      default:
        return this.bad(verb, value)
    }
  }

  digits(number: bigint, base: number, prefix: string, verb: string): string {
    const { precision, width, zero, minus, plus, space, sharp, sharpV } = this.flags
    if (precision === 0 && number === 0n) return this.padWith(' ', '')
    const negative = number < 0n
    const sign = negative ? '-' : plus ? '+' : space ? ' ' : ''
    const zeros = precision ?? (zero && !minus && width !== undefined ? width - sign.length : 0)
    let text = (negative ? -number : number).toString(base)
    if (verb === 'X') text = text.toUpperCase()
    text = text.padStart(zeros, '0')
    // An octal number that begins with a zero already needs no other one.
    if ((sharp || (sharpV && base === 16)) && !(base === 8 && text.startsWith('0'))) text = prefix + text
    if (verb === 'O') text = `0o${text}`
    return this.padWith(' ', sign + text)
  }

  unicode(number: bigint): string {
    const rune = BigInt.asUintN(64, number)
    const code = `U+${rune
      .toString(16)
      .toUpperCase()
      .padStart(Math.max(this.flags.precision ?? 4, 4), '0')}`
    const character = isRune(Number(rune)) ? String.fromCodePoint(Number(rune)) : ''
    const shown = this.flags.sharp && character !== '' && isPrintable(character) ? ` '${character}'` : ''
    return this.padWith(' ', code + shown)
  }

  float(number: number, verb: string, value: unknown): string {
    const notation = notations[verb]
    if (notation === undefined) return this.bad(verb, value)
    const { plus, space, sharp, zero, minus, width } = this.flags
    const precision = this.flags.precision ?? ('feEF'.includes(verb) ? 6 : undefined)
    let text = formatFloat(number, notation, precision)
    const signed = text.startsWith('-') || text.startsWith('+')
    const negative = text.startsWith('-')
    if (signed) text = text.slice(1)
    const sign = negative ? '-' : plus ? '+' : space ? ' ' : ''
    if (Number.isNaN(number)) return this.padWith(' ', sign + text)
    // Infinity keeps its sign unless a blank was asked for in its place.
    if (!Number.isFinite(number)) return this.padWith(' ', (sign || '+') + text)
    if (sharp && verb !== 'b') text = withPoint(text, verb, precision)
    if (verb === 'E' || verb === 'G' || verb === 'X') text = text.toUpperCase()
    if (sign !== '' && zero && !minus && width !== undefined) return sign + text.padStart(width - 1, '0')
    return this.pad(sign + text)
  }

  complex(value: Complex, verb: string): string {
    if (notations[verb] === undefined) return this.bad(verb, value)
    const { plus } = this.flags
    const real = this.float(value.real, verb, value)
    this.flags.plus = true
    const imaginary = this.float(value.imaginary, verb, value)
    this.flags.plus = plus
    return `(${real}${imaginary}i)`
  }

  // Padding

  pad(text: string): string {
    const { zero, minus } = this.flags
    return this.padWith(zero && !minus ? '0' : ' ', text)
  }

  padWith(filler: string, text: string): string {
    const { width, minus } = this.flags
    if (width === undefined) return text
    const missing = width - characterCount(text)
    if (missing <= 0) return text
    return minus ? text + ' '.repeat(missing) : filler.repeat(missing) + text
  }
}

const notations: Readonly<Record<string, Notation>> = {
  b: 'b',
  e: 'e',
  E: 'e',
  f: 'f',
  F: 'f',
  g: 'g',
  G: 'g',
  v: 'g',
  x: 'x',
  X: 'x',
}

/** `#` keeps the decimal point and, in the notations that drop them, the zeros at the end. */
function withPoint(text: string, verb: string, precision: number | undefined): string {
  const tailAt = text.search(verb === 'x' || verb === 'X' ? /p/ : /[ep]/)
  const head = tailAt < 0 ? text : text.slice(0, tailAt)
  const tail = tailAt < 0 ? '' : text.slice(tailAt)
  // Go counts digits of `%G` and `%X` differently from their lower-case twins only in spelling.
  let wanted = 'vgGx'.includes(verb) ? (precision ?? 6) : 0
  let started = false
  for (const character of head) {
    if (character === '.') continue
    if (character !== '0') started = true
    if (started) wanted--
  }
  let filled = head
  if (!head.includes('.')) {
    if (head === '0') wanted--
    filled += '.'
  }
  return filled + '0'.repeat(Math.max(wanted, 0)) + tail
}

function runeOf(number: bigint): number {
  const rune = number >= 0n && number <= 0x10ffffn ? Number(number) : 0xfffd
  return isRune(rune) ? rune : 0xfffd
}

function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

function isNil(value: unknown): boolean {
  return value === null || value === undefined
}
