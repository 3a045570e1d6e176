/**
 * Text to tokens. Trimming happens here: a token of text never holds the white space that a trim marker removed, and
 * comments leave no token at all. A mistake ends the list with an `error` token whose text says what is wrong, so that
 * the parser reports whichever mistake comes first.
 */

import { characterMatches, isPrintable, quote } from './quote.ts'
import { isSpace, keywords, withoutTrailingSpace } from './syntax.ts'

export type TokenKind =
  | 'error'
  | 'eof'
  | 'text'
  | 'leftDelimiter'
  | 'rightDelimiter'
  | 'space'
  | 'leftParenthesis'
  | 'rightParenthesis'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'boolean'
  | 'number'
  | 'complex'
  | 'character'
  | 'string'
  | 'mark'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly at: number
}

export interface LexOptions {
  readonly delimiters: readonly [left: string, right: string]
  /** Words that are functions of the host instead of keywords: only `break` and `continue` can be. */
  readonly freed: (word: string) => boolean
}

/** The tokens of a template text; the last one is `eof` or `error`. */
export function lex(text: string, { delimiters, freed }: LexOptions): Token[] {
  const lexer = new Lexer(text, delimiters, freed)
  while (lexer.step());
  return lexer.tokens
}

/** Whether a name may end before the character: the next operand can't begin there. */
function endsName(unit: number): boolean {
  return (
    isSpace(unit) || unit === 0x2e || unit === 0x2c || unit === 0x7c || unit === 0x3a || unit === 0x29 || unit === 0x28
  )
}

/** Tokens that are one character. */
const single: Readonly<Record<string, TokenKind>> = {
  '=': 'assign',
  '|': 'pipe',
  '(': 'leftParenthesis',
  ')': 'rightParenthesis',
}

class Lexer {
  readonly text: string
  readonly left: string
  readonly right: string
  readonly rightUnit: number
  readonly freed: LexOptions['freed']
  readonly tokens: Token[] = []
  readonly word = /\w*/y
  at = 0
  inAction = false
  /** Parentheses open in the current action. */
  depth = 0

  constructor(text: string, [left, right]: LexOptions['delimiters'], freed: LexOptions['freed']) {
    this.text = text
    this.left = left
    this.right = right
    this.rightUnit = right.charCodeAt(0)
    this.freed = freed
  }

  /** Adds the next token, or the text and the delimiter in front of an action; tells whether there is more. */
  step(): boolean {
    return this.inAction ? this.inside() : this.outside()
  }

  add(kind: TokenKind, end: number): true {
    this.tokens.push({ kind, text: this.text.slice(this.at, end), at: this.at })
    this.at = end
    return true
  }

  fail(message: string): false {
    this.tokens.push({ kind: 'error', text: message, at: this.at })
    return false
  }

  outside(): boolean {
    const { text, left } = this
    const open = text.indexOf(left, this.at)
    if (open < 0) {
      if (this.at < text.length) this.add('text', text.length)
      this.tokens.push({ kind: 'eof', text: '', at: text.length })
      return false
    }
    let start = open + left.length
    const trims = text.charAt(start) === '-' && isSpace(text.charCodeAt(start + 1))
    const end = trims ? withoutTrailingSpace(text, this.at, open) : open
    if (end > this.at) this.add('text', end)
    if (trims) start += 2
    if (text.startsWith('/*', start)) return this.comment(start)
    this.at = open
    this.add('leftDelimiter', open + left.length)
    this.at = start
    this.depth = 0
    this.inAction = true
    return true
  }

  comment(start: number): boolean {
    this.at = start
    const close = this.text.indexOf('*/', start + 2)
    if (close < 0) return this.fail('unclosed comment')
    const end = this.afterDelimiter(close + 2)
    if (end === undefined) return this.fail('comment ends before closing delimiter')
    this.at = end
    return true
  }

  /** Where the text goes on when a right delimiter, perhaps with a trim marker, stands at the offset. */
  afterDelimiter(at: number): number | undefined {
    const { text, right } = this
    if (text.startsWith(right, at)) return at + right.length
    if (text.charAt(at + 1) !== '-' || !isSpace(text.charCodeAt(at)) || !text.startsWith(right, at + 2))
      return undefined
    let end = at + 2 + right.length
    while (isSpace(text.charCodeAt(end))) end++
    return end
  }

  inside(): boolean {
    const { text, at } = this
    const unit = text.charCodeAt(at)
    const isBlank = isSpace(unit)
    const end = isBlank || unit === this.rightUnit ? this.afterDelimiter(at) : undefined
    if (end !== undefined) {
      if (this.depth > 0) return this.fail('unclosed left paren')
      this.at = text.startsWith(this.right, at) ? at : at + 2
      this.add('rightDelimiter', this.at + this.right.length)
      this.at = end
      this.inAction = false
      return true
    }
    if (at >= text.length) return this.fail('unclosed action')
    if (isBlank) return this.space()
    const character = text.charAt(at)
    const sigil = character === '.' || character === '$'
    // A dot before a digit starts a number; Go takes one at the very end of the text for a number too.
    const dotted = character === '.' && (isDigit(text.charCodeAt(at + 1)) || at + 1 === text.length)
    if (isDigit(unit) || dotted || character === '+' || character === '-') return this.number()
    if (sigil || isAlphanumeric(text, at)) return this.name(sigil)
    if (character in quotes) return this.constant(character)
    if (character === '(') this.depth++
    if (character === ')' && --this.depth < 0) return this.fail('unexpected right paren')
    const kind = single[character]
    if (kind !== undefined) return this.add(kind, at + 1)
    if (character === ':') return text.charAt(at + 1) === '=' ? this.add('declare', at + 2) : this.fail('expected :=')
    if (unit < 0x80 && isPrintable(character)) return this.add('mark', at + 1)
    return this.fail(`unrecognized character in action: ${shownCharacter(text, at)}`)
  }

