import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { ChartSource } from '../charts/package.ts'
import { isDirectory, profileFiles, readDirectory, readText } from '../hosts/files.ts'
import { readConfiguration } from '../hosts/krm/function-config.ts' // on demand
import { type Answer, renderMesh } from '../pipeline.ts'
import { isError, nearest, type Path, type Problem, type Report } from '../problem.ts'
import { judge, type Suppressed, unusedSuppressions } from '../problems/judge.ts'
import type { SourceText } from '../problems/told.ts'
import { defaultSettings, readSettings, type SetArgument, type Settings } from '../settings.ts'
import { planesOf, readOperator } from '../stages/1-read.ts'
import type { Plane } from '../stages/2-resolve.ts'
import type { Document } from '../yaml/document.ts'
import { findCharts } from './chart-package.ts' // on demand
import type { Outcome } from './outcome.ts'

/** The flags of `istioctl manifest generate` under their own names, and ours: every command that reads a mesh has them. */
export const meshFlags = {
  filename: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', short: 's', multiple: true },
  revision: { type: 'string', short: 'r' },
  manifests: { type: 'string', short: 'd' },
  charts: { type: 'string', multiple: true },
  force: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'cluster-specific': { type: 'boolean' },
  filter: { type: 'string', multiple: true },
  config: { type: 'string' },
  profile: { type: 'string' },
  environment: { type: 'string' },
  engine: { type: 'string' },
  compat: { type: 'string' },
  'kube-version': { type: 'string' },
  'previous-version': { type: 'string' },
  merge: { type: 'string', multiple: true },
  keep: { type: 'string', multiple: true },
  'wave-start': { type: 'string' },
  'wave-step': { type: 'string' },
  'allow-empty': { type: 'boolean' },
} as const

type FlagTable = NonNullable<ParseArgsConfig['options']>
type Parsed<Own extends FlagTable> = ReturnType<typeof parse<Own>>
type Flags = Parsed<typeof meshFlags>['values']

/** What a command line came to. */
export interface Run<Own extends FlagTable> {
  /** What was given; nothing when the command line can't be understood. */
  readonly flags: Parsed<typeof meshFlags & Own>['values'] | undefined
  readonly settings: Settings
  readonly objects: Answer['objects']
  readonly problems: readonly Problem[]
  readonly suppressed: readonly Suppressed[]
  readonly exitCode: Outcome['exitCode']
  /** The texts that positions count in: files, standard input, and the values of flags as `--flag`. */
  readonly source: SourceText
}

/** Who runs the command, when that is a program with things to say of its own. */
export interface Host {
  /** The settings, with what the host says laid over those of the command line. */
  readonly settings: (said: Settings, report: Report) => Settings
  /** Looks at what was rendered. */
  readonly rendered: (objects: Answer['objects'], report: Report) => void
  /** Where charts come from; from the disk unless it is given. */
  readonly charts?: ChartSource
  /** What standard input held, if it was read before. */
  readonly stdin?: string | undefined
}

/**
 * Renders the mesh that a command line names: the IstioOperators in files (`-f`, merged in order) or, without any, in a
 * folder (each one a control plane). `own` are the flags of the command itself, which `check` looks at.
 *
 * Reports `usage`, `unexpected-argument`, `stdin-not-last`, `no-operator`, `unused-suppression`, and
 * what reading and rendering report.
 */
