import type { Position, Problem } from './problem.ts'

/** `file:line:col`. */
export function placeText({ file, line, col }: Position): string {
  return `${printable(file)}:${line}:${col}`
}

/** A problem as one line: `file:line:col: error: message; hint [code]`. */
export function problemLine(problem: Problem): string {
  const place = problem.at ? `${placeText(problem.at)}: ` : ''
  return `${place}${problem.severity}: ${sentence(problem)} [${problem.code}]`
}

/** What is wrong and what to do about it, in one sentence or two on one line. */
export function sentence(problem: Problem): string {
  return printable(statement(problem))
}

/** The same for forms that can hold any character: line breaks of quoted values and all. */
export function statement({ message, hint }: Problem): string {
  if (hint === undefined) return message
  return /^[A-Z]/.test(hint) ? `${message}. ${hint}` : `${message}; ${hint}`
}

/** A line for each problem, errors first, and how many there are when that is worth a line. */
export function problemLines(problems: readonly Problem[]): string {
  const lines = byImportance(problems).map(problemLine)
  if (lines.length > 1 && problems.some(({ severity }) => severity === 'error')) lines.push(countText(problems))
  return lines.map((line) => `${line}\n`).join('')
}

/** `2 errors, 1 warning`. */
export function countText(problems: readonly Problem[]): string {
  const counts = severities.map((severity) => [severity, problems.filter((one) => one.severity === severity).length])
  const told = counts.filter(([, count]) => count !== 0)
  return told
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`)
    .join(', ')
}

const severities = ['error', 'warning', 'info'] as const

/** Problems in the order in which hosts are told: errors first, as hosts cut long texts, then by place. */
export function byImportance(problems: readonly Problem[]): Problem[] {
  const rank = ({ severity }: Problem) => severities.indexOf(severity)
  return problems.toSorted((a, b) => rank(a) - rank(b) || comparePlaces(a.at, b.at))
}

/** Problems in the order in which a reader of the files meets them. */
export function byPosition(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => comparePlaces(a.at, b.at))
}

function comparePlaces(a: Position | undefined, b: Position | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b)
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return Number(a.item ?? 0) - Number(b.item ?? 0) || a.line - b.line || a.col - b.col
}

/** Text that stays on its line and can't move a terminal's cursor or turn the direction of writing. */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char]
    return short ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

const unprintable = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu
