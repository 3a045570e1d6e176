/**
 * Our templates where istiod runs them: in Go, on the Go types of Kubernetes, the Gateway API and Istio's mesh
 * configuration. Runs where Go, its module cache (`cd test/oracle/injector-go && go mod download` fills it) and
 * ../shared are.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { execute } from '../../src/gotemplate/exec.ts'
import { parse, type Template } from '../../src/gotemplate/parse.ts'
import { injectionTemplates } from '../../src/istio/injection/index.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { digestOf, type Json, templateData } from './injection-cases.ts'
import { changedData } from './injection-changes.ts'
import { injectionFunctions } from './injection-functions.ts'

const shared = new URL('../../../shared/injection/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'injector-oracle-'))
const program = join(folder, 'injector-go')
const reason = existsSync(shared) ? build() : '../shared is not there'

afterAll(() => rmSync(folder, { recursive: true }))

/** Builds the oracle without touching the network; why that did not work, if it did not. */
function build(): string | undefined {
  try {
    const cwd = join(import.meta.dirname, 'injector-go')
    const env = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' }
    execFileSync('go', ['build', '-o', program, '.'], { cwd, env, stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `Go and istio.io/api are needed: ${String(error).split('\n')[0]}`
  }
}

type Name = keyof typeof injectionTemplates

interface Question {
  readonly name: Name
  readonly id: string
  readonly data: Json
}

type Answer = { readonly objects: readonly unknown[] } | { readonly error: string }

function askGo(questions: readonly Question[]): Answer[] {
  const lines = questions.map(({ name, data }) => JSON.stringify({ name, text: injectionTemplates[name], data }))
  const answer = execFileSync(program, { input: lines.join('\n'), maxBuffer: 1 << 30, encoding: 'utf8' })
  return answer
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}

const templates = new Map<Name, Template>()

function askOurs({ name, data }: Question): Answer {
  const parsed = templates.get(name) ?? parseTemplate(name)
  const result = execute(parsed, templateData(data), { functions: injectionFunctions })
  if ('error' in result) return { error: result.error.message }
  const problems: string[] = []
  const objects = readDocuments(result.output, name, ({ message }) => problems.push(message)).map((d) => d.value)
  return problems.length > 0 ? { error: problems.join() } : { objects }
}

function parseTemplate(name: Name): Template {
  const parsed = parse(name, injectionTemplates[name], { functions: injectionFunctions })
  if ('error' in parsed) throw new Error(parsed.error.message)
  templates.set(name, parsed.template)
  return parsed.template
}

describe.skipIf(reason)(`the templates in Go${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const read = (path: string) => readFileSync(new URL(path, shared), 'utf8')
  const questions = reason
    ? []
    : read('cases.txt')
        .split(/\s+/)
        .filter(Boolean)
        .map((id) => ({ id, name: id.split('/')[0] as Name, data: JSON.parse(read(`${id}/data.json`)) as Json }))

  test('give the objects that are expected of every case', () => {
    const answers = askGo(questions)
    expect(answers).toHaveLength(questions.length)
    const different = questions.filter(({ id }, index) => {
      const expected = JSON.parse(read(`${id}/expected.json`)) as unknown
      const { objects = [] } = answers[index] as { objects?: readonly unknown[] }
      return digestOf(Array.isArray(expected) ? objects : objects[0]) !== digestOf(expected)
    })
    expect(different.map(({ id }) => id)).toEqual([])
  })

  test('give what our engine makes of them, with changed data too', () => {
    const changed = questions.flatMap((question, index) =>
      Array.from({ length: 5 }, (_, seed) => ({ ...question, data: changedData(question.data, index * 1000 + seed) })),
    )
    const answers = askGo(changed)
    const different = changed.flatMap((question, index) => difference(question.id, answers[index], askOurs(question)))
    expect(different).toEqual([])
    expect(answers.filter((answer) => 'objects' in answer).length).toBeGreaterThan(changed.length / 2)
  })
})

/** What two answers to a question differ in: nothing, also where both are errors, or the first place. */
function difference(id: string, go: Answer | undefined, ours: Answer): string[] {
  if (go === undefined) return [`${id}: no answer`]
  if ('error' in go) return 'error' in ours ? [] : [`${id}: Go says ${go.error.slice(0, 300)}`]
  if ('error' in ours) return [`${id}: ours says ${ours.error}`]
  const [first] = places(go.objects, ours.objects, '')
  return first === undefined ? [] : [`${id}: ${first}`]
}

function places(go: unknown, ours: unknown, path: string): string[] {
  if (typeof go !== 'object' || typeof ours !== 'object' || go === null || ours === null)
    return Object.is(go, ours) ? [] : [`${path} is ${JSON.stringify(go)} in Go, ${JSON.stringify(ours)} here`]
  return [...new Set([...Object.keys(go), ...Object.keys(ours)])].flatMap((key) =>
    places((go as Record<string, unknown>)[key], (ours as Record<string, unknown>)[key], `${path}/${key}`),
  )
}