export function renderCommandLine<Own extends FlagTable>(
  argv: readonly string[],
  own: Own,
  check: (flags: Parsed<typeof meshFlags & Own>['values'], report: Report) => void,
  host?: Host,
): Run<Own> {
  const table = { ...meshFlags, ...own }
  const lenient = argv.includes('istioctl') || argv.includes('--compat=istioctl')
  let parsed: Parsed<typeof table>
  try {
    parsed = parse(argv, table)
  } catch (error) {
    const problems = [usageProblem(argv, table, error as Error)]
    return {
      flags: undefined,
      settings: defaultSettings,
      objects: [],
      problems,
      suppressed: [],
      exitCode: lenient ? 1 : 2,
      source: () => undefined,
    }
  }
  const flags: Flags = parsed.values
  const first = judge()
  const said = settingsOf(flags, first.report)
  const settings = host ? host.settings(said, first.report) : said
  const { problems, suppressed, report, failed } = judge(settings)
  for (const problem of first.problems) report(problem)
  check(parsed.values, report)
  const stdin: { text?: string } = host?.stdin === undefined ? {} : { text: host.stdin }
  const { planes, profiles } = readInput(flags, parsed.positionals, settings, stdin, report)
  const source = sourceOf(parsed.values, stdin)
  if (failed()) return { flags: parsed.values, settings, objects: [], problems, suppressed, exitCode: 1, source }

  const answer = renderMesh({
    planes,
    settings,
    profiles: profileFiles(profiles, report),
    charts: host?.charts ?? { find: findCharts },
    present: [],
  })
  host?.rendered(answer.objects, report)
  const accepted = [...suppressed, ...answer.suppressed]
  for (const problem of answer.problems.some(isError) ? [] : unusedSuppressions(settings.problems, accepted))
    report(problem)
  const all = [...problems, ...answer.problems]
  const wrong = all.some(isError)
  return {
    flags: parsed.values,
    settings,
    objects: wrong ? [] : answer.objects,
    problems: all,
    suppressed: accepted,
    exitCode: wrong ? 1 : 0,
    source,
  }
}

/** The problem of a flag that takes one of a few words. */
export function flagProblem(flag: string, value: string, words: readonly string[]): Problem {
  return {
    code: 'wrong-setting',
    severity: 'error',
    message: `\`--${flag}\` must be one of ${words.map((known) => `"${known}"`).join(', ')}; it is "${value}"`,
    at: { file: `--${flag}`, line: 1, col: 1 },
    hint: hintOf(value, words),
  }
}

function hintOf(value: string, words: readonly string[]): string | undefined {
  const [close] = nearest(value, words)
  return close === undefined ? undefined : `did you mean "${close}"?`
}

function parse<Own extends FlagTable>(argv: readonly string[], table: Own) {
  const args = argv.flatMap((argument) => plainForm(argument, table))
  return parseArgs({ args, options: table, allowPositionals: true, strict: true })
}

/** istioctl's parser also takes `-s=value` and `--force=true`; Node's doesn't. */
function plainForm(argument: string, table: FlagTable): string[] {
  const [, short, value] = /^(-[a-z])=(.*)$/s.exec(argument) ?? []
  if (short !== undefined && value !== undefined) return [short, value]
  const [, name = '', said] = /^--([a-z-]+)=(true|false)$/.exec(argument) ?? []
  const isSwitch = Object.hasOwn(table, name) && table[name]?.type === 'boolean'
  if (!isSwitch) return [argument]
  return said === 'true' ? [`--${name}`] : []
}

interface Input {
  readonly planes: readonly Plane[]
  readonly profiles: readonly Document[]
}

