import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Frame, TemplateError } from '../gotemplate/error.ts'
import { type KubeVersion, parseKubeVersion } from '../helm/capabilities.ts'
import type { Chart } from '../helm/chart/chart.ts'
import { mergeMaps, readValues } from '../helm/chart/load.ts'
import { ChartError } from '../helm/chart/metadata.ts'
import { type SetKind, setValues } from '../helm/set-values.ts'
import { type TemplateFailure, type TemplateOptions, templateText } from '../helm/template.ts'
import { fromJson } from '../helm/text/from-json.ts'
import type { Position, Problem } from '../problem.ts'
import { readChart } from './chart-files.ts'
import type { Outcome } from './outcome.ts'

/** Codes of what is wrong with a chart; they are not among those of a mesh, which levels and suppressions name. */
const codes = { chart: 'chart', template: 'chart-template', values: 'chart-values' } as unknown as {
  readonly [about in 'chart' | 'template' | 'values']: Problem['code']
}

/** The flags of `helm template` that say what is rendered, under their own names. */
export const chartFlags = {
  namespace: { type: 'string', short: 'n' },
  values: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', multiple: true },
  'set-string': { type: 'string', multiple: true },
  'set-json': { type: 'string', multiple: true },
  'set-file': { type: 'string', multiple: true },
  'set-literal': { type: 'string', multiple: true },
  'kube-version': { type: 'string' },
  'api-versions': { type: 'string', short: 'a', multiple: true },
  'show-only': { type: 'string', short: 's', multiple: true },
  'include-crds': { type: 'boolean' },
  'no-hooks': { type: 'boolean' },
  'skip-tests': { type: 'boolean' },
  'skip-schema-validation': { type: 'boolean' },
  'is-upgrade': { type: 'boolean' },
} as const

type Flags = ReturnType<typeof parse>['values']

function parse(argv: readonly string[]) {
  return parseArgs({ args: argv.flatMap(plainForm), options: chartFlags, allowPositionals: true, strict: true })
}

/** Helm's parser also takes `-n=value` and `--no-hooks=true`; Node's doesn't. */
function plainForm(argument: string): string[] {
  const [, short, value] = /^(-[a-z])=(.*)$/s.exec(argument) ?? []
  if (short !== undefined && value !== undefined) return [`${short}${value}`]
  const [, name = '', said] = /^--([a-z-]+)=(true|false|1|0|t|f)$/i.exec(argument) ?? []
  const isSwitch = Object.hasOwn(chartFlags, name) && chartFlags[name as keyof typeof chartFlags].type === 'boolean'
  if (!isSwitch) return [argument]
  return /^[t1]/i.test(said ?? '') ? [`--${name}`] : []
}

/**
 * `render-istio chart [NAME] DIR|TGZ`: prints what `helm template` prints for a chart, to the byte. Reports `usage`,
 * `chart` (what is no chart, or values that don't fit it), `chart-template` (at the place in the template, with the
 * templates that led there) and, as warnings, `chart-values`.
 */
export function chart(argv: readonly string[]): Outcome {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch (error) {
    return usage((error as Error).message)
  }
  const { values: flags, positionals } = parsed
  const [name, path] = positionals.length > 1 ? positionals : ['release-name', positionals[0]]
  if (path === undefined) return usage('the command line must name a chart, a folder or an archive')
  if (positionals.length > 2)
    return usage(`expected at most two arguments, unexpected arguments: ${positionals.slice(2).join(', ')}`)
  const warnings: Problem[] = []
  const warn = (message: string) => warnings.push({ code: codes.values, severity: 'warning', message })
  try {
    const options = { ...optionsOf(flags), releaseName: name ?? '', warn }
    const given = valuesOf(flags)
    const loaded = readChart(path)
    const printed = templateText(loaded, given, options)
    if ('text' in printed) return { stdout: printed.text, problems: warnings, exitCode: 0 }
    return { stdout: '', problems: [...warnings, failure(printed, loaded, path)], exitCode: 1 }
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    return { stdout: '', problems: [...warnings, problem(codes.chart, thrown.message)], exitCode: 1 }
  }
}

function usage(message: string): Outcome {
  const hint = 'see `render-istio chart --help`.'
  return { stdout: '', problems: [{ code: 'usage', severity: 'error', message, hint }], exitCode: 2 }
}

function problem(code: Problem['code'], message: string, at?: Position, hint?: string): Problem {
  return { code, severity: 'error', message: message.replace(/\s*\n\s*/g, ' '), at, hint }
}

