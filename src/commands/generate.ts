import { parseArgs } from 'node:util'
import { isDirectory, profileFiles, readDirectory, readText } from '../hosts/files.ts'
import { renderMesh } from '../pipeline.ts'
import { judge, nearest, type Problem, type Report } from '../problem.ts'
import { defaultSettings, readSettings, type SetArgument, type Settings } from '../settings.ts'
import { planesOf, readOperator } from '../stages/1-read.ts'
import type { Plane } from '../stages/2-resolve.ts'
import { type OutputFormat, outputFormats, writeStream } from '../stages/7-write.ts'
import type { Document } from '../yaml/document.ts'
import type { Outcome } from './outcome.ts'

/** The flags of `istioctl manifest generate` under their own names, and ours. */
const options = {
  filename: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', short: 's', multiple: true },
  revision: { type: 'string', short: 'r' },
  manifests: { type: 'string', short: 'd' },
  charts: { type: 'string' },
  force: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'cluster-specific': { type: 'boolean' },
  filter: { type: 'string', multiple: true },
  profile: { type: 'string' },
  environment: { type: 'string' },
  engine: { type: 'string' },
  compat: { type: 'string' },
  'kube-version': { type: 'string' },
  merge: { type: 'string', multiple: true },
  keep: { type: 'string', multiple: true },
  'wave-start': { type: 'string' },
  'wave-step': { type: 'string' },
  'allow-empty': { type: 'boolean' },
  output: { type: 'string', short: 'o' },
} as const

type Flags = ReturnType<typeof parse>['values']

function parse(argv: readonly string[]) {
  return parseArgs({ args: argv.flatMap(plainForm), options, allowPositionals: true, strict: true })
}

/** istioctl's parser also takes `-s=value` and `--force=true`; Node's doesn't. */
function plainForm(argument: string): string[] {
  const [, short, value] = /^(-[a-z])=(.*)$/s.exec(argument) ?? []
  if (short !== undefined && value !== undefined) return [short, value]
  const [, name = '', said] = /^--([a-z-]+)=(true|false)$/.exec(argument) ?? []
  const isSwitch = Object.hasOwn(options, name) && options[name as keyof typeof options].type === 'boolean'
  if (!isSwitch) return [argument]
  return said === 'true' ? [`--${name}`] : []
}

/**
 * `render-istio generate`: what `istioctl manifest generate` does, for the IstioOperators in files (`-f`, merged in
 * order) or, without any, in a folder (each one a control plane).
 */
export function generate(argv: readonly string[]): Outcome {
  const compat = argv.includes('istioctl') || argv.includes('--compat=istioctl') ? 'istioctl' : undefined
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch (error) {
    return failed([usageProblem(argv, error as Error)], compat ? 1 : 2)
  }
  const { values: flags, positionals } = parsed
  const { problems, report, failed: wrong } = judge(compat)
  const settings = settingsOf(flags, report)
  const format = outputFormats.find((known) => known === (flags.output ?? 'yaml'))
  if (!format) report(flagProblem('output', flags.output ?? '', outputFormats))
  if (flags.charts ?? flags.manifests) report(noCharts(flags.charts === undefined ? 'manifests' : 'charts'))
  const { planes, profiles } = readInput(flags, positionals, settings, report)
  if (wrong() || !format) return failed(problems, 1)

  const answer = renderMesh({ planes, settings, profiles: profileFiles(profiles, report), present: [] })
  const all = [...problems, ...answer.problems]
  if (all.some(isError)) return failed(all, 1)
  return {
    stdout: writeStream(
      answer.objects.map(({ object }) => object),
      format as OutputFormat,
    ),
    problems: all,
    exitCode: 0,
  }
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

function failed(problems: readonly Problem[], exitCode: Outcome['exitCode']): Outcome {
  return { stdout: '', problems, exitCode }
}

interface Input {
  readonly planes: readonly Plane[]
  readonly profiles: readonly Document[]
}

/** The control planes that the command line means: files merged into one, else each IstioOperator of a folder. */
function readInput(flags: Flags, positionals: readonly string[], settings: Settings, report: Report): Input {
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
  const stdin = files.indexOf('-')
  if (stdin >= 0 && stdin < files.length - 1) {
    report({
      code: 'stdin-not-last',
      severity: 'error',
      message: '`-f -` must be the last file, as what it holds overrides the others',
      at: { file: '--filename', line: stdin + 1, col: 1 },
    })
  }
  if (files.length > 0) return { planes: [merged(files, report)], profiles: [] }
  if (place !== undefined && !isDirectory(place)) return { planes: [merged([place], report)], profiles: [] }

  const { planes, profiles } = planesOf(readDirectory(place ?? '.', report))
  if (planes.length > 0) return { planes, profiles }
  if (settings.sets.length > 0 || settings.environment !== undefined) {
    return { planes: [{ owner: 'istio-system/installed-state', documents: [] }], profiles }
  }
  report({
    code: 'no-operator',
    severity: 'error',
    message: `the input must hold an IstioOperator; there is none in "${place ?? '.'}"`,
    at: { file: place ?? '.', line: 1, col: 1 },
    hint: 'name a file with `-f`, or a profile with `--profile`.',
  })
  return { planes: [], profiles: [] }
}

function merged(files: readonly string[], report: Report): Plane {
  const documents = files.flatMap((file, index) => {
    const text = readText(file, report, { file: '--filename', line: index + 1, col: 1 })
    return text === undefined ? [] : (readOperator(text, file === '-' ? 'stdin' : file, report) ?? [])
  })
  return { owner: 'istio-system/installed-state', documents }
}

function settingsOf(flags: Flags, report: Report): Settings {
  const spec = {
    compat: flags.compat,
    engine: flags.engine,
    environment: flags.environment,
    kubeVersion: flags['kube-version'],
    waves: waveFlags(flags),
    allowEmpty: flags['allow-empty'],
    keep: flags.keep?.flatMap((value) => value.split(',')),
    merge: flags.merge && mergeFlags(flags.merge),
  }
  const said = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined))
  const flagOf: { readonly [setting: string]: string } = { kubeVersion: 'kube-version', allowEmpty: 'allow-empty' }
  const at = ([name]: readonly (string | number)[]) => ({ file: `--${flagOf[String(name)] ?? name}`, line: 1, col: 1 })
  return { ...readSettings(said, defaultSettings, at, report), sets: setFlags(flags) }
}

