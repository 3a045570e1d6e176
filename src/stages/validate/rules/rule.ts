import { chartValues } from '../../../components/values.ts'
import { sorted } from '../../../components/words.ts'
import type { Fields } from '../../../k8s/object.ts'
import { dotted, type Path, type Position, type Problem, type Report } from '../../../problem.ts'
import type { Settings } from '../../../settings.ts'
import type { Resolved } from '../../2-resolve.ts'
import type { Entry } from '../../render/entries.ts'
import { sourcesOf } from '../../resolve/derive.ts'
import { has } from '../../resolve/layers.ts'
import { read } from '../read.ts'
import { isSecret } from '../shown.ts'

/**
 * How grave a mistake is: `rejected` by istioctl as well; a `mistake` that istioctl lets through although it breaks or
 * misleads; a `warning` where it can be meant as it is written; a `note`.
 */
const grades = {
  rejected: { severity: 'error' },
  mistake: { severity: 'error', istioctl: 'warning' },
  warning: { severity: 'warning' },
  note: { severity: 'info' },
} as const

/** What a rule says of a field. */
export interface Told {
  readonly grade: keyof typeof grades
  readonly code: Problem['code']
  /** The field, in the merged document. */
  readonly path: Path
  /** Continues "`field` must …". */
  readonly must: string
  readonly hint?: string | undefined
  /** Whether the key is wrong, or (if this is left out) the value. */
  readonly part?: 'key' | 'value'
  /** Where it is written, if that is no field of the document. */
  readonly at?: Position | undefined
  /** The path is meant as it stands, even if the value there was derived from another one. */
  readonly exact?: true
}

export type Tell = (told: Told) => void

/** What the rules may know of a run besides the control plane itself. */
export interface Surroundings {
  readonly settings: Pick<Settings, 'kubeVersion' | 'previousVersion' | 'place' | 'force' | 'compat'> &
    Partial<Pick<Settings, 'problems'>>
  /** The full version of the bundled Istio release. */
  readonly version: string
}

/** One control plane, as rules look at it. */
export interface Subject extends Surroundings {
  readonly resolved: Resolved
  /** The merged `spec`. */
  readonly spec: Fields
  /** What is on. */
  readonly entries: readonly Entry[]
  /** The values of a component that is on, as its chart reads them. */
  readonly effective: (component: string) => Fields | undefined
}

/** Something that must hold in one control plane; it tells where it doesn't. */
export type Rule = (subject: Subject, tell: Tell) => void

/** Makes problems of what rules say about one control plane. */
export function teller({ spec, written, locate }: Pick<Resolved, 'spec' | 'written' | 'locate'>, report: Report): Tell {
  return ({ grade, code, path, must, hint, part = 'value', at, exact }) => {
    const place = exact ? path : writtenPath(spec, path)
    // What was said by a flag or a variable is called as that is.
    const name = at && /^(?:--|[A-Z_]+$)/.test(at.file) ? at.file : dotted(place)
    report({
      code,
      ...grades[grade],
      message: `\`${name}\` must ${must}`,
      path: dotted(place),
      at: at ?? (exact && written.locate(place, part)) ?? locate(place, part),
      hint,
      ...(part === 'value' && scalarAt(spec, place)),
    })
  }
}

/** The value at a path as a problem holds it: not what has parts of its own, is long, or may be a secret. */
function scalarAt(spec: Fields, path: Path): { readonly value?: unknown } {
  const value = read({ spec }, path)
  const isShort = typeof value === 'string' ? value.length <= 200 : ['number', 'boolean'].includes(typeof value)
  return isShort && !isSecret(value, path, read({ spec }, path.slice(0, -1))) ? { value } : {}
}

/**
 * Where the user wrote what stands at a path: some values are derived from fields elsewhere. What stands nowhere is
 * missing from the nearest map around it.
 */
export function writtenPath(spec: Fields, path: Path): Path {
  const there = (candidate: Path) => has({ spec }, candidate)
  const whole = [...sourcesOf(path), path].find(there)
  if (whole) return whole
  for (let length = path.length - 1; length > 2; length--) {
    const around = path.slice(0, length)
    const found = [around, ...sourcesOf(around)].find(there)
    if (found) return [...found, ...path.slice(length)]
  }
  return path
}

/** Whether somebody wrote what stands at a path, rather than a built-in profile. */
export function isWritten({ written }: Pick<Resolved, 'written'>, path: Path): boolean {
  return written.locate(path) !== undefined
}

/** The first of several paths at which somebody wrote something; the last one where nobody did. */
export function firstWritten(resolved: Pick<Resolved, 'written'>, ...paths: readonly [...Path[], Path]): Path {
  return paths.find((path) => isWritten(resolved, path)) ?? (paths.at(-1) as Path)
}

/** A value with the path at which it stands. */
export interface Node {
  readonly path: Path
  readonly value: unknown
}

/** What stands at a path below `spec`; `undefined` where nothing does. */
export function at(spec: Fields, ...path: Path): Node {
  const whole = ['spec', ...path]
  return { path: whole, value: read({ spec }, whole) }
}

/** The members of a map, and the items of a list. */
export function each({ path, value }: Node): Node[] {
  const members: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : sorted(value)
  return members.map(([step, member]) => ({ path: [...path, step], value: member }))
}

/** All that stands at a path below a node, in which `*` stands for each item of a list. */
export function find(node: Node, [step, ...rest]: Path): Node[] {
  if (step === undefined) return [node]
  if (step === '*') return Array.isArray(node.value) ? each(node).flatMap((item) => find(item, rest)) : []
  const value = read(node.value, [step])
  return value === undefined ? [] : find({ path: [...node.path, step], value }, rest)
}

/** The values of a component that is on as its chart reads them, defaults included; nothing for one that is off. */
export function effectiveValues(entries: readonly Entry[]): Subject['effective'] {
  const known = new Map<string, Fields | undefined>()
  return (name) => {
    if (!known.has(name)) {
      const entry = entries.find(({ component }) => component.spec === name)
      known.set(name, entry && chartValues(entry.component.chart, entry.values, () => undefined))
    }
    return known.get(name)
  }
}

/** A value as a message quotes it. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  const text = typeof value === 'string' ? value : String(value)
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}
