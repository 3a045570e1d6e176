/**
 * A quick reader of the YAML that machines write and most people too: block style with plain, quoted and literal
 * scalars, and flow collections of plain words.
 *
 * It gives up on whatever it is not sure of (tags, anchors, odd layout, every mistake), and the complete parser has
 * the word. What it does read it must read as that parser does. It keeps no positions.
 */
import { resolveKey, resolvePlain } from './scalar.ts'
import { blockText, type Chomp, doubleQuotedText, plainText, singleQuotedText } from './scalar-text.ts'

/** A document's value, and the offset at which its content begins. */
export interface QuickDocument {
  readonly value: unknown
  readonly offset: number
}

export interface QuickStream {
  readonly documents: readonly QuickDocument[]
  readonly blanks: number
}

/** The documents of `text`, whose line breaks must be `\n`; undefined when it holds anything unusual. */
export function readBlock(text: string): QuickStream | undefined {
  try {
    return new BlockReader(text).stream()
  } catch (error) {
    if (error instanceof Unsure) return undefined
    throw error
  }
}

class Unsure extends Error {}

const tab = 9
const newline = 10
const space = 32
const doubleQuote = 34
const hash = 35
const percent = 37
const singleQuote = 39
const dash = 45
const dot = 46
const colon = 58

const simplePair = /([A-Za-z][\w./-]*):(?: +(?:([A-Za-z0-9/][\w./-]*)|"([^"\\\n]*)"))?\n/y

/** Depth at which the complete parser decides. */
const deepest = 100

class BlockReader {
  private readonly text: string
  private readonly hasTabs: boolean
  /** The line at hand: its first character, the first one that is no space, and the end of what it says. */
  private line = 0
  private start = 0
  private end = 0
  /** Columns before `start`; -1 at the end of a document. */
  private indent = -1
  /** Where the next line begins. */
  private next = 0
  /** Whether a `---` line ended the document. */
  private marked = false
  /** Where the reading of a part of the line stopped. */
  private at = 0
  private depth = 0
  private nextHash = -1
  private nextColon = -1

  constructor(text: string) {
    this.text = text
    this.hasTabs = text.includes('\t')
  }

  stream(): QuickStream {
    const documents: QuickDocument[] = []
    let blanks = 0
    this.advance()
    while (this.marked || this.indent >= 0) {
      const marked = this.marked
      if (marked) {
        if (this.after(this.line + 3) !== this.end) throw new Unsure()
        this.advance()
      }
      if (this.indent >= 0) {
        const offset = this.start
        documents.push({ value: this.block(this.indent, -1), offset })
        if (this.indent >= 0) throw new Unsure()
      } else blanks++
    }
    return { documents, blanks }
  }

  /** Goes to the next line that says something. */
  private advance(): void {
    const { text } = this
    this.marked = false
    for (let line = this.next; line < text.length; ) {
      let start = line
      while (text.charCodeAt(start) === space) start++
      const code = text.charCodeAt(start)
      if (code === hash || code === newline || start === text.length) {
        const end = text.indexOf('\n', start)
        line = end < 0 ? text.length : end + 1
        continue
      }
      this.enter(line, start)
      this.indent = start - line
      if (start === line && (code === dash || code === dot || code === percent)) this.mark(code)
      return
    }
    this.next = text.length
    this.indent = -1
  }

  /** Makes the line that begins at `line` the one at hand, to be read from `start`. */
  private enter(line: number, start: number): void {
    const { text } = this
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    this.line = line
    this.start = start
    this.next = end + 1
    while (end > start && text.charCodeAt(end - 1) === space) end--
    this.end = end
    if (this.hasTabs && text.slice(start, end).includes('\t')) throw new Unsure()
  }

  /** A `---` line ends the document; `...` and directives are for the complete parser. */
  private mark(code: number): void {
    const { text, line, end } = this
    if (code === percent) throw new Unsure()
    const marker = code === dash ? '---' : '...'
    if (!text.startsWith(marker, line) || (line + 3 < end && text.charCodeAt(line + 3) !== space)) return
    if (code === dot) throw new Unsure()
    this.marked = true
    this.indent = -1
  }

  /** The value at the start of the line at hand, in column `column`, which belongs to something in column `parent`. */
  private block(column: number, parent: number): unknown {
    if (++this.depth > deepest) throw new Unsure()
    let value: unknown
    if (this.isDash(this.start)) value = this.list(column, this.start)
    else {
      const key = this.key(this.start)
      value = key === undefined ? this.inline(this.start, parent, true) : this.map(column, key)
    }
    this.depth--
    return value
  }

