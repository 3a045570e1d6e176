/** JSON as Go's `encoding/json` reads it, with Go's words for what is wrong with it. */

import { isPrintable, quoteRune } from '../../gotemplate/quote.ts'

/** A value, or why the text is none. */
export type Decoded = { readonly value: unknown } | { readonly error: string }

/** Lists and objects within each other, where the quick way is not open; Go takes ten thousand. */
const deepest = 250

/** The value that a text spells in JSON; numbers are floats. */
export function fromJson(text: string): Decoded {
  try {
    const value: unknown = JSON.parse(text)
    if (nestsTooDeeply(value, text)) return { error: 'exceeded max depth' }
    if (!/[eE]\+?\d{3}|\d{300}/.test(text) && !/\\u[dD][89a-fA-F]|[\ud800-\udfff]/.test(text)) return { value }
  } catch {
    // What is wrong, Go tells in its own words.
  }
  return new Reader(text).read()
}

/** Whether a value that was read at once has more levels than what visits it later can bear. */
function nestsTooDeeply(value: unknown, text: string): boolean {
  if ((text.match(/[[{]/g)?.length ?? 0) <= deepest) return false
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

/** The value at the beginning of a text, and how long it is in code units. */
export function fromJsonPrefix(
  text: string,
): { readonly value: unknown; readonly length: number } | { readonly error: string } {
  const reader = new Reader(text)
  const read = reader.read(true)
  return 'error' in read ? read : { value: read.value, length: reader.at }
}

/** Where Go, which reads a blank behind the end, finds that blank to be the mistake. */
const inToken = /^in (?!string literal)|^after decimal/

/** Ends the reading. */
class Mistake {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

class Reader {
  readonly text: string
  at = 0
  depth = 0
  /** A number that no float holds is told only when the syntax of the rest is right. */
  overflow: string | undefined

  constructor(text: string) {
    this.text = text
  }

  read(isPrefix = false): Decoded {
    try {
      const value = this.value()
      if (!isPrefix) this.space()
      if (!isPrefix && this.at < this.text.length) this.wrong('after top-level value')
      if (this.overflow !== undefined)
        return { error: `json: cannot unmarshal number ${this.overflow} into Go value of type float64` }
      return { value }
    } catch (thrown) {
      if (thrown instanceof Mistake) return { error: thrown.message }
      throw thrown
    }
  }

  wrong(context: string): never {
    const code = this.text.charCodeAt(this.at)
    if (this.at >= this.text.length)
      throw new Mistake(inToken.test(context) ? `invalid character ' ' ${context}` : 'unexpected end of JSON input')
    // Go looks at bytes; that of a character beyond ASCII stands for another one.
    const character = this.text.slice(this.at, this.at + 1)
    throw new Mistake(`invalid character ${code < 0x80 ? marked(character) : firstByte(this.text, this.at)} ${context}`)
  }

  space() {
    while (/^[ \t\r\n]$/.test(this.text.charAt(this.at))) this.at++
  }

  value(): unknown {
    this.space()
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.nested(() => this.object())
      case '[':
        return this.nested(() => this.list())
      case '"':
        return this.string()
      case 't':
        return this.literal('true', true)
      case 'f':
        return this.literal('false', false)
      case 'n':
        return this.literal('null', null)
      default:
        return this.number()
    }
  }

  nested(read: () => unknown): unknown {
    if (++this.depth > deepest) throw new Mistake('exceeded max depth')
    this.at++
    const value = read()
    this.depth--
    return value
  }

  object(): unknown {
    const members: [string, unknown][] = []
    this.space()
    if (this.takes('}')) return {}
    for (;;) {
      this.space()
      if (this.text.charAt(this.at) !== '"') this.wrong('looking for beginning of object key string')
      const key = this.string()
      this.space()
      if (!this.takes(':')) this.wrong('after object key')
      members.push([key, this.value()])
      this.space()
      if (this.takes('}')) return Object.fromEntries(members)
      if (!this.takes(',')) this.wrong('after object key:value pair')
    }
  }

  list(): unknown {
    const items: unknown[] = []
    this.space()
    if (this.takes(']')) return items
    for (;;) {
      items.push(this.value())
      this.space()
      if (this.takes(']')) return items
      if (!this.takes(',')) this.wrong('after array element')
    }
  }

  takes(character: string): boolean {
    if (this.text.charAt(this.at) !== character) return false
    this.at++
    return true
  }

  literal(word: string, value: unknown): unknown {
    for (let i = 0; i < word.length; i++, this.at++)
      if (this.text.charAt(this.at) !== word.charAt(i))
        this.wrong(`in literal ${word} (expecting ${marked(word.charAt(i))})`)
    return value
  }

  number(): number {
    const start = this.at
    const isNegative = this.takes('-')
    if (!this.takes('0') && !this.digits())
      this.wrong(isNegative ? 'in numeric literal' : 'looking for beginning of value')
    if (this.takes('.') && !this.digits()) this.wrong('after decimal point in numeric literal')
    if (this.takes('e') || this.takes('E')) {
      if (!this.takes('+')) this.takes('-')
      if (!this.digits()) this.wrong('in exponent of numeric literal')
    }
    const literal = this.text.slice(start, this.at)
    const value = Number(literal)
    if (!Number.isFinite(value)) this.overflow ??= literal
    return value
  }

  digits(): boolean {
    const start = this.at
    while (/^\d$/.test(this.text.charAt(this.at))) this.at++
    return this.at > start
  }

  string(): string {
    let out = ''
    for (this.at++; ; ) {
      const character = this.text.charAt(this.at)
      if (character === '' || character < ' ') this.wrong('in string literal')
      if (character === '"') {
        this.at++
        // Halves of a pair that stand alone are no characters.
        return out.replace(/[\ud800-\udfff]/gu, '\ufffd')
      }
      if (character === '\\') out += this.escape()
      else {
        out += character
        this.at++
      }
    }
  }

  escape(): string {
    this.at++
    const letter = this.text.charAt(this.at)
    const known = simple[letter]
    if (known !== undefined) {
      this.at++
      return known
    }
    if (letter !== 'u') this.wrong('in string escape code')
    this.at++
    const start = this.at
    for (; this.at < start + 4; this.at++)
      if (!/^[\da-fA-F]$/.test(this.text.charAt(this.at))) this.wrong('in \\u hexadecimal character escape')
    return String.fromCharCode(Number.parseInt(this.text.slice(start, this.at), 16))
  }
}

const simple: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** A character between quotes, as Go's messages show it. */
function marked(character: string): string {
  if (character === "'") return "'\\''"
  if (character === '"') return `'"'`
  return quoteRune(character.codePointAt(0) ?? 0)
}

function firstByte(text: string, at: number): string {
  const byte = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0))[0] ?? 0
  const shown = String.fromCharCode(byte)
  return isPrintable(shown) ? `'${shown}'` : quoteRune(byte)
}
