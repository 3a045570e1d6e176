import { Lexer } from 'yaml'

/** The steps of the lexer that are taken in another way here, and what they look at. */
type Steps = {
  readonly buffer: string
  readonly pos: number
  readonly atEnd: boolean
  indentNext: number
  flowLevel: number
  charAt(ahead: number): string | undefined
  continueScalar(at: number): number
  pushToIndex(end: number, mayBeEmpty: boolean): Generator<string, unknown>
  setNext(state: string): unknown
} & Record<'parseFlowCollection' | 'parseQuotedScalar' | 'parsePlainScalar', () => Generator<string, unknown>>

/**
 * A lexer that takes lines of any indentation between quotes, braces and brackets, as Go's reader does.
 *
 * YAML wants them deeper than their parent, and the lexer ends the value otherwise; people paste JSON and format
 * strings into YAML without care for that. A colon or dash between braces is a letter unless a blank follows it, as in
 * YAML 1.1: templates write `[{{ .host }}:{{ .port }}]`, and one of both can be empty.
 */
export function freeLexer(): Lexer {
  const lexer = new Lexer()
  const steps = lexer as unknown as Steps
  const { charAt, parsePlainScalar } = steps
  steps.parsePlainScalar = function* (this: Steps) {
    return yield* this.flowLevel > 0 ? plainScalarInFlow.call(this) : parsePlainScalar.call(this)
  }
  // What looks for indicators is told that a dash without a blank is a letter, and that a blank follows a question mark.
  steps.charAt = function (this: Steps, ahead: number) {
    const char = charAt.call(this, ahead)
    if (this.flowLevel === 0) return char
    if (ahead === 0 && char === '-') return isEmpty(this.buffer[this.pos + 1]) ? char : 'a'
    return ahead === 1 && this.buffer[this.pos] === '?' ? ' ' : char
  }
  for (const name of ['parseFlowCollection', 'parseQuotedScalar', 'parsePlainScalar'] as const) {
    const step = steps[name]
    steps[name] = function* (this: Steps) {
      const indent = this.indentNext
      if (name !== 'parsePlainScalar' || this.flowLevel > 0) this.indentNext = 0
      const next = yield* step.call(this)
      this.indentNext = indent
      return next
    }
  }
  return lexer
}

/** The mark with which the lexer begins a scalar. */
const scalarMark = '\x1f'

function* plainScalarInFlow(this: Steps): Generator<string, unknown> {
  const { buffer } = this
  let end = this.pos
  let at = this.pos
  for (; at < buffer.length; at++) {
    const char = buffer.charAt(at)
    if (char === ':' ? isEmpty(buffer[at + 1]) : ',[]{}'.includes(char)) break
    if (!isEmpty(char)) end = at + 1
    else if (buffer[at + 1] === '#') break
    else if (char === '\n' && this.continueScalar(at + 1) === -1) break
  }
  if (at >= buffer.length && !this.atEnd) return this.setNext('plain-scalar')
  yield scalarMark
  yield* this.pushToIndex(end, true)
  return 'flow'
}

function isEmpty(char: string | undefined): boolean {
  return char === undefined || ' \t\n\r'.includes(char)
}