  /** The map whose first key has just been read. */
  private map(column: number, first: string): Record<string, unknown> {
    const out: Record<string, unknown> = {}
    let key: string | undefined = first
    for (;;) {
      if (key === undefined || key === '__proto__' || Object.hasOwn(out, key)) throw new Unsure()
      out[key] = this.member(column)
      while (this.indent === column && this.pair(column, out));
      if (this.indent !== column) break
      key = this.isDash(this.start) ? undefined : this.key(this.start)
    }
    if (this.indent > column) throw new Unsure()
    return out
  }

  /**
   * Adds the pair on the line at hand if it is of the simplest kind, a word or text in quotes behind a word, or nothing
   * before the next line. One match takes what the methods below would go through character by character; whatever else
   * there is, they read.
   */
  private pair(column: number, out: Record<string, unknown>): boolean {
    const { line, start } = this
    simplePair.lastIndex = start
    const found = simplePair.exec(this.text)
    if (found === null) return false
    // By their numbers, as taking a list apart makes an iterator.
    const word = found[1] as string
    const plain = found[2]
    const text = found[3]
    const key = resolveKey(word)
    if (key === undefined || key === '__proto__' || Object.hasOwn(out, key)) return false
    if (plain === undefined && text === undefined) {
      out[key] = this.below(column)
      return true
    }
    this.advance()
    if (this.indent > column) {
      // The text goes on there.
      this.enter(line, start)
      this.indent = column
      return false
    }
    out[key] = plain === undefined ? text : resolved(plain)
    return true
  }

  /** The value behind the colon that was read last. */
  private member(column: number): unknown {
    const from = this.after(this.at)
    return from < this.end ? this.inline(from, column, false) : this.below(column)
  }

  /** The value of a key in column `column` that stands on the lines below it. */
  private below(column: number): unknown {
    this.advance()
    if (this.indent > column) return this.block(this.indent, column)
    if (this.indent === column && this.isDash(this.start)) {
      if (++this.depth > deepest) throw new Unsure()
      const value = this.list(column, this.start)
      this.depth--
      return value
    }
    return null
  }

  /** The list whose first dash is at `from`. */
  private list(column: number, from: number): unknown[] {
    const out: unknown[] = []
    let at = from
    do {
      out.push(this.item(column, at))
      at = this.start
    } while (this.indent === column && this.isDash(at))
    if (this.indent > column) throw new Unsure()
    return out
  }

  private item(column: number, dashAt: number): unknown {
    const from = this.after(dashAt + 1)
    if (from >= this.end) {
      this.advance()
      return this.indent > column ? this.block(this.indent, column) : null
    }
    if (++this.depth > deepest) throw new Unsure()
    let value: unknown
    if (this.isDash(from)) value = this.list(from - this.line, from)
    else {
      const inner = from - this.line
      const key = this.key(from)
      value = key === undefined ? this.inline(from, column, false) : this.map(inner, key)
    }
    this.depth--
    return value
  }

