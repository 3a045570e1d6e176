import type { Position, Problem, Report, Severity } from '../problem.ts'
import { problemKind } from './catalogue.ts' // on demand
import { discreet } from './secret.ts' // on demand

/** How grave a kind of problem is to be: `off` is not told at all. */
export type Level = 'off' | 'warn' | 'error'

export const levels = ['off', 'warn', 'error'] as const satisfies readonly Level[]

/** A problem that somebody accepts. */
export interface Suppression {
  readonly code: string
  /** The field that it is about, and all below; everywhere when left out. */
  readonly path?: string | undefined
  readonly reason: string
  /** Where it is written. */
  readonly at?: Position | undefined
}

/** What the user says about problems: `spec.problems` of a RenderIstio. */
export interface ProblemRules {
  readonly levels: { readonly [code: string]: Level }
  readonly ignore: readonly Suppression[]
}

export const noRules: ProblemRules = { levels: {}, ignore: [] }

/** A problem that is not told, and why. */
export interface Suppressed {
  readonly problem: Problem
  readonly by: Suppression
}

/** By what problems are judged. */
export interface Judgement {
  readonly compat?: 'istioctl' | undefined
  readonly problems?: ProblemRules | undefined
}

/**
 * Collects a run's problems, each as grave as it is to this user: suppressions first, then levels, then what istioctl
 * makes of it if its behaviour is asked for. An error that leaves no right answer stays one whatever is said. What may
 * be a secret does not get past here.
 *
 * A run that has failed is blocked as well when an error is one that istioctl can't pass over either. Otherwise later
 * stages can still look for what else is wrong.
 */
export function judge({ compat, problems: rules = noRules }: Judgement = {}) {
  const problems: Problem[] = []
  const suppressed: Suppressed[] = []
  let errors = 0
  let obstacles = 0
  const report: Report = (reported) => {
    const problem = discreet(reported)
    const by = rules.ignore.find((one) => covers(one, problem))
    if (by && mayYield(problem)) {
      suppressed.push({ problem, by })
      return
    }
    const severity = severityOf(problem, rules, compat)
    if (severity === 'off') return
    if (severity === 'error') errors += 1
    if (severity === 'error' && underIstioctl(problem) === 'error') obstacles += 1
    // Control planes that share a profile or a flag find the same mistake there.
    const told = problems.findIndex((other) => other.message === problem.message && isSame(other.at, problem.at))
    if (told < 0) problems.push({ ...problem, severity })
    // What was a warning when it was written may stop a later stage.
    else if (severity === 'error') problems[told] = { ...problem, severity }
  }
  return { problems, suppressed, report, failed: () => errors > 0, blocked: () => obstacles > 0 }
}

/** What `judge` gives. */
export type Judge = ReturnType<typeof judge>

function severityOf(problem: Problem, rules: ProblemRules, compat: Judgement['compat']): Severity | 'off' {
  const level = Object.hasOwn(rules.levels, problem.code) ? rules.levels[problem.code] : undefined
  if (level === 'error') return 'error'
  if (level && mayYield(problem)) return level === 'off' ? 'off' : 'warning'
  return compat ? underIstioctl(problem) : problem.severity
}

function underIstioctl({ severity, istioctl, code }: Problem): Severity {
  return istioctl ?? (severity === 'error' && problemKind(code)?.lenient ? 'warning' : severity)
}

function mayYield(problem: Problem): boolean {
  return underIstioctl(problem) !== 'error' || problemKind(problem.code)?.optional === true
}

function covers({ code, path }: Suppression, problem: Problem): boolean {
  if (code !== problem.code) return false
  if (path === undefined || path === problem.path) return true
  return (problem.path?.startsWith(path) && /^[.[]/.test(problem.path.slice(path.length))) ?? false
}

/** A warning for each suppression that had nothing to suppress; only a run that got to its end can tell. */
export function unusedSuppressions({ ignore }: ProblemRules, suppressed: readonly Suppressed[]): Problem[] {
  const used = new Set(suppressed.map(({ by }) => by))
  return ignore
    .filter((one) => !used.has(one))
    .map(({ code, path, at }) => ({
      code: 'unused-suppression',
      severity: 'warning',
      message: `the suppression of "${code}"${path ? ` at \`${path}\`` : ''} must have something to suppress; there is no such problem`,
      path: 'spec.problems.ignore',
      at,
      hint: 'take it out.',
    }))
}

function isSame(a: Position | undefined, b: Position | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line && a?.col === b?.col && a?.item === b?.item
}
