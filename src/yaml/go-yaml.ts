/**
 * Texts as Go prints them: YAML as sigs.k8s.io/yaml marshals it, and indented JSON as encoding/json does.
 *
 * Values are printed as they are after a trip through JSON, so every number is a float64. Text inside ConfigMaps and
 * annotations must equal what istioctl prints to the byte, and with it where Go quotes, folds and sorts.
 */
import { keysInOrder } from './go-order.ts'
import { isTimestamp } from './go-timestamp.ts'
import { resolvePlain, shortestFloat } from './scalar.ts'

export { toPrettyJson } from './go-json.ts'

/** A line that is longer than this is folded at the next single space of its scalar. */
const width = 80
/** A longer key (in bytes of UTF-8) is written as `? key`. */
const longestKey = 128
const step = 2

/**
 * The YAML that Go makes of `value`, ending with a newline.
 *
 * Keys are sorted, runs of digits in them as numbers; `undefined` members are left out; a bigint prints as an integer.
 * Characters that Go loses on the way (U+007F, for one) are kept, as escapes.
 */
export function toGoYaml(value: unknown): string {
  const printer = new Printer()
  printer.value(value, false)
  return printer.end()
}

/** How a scalar may be written, which depends on nothing but its text. */
interface Shape {
  readonly plain: boolean
  readonly single: boolean
  readonly literal: boolean
  readonly lines: boolean
}

class Printer {
  private out = ''
  private column = 0
  private indent = -1
  /** Whether what was written last separates tokens. */
  private blank = true
  /** Whether the line holds nothing yet but indentation and the indicators of collections. */
  private leading = true

  end(): string {
    this.line()
    return this.out
  }

  value(value: unknown, inMapping: boolean): void {
    if (typeof value === 'string') this.string(value, false)
    else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) this.list(value, inMapping)
      else this.map(value)
    } else this.plain(typeof value === 'number' ? goNumber(value) : String(value ?? null), false)
  }

  private map(map: object): void {
    const members = map as { readonly [key: string]: unknown }
    const before = this.indent
    this.indent = before < 0 ? 0 : before + step
    const keys = keysInOrder(map)
    let isEmpty = true
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string
      const member = members[key]
      if (member === undefined) continue
      isEmpty = false
      this.line()
      if (isSimpleKey(key)) {
        this.string(key, true)
        this.mark(':', false, false)
      } else {
        this.mark('?', true, true)
        this.string(key, false)
        this.line()
        this.mark(':', true, true)
      }
      this.value(member, true)
    }
    this.indent = before
    if (isEmpty) this.empty('{', '}')
  }

  private list(value: readonly unknown[], inMapping: boolean): void {
    if (value.length === 0) {
      this.empty('[', ']')
      return
    }
    const before = this.indent
    if (!(inMapping && !this.leading)) this.indent = before < 0 ? 0 : before + step
    for (const item of value) {
      this.line()
      this.mark('-', true, true)
      this.value(item, false)
    }
    this.indent = before
  }

  private empty(open: string, close: string): void {
    this.mark(open, true, false)
    this.blank = true
    this.mark(close, false, false)
  }

  private string(text: string, isKey: boolean): void {
    if (usual.test(text) && typeof resolvePlain(text) === 'string') {
      this.plain(text, isKey)
      return
    }
    if (text.includes('\u0085')) {
      this.string(text.replace(nextLines, foldedLines), isKey)
      return
    }
    const shape = shapeOf(text)
    const before = this.indent
    this.indent = before < 0 ? step : before + step
    if (text.includes('\n')) {
      if (shape.literal && !isKey) this.literal(text)
      else this.double(text, isKey)
    } else if (!staysString(text)) this.double(text, isKey)
    else if (shape.plain) this.plain(text, isKey)
    else if (shape.single && !(isKey && shape.lines)) this.single(text, isKey)
    else this.double(text, isKey)
    this.indent = before
  }

  private plain(text: string, isKey: boolean): void {
    if (!this.blank) this.put(' ')
    this.folded(text, isKey, false)
    this.blank = false
    this.leading = false
  }

  private single(text: string, isKey: boolean): void {
    this.mark("'", true, false)
    this.folded(text.replaceAll("'", "''"), isKey, true)
    this.mark("'", false, false)
  }

  /** Writes text as it is, folding it at single spaces; a quoted text not at its first or last character. */
  private folded(text: string, isKey: boolean, quoted: boolean): void {
    if (isKey || (this.column + text.length <= width && !breaks.test(text))) {
      this.put(text)
      return
    }
    let from = 0
    let column = this.column
    const cut = (to: number) => {
      this.put(text.slice(from, to))
      from = to
    }
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (isBreak(code)) {
        cut(i)
        while (isBreak(text.charCodeAt(i + 1))) i++
        this.out += text.slice(from, i + 1)
        from = i + 1
        this.column = 0
        this.leading = true
        if (from < text.length) this.line()
        column = this.column
      } else if (
        code === 32 &&
        column > width &&
        text.charCodeAt(i - 1) !== 32 &&
        text.charCodeAt(i + 1) !== 32 &&
        !(quoted && (i === 0 || i === text.length - 1))
      ) {
        cut(i)
        this.leading = false
        this.line()
        from = i + 1
        column = this.column
      } else if (!isTrail(code)) column++
    }
    cut(text.length)
  }

  private double(text: string, isKey: boolean): void {
    this.mark('"', true, false)
    // Behind a byte order mark at the start, Go escapes everything.
    const marked = text.startsWith('\ufeff')
    let spaces = false
    let at = 0
    for (const char of text) {
      const last = at + char.length === text.length
      if (char === ' ' && !marked) {
        if (!isKey && !spaces && this.column > width && at > 0 && !last) {
          this.leading = false
          this.line()
          if (text[at + 1] === ' ') this.put('\\')
        } else this.put(char)
        spaces = true
      } else {
        this.put(marked || isEscaped(char) ? escaped(char) : char)
        spaces = false
      }
      at += char.length
    }
    this.mark('"', false, false)
  }

  private literal(text: string): void {
    this.mark('|', true, false)
    const hint = text[0] === ' ' || breaks.test(text[0] ?? '') ? String(step) : ''
    const last = breaks.test(text.at(-1) ?? '')
    this.put(hint + (last ? (text.length === 1 || breaks.test(text.at(-2) ?? '') ? '+' : '') : '-'))
    this.out += '\n'
    this.column = 0
    const margin = ' '.repeat(this.indent)
    for (const line of text.match(/[^\n\u2028\u2029]*[\n\u2028\u2029]|[^\n\u2028\u2029]+$/g) ?? [])
      this.out += isBreak(line.charCodeAt(0)) ? line : margin + line
    if (!last) this.column = this.indent + 1
    this.blank = last
    this.leading = last
  }

  /** Begins a new line with the current indentation, unless the line at hand can still take what follows. */
  private line(): void {
    const indent = Math.max(this.indent, 0)
    if (!this.leading || this.column > indent || (this.column === indent && !this.blank)) {
      this.out += '\n'
      this.column = 0
    }
    this.put(' '.repeat(Math.max(0, indent - this.column)))
    this.blank = true
    this.leading = true
  }

  private mark(text: string, separate: boolean, keepsLeading: boolean): void {
    this.put(separate && !this.blank ? ` ${text}` : text)
    this.blank = false
    this.leading &&= keepsLeading
  }

  private put(text: string): void {
    this.out += text
    this.column += columns(text)
  }
}

