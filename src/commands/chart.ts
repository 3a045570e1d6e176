import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { kubeVersionOf } from '../helm/capabilities.ts'
import { ChartError, failing } from '../helm/failed.ts'
import { givenValues } from '../helm/given-values.ts'
import { templateText } from '../helm/template.ts'
import type { Problem } from '../problem.ts'
import { findChart, readChart } from './chart-files.ts'
import { chartFlags, idleFlags } from './chart-flags.ts'
import type { Outcome } from './outcome.ts'
import { readStdin } from './stdin.ts'

type Flags = ReturnType<typeof parse>['values']

const options = { ...chartFlags, ...idleFlags }

function parse(argv: readonly string[]) {
  return parseArgs({ args: argv.flatMap(plainForm), options, allowPositionals: true, strict: true })
}

/** Helm's parser also takes `-n=value` and `--no-hooks=true`; Node's doesn't. */
function plainForm(argument: string): string[] {
  const [, short, value] = /^(-[a-z])=(.*)$/s.exec(argument) ?? []
  if (short !== undefined && value !== undefined) return [`${short}${value}`]
  if (/^--(dry-run=client|wait=[a-z]+)$/i.test(argument)) return []
  const [, name = '', said] = /^--([a-z-]+)=(true|false|1|0|t|f)$/i.exec(argument) ?? []
  const isSwitch = Object.hasOwn(options, name) && options[name as keyof typeof options].type === 'boolean'
  if (!isSwitch) return [argument]
  return /^[t1]/i.test(said ?? '') ? [`--${name}`] : []
}

/**
 * `render-istio chart [NAME] DIR|TGZ`: prints what `helm template` prints for a chart, to the byte. Reports `usage`,
 * `file-not-read` and what reading and rendering a chart report.
 */
export function chart(argv: readonly string[]): Outcome {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch (error) {
    return usage((error as Error).message)
  }
  const { values: flags, positionals } = parsed
  const [releaseName, path] = positionals.length > 1 ? positionals : ['release-name', positionals[0]]
  if (path === undefined) return usage('the command line must name a chart, a folder or an archive')
  if (positionals.length > 2)
    return usage(`expected at most two arguments, unexpected arguments: ${positionals.slice(2).join(', ')}`)
  if (flags.time !== undefined && !isTime(flags.time))
    return usage(`\`--time\` must be a time such as 2026-01-31T12:00:00Z; "${flags.time}" is none`)
  const printed = print(flags, releaseName, path)
  if ('problem' in printed) return failure(printed.problem)
  return { stdout: printed.text, problems: printed.problems, exitCode: 0, source: textAt }
}

/** Looks at things in the order in which Helm does, which tells the first one that is wrong. */
function print(flags: Flags, releaseName: string | undefined, path: string): ReturnType<typeof templateText> {
  const wrong = failing(() => kubeVersionOf(flags['kube-version'])) ?? findChart(path)
  if (wrong && 'problem' in wrong) return wrong
  const given = givenValues({ ...flags, values: listed(flags.values) }, fileText)
  if ('problem' in given) return given
  const read = readChart(path)
  if ('problem' in read) return read
  return templateText(read, given.values, {
    releaseName,
    namespace: flags.namespace,
    isUpgrade: flags['is-upgrade'],
    kubeVersion: flags['kube-version'],
    apiVersions: listed(flags['api-versions']),
    includeCrds: flags['include-crds'],
    noHooks: flags['no-hooks'],
    skipTests: flags['skip-tests'],
    skipSchemaValidation: flags['skip-schema-validation'],
    showOnly: flags['show-only'],
    now: flags.time === undefined ? undefined : Date.parse(flags.time),
    seed: flags.seed,
  })
}

/** RFC 3339. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

function usage(message: string): Outcome {
  return failure({ code: 'usage', severity: 'error', message, hint: 'see `render-istio chart --help`.' })
}

function failure(problem: Problem): Outcome {
  return { stdout: '', problems: [problem], exitCode: problem.code === 'usage' ? 2 : 1, source: textAt }
}

function listed(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(','))
}

function fileText(file: string): string {
  if (/^[a-z]+:\/\//.test(file))
    throw new ChartError(`"${file}" must be a file; nothing is fetched from the network`, 'file-not-read')
  try {
    return file.trim() === '-' ? Buffer.from(readStdin()).toString() : readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const why = { ENOENT: 'no such file or directory', EISDIR: 'is a directory', EACCES: 'permission denied' }[code]
    throw new ChartError(`open ${file}: ${why ?? code}`, 'file-not-read')
  }
}

/** The text of a template that a problem is about. */
function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
