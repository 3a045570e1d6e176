/** Templates of charts that failed, for people: where, why, and how the templates came there. */

import type { Frame, Subject, TemplateError } from '../gotemplate/error.ts'
import { printed } from '../gotemplate/value.ts'
import { dotted, nearest, type Path, type Problem } from '../problem.ts'
import { type Chart, fileOf } from './chart/chart.ts'
import { inlineName, type RenderFailure } from './engine.ts'
import { onOneLine } from './failed.ts'
import { isTable } from './value/members.ts'

/**
 * The problem of a template: Helm's words at the innermost place, and as a hint which value was not what the template
 * took it for, and the actions that led there.
 */
export function templateProblem({ error, text, scopes }: RenderFailure, chart: Chart, values: Values): Problem {
  const chain: TemplateError[] = []
  for (let next: TemplateError | undefined = error; next; next = next.cause) if (next.at) chain.push(next)
  const innermost = chain.at(-1)
  // What handed the limit on is one as well.
  const limit = [error, ...chain].findLast(({ kind }) => kind === 'limit')
  const code = limit ? 'chart-limit' : 'chart-template'
  const message = limit ? limit.message : onOneLine(text)
  // The text that `tpl` is given is nowhere but in a value: what called it has a place.
  const told = chain.findLast(({ template }) => template !== inlineName)
  if (innermost?.at === undefined || told?.at === undefined) return { code, severity: 'error', message }
  const { template, line, column } = told.at
  const at = { file: fileOf(template, chart), line, col: column }
  const frames = [...innermost.frames].reverse().concat(chain.slice(0, -1).reverse().flatMap(framesOf))
  const { subject } = innermost
  const hints = [
    subject && subjectText(subject, (holder) => scopes.get(holder) ?? pathOf(holder, values)),
    innermost === told ? undefined : `it is at ${innermost.at.line}:${innermost.at.column} of the text for \`tpl\``,
    wayText(
      frames.filter(({ template }) => template !== inlineName),
      chart,
    ),
  ]
  const hint = hints.filter((part) => part !== undefined).join('; ')
  return { code, severity: 'error', message, at, ...(hint !== '' && { hint }) }
}

type Values = Readonly<Record<string, unknown>>

/** The action of a template in which another one failed, and those through which that template was called. */
function framesOf({ at, executing = '', expression = '', frames }: TemplateError): Frame[] {
  return at === undefined ? [] : [{ ...at, executing, expression: `{{ ${expression} }}` }, ...[...frames].reverse()]
}

/** More actions than these on the way say nothing new. */
const mostFrames = 8

function wayText(frames: readonly Frame[], chart: Chart): string | undefined {
  const told: { readonly text: string; readonly times: number }[] = []
  for (const { template, line, column, expression } of frames) {
    const text = `${expression} at ${fileOf(template, chart)}:${line}:${column}`
    const times = told.at(-1)?.text === text ? (told.pop()?.times ?? 0) + 1 : 1
    told.push({ text, times })
  }
  if (told.length === 0) return undefined
  const shown = told.slice(0, mostFrames).map(({ text, times }) => (times === 1 ? text : `${text} (${times} times)`))
  const more = told.length - shown.length
  return `reached through ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Which value it was that lacks the field, under the path by which the user can set it. */
function subjectText(subject: Subject, pathOfMap: (map: object) => Path | undefined): string {
  const { expression, value, field, holder, name = '' } = subject
  const above = holder && pathOfMap(holder)
  const path = above && [...above, name]
  const setting = path && dotted(path)
  const isSame = setting === undefined || expression.endsWith(`.${setting}`)
  const told = `\`${expression}\`${isSame ? '' : ` (\`${setting}\` of the values)`}`
  if (value !== null) return `${told} is ${kindText(value)}, of which \`.${field}\` is read`
  const isThere = holder !== undefined && Object.hasOwn(holder, name)
  const [close] = isThere || holder === undefined ? [] : nearest(name, Object.keys(holder))
  const meant = close === undefined ? '' : ` (did you mean \`${close}\`?)`
  return `${told} is ${isThere || holder === undefined ? 'null' : 'not set'}${meant}, and \`.${field}\` of it is read`
}

function kindText(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`
  return isTable(value) ? 'a map' : printed(value)
}

/** The path of a map within the values; undefined where a template made it. */
function pathOf(map: object, values: Values): Path | undefined {
  const open: { readonly at: object; readonly path: Path }[] = [{ at: values, path: [] }]
  const seen = new Set<object>()
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, path } = next
    if (at === map) return path
    if (seen.has(at)) continue
    seen.add(at)
    const steps = Array.isArray(at) ? at.keys() : Object.keys(at)
    for (const step of steps) {
      const value = (at as Readonly<Record<string | number, unknown>>)[step]
      if (typeof value === 'object' && value !== null) open.push({ at: value, path: [...path, step] })
    }
  }
  return undefined
}
