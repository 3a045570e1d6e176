import { expect, test } from 'vitest'
import { readYaml } from './yaml.ts'

// What goyaml.v2 and a trip through JSON make of each.
test.each<[string, unknown]>([
  ['a: 1\n---\nb: [\n', { a: 1 }],
  ['a: 1\n...\n@\n', { a: 1 }],
  ['# c\n---\na: 1\n', { a: 1 }],
  ['%YAML 1.1\n--- # c\na: 1\n', { a: 1 }],
  ['---\n---\na: 1\n', null],
  ['--- # c\n# d\n---\na: 1\n', null],
  ['---\n...\na: 1\n', null],
  ['# c\n', null],
  ['', null],
  ['a: |\n  x\n--- b\n', { a: 'x\n' }],
  [' a: 1\nb: 2\n', { a: 1 }],
  ['  - 1\n- 2\n', [1]],
  ['  a:\n    b: 1\n c: [\n', { a: { b: 1 } }],
  ['{a: 1} b\n', { a: 1 }],
  ['{a: 1}\nb: 2\n', { a: 1 }],
  ['[1]]\n', [1]],
  ['"a" \'b\' c\n', 'a'],
  ['~\n# c\ntrue\n', null],
  ['a: [\n\t1,\n\t2]\n', { a: [1, 2] }],
  ['a:\t1\t# c\nb: x\n  \t\nc: z\n', { a: 1, b: 'x', c: 'z' }],
  ['a: |\n  x\n  \ty\n\nb: "c\n\td"\n', { a: 'x\n\ty\n', b: 'c d' }],
  ['p: &a b?c\nq: [*a, "d?e"]\nr: f?g\n', { p: 'b?c', q: ['b?c', 'd?e'], r: 'f?g' }],
])('%j is %j', (text, value) => {
  expect(readYaml(text)).toEqual({ value })
})

test.each([
  '{a: 1} b: 2\n',
  '{a: 1} - b\n',
  '{a: 1} @\n',
  "{a: 1} 'b\n",
  'a: {b: 1} c\n',
  '- a\nb: 1\n',
  'a: 1\n- b\n',
  '&x a:\nb:\n- ]\n',
  '...\na: 1\n',
  'a: 1\n\t\nb: 2\n',
  'a: "x"\n  \t\nb: 2\n',
  'a:\n  \t\n  b: 2\n',
  'a:\n  b: x\n\t# c\n',
  '-\ta\n',
  '? a\n:\tb\n',
  '\t\na: 1\n',
  'a: |\n  \tx\n',
  'a: "\\/"\n',
  '{"a": "\\/"}',
  '{"a": "\\ud83d\\ude00"}',
  '{a: http://b/c?d=e}\n',
  '[a?]\n',
])('%j is no YAML for Go', (text) => {
  expect(readYaml(text)).toHaveProperty('problem')
})