/** The control planes that the command line means: files merged into one, else each IstioOperator of a folder. */
function readInput(
  flags: Flags,
  positionals: readonly string[],
  settings: Settings,
  stdin: { text?: string },
  report: Report,
): Input {
  const files = (flags.filename ?? []).flatMap((value) => value.split(',')).map((file) => file.trim())
  const [place, ...more] = positionals
  const unexpected = files.length > 0 ? place : more[0]
  if (unexpected !== undefined) {
    report({
      code: 'unexpected-argument',
      severity: 'error',
      message: `the command line must not hold the argument "${unexpected}" beside what it names already`,
      at: { file: unexpected, line: 1, col: 1 },
      hint: 'name files with `-f`, or one folder or file without it.',
    })
    return { planes: [], profiles: [] }
  }
  const dash = files.indexOf('-')
  if (dash >= 0 && dash < files.length - 1) {
    report({
      code: 'stdin-not-last',
      severity: 'error',
      message: '`-f -` must be the last file, as what it holds overrides the others',
      at: { file: '--filename', line: dash + 1, col: 1 },
    })
    return { planes: [], profiles: [] }
  }
  if (files.length > 0) return { planes: [merged(files, '--filename', settings, stdin, report)], profiles: [] }
  if (place !== undefined && !isDirectory(place))
    return { planes: [merged([place], undefined, settings, stdin, report)], profiles: [] }

  let readable = true
  const { planes, profiles } = planesOf(
    readDirectory(place ?? '.', (problem) => {
      readable &&= problem.severity !== 'error'
      report(problem)
    }),
  )
  if (planes.length > 0 || !readable) return { planes, profiles }
  if (!saysMesh(settings)) {
    report({
      code: 'no-operator',
      severity: 'error',
      // Without any input istioctl renders its default profile.
      istioctl: place === undefined ? 'warning' : 'error',
      message: `the input must hold an IstioOperator; there is none in "${place ?? '.'}"`,
      at: { file: place ?? '.', line: 1, col: 1 },
      hint: 'name a file with `-f`, or a profile with `--profile`.',
    })
  }
  return { planes: [{ owner: 'istio-system/installed-state', documents: [] }], profiles }
}

/** One control plane of all files, in order. Files that say nothing are fine as long as one of them says something. */
function merged(
  files: readonly string[],
  flag: string | undefined,
  settings: Settings,
  stdin: { text?: string },
  report: Report,
): Plane {
  let readable = true
  const told: Report = (problem) => {
    readable &&= problem.severity !== 'error'
    report(problem)
  }
  const documents = files.flatMap((file, index) => {
    const place = flag === undefined ? undefined : { file: flag, line: index + 1, col: 1 }
    const text = (file === '-' ? stdin.text : undefined) ?? readText(file, told, place)
    if (text === undefined) return []
    if (file === '-') stdin.text = text
    return readOperator(text, file === '-' ? 'stdin' : file, told) ?? []
  })
  if (documents.length === 0 && readable && !saysMesh(settings)) report(emptyInput(files))
  return { owner: 'istio-system/installed-state', documents }
}

/** Whether there is a mesh to render without any IstioOperator. */
function saysMesh({ sets, environment }: Settings): boolean {
  return sets.length > 0 || environment !== undefined
}

function emptyInput([first = '', ...more]: readonly string[]): Problem {
  const file = first === '-' ? 'stdin' : first
  return {
    code: 'no-operator',
    severity: 'error',
    istioctl: 'warning',
    message: `the input must hold an IstioOperator; ${more.length === 0 ? `"${file}" is` : 'all its files are'} empty`,
    at: { file, line: 1, col: 1 },
    hint: 'for the default mesh say `--profile default`.',
  }
}

/** Files are read again, as only a run with problems asks. */
function sourceOf(flags: { readonly [name: string]: unknown }, stdin: { readonly text?: string }): SourceText {
  return (file) => {
    if (file === 'stdin') return stdin.text
    if (!file.startsWith('--')) return isDirectory(file) ? undefined : readText(file, () => {})
    const given = flags[file.slice(2)]
    const values = Array.isArray(given) ? given : [given]
    return values.every((value) => typeof value === 'string') ? values.join('\n') : undefined
  }
}

/** The settings of the file that `--config` names, with the flags laid over them. */
function settingsOf(flags: Flags, report: Report): Settings {
  const base = flags.config === undefined ? undefined : configured(flags.config, report)
  const spec = {
    compat: flags.compat,
    engine: flags.engine,
    environment: flags.environment,
    kubeVersion: flags['kube-version'],
    previousVersion: flags['previous-version'],
    waves: waveFlags(flags),
    allowEmpty: flags['allow-empty'],
    keep: flags.keep?.flatMap((value) => value.split(',')),
    merge: flags.merge && mergeFlags(flags.merge),
    charts: chartFlags(flags),
  }
  const said = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined))
  const flagOf: { readonly [setting: string]: string } = {
    kubeVersion: 'kube-version',
    previousVersion: 'previous-version',
    allowEmpty: 'allow-empty',
    'waves.start': 'wave-start',
    'waves.step': 'wave-step',
  }
  const named = (path: Path) => `--${flagOf[path.join('.')] ?? path[0]}`
  const at = (path: Path) => ({ file: named(path), line: 1, col: 1 })
  const settings = readSettings(said, base?.settings ?? defaultSettings, at, report, named)
  const engine = base?.namesEngine && flags.engine === undefined ? base.settings.engine : settings.engine
  return { ...settings, engine, force: flags.force, sets: [...settings.sets, ...setFlags(flags)] }
}

