import { escapes } from '../../yaml/scalar-text.ts'
import type { Source } from './source.ts'

/** The line breaks that were passed, folded as those between the lines of a flow scalar are. */
function folded(breaks: number): string {
  return breaks === 1 ? ' ' : '\n'.repeat(Math.max(0, breaks - 1))
}

/** Past blanks and line breaks: what they come to, and whether there was a break. */
function space(source: Source, onBlank: (afterBreak: boolean) => void): { text: string; lines: boolean } {
  let blanks = ''
  let breaks = 0
  while (source.isBlank() || source.isBreak()) {
    if (source.isBreak()) {
      source.skipLine()
      breaks++
    } else {
      onBlank(breaks > 0)
      blanks += source.char()
      source.skip()
    }
  }
  return { text: breaks > 0 ? folded(breaks) : blanks, lines: breaks > 0 }
}

/** Text without quotes; `lines` says whether it is followed by a line break. */
export function scanPlain(source: Source, flow: boolean, indent: number): { text: string; lines: boolean } {
  let text = ''
  let gap = { text: '', lines: false }
  for (;;) {
    if (source.mark().column === 0 && (source.isIndicator('---') || source.isIndicator('...'))) break
    if (source.char() === '#') break
    let part = ''
    while (!source.isBlankOrEnd()) {
      const char = source.char() as string
      if ((char === ':' && source.isBlankOrEnd(1)) || (flow && ',?[]{}'.includes(char))) break
      part += char
      source.skip()
    }
    if (part !== '') {
      text += gap.text + part
      gap = { text: '', lines: false }
    }
    if (!source.isBlank() && !source.isBreak()) break
    const found = space(source, (afterBreak) => {
      if (afterBreak && source.mark().column < indent && source.char() === '\t')
        throw source.fault('found a tab character that violates indentation')
    })
    gap = { text: gap.text + found.text, lines: gap.lines || found.lines }
    if (!flow && source.mark().column < indent) break
  }
  return { text, lines: gap.lines }
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
    let joined = false
    while (!source.isBlankOrEnd()) {
      const char = source.char() as string
      if (quote === "'" && char === "'" && source.char(1) === "'") {
        source.skip()
      } else if (char === quote) break
      else if (quote === '"' && char === '\\') {
        if (source.isBreak(1)) {
          source.skip()
          source.skipLine()
          joined = true
          break
        }
        text += scanEscape(source)
        continue
      }
      text += char
      source.skip()
    }
    if (source.char() === quote) break
    const gap = space(source, () => {})
    text += joined ? gap.text.replace(/^[ \t]+/, '') : gap.text
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

/** Text behind `|` or `>`: no more of its value than a key of several lines is worth. */
export function scanBlockScalar(source: Source, parent: number): string {
  source.skip()
  let increment = 0
  let chomps = false
  for (let char = source.char() ?? ''; ; char = source.char() ?? '') {
    if (/[-+]/.test(char) && !chomps) chomps = true
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
  let indent = increment === 0 ? 0 : Math.max(parent, 0) + increment
  indent = scanBreaks(source, indent, parent)
  let text = ''
  while (source.mark().column === indent && source.char() !== undefined) {
    while (!source.isBreakOrEnd()) {
      text += source.char()
      source.skip()
    }
    text += '\n'
    if (source.isBreak()) source.skipLine()
    scanBreaks(source, indent, parent)
  }
  return text
}

/** Past the indentation of a line and the blank lines before it: how deep the text is indented. */
function scanBreaks(source: Source, indent: number, parent: number): number {
  let deepest = 0
  for (;;) {
    const isOutside = () => indent === 0 || source.mark().column < indent
    while (isOutside() && source.char() === ' ') source.skip()
    deepest = Math.max(deepest, source.mark().column)
    if (isOutside() && source.char() === '\t')
      throw source.fault('found a tab character where an indentation space is expected')
    if (!source.isBreak()) break
    source.skipLine()
  }
  return indent === 0 ? Math.max(deepest, parent + 1, 1) : indent
}
