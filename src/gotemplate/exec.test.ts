import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorText, FunctionError, type TemplateError } from './error.ts'
import { type Executed, execute } from './exec.ts'
import type { GoFunction } from './function.ts'
import { type Limits, startMeter } from './meter.ts'
import { parse } from './parse.ts'
import { Integer, typed } from './value.ts'

type Functions = Readonly<Record<string, GoFunction>>

function run(text: string, data: unknown = null, functions: Functions = {}, limits: Partial<Limits> = {}): Executed {
  const parsed = parse('t', text, { functions })
  return 'error' in parsed ? parsed : execute(parsed.template, data, { functions, meter: startMeter(limits) })
}

function failure(...args: Parameters<typeof run>): TemplateError {
  const executed = run(...args)
  if (!('error' in executed)) throw new Error(`no error but ${executed.output}`)
  return executed.error
}

const message = (...args: Parameters<typeof run>) => failure(...args).message

// Methods and typed values

const files = {
  Get: (name: string) => `content of ${name}`,
  Count: () => 2n,
  Sub: { Get: (a: string, b: string) => a + b },
  list: [(x: bigint) => x + 1n],
}

test.each([
  ['{{.Get "a.txt"}}', 'content of a.txt'],
  ['{{"a.txt" | .Get}}', 'content of a.txt'],
  ['{{.Count}} {{print .Count}} {{if eq .Count 2}}two{{end}}', '2 2 two'],
  ['{{$.Sub.Get "a" "b"}}', 'ab'],
  ['{{$f := .Sub}}{{$f.Get "a" "b"}}', 'ab'],
  ['{{(.Sub).Get "a" "b"}}', 'ab'],
  ['{{call .Get "a.txt"}}', 'content of a.txt'],
  ['{{call .Sub.Get "a" "b"}}', 'ab'],
  ['{{call (index .list 0) 41}}', '42'],
  ['{{$f := index .list 0}}{{call $f 1}}', '2'],
  ['{{range .list}}{{call . 2}}{{end}}', '3'],
  ['{{index .list 0 | call}}', undefined],
])('functions under keys are methods: %s', (text, output) => {
  if (output !== undefined) expect(run(text, files)).toEqual({ output })
  else expect(() => run(text, files)).toThrow(TypeError)
})

