import type { Position, Problem } from './problem.ts'

/** `file:line:col`. */
export function placeText({ file, line, col }: Position): string {
  return `${file}:${line}:${col}`
}

/** A problem as one line: `file:line:col: error: message; hint [code]`. */
export function problemLine(problem: Problem): string {
  const place = problem.at ? `${placeText(problem.at)}: ` : ''
  return `${place}${problem.severity}: ${sentence(problem)} [${problem.code}]`
}

/** What is wrong and what to do about it, in one sentence or two. */
export function sentence({ message, hint }: Problem): string {
  if (hint === undefined) return message
  return /^[A-Z]/.test(hint) ? `${message}. ${hint}` : `${message}; ${hint}`
}

const ranks = { error: 0, warning: 1, info: 2 } as const

/** Problems in the order in which they are told: errors first, as hosts cut long texts, then by place. */
export function byImportance(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => ranks[a.severity] - ranks[b.severity] || byPlace(a.at, b.at))
}

function byPlace(a: Position | undefined, b: Position | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b)
  return a.file === b.file ? a.line - b.line || a.col - b.col : a.file < b.file ? -1 : 1
}