  space(): boolean {
    const { text } = this
    let end = this.at + 1
    while (isSpace(text.charCodeAt(end))) end++
    // The last space belongs to the trim marker that follows it.
    if (text.charAt(end) === '-' && text.startsWith(this.right, end + 1)) end--
    return this.add('space', end)
  }

  /** A field, variable, keyword or function name. */
  name(sigil: boolean): boolean {
    const { text, at } = this
    let end = sigil ? at + 1 : at
    if (!sigil || !this.terminates(end)) end = this.wordEnd(end)
    if (!this.terminates(end)) return this.fail(`bad character ${shownCharacter(text, end)}`)
    return this.add(wordKind(text.slice(at, end), this.freed), end)
  }

  wordEnd(start: number): number {
    const { text, word } = this
    for (let end = start; ; end += widthAt(text, end)) {
      word.lastIndex = end
      word.test(text)
      end = word.lastIndex
      // Letters beyond ASCII are rare enough to be taken one by one.
      if (!isAlphanumeric(text, end)) return end
    }
  }

  /** Whether a name may end here: something that cannot be part of the next operand follows. */
  terminates(end: number): boolean {
    const { text } = this
    return end >= text.length || endsName(text.charCodeAt(end)) || text.startsWith(this.right, end)
  }

  constant(mark: string): boolean {
    const end = closingQuote(this.text, this.at, mark)
    if (end === undefined) return this.fail(`unterminated ${quotes[mark]}`)
    return this.add(mark === "'" ? 'character' : 'string', end)
  }

  number(): boolean {
    const { ok, end, complex } = scanNumber(this.text, this.at)
    if (!ok) return this.fail(`bad number syntax: ${quote(this.text.slice(this.at, end))}`)
    return this.add(complex ? 'complex' : 'number', end)
  }
}

const quotes: Readonly<Record<string, string>> = {
  '"': 'quoted string',
  "'": 'character constant',
  '`': 'raw quoted string',
}

/** The offset behind the quote that ends the constant at `start`; undefined when the line or text ends before it. */
function closingQuote(text: string, start: number, mark: string): number | undefined {
  if (mark === '`') {
    const close = text.indexOf('`', start + 1)
    return close < 0 ? undefined : close + 1
  }
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === mark) return at + 1
    if (character === '\n') return undefined
    if (character === '\\' && text.charAt(++at) === '\n') return undefined
  }
  return undefined
}

function wordKind(word: string, freed: LexOptions['freed']): TokenKind {
  if (word === '.') return 'keyword'
  if (word.startsWith('.')) return 'field'
  if (word.startsWith('$')) return 'variable'
  if (word === 'true' || word === 'false') return 'boolean'
  return keywords.has(word) && !freed(word) ? 'keyword' : 'identifier'
}

/**
 * The extent of a number. This is generous: it takes `089` and `0x1.` too, since whether the digits make sense is told
 * by `literal.ts`; it refuses only what runs into a letter.
 */
function scanNumber(text: string, start: number): { ok: boolean; end: number; complex: boolean } {
  const first = scanReal(text, start)
  if (!first.ok || !'+-'.includes(text.charAt(first.end) || ' ')) return { ...first, complex: false }
  const second = scanReal(text, first.end)
  return { ok: second.ok && text.charAt(second.end - 1) === 'i', end: second.end, complex: true }
}

const digitsOf: Readonly<Record<string, string>> = {
  x: '0123456789abcdefABCDEF_',
  o: '01234567_',
  b: '01_',
  d: '0123456789_',
}

function scanReal(text: string, start: number): { ok: boolean; end: number } {
  let at = start
  if ('+-'.includes(text.charAt(at) || ' ')) at++
  let base = 'd'
  if (text.charAt(at) === '0') {
    at++
    const letter = text.charAt(at).toLowerCase()
    if (letter === 'x' || letter === 'o' || letter === 'b') {
      base = letter
      at++
    }
  }
  at = skip(text, at, base)
  if (text.charAt(at) === '.') at = skip(text, at + 1, base)
  const exponent = text.charAt(at).toLowerCase()
  if ((base === 'd' && exponent === 'e') || (base === 'x' && exponent === 'p')) {
    at++
    if ('+-'.includes(text.charAt(at) || ' ')) at++
    at = skip(text, at, 'd')
  }
  if (text.charAt(at) === 'i') at++
  if (!isAlphanumeric(text, at)) return { ok: true, end: at }
  return { ok: false, end: at + widthAt(text, at) }
}

function skip(text: string, start: number, base: string): number {
  const digits = digitsOf[base] ?? ''
  let at = start
  while (at < text.length && digits.includes(text.charAt(at))) at++
  return at
}

/** How many code units the character at the offset takes. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** Whether it is a letter of ASCII or an underscore. */
function isLetter(unit: number): boolean {
  const lower = unit | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || unit === 0x5f
}

/** Whether a letter, digit or underscore stands at the offset. */
function isAlphanumeric(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit < 0x80) {
    return isLetter(unit) || isDigit(unit)
  }
  return at < text.length && characterMatches('^[\\p{L}\\p{Nd}]', String.fromCodePoint(text.codePointAt(at) ?? 0))
}

/** A character as messages show it: `U+0040 '@'`. */
function shownCharacter(text: string, at: number): string {
  const rune = text.codePointAt(at) ?? 0
  const code = `U+${rune.toString(16).toUpperCase().padStart(4, '0')}`
  const character = String.fromCodePoint(rune)
  return isPrintable(character) ? `${code} '${character}'` : code
}
