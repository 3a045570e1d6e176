/** Where a character stands: line and column count from 0. */
export interface Mark {
  readonly line: number
  readonly column: number
  readonly index: number
}

/** What is wrong with a text, in the words of goyaml.v2. */
export class YamlFault extends Error {}

/** The characters of a text, one after the other. */
export interface Source {
  mark(): Mark
  /** The character so many behind this one; undefined behind the end. */
  char(ahead?: number): string | undefined
  skip(): void
  /** Past a line break, of two characters if it has two: the character for which it stands. */
  skipLine(): string
  /** To the beginning of a line where the text ends without one. */
  endLine(): void
  isBlank(ahead?: number): boolean
  isBreak(ahead?: number): boolean
  isBreakOrEnd(ahead?: number): boolean
  isBlankOrEnd(ahead?: number): boolean
  /** Whether `---` or `...` stands here by itself. */
  isIndicator(text: '---' | '...'): boolean
  /** A fault that the scanner finds here. */
  fault(problem: string): YamlFault
}

/** A fault as goyaml.v2 tells it, which has no line number for the first line of the text. */
export function faultAt(line: number, problem: string): YamlFault {
  return new YamlFault(`yaml: ${line === 0 ? '' : `line ${line}: `}${problem}`)
}

export function sourceOf(text: string): Source {
  const chars = [...text]
  let index = 0
  let line = 0
  let column = 0
  const char = (ahead = 0) => chars[index + ahead]
  const is = (set: string, ahead: number) => {
    const at = char(ahead)
    return at !== undefined && set.includes(at)
  }
  const skip = () => {
    index++
    column++
  }
  const isBreak = (ahead = 0) => is('\r\n\u0085\u2028\u2029', ahead)
  const isBreakOrEnd = (ahead = 0) => char(ahead) === undefined || isBreak(ahead)
  const isBlank = (ahead = 0) => is(' \t', ahead)
  const isBlankOrEnd = (ahead = 0) => isBlank(ahead) || isBreakOrEnd(ahead)
  return {
    mark: () => ({ line, column, index }),
    char,
    skip,
    skipLine() {
      const broken = char() ?? ''
      index += broken === '\r' && char(1) === '\n' ? 2 : 1
      line++
      column = 0
      return /[\r\u0085]/.test(broken) ? '\n' : broken
    },
    endLine() {
      if (column === 0) return
      line++
      column = 0
    },
    isBlank,
    isBreak,
    isBreakOrEnd,
    isBlankOrEnd,
    isIndicator: (text) => [...text].every((wanted, i) => char(i) === wanted) && isBlankOrEnd(3),
    // The scanner's own faults count lines from 1, and yet none is told for the first.
    fault: (problem) => faultAt(line === 0 ? 0 : line + 1, problem),
  }
}