function configured(file: string, report: Report): ReturnType<typeof readConfiguration> | undefined {
  const text = readText(file, report, { file: '--config', line: 1, col: 1 })
  return text === undefined ? undefined : readConfiguration(text, file, defaultSettings, report)
}

function waveFlags(flags: Flags) {
  const given = Object.entries({ start: flags['wave-start'], step: flags['wave-step'] }).filter(
    ([, text]) => text !== undefined,
  )
  return given.length === 0 ? undefined : Object.fromEntries(given.map(([name, text]) => [name, wholeNumber(text)]))
}

/** `--charts DIR` for all components, `--charts ztunnel=DIR` or `ztunnel=bundled` for one. */
function chartFlags({ charts = [], manifests }: Flags) {
  if (charts.length === 0 && manifests === undefined) return undefined
  const ofOne = charts.flatMap((value) => {
    const [, component, path] = /^([A-Za-z]+)=(.*)$/s.exec(value) ?? []
    return component !== undefined && path !== undefined ? [[component, path] as const] : []
  })
  const path = charts.findLast((value) => !/^[A-Za-z]+=/.test(value)) ?? manifests
  return { ...(path !== undefined && { path }), ...(ofOne.length > 0 && { components: Object.fromEntries(ofOne) }) }
}

function wholeNumber(text = ''): string | number {
  return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : text
}

/** `--merge append` for all lists, `--merge spec.meshConfig.extensionProviders=merge` for one. */
function mergeFlags(values: readonly string[]) {
  const lists = values.findLast((value) => !value.includes('='))
  const paths = values.filter((value) => value.includes('='))
  return {
    ...(lists !== undefined && { lists }),
    paths: Object.fromEntries(
      paths.map((value) => [value.slice(0, value.lastIndexOf('=')), value.slice(value.lastIndexOf('=') + 1)]),
    ),
  }
}

/** `--revision` and the like are shorthands of `--set`, and come after the user's own, which they override. */
function setFlags(flags: Flags): SetArgument[] {
  const sets: SetArgument[] = (flags.set ?? []).map((text, index) => ({ text, source: '--set', line: index + 1 }))
  if (flags.profile) sets.unshift({ text: `profile=${flags.profile}`, lead: 8, source: '--profile', line: 1 })
  if (flags.revision && flags.revision !== 'default') {
    sets.push({ text: `revision=${flags.revision}`, lead: 9, source: '--revision', line: 1 })
  }
  return sets
}

function usageProblem(argv: readonly string[], table: FlagTable, error: Error): Problem {
  const named = /'(?:-\w, )?(--?[^' ,]+)/.exec(error.message)?.[1] ?? ''
  const flag = table[named.replace(/^-+/, '')]
  const index = argv.findIndex((one) => one === named || one === `-${flag?.short}` || one.startsWith(`${named}=`))
  const [close] = nearest(named.replace(/^-+/, ''), Object.keys(table))
  return {
    code: 'usage',
    severity: 'error',
    message: flag
      ? `\`${named}\` must ${flag.type === 'boolean' ? 'stand without a value' : 'be followed by a value'}`
      : `the command line must hold known flags; \`${named}\` is none`,
    at: { file: named, line: Math.max(index, 0) + 1, col: 1 },
    hint: close && !flag ? `did you mean \`--${close}\`?` : 'see `render-istio generate --help`.',
  }
}
