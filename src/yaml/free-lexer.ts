import { Lexer } from 'yaml'

/** The steps of the lexer that look at the indentation of lines inside quotes, braces and brackets. */
type Steps = {
  indentNext: number
  flowLevel: number
} & Record<'parseFlowCollection' | 'parseQuotedScalar' | 'parsePlainScalar', () => Generator<string, unknown>>

/**
 * A lexer that takes lines of any indentation between quotes, braces and brackets, as Go's reader does.
 *
 * YAML wants them deeper than their parent, and the lexer ends the value otherwise; people paste JSON and format
 * strings into YAML without care for that.
 */
export function freeLexer(): Lexer {
  const lexer = new Lexer()
  const steps = lexer as unknown as Steps
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
