import { chartsFor, homes } from '../../charts/layout.ts'
import type { Asking, ChartPackage, ChartSource, PackagedChart } from '../../charts/package.ts'
import { nearest, type Position, type Problem, type Report } from '../../problem.ts'
import type { Settings } from '../../settings.ts'
import type { Document } from '../../yaml/document.ts'

/** The charts that a control plane is rendered with where the user brings some. */
export interface Charts {
  /** The release of istiod's chart, or else of the first one that says which it is of. */
  readonly release: string | undefined
  /** The profiles that take the place of the built-in ones; none where the package has none. */
  readonly profiles: ReadonlyMap<string, Document> | undefined
  /** The chart of a component, by its key under `spec.components`. */
  readonly of: (component: string) => PackagedChart | undefined
  /** Whether a component without a chart is meant to have none: the user says so, or names charts one by one. */
  readonly isBundled: (component: string) => boolean
  /** The packages, as messages call them. */
  readonly places: readonly string[]
  /** What messages call the field or flag that names the package, and where it stands. */
  readonly named: string
  readonly at: () => Position | undefined
}

/** Where a control plane says which charts it is rendered with. */
export interface ChartPath {
  readonly path: unknown
  /** The file that says so; none for a flag. */
  readonly file: string | undefined
  readonly at: () => Position | undefined
}

/** The word for a component that is rendered without any chart. */
const bundledWord = 'bundled'

/**
 * The charts that the settings name, or else the IstioOperator itself; nothing where neither names any. Reports
 * `charts-not-read` where the host reads no files, `wrong-setting` for a component that is none, `ambiguous-chart`, and
 * what the source reports.
 */
export function chartsOf(
  own: ChartPath,
  { charts: said, place }: Settings,
  source: ChartSource | undefined,
  report: Report,
): Charts | undefined {
  if (said?.none) return undefined
  const setting: Asking = {
    setting: true,
    file: undefined,
    named: said?.named ?? 'charts',
    at: () => place?.('charts'),
  }
  const field: Asking = {
    setting: own.file === undefined,
    file: own.file,
    named: 'spec.installPackagePath',
    at: own.at,
  }
  const path = said?.path ?? own.path
  const hasPath = typeof path === 'string' && path !== ''
  const main = hasPath && said?.path === undefined ? field : setting
  const chosen = Object.entries(said?.components ?? {})
  if (!hasPath && chosen.length === 0) return undefined
  if (!source) {
    report(notRead(hasPath ? path : chosen.map(([, where]) => where).join(', '), main))
    return undefined
  }
  let isTold = false
  const tell: Report = (problem) => {
    isTold = true
    report(problem)
  }
  const whole = hasPath ? source.find(path, main, tell) : undefined
  const packages = new Map<string, ChartPackage | typeof bundledWord | undefined>()
  for (const [component, where] of chosen) {
    if (!Object.hasOwn(homes, component)) tell(unknownComponent(component, setting))
    packages.set(component, where === bundledWord ? bundledWord : source.find(where, setting, tell))
  }
  const charts = new Map<string, PackagedChart>()
  for (const component of Object.keys(homes)) {
    const from = packages.has(component) ? packages.get(component) : whole
    if (from === undefined || from === bundledWord) continue
    const [chart, other] = chartsFor(from, component)
    if (chart && other) tell(ambiguous(component, chart, other, main))
    if (chart) charts.set(component, chart)
    else if (packages.has(component)) tell(noChart(component, from, setting))
  }
  // What is wrong with charts hides what they would be used for.
  if (isTold) return undefined
  const found = [...packages.values(), whole].filter((one) => one !== undefined && one !== bundledWord)
  const releases = [charts.get('pilot'), ...charts.values()].map((chart) => chart?.release)
  return {
    release: releases.find((release) => release !== undefined),
    profiles: whole && whole.profiles.size > 0 ? whole.profiles : undefined,
    of: (component) => charts.get(component),
    isBundled: (component) => whole === undefined || packages.get(component) === bundledWord,
    places: found.map(({ place: where }) => where),
    named: main.named,
    at: main.at,
  }
}

function notRead(path: string, { named, at }: Asking): Problem {
  return {
    code: 'charts-not-read',
    severity: 'error',
    message: `\`${named}\` must not be given: no files are read here, and so no charts in "${path}"`,
    path: named,
    at: at(),
    hint: 'leave it out; the bundled release is rendered.',
  }
}

function unknownComponent(name: string, { named, at }: Asking): Problem {
  const [close] = nearest(name, Object.keys(homes))
  return {
    code: 'wrong-setting',
    severity: 'error',
    message: `\`${named}\` must name components; "${name}" is none`,
    path: named,
    at: at(),
    hint: close ? `did you mean "${close}"?` : `known are ${Object.keys(homes).join(', ')}.`,
  }
}

function noChart(component: string, { place, charts }: ChartPackage, { named, at }: Asking): Problem {
  const names = charts.map(({ name }) => `"${name}"`)
  return {
    code: 'missing-chart',
    severity: 'error',
    message: `\`${named}\` must lead to a chart for ${component}; "${place}" holds ${names.join(', ') || 'none'}`,
    path: named,
    at: at(),
    hint: `${wanted(component)}.`,
  }
}

function ambiguous(component: string, one: PackagedChart, other: PackagedChart, { named, at }: Asking): Problem {
  return {
    code: 'ambiguous-chart',
    severity: 'error',
    message: `\`${named}\` must hold one chart for ${component}; "${one.place}" and "${other.place}" both are`,
    path: named,
    at: at(),
    hint: 'take one of them away, or name the one that is meant for that component.',
  }
}

/** What is looked for, as a hint says it. */
export function wanted(...components: readonly string[]): string {
  const parts = components.map((component) => {
    const { folder, names } = homes[component] ?? { folder: component, names: [component] }
    return `${names.map((name) => `"${name}"`).join(' or ')} (Istio's \`charts/${folder}\`)`
  })
  return `looked for charts called ${parts.join(', ')}`
}
