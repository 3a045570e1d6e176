import { expect, test } from 'vitest'
import { compileRegex } from './regex.ts'
import { expanded, findAll, replaceAll, splitBy } from './replace.ts'

function regex(pattern: string) {
  const compiled = compileRegex(pattern)
  if ('error' in compiled) throw new Error(compiled.error)
  return compiled
}

/** A pattern, a text, and where the first match and its groups are. */
test.each<[pattern: string, text: string, match: readonly number[] | undefined]>([
  ['', '', [0, 0]],
  ['b', 'abc', [1, 2]],
  ['^b', 'abc', undefined],
  ['a|ab', 'ab', [0, 1]],
  ['(?:a|ab)c', 'abc', [0, 3]],
  ['(a)(b)?', 'ac', [0, 1, 0, 1, -1, -1]],
  ['(a+)(a*)', 'aaa', [0, 3, 0, 3, 3, 3]],
  ['(a+?)(a*)', 'aaa', [0, 3, 0, 1, 1, 3]],
  ['(a*)*', 'aab', [0, 2, 0, 2]],
  ['(a*)+', 'b', [0, 0, 0, 0]],
  ['(?:(a)|b)*', 'ab', [0, 2, 0, 1]],
  ['(|a)+', 'aa', [0, 0, 0, 0]],
  ['a{2,3}', 'aaaa', [0, 3]],
  ['a{2,3}?', 'aaaa', [0, 2]],
  ['(?U)a+', 'aaa', [0, 1]],
  ['(?i)ABC', 'xabc', [1, 4]],
  ['a(?i)b*', 'aBb', [0, 3]],
  ['(?m)^b$', 'a\nb', [2, 3]],
  ['(?s).', '\n', [0, 1]],
  ['[[:^digit:]x-z\\d]+', 'a1', [0, 2]],
  ['\\bb\\B', 'a bc', [2, 3]],
  ['\\Qa.b\\E', 'xa.b', [1, 4]],
  ['\\pN\\P{Lu}', 'A1a', [1, 3]],
  ['😀+', 'x😀😀', [1, 5]],
  ['\\x{1F600}', '😀', [0, 2]],
  ['(?P<a>x)(?<b>y)', 'xy', [0, 2, 0, 1, 1, 2]],
])('%j in %j', (pattern, text, match) => {
  expect(regex(pattern).find(text, 0)).toEqual(match)
})

test.each([
  ['(', 'missing closing ): `(`'],
  ['a)', 'unexpected ): `a)`'],
  ['[a', 'missing closing ]: `[a`'],
  ['*', 'missing argument to repetition operator: `*`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['(a{100}){11}', 'invalid repeat count: `{11}`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['\\q', 'invalid escape sequence: `\\q`'],
  ['\\', 'trailing backslash at end of expression: ``'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?P<1-a>x)', 'invalid named capture: `(?P<1-a>`'],
])('%s is refused', (pattern, error) => {
  expect(compileRegex(pattern)).toEqual({ error: `error parsing regexp: ${error}` })
})

test('matches of a whole text', () => {
  expect(findAll(regex('a*'), 'baaab', -1)).toEqual([
    [0, 0],
    [1, 4],
    [5, 5],
  ])
  expect(replaceAll(regex('a*'), 'baaab', () => '-')).toBe('-b-b-')
  expect(splitBy(regex(','), 'a,b,c', 2)).toEqual(['a', 'b,c'])
  const named = regex('(?P<first>\\w)(\\w)?')
  expect(expanded('$first${2}$$$x', named, 'ab', named.find('ab', 0) ?? [])).toBe('ab$')
})

test('a hostile pattern takes no longer than another', () => {
  const start = performance.now()
  expect(regex('(a*)*(a|aa)*(.*a){20}b$').find('a'.repeat(2000), 0)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(5000)
})

test('what a search costs is told', () => {
  let steps = 0
  const compiled = compileRegex('(a*)*b', (spent) => {
    steps += spent
  })
  if (!('error' in compiled)) compiled.find('a'.repeat(1000), 0)
  expect(steps).toBeGreaterThan(100)
})
