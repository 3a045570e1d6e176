import { expect, test } from 'vitest'
import { selector, splitPath, wholeNumber } from './path.ts'

const row = (path: string, ...segments: [text: string, offset: number][]) => ({ path, segments })

test.each([
  row('a.b.c', ['a', 0], ['b', 2], ['c', 4]),
  row('a.b[0].c', ['a', 0], ['b', 2], ['[0]', 3], ['c', 7]),
  row('a.[name:x].c', ['a', 0], ['[name:x]', 2], ['c', 11]),
  row('[0].a', ['[0]', 0], ['a', 4]),
  row('a[0][1].b', ['a', 0], ['[0][1]', 1], ['b', 8]),
  row('a.[bad', ['a', 0], ['[bad', 2]),
  row('a.b]', ['a', 0], ['b]', 2]),
  // Escapes: the dot is part of the name, and may stand before or inside brackets.
  row('a.b\\.c/d.e', ['a', 0], ['b.c/d', 2], ['e', 9]),
  row('a\\.b[x\\.y].c', ['a.b', 0], ['[x.y]', 4], ['c', 11]),
  row('a\\\\.b', ['a\\.b', 0]),
  row('\\.a', ['.a', 0]),
  // Dots inside brackets separate as well.
  row('a.[:--x.*].c', ['a', 0], ['[:--x', 2], ['*]', 8], ['c', 11]),
  // Empty segments, and one dot at either end.
  row(''),
  row('.'),
  row('..'),
  row('.a.', ['a', 1]),
  row('..a..b..', ['a', 2], ['b', 5]),
  row('a..b', ['a', 0], ['b', 3]),
  // Cleaned like the name of a file.
  row('a//b', ['a/b', 0]),
  row('a.b/../c', ['c', 7]),
  row('a/./b.c', ['a/b', 0], ['c', 6]),
  row('a.b/', ['a', 0], ['b', 2]),
  row('/a.b', ['/a', 0], ['b', 3]),
  row('/../a', ['/a', 0]),
  row('../a', ['/a', 2]),
  row('x/../..'),
  row('./a.b', ['a', 2], ['b', 4]),
])('splits $path', ({ path, segments }) => {
  expect(splitPath(path)).toEqual(segments.map(([text, offset]) => ({ text, offset })))
})

test.each([
  ['[0]', '0'],
  ['[]', ''],
  ['[name:x]', 'name:x'],
  ['[', undefined],
  ['name', undefined],
  ['[0]x', undefined],
])('the inside of %s', (segment, inside) => {
  expect(selector(segment)).toBe(inside)
})

test.each([
  ['0', 0],
  ['007', 7],
  ['-1', -1],
  ['+3', 3],
  ['1.0', undefined],
  ['1_0', undefined],
  ['', undefined],
  [' 1', undefined],
  ['9223372036854775808', undefined],
])('%s as a whole number', (text, number) => {
  expect(wholeNumber(text)).toBe(number)
})
