import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { kubeVersionOf } from '../helm/capabilities.ts'
import { ChartError, type Failed, failing } from '../helm/failed.ts'
import { givenValues } from '../helm/given-values.ts'
import { nameFromTemplate } from '../helm/release-name.ts' // on demand
import { type TemplateOptions, templateDocuments, templateText } from '../helm/template.ts'
import type { Problem } from '../problem.ts'
import { findChart, readChart } from './chart-files.ts'
import { chartFlags, idleFlags, refusedFlags } from './chart-flags.ts'
import type { Outcome } from './outcome.ts'
import { putFiles } from './output-folder.ts' // on demand
import { readStdin } from './stdin.ts'

type Flags = ReturnType<typeof parse>['values']

const options = { ...chartFlags, ...idleFlags, ...refusedFlags }

function parse(argv: readonly string[]) {
  return parseArgs({ args: argv.flatMap(plainForm), options, allowPositionals: true, strict: true })
}

/** Helm's parser also takes `-n=value` and `--no-hooks=true`; Node's doesn't. */
function plainForm(argument: string): string[] {
  const [, short, value] = /^(-[a-z])=(.*)$/s.exec(argument) ?? []
  if (short !== undefined && value !== undefined) return [`${short}${value}`]
  if (/^--(dry-run=client|wait=[a-z]+)$/i.test(argument)) return []
  if (/^--dry-run=server$/i.test(argument)) return ['--validate']
  const [, name = '', said] = /^--([a-z-]+)=(true|false|1|0|t|f)$/i.exec(argument) ?? []
  const isSwitch = Object.hasOwn(options, name) && options[name as keyof typeof options].type === 'boolean'
  if (!isSwitch) return [argument]
  return /^[t1]/i.test(said ?? '') ? [`--${name}`] : []
}

/**
 * `render-istio chart [NAME] DIR|TGZ`: prints what `helm template` prints for a chart, to the byte, or writes the files
 * that it writes. Reports `usage`, `file-not-read`, `file-not-written` and what reading and rendering a chart report.
 */
export function chart(argv: readonly string[]): Outcome {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch (error) {
    return usage((error as Error).message)
  }
  const { values: flags, positionals } = parsed
  const [name, path] = positionals.length > 1 ? positionals : [undefined, positionals[0]]
  if (path === undefined) return usage('the command line must name a chart, a folder or an archive')
  if (positionals.length > 2)
    return usage(`expected at most two arguments, unexpected arguments: ${positionals.slice(2).join(', ')}`)
  if (flags.time !== undefined && !isTime(flags.time))
    return usage(`\`--time\` must be a time such as 2026-01-31T12:00:00Z; "${flags.time}" is none`)
  if (flags.validate) return usage('`--validate` and `--dry-run=server` ask a cluster, and this program knows of none')
  const printed = print(flags, name, path)
  if ('problem' in printed) return failure(printed.problem)
  return { stdout: printed.text, problems: printed.problems, exitCode: 0, source: textAt }
}

/** Looks at things in the order in which Helm does, which tells the first one that is wrong. */
function print(flags: Flags, name: string | undefined, path: string): ReturnType<typeof templateText> {
  const unknown = failing(() => kubeVersionOf(flags['kube-version']))
  if (unknown && 'problem' in unknown) return unknown
  const now = flags.time === undefined ? undefined : Date.parse(flags.time)
  const named = nameOf(flags, name, now)
  if ('problem' in named) return named
  const missing = findChart(path)
  if (missing) return missing
  const given = givenValues({ ...flags, values: listed(flags.values) }, fileText)
  if ('problem' in given) return given
  const read = readChart(path)
  if ('problem' in read) return read
  const options: TemplateOptions = {
    releaseName: named.name,
    namespace: flags.namespace,
    isUpgrade: flags['is-upgrade'],
    kubeVersion: flags['kube-version'],
    apiVersions: listed(flags['api-versions']),
    includeCrds: flags['include-crds'],
    noHooks: flags['no-hooks'],
    skipTests: flags['skip-tests'],
    skipSchemaValidation: flags['skip-schema-validation'],
    showOnly: flags['show-only'],
    now,
    seed: flags.seed,
  }
  const folder = flags['output-dir']
  if (!folder) return templateText(read, given.values, options)
  const made = templateDocuments(read, given.values, options)
  return 'problem' in made ? made : written(folder, flags['release-name'] ? named.name : '', made)
}

/** The name of the release: it can be given in one way only. */
function nameOf(flags: Flags, name: string | undefined, now: number | undefined): { readonly name: string } | Failed {
  const template = flags['name-template']
  const other = flags['generate-name'] ? 'generate-name' : template ? 'name-template' : undefined
  if (name !== undefined && other) {
    const message = `cannot set --${other} and also specify a name`
    return { problem: { code: 'usage', severity: 'error', message } }
  }
  return template ? nameFromTemplate(template, { now, seed: flags.seed }) : { name: name ?? 'release-name' }
}

/**
 * Writes the documents, those of one template into one file, and says so as Helm does: in a line for each of them. Their
 * paths lead nowhere else, since neither the name of a chart nor one in an archive may have a step upwards.
 */
function written(
  folder: string,
  release: string,
  { documents, problems }: Exclude<ReturnType<typeof templateDocuments>, Failed>,
): ReturnType<typeof templateText> {
  const files = new Map<string, string>()
  let lines = ''
  for (const { path, text, isCrd } of documents) {
    const below = release === '' || isCrd ? path : `${release}/${path}`
    files.set(below, (files.get(below) ?? '') + text)
    const shown = release === '' || isCrd ? folder : join(folder, release).replace(/(?<=[^/])\/$/, '')
    lines += `wrote ${shown}/${path}\n`
  }
  const failed: Problem[] = []
  putFiles(folder, files, (problem) => failed.push(problem))
  const [problem] = failed
  return problem ? { problem } : { text: `${lines}\n`, problems }
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