function optionsOf(flags: Flags): TemplateOptions {
  return {
    namespace: flags.namespace ?? 'default',
    isUpgrade: flags['is-upgrade'] ?? false,
    kubeVersion: kubeVersionOf(flags['kube-version']),
    apiVersions: listed(flags['api-versions']),
    includeCrds: flags['include-crds'] ?? false,
    noHooks: flags['no-hooks'] ?? false,
    skipTests: flags['skip-tests'] ?? false,
    skipSchemaValidation: flags['skip-schema-validation'] ?? false,
    showOnly: flags['show-only'] ?? [],
  }
}

function listed(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(','))
}

function kubeVersionOf(text: string | undefined): KubeVersion | undefined {
  if (text === undefined || text === '') return undefined
  const version = parseKubeVersion(text)
  if ('error' in version) throw new ChartError(version.error)
  return version
}

/** The flags that set values one by one, in the order in which Helm applies them. */
const setFlags = [
  ['set', 'typed'],
  ['set-string', 'string'],
  ['set-file', 'file'],
  ['set-literal', 'literal'],
] as const satisfies readonly (readonly [keyof typeof chartFlags, SetKind])[]

/** What the files and flags give, later ones over earlier ones. */
function valuesOf(flags: Flags): Record<string, unknown> {
  let values: Record<string, unknown> = {}
  for (const file of listed(flags.values)) {
    const text = fileText(file)
    values = mergeMaps(
      values,
      failingWith(`failed to parse ${file}`, () => readValues(text)),
    )
  }
  for (const argument of flags['set-json'] ?? []) values = withJson(argument, values)
  for (const [flag, kind] of setFlags)
    for (const argument of flags[flag] ?? [])
      failingWith(`failed parsing --${flag} data`, () => setValues(argument, values, kind, fileText))
  return values
}

function withJson(argument: string, values: Record<string, unknown>): Record<string, unknown> {
  if (!argument.trim().startsWith('{')) {
    try {
      setValues(argument, values, 'json')
      return values
    } catch (thrown) {
      if (thrown instanceof ChartError) throw new ChartError(`failed parsing --set-json data ${argument}`)
      throw thrown
    }
  }
  const read = fromJson(argument)
  if ('error' in read) throw new ChartError(`failed parsing --set-json data JSON: ${argument}`)
  return mergeMaps(values, read.value as Record<string, unknown>)
}

function failingWith<T>(words: string, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof ChartError) throw new ChartError(`${words}: ${thrown.message}`)
    throw thrown
  }
}

function fileText(file: string): string {
  if (/^[a-z]+:\/\//.test(file)) throw new ChartError(`"${file}" must be a file; nothing is fetched from the network`)
  try {
    return readFileSync(file.trim() === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new ChartError(`open ${file}: ${code === 'ENOENT' ? 'no such file or directory' : code}`)
  }
}

/** A failure in Helm's words, at the innermost place, and how the templates came there. */
function failure({ error, cause }: TemplateFailure, loaded: Chart, path: string): Problem {
  if (cause === undefined) return problem(codes.chart, error)
  const chain: TemplateError[] = []
  for (let at: TemplateError | undefined = cause; at; at = at.cause) if (at.at) chain.push(at)
  const innermost = chain.at(-1)
  if (innermost?.at === undefined) return problem(codes.template, error)
  const { template, line, column } = innermost.at
  const at = { file: fileOf(template, loaded, path), line, col: column }
  const way = [...innermost.frames].reverse().concat(chain.slice(0, -1).reverse().flatMap(frameOf))
  const from = way.map(({ template, line, column, expression }) => {
    return `${expression} at ${fileOf(template, loaded, path)}:${line}:${column}`
  })
  return problem(codes.template, error, at, from.length === 0 ? undefined : `reached through ${from.join(', ')}`)
}

/** The action of a template in which another one failed, and those through which that template was called. */
function frameOf({ at, executing = '', expression = '', frames }: TemplateError): Frame[] {
  return at === undefined ? [] : [{ ...at, executing, expression: `{{ ${expression} }}` }, ...[...frames].reverse()]
}

/** The file of a template: Helm calls the chart's folder by the chart's name. */
function fileOf(template: string, { metadata: { name } }: Chart, path: string): string {
  return template.startsWith(`${name}/`) ? `${path.replace(/\/+$/, '')}/${template.slice(name.length + 1)}` : template
}
