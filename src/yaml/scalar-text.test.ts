import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockText, type Chomp, doubleQuotedText, plainText, singleQuotedText } from './scalar-text.ts'

test.each([
  ['a b', 'a b'],
  ['a\n  b', 'a b'],
  ['a  \n\n  b', 'a\nb'],
  ['a\n\n\n\t b', 'a\n\nb'],
])('plain %j is %j', (source, text) => {
  expect(plainText(source)).toBe(text)
})

test.each([
  ["it''s", "it's"],
  ["''", "'"],
  ["a\n  ''b", "a 'b"],
  ["'", undefined],
  ["a''' b", undefined],
])("single-quoted '%s' is %j", (source, text) => {
  expect(singleQuotedText(source)).toBe(text)
})

test.each([
  ['a', 'a'],
  ['\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\'\\\\', '\0\x07\b\t\n\v\f\r\x1b "\'\\'],
  ['\\N\\_\\L\\P', '\u0085\u00a0\u2028\u2029'],
  ['\\x41\\u00e9\\U0001F600', 'Aé\u{1f600}'],
  ['a\n  b', 'a b'],
  ['a \n \n  b', 'a\nb'],
  ['a \\\n   b', 'a b'],
  ['a\\\n\n  b', 'a\nb'],
  ['\n a\n', ' a '],
  ['\\q', undefined],
  ['\\/', undefined],
  ['\\ud83d\\ude00', undefined],
  ['\\x4', undefined],
  ['\\UFFFFFFFF', undefined],
  ['\\', undefined],
  ['a\\\\\\', undefined],
  ['a\\\\', 'a\\'],
])('double-quoted "%s" is %j', (source, text) => {
  expect(doubleQuotedText(source)).toBe(text)
})

describe('blockText', () => {
  test.each<[string, string, boolean, Chomp, string]>([
    ['one line', '  a\n', false, '', 'a\n'],
    ['stripped', '  a\n\n', false, '-', 'a'],
    ['kept', '  a\n\n\n', false, '+', 'a\n\n\n'],
    ['clipped', '  a\n\n\n', false, '', 'a\n'],
    ['cut off by the end of the input', '  a', false, '', 'a'],
    ['cut off and kept', '  a', false, '+', 'a'],
    ['blank lines within', '  a\n\n   \n  b\n', false, '', 'a\n\n \nb\n'],
    ['blank lines first', '\n\n  a\n', false, '', '\n\na\n'],
    ['nothing', '', false, '+', ''],
    ['nothing but blank lines', '\n \n', false, '', ''],
    ['blank lines kept', '\n \n', false, '+', '\n\n'],
    ['white space deeper than the text', '  a\n    \n', false, '', 'a\n  \n'],
    ['folded', '  a\n  b\n\n  c\n', true, '', 'a b\nc\n'],
    ['folded around deeper lines', '  a\n    b\n  c\n  d\n', true, '', 'a\n  b\nc d\n'],
    ['folded, blank lines by a deeper line', '  a\n\n   b\n\n  c\n', true, '', 'a\n\n b\n\nc\n'],
  ])('%s', (_, source, isFolded, chomp, text) => {
    expect(blockText(source, 2, isFolded, chomp)).toBe(text)
  })

  test('of a literal, each line without its indentation', () => {
    const line = constantFrom('  a', '    b', '', ' ', '  ', '   ', '  \tc', '  a b ')
    assert(
      property(array(line), constantFrom('', '\n'), constantFrom<Chomp[]>('', '-', '+'), (lines, end, chomp) => {
        const cut = lines.map((line) => line.slice(2))
        const all = lines.length > 0 ? cut.join('\n') + end : ''
        const source = lines.length > 0 ? lines.join('\n') + end : ''
        const content = all.replace(/\n*$/, '')
        const breaks = all.slice(content.length)
        const text = chomp === '+' ? all : chomp === '-' || content === '' ? content : content + breaks.slice(0, 1)
        expect(blockText(source, 2, false, chomp)).toBe(text)
      }),
    )
  })
})
