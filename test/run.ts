import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chart } from '../src/commands/chart.ts'
import { generate } from '../src/commands/generate.ts'
import type { Outcome } from '../src/commands/outcome.ts'
import { runFunction } from '../src/hosts/krm.ts'
import { byImportance, problemLine } from '../src/problem-text.ts'

/** Folders two levels below `test/cases`: topic and case. */
export const cases = readdirSync('test/cases').flatMap((topic) =>
  readdirSync(join('test/cases', topic)).map((name) => `${topic}/${name}`),
)

/**
 * Runs a folder as a user would who stands in it: `resource-list.yaml` goes through the KRM function, a folder
 * `chart` through `chart`, anything else through `generate` with the folder's `args.txt` (`-f input.yaml` without one),
 * in the environment that `environment.json` describes.
 */
export function runFolder(folder: string): Outcome {
  return runInput(folder, 'resource-list.yaml', argumentsOf(folder), 'environment.json')
}

/**
 * Runs a folder with what is wrong in it mended, or nothing if it doesn't show how: `fixed.yaml` is read instead of
 * `input.yaml` or `resource-list.yaml`, `fixed-chart` instead of `chart`, `fixed-args.txt` and `fixed-environment.json` instead of the others.
 */
export function runFixed(folder: string): Outcome | undefined {
  const files = readdirSync(folder)
  if (!files.some((file) => file.startsWith('fixed'))) return undefined
  const environment = files.find((file) => file === 'fixed-environment.json') ?? 'environment.json'
  return runInput(folder, 'fixed.yaml', fixedArgumentsOf(folder), environment)
}

export function argumentsOf(folder: string): readonly string[] {
  return lines(join(folder, 'args.txt')) ?? (isChart(folder) ? ['chart'] : ['-f', 'input.yaml'])
}

export function fixedArgumentsOf(folder: string): readonly string[] {
  const own = lines(join(folder, 'fixed-args.txt'))
  const replaces = (name: string, by: string) => (word: string) =>
    word === name && existsSync(join(folder, by)) ? by : word
  return own ?? argumentsOf(folder).map(replaces('input.yaml', 'fixed.yaml')).map(replaces('chart', 'fixed-chart'))
}

/** Whether a folder's input goes through the KRM function. */
export function isList(folder: string): boolean {
  return existsSync(join(folder, 'resource-list.yaml'))
}

/** Whether a folder's input is a chart. */
export function isChart(folder: string): boolean {
  return existsSync(join(folder, 'chart'))
}

function runInput(folder: string, list: string, argv: readonly string[], environmentFile: string): Outcome {
  if (isList(folder)) return runFunction(readFileSync(join(folder, list)))
  if (isChart(folder)) return inFolder(folder, () => chart(argv))
  const file = join(folder, environmentFile)
  const environment = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const run = () => generate(argv, { environment, hasColour: () => false })
  return argv.includes('-o') ? inCopy(folder, run) : inFolder(folder, run)
}

/** What is written must not stay in the case. */
function inCopy<T>(folder: string, work: () => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'case-'))
  try {
    cpSync(folder, copy, { recursive: true })
    return inFolder(copy, work)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function lines(file: string): readonly string[] | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : undefined
}

export function inFolder<T>(folder: string, work: () => T): T {
  const home = process.cwd()
  process.chdir(folder)
  try {
    return work()
  } finally {
    process.chdir(home)
  }
}

/** What a run tells, as the terminal shows it, and how it ends. */
export function told({ problems, exitCode }: Outcome): string {
  return [...byImportance(problems).map(problemLine), `exit ${exitCode}`].map((line) => `${line}\n`).join('')
}

/** The CRDs are the same in every mesh and six times as long as the rest; test/crds.test.ts has them. */
export function withoutCrds(yaml: string): string {
  const documents = yaml.split(/^---\n/m)
  return documents.filter((document) => !/^kind: CustomResourceDefinition$/m.test(document)).join('---\n')
}