/** The number of characters, of which those beyond U+FFFF take two places in a JavaScript string. */
function columns(text: string): number {
  if (!trail.test(text)) return text.length
  let trails = 0
  for (let i = 0; i < text.length; i++) if (isTrail(text.charCodeAt(i))) trails++
  return text.length - trails
}

const trail = /[\udc00-\udfff]/

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x2028 || code === 0x2029
}

function isTrail(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

/** What most texts are: no number, nothing that YAML has a use for, and no place to fold it. */
const usual = /^[A-Za-z][\w./-]*$/
const breaks = /[\r\n\u0085\u2028\u2029]/
// What YAML's printable set leaves out, and what lies beyond U+FFFF: all of it is written as escapes.
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const edge = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/
const indicators =
  /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t\r\n\u0085\u2028\u2029]|$)|---|\.\.\.)|:(?:[ \t\r\n\u0085\u2028\u2029]|$)|[ \t\r\n\u0085\u2028\u2029]#/
const spaceThenBreak = / [\r\n\u0085\u2028\u2029]/
const breakThenSpace = /[\r\n\u0085\u2028\u2029] /

function shapeOf(text: string): Shape {
  const lines = breaks.test(text)
  const unfit = unprintable.test(text) || spaceThenBreak.test(text)
  return {
    lines,
    plain: !unfit && !lines && !edge.test(text) && !indicators.test(text),
    single: !unfit && !breakThenSpace.test(text),
    literal: !unfit && !text.endsWith(' '),
  }
}

function isSimpleKey(key: string): boolean {
  return !breaks.test(key) && (key.length * 3 <= longestKey || new TextEncoder().encode(key).length <= longestKey)
}

const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** Whether Go's reader takes the unquoted text for a string, and no older reader for a sexagesimal number. */
function staysString(text: string): boolean {
  return typeof resolvePlain(text) === 'string' && !sexagesimal.test(text) && !isTimestamp(text)
}

/** Between packages the text passes through JSON that is read as YAML, in which U+0085 is a line break to fold. */
const nextLines = / *\u0085[ \u0085]*/g

function foldedLines(run: string): string {
  return '\n'.repeat(run.replaceAll(' ', '').length - 1) || ' '
}

const escapes: { readonly [char: string]: string } = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

/** Whether a character stands as an escape between double quotes. */
export function isEscaped(char: string): boolean {
  return char !== '\xa0' && (escapes[char] !== undefined || unprintable.test(char))
}

/** The escape of a character, as Go's YAML packages write it. */
export function escaped(char: string): string {
  const known = escapes[char]
  if (known !== undefined) return known
  const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase()
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** A float64 as Go's YAML prints it: an integer whose digits fit in 64 bits by these, others in Go's shortest form. */
function goNumber(value: number): string {
  const text = value === 0 ? '0' : String(value)
  if (/^-?[0-9]+$/.test(text) && (Number.isSafeInteger(value) || fits(BigInt(text)))) return text
  return shortestFloat(value)
}

function fits(integer: bigint): boolean {
  return integer >= -(1n << 63n) && integer < 1n << 64n
}
