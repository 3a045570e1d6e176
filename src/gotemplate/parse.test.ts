import { expect, test } from 'vitest'
import type { TemplateError } from './error.ts'
import { execute } from './exec.ts'
import { associate, type ParseOptions, parse, type Template } from './parse.ts'

function template(name: string, text: string, options?: ParseOptions): Template {
  const parsed = parse(name, text, options)
  if ('error' in parsed) throw new Error(parsed.error.message)
  return parsed.template
}

function mistake(text: string, options?: ParseOptions): TemplateError {
  const parsed = parse('a.yaml', text, options)
  if (!('error' in parsed)) throw new Error('there is no mistake')
  return parsed.error
}

test.each([
  ['{{nope}}', 'function "nope" not defined', 1, 3],
  ['\n  {{ if $x }}', 'undefined variable "$x"', 2, 9],
  ['é {{ @ }}', 'unexpected "@" in command', 1, 6],
  ['{{if 1}}', 'unexpected EOF', 1, 9],
  ['{{ "a', 'unterminated quoted string', 1, 4],
])('%j: %s', (text, message, line, column) => {
  const { kind, at, frames, executing } = mistake(text)
  expect({ kind, at, frames, executing, message: mistake(text).message }).toEqual({
    kind: 'parse',
    message,
    at: { template: 'a.yaml', line, column, byteColumn: expect.any(Number) },
    frames: [],
    executing: undefined,
  })
})

test('columns count characters, the byte column counts what Go counts', () => {
  expect(mistake('日本 {{nope}}').at).toEqual({ template: 'a.yaml', line: 1, column: 6, byteColumn: 9 })
})

test('the functions of the host are known, and `break` can be one of them', () => {
  const functions = { shout: () => 'A', break: () => 'B' }
  const made = template('t', '{{shout}}{{break}}', { functions })
  expect(execute(made, null, { functions })).toEqual({ output: 'AB' })
  expect(mistake('{{break}}').message).toBe('{{break}} outside {{range}}')
})

test('names of Object.prototype are no functions', () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__'])
    expect(mistake(`{{${name}}}`).message).toBe(`function "${name}" not defined`)
})

test('templates that are put together can call each other; later definitions win unless they are empty', () => {
  const main = template('main', '{{template "x"}}{{template "y"}}{{template "z"}}')
  const first = template('first', '{{define "x"}}1{{end}}{{define "y"}}1{{end}}{{define "z"}}{{end}}')
  const second = template('second', '{{define "x"}}2{{end}}{{define "y"}} {{end}}{{define "z"}}2{{end}}')
  const all = associate(main, first, second)
  expect(execute(all, null)).toEqual({ output: '212' })
  expect(all.name).toBe('main')
  // What went in is as it was.
  expect([...main.trees.keys()]).toEqual(['main'])
  expect(execute(associate(main, second, first), null)).toEqual({ output: '112' })
})

test('a template can be executed again and again', () => {
  const made = template('t', '{{$x := .}}{{range $i, $e := .}}{{$x = $e}}{{$i}}{{end}}{{$x}}')
  expect(execute(made, ['a', 'b'])).toEqual({ output: '01b' })
  expect(execute(made, ['c'])).toEqual({ output: '0c' })
})

test.each([
  ['parentheses', '{{'.concat('('.repeat(100_000), '1', ')'.repeat(100_000), '}}'), 'max expression depth exceeded'],
  ['blocks', '{{if 1}}'.repeat(100_000) + '{{end}}'.repeat(100_000), 'actions nest too deeply'],
])('%s nested without measure are a mistake', (_, text, message) => {
  expect(mistake(text).message).toBe(message)
})

test('blocks within blocks, and parentheses within both, are a mistake from 600 on', () => {
  const nested = (name: string) =>
    `${`{{${name}}}`.repeat(400)}{{${'('.repeat(250)}1${')'.repeat(250)}}}${'{{end}}'.repeat(400)}`
  for (const name of ['if 1', 'with 1', 'range 1', 'block "x" .'])
    expect(mistake(nested(name)), name).toMatchObject({
      kind: 'limit',
      message: 'actions nest too deeply',
      at: { line: 1 },
    })
  expect(mistake(`{{if 0}}${'{{else if 0}}'.repeat(1000)}{{end}}`).message).toBe('actions nest too deeply')
})

test('400 nested blocks, 300 parentheses and a chain of 500 are fine', () => {
  const nested = `${'{{if 1}}'.repeat(400)}x${'{{end}}'.repeat(400)}`
  expect(execute(template('t', nested), null)).toEqual({ output: 'x' })
  expect(execute(template('t', `{{${'('.repeat(300)}1${')'.repeat(300)}}}`), null)).toEqual({ output: '1' })
  expect(execute(template('t', `{{if 0}}${'{{else if 0}}'.repeat(500)}{{else}}x{{end}}`), null)).toEqual({
    output: 'x',
  })
})