  private isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== dash) return false
    return at + 1 >= this.end || this.text.charCodeAt(at + 1) === space
  }

  /** The first character at or behind `from` that is no space; the end of the line when it begins a comment. */
  private after(from: number): number {
    const { text, end } = this
    let at = from
    while (at < end && text.charCodeAt(at) === space) at++
    if (at >= end || (at > from && text.charCodeAt(at) === hash)) return end
    return at
  }

  /** The key at `from`, with `at` behind its colon; undefined when the line has none there. */
  private key(from: number): string | undefined {
    const { text, end } = this
    const code = text.charCodeAt(from)
    if (code === doubleQuote || code === singleQuote) {
      const close = this.closing(from, code, end)
      if (close < 0) return undefined
      let at = close + 1
      while (text.charCodeAt(at) === space) at++
      if (text.charCodeAt(at) !== colon || at >= end) return undefined
      if (at + 1 < end && text.charCodeAt(at + 1) !== space) throw new Unsure()
      if (at - from > 1000) throw new Unsure()
      this.at = at + 1
      return this.quoted(from, close, code)
    }
    // A collection is no key, and `inline` sees it when one stands where a key should.
    if (code === 91 || code === 123) return undefined
    const at = this.separator(from, this.comment(from))
    if (at < 0) return undefined
    if (at - from > 1000 || !isPlainStart(code)) throw new Unsure()
    let stop = at
    while (text.charCodeAt(stop - 1) === space) stop--
    if (stop <= from) throw new Unsure()
    this.at = at + 1
    const key = text.slice(from, stop)
    if (key === '<<') throw new Unsure()
    return isLetter(code) && key.length > 5 ? key : plainKey(key)
  }

  /** The first colon in the line that ends a key; -1 when there is none before `limit`. */
  private separator(from: number, limit: number): number {
    const { text } = this
    for (let at = from; ; at++) {
      if (this.nextColon < at) {
        this.nextColon = text.indexOf(':', at)
        if (this.nextColon < 0) this.nextColon = text.length
      }
      at = this.nextColon
      if (at >= limit) return -1
      if (at + 1 >= this.end || text.charCodeAt(at + 1) === space) return at
    }
  }

  /** Where the comment of the line begins; the end of the line when it has none. */
  private comment(from: number): number {
    const { text, end } = this
    for (let at = from; ; at++) {
      if (this.nextHash < at) {
        this.nextHash = text.indexOf('#', at)
        if (this.nextHash < 0) this.nextHash = text.length
      }
      at = this.nextHash
      if (at >= end) return end
      if (text.charCodeAt(at - 1) === space) return at
    }
  }

  /** A value that begins in the middle of a line (or, when `alone`, on a line of its own). */
  private inline(from: number, parent: number, alone: boolean): unknown {
    const code = this.text.charCodeAt(from)
    switch (code) {
      case doubleQuote:
      case singleQuote:
        return this.closed(this.quotedValue(from, code), this.at)
      case 91: // [
      case 123: // {
        return this.closed(this.flow(from), this.at)
      case 62: // >
      case 124: // |
        if (alone) throw new Unsure()
        return this.literal(from, parent)
      default:
        if (!isPlainStart(code) || this.isDash(from)) throw new Unsure()
        return this.plain(from, parent)
    }
  }

  /** Checks that nothing but a comment follows a value on its line, and goes on to the next line. */
  private closed(value: unknown, at: number): unknown {
    if (this.after(at) < this.end) throw new Unsure()
    this.advance()
    return value
  }

  private plain(from: number, parent: number): unknown {
    const { text } = this
    let stop = this.comment(from)
    let ended = stop < this.end
    if (this.separator(from, stop) >= 0) throw new Unsure()
    let lineEnd = this.next
    this.advance()
    let lines = 1
    while (this.indent > parent) {
      // Only white space may stand between the lines of a text.
      if (ended || (this.line > lineEnd && text.slice(lineEnd, this.line).includes('#'))) throw new Unsure()
      stop = this.comment(this.start)
      ended = stop < this.end
      if (this.separator(this.start, stop) >= 0) throw new Unsure()
      lineEnd = this.next
      lines++
      this.advance()
    }
    while (text.charCodeAt(stop - 1) === space) stop--
    const source = text.slice(from, stop)
    if (lines > 1) return resolved(plainText(source))
    return isLetter(source.charCodeAt(0)) && source.length > 5 ? source : resolved(source)
  }

  /** The place before `end` of the quote that closes the one at `from`; -1 when there is none. */
  private closing(from: number, quote: number, end: number): number {
    const { text } = this
    for (let at = from + 1; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        if (quote === doubleQuote || text.charCodeAt(at + 1) !== singleQuote) return at
        at++
      } else if (code === 92 && quote === doubleQuote) at++
    }
    return -1
  }

  private quotedValue(from: number, quote: number): string {
    let close = this.closing(from, quote, this.end)
    if (close < 0) {
      // On a later line, then, which becomes the line at hand.
      close = this.closing(from, quote, this.text.length)
      if (close < 0 || /\t|\n(?:---|\.\.\.)/.test(this.text.slice(from, close))) throw new Unsure()
      this.enter(this.text.lastIndexOf('\n', close) + 1, close + 1)
    }
    this.at = close + 1
    return this.quoted(from, close, quote)
  }

  private quoted(from: number, close: number, quote: number): string {
    const source = this.text.slice(from + 1, close)
    const value = quote === singleQuote ? singleQuotedText(source) : doubleQuotedText(source)
    if (value === undefined) throw new Unsure()
    return value
  }

  /** A block scalar whose `|` or `>` is at `from`. */
  private literal(from: number, parent: number): string {
    const { text } = this
    const stop = this.comment(from)
    const header = /^([|>])(?:([-+]?)([1-9]?)|([1-9])([-+])) *$/.exec(text.slice(from, stop))
    if (header === null || parent < 0) throw new Unsure()
    const digit = header[3] || header[4]
    let indent = digit ? parent + Number(digit) : 0
    let longestBlank = 0
    const begin = this.next
    let line = begin
    let pad = ' '.repeat(indent)
    while (line < text.length) {
      if (indent > 0 && text.startsWith(pad, line)) {
        const end = text.indexOf('\n', line + indent)
        line = end < 0 ? text.length : end + 1
        continue
      }
      let start = line
      while (text.charCodeAt(start) === space) start++
      const code = text.charCodeAt(start)
      const columns = start - line
      if (code === newline || start === text.length) {
        if (indent === 0 && columns > longestBlank) longestBlank = columns
        line = start + 1
        continue
      }
      if (indent === 0 && columns > parent) {
        if (longestBlank > columns || code === tab) throw new Unsure()
        indent = columns
        pad = ' '.repeat(indent)
      }
      if (columns < indent || columns <= parent) {
        if (code === tab) throw new Unsure()
        break
      }
      const end = text.indexOf('\n', start)
      line = end < 0 ? text.length : end + 1
    }
    this.next = Math.min(line, text.length)
    const source = text.slice(begin, this.next)
    const value = blockText(
      source,
      indent || Math.max(longestBlank, parent + 1),
      header[1] === '>',
      (header[2] || header[5] || '') as Chomp,
    )
    this.advance()
    return value
  }

  /** A collection between brackets or braces at `from`; `at` is behind it then. */
  private flow(from: number): unknown {
    if (++this.depth > deepest) throw new Unsure()
    const value = this.text.charCodeAt(from) === 91 ? this.flowList(from) : this.flowMap(from)
    this.depth--
    return value
  }

  private flowList(from: number): unknown[] {
    const out: unknown[] = []
    let at = this.gap(from + 1)
    while (this.text.charCodeAt(at) !== 93) {
      out.push(this.flowValue(at))
      at = this.gap(this.at)
      if (this.text.charCodeAt(at) === 44) at = this.gap(at + 1)
      else if (this.text.charCodeAt(at) !== 93) throw new Unsure()
    }
    this.at = at + 1
    return out
  }

  private flowMap(from: number): Record<string, unknown> {
    const { text } = this
    const out: Record<string, unknown> = {}
    let at = this.gap(from + 1)
    while (text.charCodeAt(at) !== 125) {
      const code = text.charCodeAt(at)
      const isQuoted = code === doubleQuote || code === singleQuote
      const key = isQuoted ? this.quotedValue(at, code) : plainKey(this.flowWord(at))
      if (isQuoted && text.slice(at, this.at).includes('\n')) throw new Unsure()
      at = this.after(this.at)
      // Only behind quotes a value can follow at once, as in JSON.
      if (text.charCodeAt(at) !== colon || !(isQuoted || text.charCodeAt(at + 1) === space)) throw new Unsure()
      if (key === '__proto__' || Object.hasOwn(out, key)) throw new Unsure()
      const from = this.gap(at + 1)
      const first = text.charCodeAt(from)
      if (first === 44 || first === 125) {
        out[key] = null
        this.at = from
      } else out[key] = this.flowValue(from)
      at = this.gap(this.at)
      if (text.charCodeAt(at) === 44) at = this.gap(at + 1)
      else if (text.charCodeAt(at) !== 125) throw new Unsure()
    }
    this.at = at + 1
    return out
  }

  private flowValue(at: number): unknown {
    const code = this.text.charCodeAt(at)
    if (code === 91 || code === 123) return this.flow(at)
    return code === doubleQuote || code === singleQuote ? this.quotedValue(at, code) : resolved(this.flowWord(at))
  }

  /** A plain scalar of characters that mean nothing special between brackets. */
  private flowWord(at: number): string {
    const word = /(?:[\w./$~]|-(?=[A-Za-z0-9]))(?:[\w./*+@=^~$()<>%;-]|:(?=[A-Za-z0-9_/])| +(?=[\w./*+@=^~$()<>%;-]))*/y
    word.lastIndex = at
    const found = word.exec(this.text)
    if (found === null) throw new Unsure()
    this.at = word.lastIndex
    return found[0]
  }

  /** The next character between brackets, be it on this line or on a later one. */
  private gap(from: number): number {
    const at = this.after(from)
    if (at < this.end) return at
    this.advance()
    if (this.indent < 0) throw new Unsure()
    return this.start
  }
}

/** What a key without quotes stands for; an integer that needs all of 64 bits is none for some readers. */
function plainKey(text: string): string {
  const key = resolveKey(text)
  if (key === undefined || (/^\d{19,}$/.test(key) && BigInt(key) >= 1n << 63n)) throw new Unsure()
  return key
}

function resolved(text: string): unknown {
  const value = resolvePlain(text)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Unsure()
  return value
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** Whether plain text may begin with the character; a dash and the like are read only where they begin a word. */
function isPlainStart(code: number): boolean {
  return (
    isLetter(code) ||
    (code >= 47 && code <= 57) || // / and digits
    code > 0xa0 ||
    '_.$(+<;=^~)\\-'.includes(String.fromCharCode(code))
  )
}
