import type { Problem } from '../problem.ts'

/** What a function gives instead of its result when the chart or the values are wrong. */
export interface Failed {
  readonly problem: Problem
}

/** What is wrong with a chart, in Helm's words; it never leaves `src/helm`, whose exports give a problem instead. */
export class ChartError extends Error {
  readonly code: Problem['code']
  readonly hint: string | undefined
  constructor(message: string, code: Problem['code'] = 'invalid-chart', hint?: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** The problem that an error stands for. */
export function chartProblem({ message, code, hint }: ChartError): Problem {
  return { code, severity: 'error', message: onOneLine(message), ...(hint !== undefined && { hint }) }
}

/** Helm's words on one line. */
export function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ')
}

/** What `work` gives, or the problem that ended it. */
export function failing<T>(work: () => T | Failed): T | Failed {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof ChartError) return { problem: chartProblem(thrown) }
    throw thrown
  }
}

/** Puts words before those of an error. */
export function within<T>(words: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof ChartError) throw new ChartError(`${words}: ${thrown.message}`, thrown.code, thrown.hint)
    throw thrown
  }
}
