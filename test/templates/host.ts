/** What the tests give to templates, and how it is told to Go; `go/main.go` has the same on its side. */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorText, FunctionError } from '../../src/gotemplate/error.ts'
import { execute } from '../../src/gotemplate/exec.ts'
import type { GoFunction } from '../../src/gotemplate/function.ts'
import { associate, parse, type Template } from '../../src/gotemplate/parse.ts'
import { printed, Sequence, typed, typeOf } from '../../src/gotemplate/value.ts'

/** What may follow the data in a row. */
export interface RowOptions {
  readonly missingKey?: 'default' | 'zero' | 'error'
  readonly delimiters?: readonly [string, string]
  /** Names and texts of further templates, parsed after the row's own. */
  readonly others?: readonly (readonly [name: string, text: string])[]
}

/**
 * A template named `t`, its data, what it writes or Go's text for its error: `1: message` where parsing failed on line
 * 1, `1:5 <.a.b>: message` where executing it failed, the whole text for all other errors.
 */
export type Row = readonly [
  template: string,
  data: unknown,
  expected: string | { readonly error: string },
  options?: RowOptions,
]

export interface Question extends RowOptions {
  readonly template: string
  readonly data: unknown
}

export type Answer = { readonly output: string } | { readonly error: string }

/** A `map[string]string`. */
export function strings(map: Readonly<Record<string, string>>) {
  return typed(map, { name: 'map[string]string', zero: '' })
}

/** A `[]string`. */
export function texts(...list: readonly string[]) {
  return typed(list, { name: '[]string' })
}

/** A `func(func(any) bool)`. */
export function sequence(...items: readonly unknown[]) {
  return new Sequence(false, () => items)
}

/** A `func(func(any, any) bool)`. */
export function pairs(...items: readonly (readonly [key: unknown, element: unknown])[]) {
  return new Sequence(true, () => items)
}

export const functions: Readonly<Record<string, GoFunction>> = {
  upper: { parameters: ['string'], call: (text: string) => text.toUpperCase() },
  nothing: { parameters: [], call: () => null },
  give: { parameters: ['any'], call: (value: unknown) => value },
  list: { parameters: [], rest: 'any', call: (...values: unknown[]) => values },
  refuse: {
    parameters: ['string'],
    call: (message: string) => {
      throw new FunctionError(message)
    },
  },
  join: {
    parameters: ['string', 'list'],
    call: (separator: string, parts: unknown[] | null) => (parts ?? []).map(printed).join(separator),
  },
  sum: {
    parameters: [],
    rest: 'int',
    call: (...numbers: bigint[]) => numbers.reduce((total, number) => total + number, 0n),
  },
  half: { parameters: ['float64'], call: (number: number) => number / 2 },
  both: { parameters: ['bool', 'bool'], call: (a: boolean, b: boolean) => a && b },
  keys: { parameters: ['map'], call: (map: object | null) => BigInt(Object.keys(map ?? {}).length) },
  repeat: {
    parameters: ['int', 'string'],
    call: (count: bigint, text: string) => {
      if (count < 0n) throw new FunctionError('strings: negative Repeat count')
      return text.repeat(Number(count))
    },
  },
}

/** The answer that a row expects. */
export function expectedOf([, , expected]: Row): Answer {
  if (typeof expected === 'string') return { output: expected }
  const error = expected.error
    .replace(/^(\d+): /, 'template: t:$1: ')
    .replace(/^(\d+:\d+) </, 'template: t:$1: executing "t" at <')
  return { error }
}

/** Our engine's answer. */
export function ask({ template: text, data, missingKey, delimiters, others = [] }: Question): Answer {
  const templates: Template[] = []
  for (const [name, source] of [['t', text] as const, ...others]) {
    const parsed = parse(name, source, { functions, ...(delimiters && { delimiters }) })
    if ('error' in parsed) return { error: errorText(parsed.error) }
    templates.push(parsed.template)
  }
  const [first, ...more] = templates as [Template, ...Template[]]
  const executed = execute(associate(first, ...more), data, { functions, ...(missingKey && { missingKey }) })
  return 'error' in executed ? { error: errorText(executed.error) } : executed
}

/** Why the tests that need Go cannot run here; undefined when they can. Older releases word some errors differently. */
export function whyNoGo(): string | undefined {
  const { error, status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' })
  if (error || status !== 0) return 'no Go toolchain: `go version` fails'
  const [, minor = '0'] = /go1\.(\d+)/.exec(stdout) ?? []
  return Number(minor) < 26 ? `Go 1.26 or newer is needed, this is ${stdout.trim()}` : undefined
}

/** The answers of Go's text/template to all questions, in one process. */
export function askGo(questions: readonly Question[]): Answer[] {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'))
  try {
    const program = join(folder, 'main')
    execFileSync('go', ['build', '-o', program, join(import.meta.dirname, 'go', 'main.go')], { stdio: 'inherit' })
    const lines = questions.map((question) => JSON.stringify({ ...question, name: 't', data: tagged(question.data) }))
    const out = execFileSync(program, { input: lines.join('\n'), maxBuffer: 1 << 30, encoding: 'utf8' })
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A value as JSON can say it, see `go/main.go`. */
export function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $float: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Sequence) return { [value.pairs ? '$pairs' : '$sequence']: tagged([...value.elements()]) }
  const name = typeOf(value)?.name
  if (name === 'map[string]string') return { $strings: value }
  if (name === '[]string') return { $texts: value }
  if (Array.isArray(value)) return value.map(tagged)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tagged(item)]))
}