test('a function cannot be printed', () => {
  expect(message('{{index .list 0}}', files)).toMatch(/^can't print \{\{index \.list 0}} of type func/)
})

const pod = typed(
  { Name: 'web', Labels: typed({ app: 'x' }, { name: 'map[string]string', zero: '' }), Owner: undefined, Node: null },
  { name: '*v1.Pod', struct: true },
)

test.each([
  ['{{.Name}}', 'web'],
  ['{{if .}}true{{end}}', 'true'],
  ['{{index .Labels "app"}}|{{index .Labels "none"}}|', 'x||'],
  ['{{eq (index .Labels "none") ""}}', 'true'],
  // Undefined is a nil pointer whose getters answer, null is one that they fail on.
  ['{{if .Owner.Kind.Name}}y{{else}}n{{end}}', 'n'],
  ['{{eq .Owner.Kind nil}}', 'true'],
])('a struct: %s', (text, output) => {
  expect(run(text, pod)).toEqual({ output })
})

test.each([
  ['{{.Nmae}}', "can't evaluate field Nmae in type *v1.Pod"],
  ['{{.Name 1}}', 'Name has arguments but cannot be invoked as function'],
  ['{{.Name.First}}', "can't evaluate field First in type string"],
  ['{{.Node.Name}}', 'nil pointer evaluating interface {}.Name'],
  ['{{len .}}', 'error calling len: len of type v1.Pod'],
  ['{{index . "Name"}}', "error calling index: can't index item of type v1.Pod"],
  ['{{range .}}{{end}}', "range can't iterate over {web map[app:x] <nil> <nil>}"],
])('a struct: %s fails', (text, expected) => {
  expect(message(text, pod)).toBe(expected)
})

test('a missing key of a map of strings is "" when missing keys are zero', () => {
  const parsed = parse('t', '{{.Labels.none}}|{{.Labels.app}}')
  if ('error' in parsed) throw new Error()
  expect(execute(parsed.template, pod, { missingKey: 'zero' })).toEqual({ output: '|x' })
})

// Functions of the host

test('a function without a signature gets what the template gives, with null for nothing', () => {
  const seen: unknown[] = []
  const functions = { see: (...args: unknown[]) => void seen.push(...args) }
  expect(run('{{see 1 1.5 "a" nil .missing .l true}}', { l: [1] }, functions)).toEqual({ output: '<no value>' })
  expect(seen).toEqual([1n, 1.5, 'a', null, null, [1], true])
})

test.each([
  ['{{keys .named}}', 'map', '2'],
  ['{{keys .plain}}', 'map', '1'],
  ['{{keys .labels}}', 'map', 'wrong type for value; expected map[string]interface {}; got map[string]string'],
  ['{{keys .names}}', 'list', 'wrong type for value; expected []interface {}; got []string'],
  ['{{keys .wide}}', 'int', 'wrong type for value; expected int; got int64'],
] as const)('types of parameters: %s for %s', (text, parameter, expected) => {
  const data = {
    named: typed({ a: 1, b: 2 }, { name: 'chart.Values' }),
    plain: { a: 1 },
    labels: typed({ a: 'b' }, { name: 'map[string]string', zero: '' }),
    names: typed(['a'], { name: '[]string' }),
    wide: new Integer('int64', 5n),
  }
  const keys: GoFunction = { parameters: [parameter], call: (value: object) => BigInt(Object.keys(value).length) }
  const executed = run(text, data, { keys })
  expect('error' in executed ? executed.error.message : executed.output).toBe(expected)
})

test('a function of the host replaces a built-in one', () => {
  expect(run('{{len "abc"}}', null, { len: () => 'mine' })).toEqual({ output: 'mine' })
})

test('a function that the execution lacks is an error', () => {
  const parsed = parse('t', '{{gone}}', { functions: { gone: () => 1 } })
  if ('error' in parsed) throw new Error()
  expect(execute(parsed.template, null)).toMatchObject({ error: { message: '"gone" is not a defined function' } })
})

test('what a function throws that is no FunctionError is a bug and goes through', () => {
  const broken = () => {
    throw new TypeError('bug')
  }
  expect(() => run('{{broken}}', null, { broken })).toThrow('bug')
})

test('the error of a template that a function executed is the cause', () => {
  const parsed = parse('t', '{{define "inner"}}\n{{.a.b}}{{end}}{{include "inner" .}}', { functions: { include: 1 } })
  if ('error' in parsed) throw new Error()
  const include = (name: string, data: unknown) => {
    const executed = execute({ ...parsed.template, name }, data)
    if ('output' in executed) return executed.output
    throw new FunctionError(errorText(executed.error), executed.error)
  }
  const executed = execute(parsed.template, { a: 1 }, { functions: { include } })
  if (!('error' in executed)) throw new Error()
  expect(errorText(executed.error)).toBe(
    'template: t:2:17: executing "t" at <include "inner" .>: error calling include: ' +
      'template: t:2:4: executing "inner" at <.a.b>: can\'t evaluate field b in type interface {}',
  )
  expect(executed.error.cause).toMatchObject({ executing: 'inner', expression: '.a.b', at: { line: 2, column: 5 } })
})

test('frames tell which template actions led to an error, outermost first', () => {
  const text = '{{define "a"}}{{template "b" .}}{{end}}\n{{define "b"}}{{.x.y}}{{end}}\n {{template "a" .}}'
  expect(failure(text, { x: 1 })).toEqual({
    kind: 'execute',
    message: "can't evaluate field y in type interface {}",
    subject: { expression: '.x', value: 1, field: 'y', holder: { x: 1 }, name: 'x' },
    template: 't',
    executing: 'b',
    expression: '.x.y',
    at: { template: 't', line: 2, column: 19, byteColumn: 18 },
    frames: [
      { template: 't', line: 3, column: 13, byteColumn: 12, executing: 't', expression: '{{template "a" .}}' },
      { template: 't', line: 1, column: 26, byteColumn: 25, executing: 'a', expression: '{{template "b" .}}' },
    ],
    cause: undefined,
  })
})

// Limits

const grow = { list: (...items: unknown[]) => items }

test.each<[string, string, Partial<Limits>]>([
  ['{{range 1000000000000}}{{end}}', 'the template takes more than 1000 steps', { steps: 1000 }],
  ['{{range 1000000000000}}ab{{end}}', 'the template writes more than 100 characters', { output: 100 }],
  ['{{define "a"}}{{template "a"}}{{end}}{{template "a"}}', 'exceeded maximum template depth (50)', { depth: 50 }],
  ['{{$x := "ab"}}{{range 99}}{{$x = print $x $x}}{{end}}', 'a value is longer than 1000 characters', { output: 1000 }],
  ['{{range 999}}{{$x := printf "%1000000d" 1}}{{end}}', 'the template takes more than 100000 steps', { steps: 1e5 }],
  // Forty lists that hold the one before twice would print a million million values.
  [
    '{{$x := 1}}{{range 40}}{{$x = list $x $x}}{{end}}{{print $x}}',
    'the template takes more than 1000 steps',
    { steps: 1000 },
  ],
  [
    '{{$x := 1}}{{range 40}}{{$x = list $x $x}}{{end}}{{$x}}',
    'the template takes more than 1000 steps',
    { steps: 1000 },
  ],
])('%s is stopped', (text, expected, limits) => {
  expect(failure(text, null, grow, limits)).toMatchObject({ kind: 'limit', message: expected })
})

test('recursion without end is an error under the default limits too', () => {
  const text = '{{define "a"}}{{if true}}{{range .}}{{template "a" $}}{{end}}{{end}}{{end}}{{template "a" .}}'
  expect(failure(text, [1]).kind).toBe('limit')
})

/** Each stays within what the parser takes, and nests deeper than the call stack can follow. */
const around = (count: number, before: string, inner: string, after: string) =>
  before.repeat(count) + inner + after.repeat(count)

test.each([
  ['blocks', around(200, '{{if 1}}', '{{template "a" .}}', '{{end}}')],
  ['a condition', '{{if .}}{{template "a" .}}{{end}}'],
  ['a loop', '{{range .}}{{template "a" $}}{{end}}'],
  ['another scope', '{{with .}}{{template "a" .}}{{end}}'],
  ['a pipeline', '{{template "a" (print (print .))}}'],
])('a template that calls itself in %s is told at its place', (_, body) => {
  const error = failure(`{{define "a"}}\n${body}{{end}}{{template "a" .}}`, [1])
  expect(error).toMatchObject({ kind: 'limit', executing: 'a', at: { line: 2, column: expect.any(Number) } })
  expect(error.frames.length).toBeGreaterThan(2)
})

test('a text that a function parses may nest as deeply as the template around it leaves room for', () => {
  const parsed = parse('t', around(20, '{{if 1}}', 'x', '{{end}}'), { nesting: 10 })
  expect(parsed).toMatchObject({ error: { kind: 'limit', message: 'actions nest too deeply', at: { line: 1 } } })
  expect(parse('t', around(20, '{{if 1}}', '{{(1)}}', '{{end}}'), { nesting: 21 })).toHaveProperty('template')
})

test('a value nested without measure is not printed, compared or handed to what visits all of it', () => {
  const text = (use: string) => `{{$x := list 1}}{{range 1000}}{{$x = list $x}}{{end}}\n${use}`
  for (const use of ['{{$x}}', '{{print $x}}', '{{printf "%v" $x}}', '{{html $x}}', '{{len (print $x)}}'])
    expect(failure(text(use), null, grow), use).toMatchObject({
      kind: 'limit',
      message: 'a value nests deeper than 250 levels',
      at: { line: 2 },
    })
  expect(run(text('{{len $x}}'), null, grow)).toEqual({ output: '\n1' })
})

test('a map that holds itself many times over is told before it fills the memory', () => {
  const self: Record<string, unknown> = {}
  for (let i = 0; i < 1000; i++) self[i] = self
  expect(failure('{{.}}', self)).toMatchObject({ kind: 'limit' })
})

test('a meter that functions hand on counts for all executions together, and its depth comes back', () => {
  const parsed = parse('t', '{{define "a"}}{{include "a"}}{{end}}{{include "a"}}', { functions: { include: 1 } })
  if ('error' in parsed) throw new Error()
  const meter = startMeter({ depth: 20 })
  const include = (name: string) => {
    const executed: Executed = execute({ ...parsed.template, name }, null, { functions: { include }, meter })
    if ('output' in executed) return executed.output
    throw new FunctionError(executed.error.message, executed.error)
  }
  const executed = execute(parsed.template, null, { functions: { include }, meter })
  expect(executed).toMatchObject({ error: { kind: 'limit' } })
  expect('error' in executed && executed.error.message).toContain('exceeded maximum template depth (20)')
  expect(meter.depth).toBe(0)
  expect(meter.steps).toBeGreaterThan(20)
})

test('150 levels of templates, each with its own blocks, are fine', () => {
  const text =
    '{{define "a"}}{{with .next}}{{if true}}{{template "a" .}}{{end}}{{else}}end{{end}}{{end}}{{template "a" .}}'
  let data: unknown = {}
  for (let i = 0; i < 150; i++) data = { next: data }
  expect(run(text, data)).toEqual({ output: 'end' })
})

test('no text makes the engine throw', () => {
  const piece = fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{{- ',
      ' -}}',
      '{{end}}',
      '{{else}}',
      '{{if .}}',
      '{{range .}}',
      '{{range $k, $v := .}}',
      '{{with .a}}',
    ],
    ...[
      '{{define "x"}}',
      '{{template "x" .}}',
      '{{block "y" .}}',
      '{{break}}',
      '{{/*',
      '*/}}',
      '$x',
      ':=',
      '=',
      '|',
      '(',
    ],
    ...[
      ')',
      '.',
      '.a',
      '"',
      '`',
      "'",
      '\\',
      'print',
      'printf',
      'index',
      'len',
      'call',
      'nil',
      'true',
      '0x',
      '1e',
      '%d',
      ' ',
    ],
  )
  const text = fc.array(fc.oneof({ weight: 5, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 4 })))
  const data = fc.oneof(fc.jsonValue(), fc.constant({ a: [1n, { b: null }] }))
  fc.assert(
    fc.property(text, data, (pieces, value) => {
      const executed = run(pieces.join(''), value, {}, { steps: 10_000, depth: 20 })
      expect(typeof ('error' in executed ? errorText(executed.error) : executed.output)).toBe('string')
    }),
    { numRuns: 2000, seed: 1 },
  )
})
