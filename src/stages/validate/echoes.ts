import { isError, nearest, type Problem, type Report } from '../../problem.ts'
import type { Settings } from '../../settings.ts'

/** What of a run's settings decides how grave a problem is. */
type Judging = Partial<Pick<Settings, 'compat' | 'problems'>>

/**
 * The same report without echoes: what a rule has against a value in which the schema found a mistake already, or
 * misses only because its name is misspelt. One mistake is told once, at the place where it is mended.
 *
 * Where the mistake itself is no error to this user, be it that istioctl lets it pass or that its code is lowered, what
 * follows from it is told.
 */
export function withoutEchoes(found: readonly Problem[], judging: Judging, report: Report): Report {
  const firm = found.filter((problem) => isFirm(problem, judging))
  if (firm.length === 0) return report
  return (problem) => {
    if (!firm.some((mistake) => isEcho(problem, mistake))) report(problem)
  }
}

/**
 * The same for the stages behind validation, which work on what holds mistakes: neither echoes, nor anything in a line in
 * which something is wrong already. What is wrong with what is made of that line follows from it.
 */
export function elsewhere(told: readonly Problem[], judging: Judging, report: Report): Report {
  const lines = new Set(told.filter(isError).map(lineOf))
  return withoutEchoes(told, judging, (problem) => {
    if (!lines.has(lineOf(problem))) report(problem)
  })
}

function lineOf({ at }: Problem): string {
  return `${at?.file}:${at?.line}`
}

function isFirm({ code, severity, istioctl }: Problem, { compat, problems }: Judging): boolean {
  const said = problems && (Object.hasOwn(problems.levels, code) || problems.ignore.some((one) => one.code === code))
  return (compat ? (istioctl ?? severity) : severity) === 'error' && !said
}

const nameMistakes = new Set<Problem['code']>(['unknown-field', 'wrong-case'])

function isEcho({ path, message, hint = '' }: Problem, mistake: Problem): boolean {
  if (path === undefined || mistake.path === undefined) return false
  if (path === mistake.path || isBelow(path, mistake.path)) return true
  const quoted = [...`${message} ${hint}`.matchAll(/`([A-Za-z][\w.-]*)`/g)].map(([, name = '']) => name)
  if (quoted.some((name) => leadsThrough(name, mistake))) return true
  const [place, wrong] = split(mistake.path)
  const [around, own] = split(path)
  if (path !== place && around !== place) return false
  if (!nameMistakes.has(mistake.code)) return quoted.includes(wrong)
  return nearest(wrong, path === place ? quoted : [...quoted, own]).length > 0
}

/** Whether the way to a field elsewhere, as a message names it, leads over the mistake. */
function leadsThrough(name: string, mistake: Problem): boolean {
  const steps = ['spec', ...name.replace(/^spec\./, '').split('.')]
  if (steps.length < 3) return false
  if (!nameMistakes.has(mistake.code))
    return isBelow(steps.join('.'), mistake.path ?? '') || steps.join('.') === mistake.path
  const [place, wrong] = split(mistake.path ?? '')
  const next = steps[place.split('.').length]
  return next !== undefined && isBelow(steps.join('.'), place) && nearest(wrong, [next]).length > 0
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(above) && /^[.[]/.test(path.slice(above.length))
}

/** A dotted path without its last step, and that step. */
function split(path: string): [above: string, last: string] {
  const end = /(?:\.[\w-]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])$/.exec(path)?.index ?? 0
  return [path.slice(0, end), path.slice(end).replace(/^\./, '')]
}
