import { escapes } from '../../yaml/scalar-text.ts'
import type { Source } from './source.ts'

/** Blanks and line breaks between two words, as they are passed. */
class Gap {
  blanks = ''
  first = ''
  more = ''
  /** Whether a line has ended: blanks behind it count for nothing. */
  isBroken = false

  /** Past blanks and line breaks. */
  pass(source: Source, onBlank: () => void = () => {}): void {
    while (source.isBlank() || source.isBreak()) {
      if (source.isBreak()) {
        if (this.isBroken) this.more += source.skipLine()
        else this.first = source.skipLine()
        this.isBroken = true
      } else {
        onBlank()
        if (!this.isBroken) this.blanks += source.char()
        source.skip()
      }
    }
  }

  /** What it comes to in the text: one line break is a space, and of several the first falls away. */
  text(): string {
    if (!this.isBroken) return this.blanks
    return this.first === '\n' ? this.more || ' ' : this.first + this.more
  }
}

/** Text without quotes; `lines` says whether it is followed by a line break. */
export function scanPlain(source: Source, flow: boolean, indent: number): { text: string; lines: boolean } {
  let text = ''
  let gap = new Gap()
  for (;;) {
    if (source.mark().column === 0 && (source.isIndicator('---') || source.isIndicator('...'))) break
    if (source.char() === '#') break
    const part = plainPart(source, flow)
    if (part !== '') {
      text += gap.text() + part
      gap = new Gap()
    }
    if (!source.isBlank() && !source.isBreak()) break
    gap.pass(source, () => {
      if (gap.isBroken && source.mark().column < indent && source.char() === '\t')
        throw source.fault('found a tab character that violates indentation')
    })
    if (!flow && source.mark().column < indent) break
  }
  return { text, lines: gap.isBroken }
}

function plainPart(source: Source, flow: boolean): string {
  let part = ''
  while (!source.isBlankOrEnd()) {
    const char = source.char() as string
    if ((char === ':' && source.isBlankOrEnd(1)) || (flow && ',?[]{}'.includes(char))) break
    part += char
    source.skip()
  }
  return part
}

/** How many hexadecimal digits follow a backslash and the letter. */
const codeLengths: { readonly [letter: string]: number } = { x: 2, u: 4, U: 8 }

/** Text between quotes. */
export function scanQuoted(source: Source): string {
  const quote = source.char()
  source.skip()
  let text = ''
  for (;;) {
    if (source.mark().column === 0 && (source.isIndicator('---') || source.isIndicator('...')))
      throw source.fault('found unexpected document indicator')
    if (source.char() === undefined) throw source.fault('found unexpected end of stream')
    const gap = new Gap()
    while (!source.isBlankOrEnd()) {
      const char = source.char() as string
      if (quote === "'" && char === "'" && source.char(1) === "'") {
        source.skip()
      } else if (char === quote) break
      else if (quote === '"' && char === '\\') {
        if (source.isBreak(1)) {
          source.skip()
          source.skipLine()
          // The line break is none, but those behind it count.
          gap.isBroken = true
          break
        }
        text += scanEscape(source)
        continue
      }
      text += char
      source.skip()
    }
    if (source.char() === quote) break
    gap.pass(source)
    text += gap.text()
  }
  source.skip()
  return text
}

function scanEscape(source: Source): string {
  const letter = source.char(1) ?? ''
  const length = codeLengths[letter]
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined
  if (length === undefined && plain === undefined) throw source.fault('found unknown escape character')
  source.skip()
  source.skip()
  if (length === undefined) return plain as string
  const digits = Array.from({ length }, (_, i) => source.char(i) ?? '').join('')
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length)
    throw source.fault('did not find expected hexdecimal number')
  const code = Number.parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    throw source.fault('found invalid Unicode character escape code')
  for (let i = 0; i < length; i++) source.skip()
  return String.fromCodePoint(code)
}

/** What stands behind `|` or `>`: whether line breaks at the end are kept, and how deep the text is, if it is said. */
function scanHeader(source: Source): { readonly chomp: string; readonly increment: number } {
  let chomp = ''
  let increment = 0
  for (let char = source.char() ?? ''; ; char = source.char() ?? '') {
    if (/[-+]/.test(char) && chomp === '') chomp = char
    else if (/[0-9]/.test(char) && increment === 0) {
      if (char === '0') throw source.fault('found an indentation indicator equal to 0')
      increment = Number(char)
    } else break
    source.skip()
  }
  while (source.isBlank()) source.skip()
  if (source.char() === '#') while (!source.isBreakOrEnd()) source.skip()
  if (!source.isBreakOrEnd()) throw source.fault('did not find expected comment or line break')
  if (source.isBreak()) source.skipLine()
  return { chomp, increment }
}

/** Text behind `|`, or behind `>` with its lines joined. */
export function scanBlockScalar(source: Source, parent: number): string {
  const isLiteral = source.char() === '|'
  source.skip()
  const { chomp, increment } = scanHeader(source)
  let { indent, breaks } = scanBreaks(source, increment === 0 ? 0 : Math.max(parent, 0) + increment, parent)
  let text = ''
  let end = ''
  let wasBlank = false
  while (source.mark().column === indent && source.char() !== undefined) {
    const isBlank = source.isBlank()
    if (isLiteral || wasBlank || isBlank || end !== '\n') text += end
    else if (breaks === '') text += ' '
    text += breaks
    wasBlank = isBlank
    while (!source.isBreakOrEnd()) {
      text += source.char()
      source.skip()
    }
    end = source.isBreak() ? source.skipLine() : ''
    breaks = scanBreaks(source, indent, parent).breaks
  }
  if (chomp === '-') return text
  return chomp === '+' ? text + end + breaks : text + end
}

/** Past the indentation of a line and the blank lines before it: those lines, and how deep the text is indented. */
function scanBreaks(source: Source, indent: number, parent: number): { indent: number; breaks: string } {
  let deepest = 0
  let breaks = ''
  for (;;) {
    const isOutside = () => indent === 0 || source.mark().column < indent
    while (isOutside() && source.char() === ' ') source.skip()
    deepest = Math.max(deepest, source.mark().column)
    if (isOutside() && source.char() === '\t')
      throw source.fault('found a tab character where an indentation space is expected')
    if (!source.isBreak()) break
    breaks += source.skipLine()
  }
  return { indent: indent === 0 ? Math.max(deepest, parent + 1, 1) : indent, breaks }
}
