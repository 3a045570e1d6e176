import type { ProblemCode } from './problems/catalogue.ts'

/**
 * What is wrong with the user's input, as a value.
 *
 * A stage never throws for a mistake of the user: it hands a Problem to the `Report` it was given and goes on, so that
 * one run tells everything it can. A thrown error is a bug of ours.
 */

export type Severity = 'error' | 'warning' | 'info'

/** A place in a text the user can open: lines and columns count from 1. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly col: number
  /** In a ResourceList, the item (or the function's configuration) that the text is; lines count within it. */
  readonly item?: number | 'functionConfig' | undefined
}

export interface Problem {
  /** Stable word that names the kind of mistake, e.g. `unknown-profile`; its row in the catalogue explains it. */
  readonly code: ProblemCode
  readonly severity: Severity
  /** The severity for those who ask for istioctl's behaviour, where istioctl judges differently. */
  readonly istioctl?: Severity | undefined
  /** One sentence with "must": what is wrong. Values in double quotes, field paths in back-quotes. */
  readonly message: string
  /** Field path in the user's own document, e.g. `spec.components.pilot.k8s.overlays[0].name`. */
  readonly path?: string | undefined
  readonly at?: Position | undefined
  /** What to do about it. */
  readonly hint?: string | undefined
  /** What stands at `path`, where that is what's wrong. */
  readonly value?: unknown
  /** What should stand there instead, where there is but one candidate. */
  readonly proposed?: unknown
}

/** Whether nothing may be rendered as long as the problem is there. */
export function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

export type Report = (problem: Problem) => void

/** A field path as steps: map keys are strings, list indexes are numbers. */
export type Path = readonly (string | number)[]

const bare = /^[A-Za-z_][\w-]*$/

/** The dotted form of a path, as messages print it: `spec.env[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function dotted(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (!bare.test(step)) text += `[${JSON.stringify(step)}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/**
 * The names in `known` that a person may have meant by `word`, nearest first; none when nothing is close. A word cut
 * short is as close as one letter. Of names that are as close, the first is that which differs least as it is written,
 * of which only letters are missing, or which begins alike.
 */
export function nearest(word: string, known: Iterable<string>): string[] {
  // No name is that long, and comparing takes its time.
  if (word.length > 100) return []
  const limit = Math.max(1, Math.floor(word.length / 3))
  const lower = word.toLowerCase()
  return [...known]
    .map((name) => ({ name, far: apart(lower, name.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .map(({ name, far }) => ({
      name,
      order: [far, distance(word, name), Number(!isWithin(word, name)), Number(name[0] !== word[0])],
    }))
    .sort((a, b) => compared(a.order, b.order) || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

function apart(word: string, name: string): number {
  return word.length >= 3 && name.startsWith(word) && name !== word ? 1 : distance(word, name)
}

/** Whether a word is a name with letters left out. */
function isWithin(word: string, name: string): boolean {
  let at = 0
  for (const letter of name) if (letter === word[at]) at++
  return at === word.length
}

function compared(a: readonly number[], b: readonly number[]): number {
  return a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

/** Edit distance in which a swap of neighbours counts as one edit. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
