import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A chart by its files, and what it is rendered with: by Helm's engine, or with the arguments of `helm template`. */
export interface Question {
  readonly files: { readonly [path: string]: string }
  /** Files in base64. */
  readonly binary?: { readonly [path: string]: string }
  readonly values?: string
  readonly args?: readonly string[]
}

/** The text of each template, or what was printed, or what went wrong. */
export interface Answer {
  readonly output?: { readonly [path: string]: string }
  readonly stdout?: string
  readonly error?: string
}

/** The release of Helm whose behaviour this follows. */
const version = 'v4.3.1'
const cache = resolve('node_modules/.cache/helm-oracle')
const program = join(cache, 'oracle')

function go(...args: readonly string[]): boolean {
  return spawnSync('go', args, { cwd: cache, env: { ...process.env, GOFLAGS: '-mod=mod' } }).status === 0
}

/** Builds the program that asks Helm, once, where Go and its module proxy are there. */
function isBuilt(): boolean {
  const source = readFileSync('test/helm/oracle/main.go', 'utf8')
  const built = join(cache, 'main.go')
  if (existsSync(program) && existsSync(built) && readFileSync(built, 'utf8') === source) return true
  mkdirSync(cache, { recursive: true })
  writeFileSync(built, source)
  const hasModule = existsSync(join(cache, 'go.mod')) || go('mod', 'init', 'oracle')
  return hasModule && go('get', `helm.sh/helm/v4@${version}`) && go('mod', 'tidy') && go('build', '-o', 'oracle', '.')
}

/** Why Helm cannot be asked; undefined when it can. */
export const whyNot = isBuilt() ? undefined : `Helm ${version} can't be built: Go or its module proxy is missing`

/** What Helm makes of the questions. */
export function askHelm(questions: readonly Question[]): Answer[] {
  const input = questions.map((question) => JSON.stringify(question)).join('\n')
  const { stdout } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 30 })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)
}
