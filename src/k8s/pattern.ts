import { parsePattern } from './pattern/parse.ts'
import { compile, run } from './pattern/program.ts'

/** Says whether a pattern matches anywhere in a text. */
export interface Pattern {
  readonly matches: (text: string) => boolean
}

/**
 * A regular expression as Go has them (RE2), or what is wrong with it.
 *
 * JavaScript's differ in syntax (no `(?i)`, `[[:alpha:]]`, `\Q…\E`, `\z`; look-around and back-references instead) and
 * can take for ever over a hostile pattern. This one takes time in proportion to pattern and text, whatever they are.
 */
export function compilePattern(pattern: string): Pattern | { readonly error: string } {
  const node = parsePattern(pattern)
  if ('error' in node) return node
  const program = compile(node)
  return program ? { matches: (text) => run(program, text) } : { error: 'the pattern is too large' }
}