function waveFlags(flags: Flags) {
  const start = flags['wave-start']
  const step = flags['wave-step']
  if (start === undefined && step === undefined) return undefined
  return { ...(start !== undefined && { start: Number(start) }), ...(step !== undefined && { step: Number(step) }) }
}

/** `--merge append` for all lists, `--merge spec.meshConfig.extensionProviders=merge` for one. */
function mergeFlags(values: readonly string[]) {
  const pairs = values.map((value) => value.split('='))
  return {
    ...Object.fromEntries(pairs.filter((pair) => pair.length === 1).map(([lists]) => ['lists', lists])),
    paths: Object.fromEntries(pairs.filter((pair) => pair.length > 1)),
  }
}

/** `--revision` and the like are shorthands of `--set`, and come after the user's own, which they override. */
function setFlags(flags: Flags): SetArgument[] {
  const sets = (flags.set ?? []).map((text, index) => ({ text, source: '--set', line: index + 1 }))
  if (flags.profile) sets.unshift({ text: `profile=${flags.profile}`, source: '--profile', line: 1 })
  if (flags.revision && flags.revision !== 'default') {
    sets.push({ text: `revision=${flags.revision}`, source: '--revision', line: 1 })
  }
  return sets
}

function usageProblem(argv: readonly string[], error: Error): Problem {
  const named = /'(--?[^' ]+)/.exec(error.message)?.[1] ?? ''
  const index = argv.findIndex((argument) => argument === named || argument.startsWith(`${named}=`))
  const [close] = nearest(named.replace(/^-+/, ''), Object.keys(options))
  const known = Object.hasOwn(options, named.replace(/^-+/, ''))
  return {
    code: 'usage',
    severity: 'error',
    message: known
      ? `\`${named}\` must be given as the help says`
      : `the command line must hold known flags; \`${named}\` is none`,
    at: { file: named, line: index + 1, col: 1 },
    hint: close && !known ? `did you mean \`--${close}\`?` : 'see `render-istio generate --help`.',
  }
}

function flagProblem(flag: string, value: string, words: readonly string[]): Problem {
  return {
    code: 'wrong-setting',
    severity: 'error',
    message: `\`--${flag}\` must be one of ${words.map((known) => `"${known}"`).join(', ')}; it is "${value}"`,
    at: { file: `--${flag}`, line: 1, col: 1 },
  }
}

function noCharts(flag: string): Problem {
  return {
    code: 'charts-not-read',
    severity: 'error',
    message: `\`--${flag}\` must not be given: this build renders with its own renderers and reads no charts`,
    at: { file: `--${flag}`, line: 1, col: 1 },
    hint: 'leave it out; the bundled release is printed by `render-istio version`.',
  }
}
