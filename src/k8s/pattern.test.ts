import { expect, test } from 'vitest'
import { compilePattern } from './pattern.ts'

const matches = (pattern: string, text: string) => {
  const compiled = compilePattern(pattern)
  return 'error' in compiled ? compiled.error : compiled.matches(text)
}

test.each<[pattern: string, text: string, expected: boolean]>([
  ['', '', true],
  ['b', 'abc', true],
  ['^b', 'abc', false],
  ['^a.c$', 'abc', true],
  ['a|b', 'xb', true],
  ['a||b', '', true],
  ['(ab)+c', 'xababc', true],
  ['^(?:ab){2}$', 'abab', true],
  ['^a{2,3}$', 'a', false],
  ['^a{2,}$', 'aaaa', true],
  ['^a{0}$', '', true],
  ['^a{,2}$', 'a{,2}', true],
  ['^a{01}$', 'a{01}', true],
  ['^a*?b??c+?$', 'aac', true],
  // Classes.
  ['^[a-c]+$', 'abc', true],
  ['^[^a-c]$', '\n', true],
  ['^[]a]+$', 'a]', true],
  ['^[a-]+$', '-a', true],
  ['^[[:alpha:][:^word:]]+$', 'a-', true],
  ['^[\\d\\s_]+$', '1 _', true],
  ['^[\\x41-\\x{43}\\101]$', 'B', true],
  ['^\\w\\W\\d\\D\\s\\S$', 'a-1x y', true],
  ['^\\pL\\p{Greek}\\P{Lu}\\p{^Lu}$', 'éΩxy', true],
  ['^.$', '😀', true],
  ['.', '\n', false],
  ['\\s', '\v', false],
  // Escapes.
  ['^\\.\\-\\_\\[$', '.-_[', true],
  ['^\\Qa.b\\E*$', 'a.bbb', true],
  ['^\\Qa.b', 'a.b', true],
  ['^\\t\\n\\a$', '\t\n\x07', true],
  // Assertions.
  ['\\bfoo\\b', 'a foo b', true],
  ['\\Boo', 'foo', true],
  ['\\Afoo\\z', 'foo', true],
  ['foo$', 'foo\n', false],
  ['(?m)^b$', 'a\nb\nc', true],
  // Flags and names.
  ['(?i)FOO', 'foo', true],
  ['^(?i:F)OO$', 'fOO', true],
  ['^(?i:F)OO$', 'foo', false],
  ['(?i)[^a]', 'A', false],
  ['(?s).', '\n', true],
  ['(?i)a(?-i)b', 'AB', false],
  ['^(?P<x>a)(?<y>b)$', 'ab', true],
])('%j in %j: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected)
})

test.each([
  ['(', 'has no `)`'],
  [')', 'has no `(`'],
  ['[a', 'has no `]`'],
  ['*', 'nothing to repeat'],
  ['(*)', 'nothing to repeat'],
  ['a**', 'follows a repetition'],
  ['a{2}{3}', 'follows a repetition'],
  ['a{1001}', 'out of range'],
  ['a{3,2}', 'out of range'],
  ['(a{100}){11}', 'more than 1000'],
  ['[b-a]', 'backwards'],
  ['[a-\\d]', 'no escape'],
  ['[[:nope:]]', 'no class'],
  ['[[:constructor:]]', 'no class'],
  ['\\p{Nope}', 'no class'],
  ['\\p{Script=Greek}', 'no escape'],
  ['\\1', 'no escape'],
  ['\\Z', 'no escape'],
  ['\\', 'no escape'],
  ['\\x{110000}', 'no character'],
  ['(?=a)', 'something else'],
  ['(?<!a)', 'something else'],
  ['(?P<a>x)(?P<a>y)', 'two groups'],
  ['('.repeat(2000), 'nested too deep'],
  ['a'.repeat(20_000), 'too long'],
  ['(abcdefghijklmnopqrstuvwxyz){1000}', 'too large'],
])('%s is refused', (pattern, error) => {
  expect(matches(pattern, '')).toContain(error)
})

test('a hostile pattern takes no longer than another', () => {
  const start = performance.now()
  expect(matches('(a*)*(a|aa)*(.*a){20}b$', 'a'.repeat(2000))).toBe(false)
  expect(performance.now() - start).toBeLessThan(5000)
})
