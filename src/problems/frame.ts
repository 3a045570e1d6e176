import type { Position } from '../problem.ts'
import { printable } from '../problem-text.ts'
import { shownLine } from './secret.ts'

/** A piece of a text with the place in it that a problem is about. */
export interface Frame {
  /** The line above, if it says anything, and the line itself. */
  readonly lines: readonly { readonly number: number; readonly text: string }[]
  /** What stands under the last line: blanks up to the place, and carets below it. */
  readonly blanks: string
  readonly carets: string
}

/** As much of a long line is shown. */
const widest = 110

/** The frame of a position in the text that it counts in; nothing when it is not in there. */
export function frameOf(text: string, { line, col }: Position): Frame | undefined {
  const all = text.replace(/^\ufeff/, '').split(/\r\n?|\n|\u0085/)
  const raw = all[line - 1]
  if (raw === undefined || col > raw.length + 1) return undefined
  const above = all[line - 2]
  const culprit = shownLine(raw, above)
  const start = culprit.length > widest ? Math.max(0, Math.min(col - 1 - widest / 2, culprit.length - widest)) : 0
  const from = whole(culprit, start)
  const to = whole(culprit, start + widest)
  const shown = culprit.slice(from, to)
  const before = culprit.slice(from, col - 1)
  const length = Math.min(tokenLength(culprit, col - 1), widest - before.length)
  const lead = from > 0 ? '…' : ''
  const tail = to < culprit.length ? '…' : ''
  const lines = [{ number: line, text: `${lead}${plain(shown)}${tail}` }]
  if (above?.trim()) lines.unshift({ number: line - 1, text: plain(shownLine(above, all[line - 3]).slice(0, widest)) })
  return {
    lines,
    blanks: ' '.repeat(widthOf(plain(lead + before))),
    carets: '^'.repeat(Math.max(1, widthOf(plain(culprit.slice(col - 1, col - 1 + length))))),
  }
}

const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,[\]{}#:](?:[^\s,[\]{}:]|:(?!\s|$)| (?!\s*#|\s*$|\s*:(?:\s|$)))*|\S/y

/** How much belongs to the key or value that begins there. */
function tokenLength(line: string, start: number): number {
  token.lastIndex = start
  return token.exec(line)?.[0].length ?? 1
}

function plain(text: string): string {
  return printable(text.replaceAll('\t', ' '))
}

/** An index that does not fall between the halves of a character. */
function whole(text: string, index: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(index)) ? index + 1 : index
}

/** How many columns of a terminal a text takes: East Asian characters and emoji take two, marks none. */
function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += narrow.test(char) ? 0 : wide.test(char) ? 2 : 1
  return width
}

const narrow = /^\p{M}|^\u200d/u
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|^[\u{20000}-\u{3fffd}]/u
