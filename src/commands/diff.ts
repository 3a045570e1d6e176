import type { ChartSource } from '../charts/package.ts'
import { comparable } from '../istio/comparable.ts'
import { type Difference, differencesOf } from '../k8s/difference.ts'
import { identity, type KubeObject } from '../k8s/object.ts'
import type { Problem } from '../problem.ts'
import type { Settings } from '../settings.ts'
import { findCharts } from './chart-package.ts' // on demand
import { flagProblem, renderCommandLine } from './input.ts'
import type { Outcome } from './outcome.ts'

export const diffFlags = {
  renderer: { type: 'boolean' },
  format: { type: 'string' },
} as const

const formats = ['text', 'json'] as const

/**
 * `render-istio diff --renderer`: what the user's charts make of an input against what the bundled renderers make of it,
 * object by object. The exit code is 0 when both are the same mesh and 1 when they aren't, or when one of them cannot be
 * rendered.
 */
export function diff(argv: readonly string[]): Outcome {
  let format: string = 'text'
  const named: string[] = []
  const charts: ChartSource = {
    find: (path, asking, report) => {
      named.push(path)
      return findCharts(path, asking, report)
    },
  }
  const isEngineSaid = argv.some((word) => /^--engine(?:=|$)/.test(word))
  const rendered = (extra: (said: Settings) => Partial<Settings>, stdin?: string) =>
    renderCommandLine(
      argv,
      diffFlags,
      (flags, report) => {
        format = flags.format ?? 'text'
        if (!formats.some((known) => known === format)) report(flagProblem('format', format, formats))
        if (!flags.renderer) report(notToldWhat)
      },
      {
        // Whoever applies the objects puts the same into both.
        settings: (said) => ({ ...said, ...(isEngineSaid ? {} : { engine: 'none' as const }), ...extra(said) }),
        rendered: () => undefined,
        charts,
        stdin,
      },
    )
  const own = rendered(() => ({}))
  if (own.exitCode !== 0) {
    const exitCode = own.problems.some(({ code }) => code === 'usage') ? 2 : own.exitCode
    return { stdout: '', problems: own.problems, exitCode, source: own.source }
  }
  if (named.length === 0) return { stdout: '', problems: [noCharts], exitCode: 2, source: own.source }
  const bundled = rendered(({ charts: said }) => ({ charts: { ...said, none: true } }), own.source('stdin'))
  const problems = [...own.problems, ...bundled.problems.filter((problem) => !isTold(problem, own.problems))]
  if (bundled.exitCode !== 0) return { stdout: '', problems, exitCode: bundled.exitCode, source: own.source }
  const compared = compare(objectsOf(bundled.objects), objectsOf(own.objects))
  const isSame = compared.every(({ differences }) => differences.length === 0)
  const stdout = format === 'json' ? json(compared) : text(compared)
  return { stdout, problems, exitCode: isSame ? 0 : 1, source: own.source }
}

function objectsOf(found: readonly { readonly object: KubeObject }[]): readonly KubeObject[] {
  return found.map(({ object }) => object)
}

function isTold({ message, code }: Problem, told: readonly Problem[]): boolean {
  return told.some((other) => other.code === code && other.message === message)
}

/** An object of either side, or of both. */
interface Pair {
  readonly object: KubeObject
  readonly only?: 'left' | 'right'
  readonly differences: readonly Difference[]
}

/** The objects of both sides by identity, in the order of the left one, with those of the right one alone behind them. */
function compare(left: readonly KubeObject[], right: readonly KubeObject[]): Pair[] {
  const others = new Map(right.map((object) => [identity(object), object]))
  const known = new Set(left.map(identity))
  const pairs = left.map((object): Pair => {
    const other = others.get(identity(object))
    if (!other) return { object, only: 'left', differences: [{ path: '', only: 'left', left: object }] }
    return { object, differences: differencesOf(comparable(object), comparable(other)) }
  })
  const more = right.filter((object) => !known.has(identity(object)))
  return [
    ...pairs,
    ...more.map(
      (object): Pair => ({ object, only: 'right', differences: [{ path: '', only: 'right', right: object }] }),
    ),
  ]
}

/** A line for each object that differs, with the fields below it, and the figures last. */
function text(pairs: readonly Pair[]): string {
  const lines = pairs.flatMap(({ object, only, differences }) => {
    if (only) return [`${only === 'left' ? '-' : '+'} ${display(object)}: only ${sides[only]} it`]
    if (differences.length === 0) return []
    return [`~ ${display(object)}`, ...differences.map((one) => `    ${line(one)}`)]
  })
  return [...lines, figures(pairs)].map((line) => `${line}\n`).join('')
}

const sides = { left: 'the bundled renderers have', right: 'the charts have' } as const

function line({ path, only, order, left, right }: Difference): string {
  if (order) return `~ ${path}: ${shown(left)} → ${shown(right)} (another order)`
  if (only) return `${only === 'left' ? '-' : '+'} ${path}: ${shown(only === 'left' ? left : right)}`
  if (typeof left === 'string' && typeof right === 'string' && /\n/.test(left + right)) {
    const [a, b] = [left.split('\n'), right.split('\n')]
    const at = a.findIndex((one, index) => one !== b[index])
    const number = at < 0 ? a.length : at
    return `~ ${path} in line ${number + 1}: ${shown(a[number])} → ${shown(b[number])}`
  }
  return `~ ${path}: ${shown(left)} → ${shown(right)}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

function display({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`
}

function counted(pairs: readonly Pair[]) {
  const changed = pairs.filter(({ only, differences }) => !only && differences.length > 0)
  const bundled = pairs.filter(({ only }) => only === 'left')
  const charts = pairs.filter(({ only }) => only === 'right')
  return { changed, bundled, charts, equal: pairs.length - changed.length - bundled.length - charts.length }
}

function figures(pairs: readonly Pair[]): string {
  const { changed, bundled, charts, equal } = counted(pairs)
  return `${equal} equal, ${changed.length} different, ${bundled.length} only bundled, ${charts.length} only of the charts`
}

function json(pairs: readonly Pair[]): string {
  const { changed, bundled, charts, equal } = counted(pairs)
  const name = ({ object: { apiVersion, kind, metadata } }: Pair) => ({
    apiVersion,
    kind,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    name: metadata.name,
  })
  const form = ({ path, order, ...sides }: Difference) => ({
    path,
    ...(order && { order }),
    ...('left' in sides && { bundled: sides.left }),
    ...('right' in sides && { charts: sides.right }),
  })
  const told = {
    equal,
    different: changed.map((pair) => ({ ...name(pair), differences: pair.differences.map(form) })),
    onlyBundled: bundled.map(name),
    onlyCharts: charts.map(name),
  }
  return `${JSON.stringify(told, null, 2)}\n`
}

const notToldWhat = missing(
  '--renderer',
  '`diff` must be told what to compare',
  'say `--renderer` for the bundled renderers against your charts.',
)

const noCharts = missing(
  '--charts',
  '`diff --renderer` must be told which charts to compare with',
  'name them with `--charts`, or `spec.installPackagePath` of the IstioOperator.',
)

/** The problem that a flag is not there. */
function missing(flag: string, message: string, hint: string): Problem {
  return { code: 'usage', severity: 'error', message, at: { file: flag, line: 1, col: 1 }, hint }
}
