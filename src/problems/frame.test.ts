import { describe, expect, test } from 'vitest'
import { frameOf } from './frame.ts'

/** The frame as it is printed, without the gutter. */
function frame(text: string, line: number, col: number): string[] | undefined {
  const found = frameOf(text, { file: 'x.yaml', line, col })
  return found && [...found.lines.map(({ text }) => text), `${found.blanks}${found.carets}`]
}

test.each([
  ['a key', 'spec:\n  profil: demo\n', 2, 3, ['spec:', '  profil: demo', '  ^^^^^^']],
  ['a value', 'spec:\n  profile: defalt\n', 2, 12, ['spec:', '  profile: defalt', '           ^^^^^^']],
  ['the first line', 'kind: Mesh\n', 1, 7, ['kind: Mesh', '      ^^^^']],
  ['text in quotes', 'a: "x: \\" y" # z', 1, 4, ['a: "x: \\" y" # z', '   ^^^^^^^^^']],
  ['text in single quotes', "a: 'it''s' # z", 1, 4, ["a: 'it''s' # z", '   ^^^^^^^']],
  ['words', 'a: two words  # z', 1, 4, ['a: two words  # z', '   ^^^^^^^^^']],
  ['a word with a colon', 'image: a.example:5000/b', 1, 8, ['image: a.example:5000/b', '       ^^^^^^^^^^^^^^^^']],
  ['an item of a flow list', 'a: [one, two]', 1, 5, ['a: [one, two]', '    ^^^']],
  ['a bracket', 'a: [one, two', 1, 4, ['a: [one, two', '   ^']],
  ['an item', '- name: x', 1, 3, ['- name: x', '  ^^^^']],
  ['the end of a line', 'a:\n', 1, 3, ['a:', '  ^']],
  ['a tab', '\ta: 1', 1, 1, [' a: 1', '^']],
  ['wide characters', 'a: 日本 # b', 1, 4, ['a: 日本 # b', '   ^^^^']],
  ['wide characters before', '日本: b', 1, 5, ['日本: b', '      ^']],
  ['a mark of byte order', '\ufeffa: b', 1, 4, ['a: b', '   ^']],
  ['Windows lines', 'a: b\r\nc: d\r\n', 2, 4, ['a: b', 'c: d', '   ^']],
  ['nothing above', '\n  a: b', 2, 6, ['  a: b', '     ^']],
] as const)('%s is marked', (_, text, line, col, expected) => {
  expect(frame(text, line, col)).toEqual(expected)
})

test.each([
  ['a line that is not there', 'a: b', 5, 1],
  ['a column that is not there', 'a: b', 1, 9],
])('%s has no frame', (_, text, line, col) => {
  expect(frame(text, line, col)).toBeUndefined()
})

describe('a long line', () => {
  const line = `${'x'.repeat(500)}: {a: culprit, b: ${'y'.repeat(500)}}`

  test('is cut around the place', () => {
    const [text = '', marks = ''] = frame(line, 1, line.indexOf('culprit') + 1) ?? []
    expect(text.length).toBeLessThan(120)
    expect(text).toMatch(/^….*…$/)
    expect(text.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('culprit')
  })

  test('has its end shown', () => {
    const [text = '', marks = ''] = frame(line, 1, line.length) ?? []
    expect(text.endsWith('}')).toBe(true)
    expect(marks.length).toBe(text.length)
  })

  test('never has half a character', () => {
    for (let col = 1; col < 300; col += 1) {
      expect(frame('🚀'.repeat(150), 1, col)?.join('')).not.toMatch(
        /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/,
      )
    }
  })
})

test.each([
  ['a password', 'password: hunter2', 1, 1, ['password: …', '^^^^^^^^']],
  ['a token in quotes', '  accessToken: "abc" # mine', 1, 3, ['  accessToken: …', '  ^^^^^^^^^^^']],
  ['above', 'token: abc\nprofil: x', 2, 1, ['token: …', 'profil: x', '^^^^^^']],
  [
    'an environment variable',
    '- name: DB_PASSWORD\n  value: abc',
    2,
    10,
    ['- name: DB_PASSWORD', '  value: …', '         ^'],
  ],
  ['a token', 'x: eyJhbGci.eyJzdWIi.abc # y', 1, 1, ['x: … # y', '^']],
  ['an argument', 'values.x.accessToken=abc', 1, 1, ['values.x.accessToken=…', '^^^^^^^^^^^^^^^^^^^^']],
] as const)('a secret is not shown: %s', (_, text, line, col, expected) => {
  expect(JSON.stringify(frame(text, line, col))).not.toMatch(/hunter2|abc/)
  expect(frame(text, line, col)?.slice(0, -1)).toEqual(expected.slice(0, -1))
})

test.each(['imagePullSecrets: [regcred]', 'secretName: mine', 'secrets: 1'])(
  'the name of a Secret is none: %s',
  (text) => {
    expect(frame(text, 1, 1)?.[0]).toBe(text)
  },
)

test('what could move a terminal is escaped', () => {
  expect(frame('a: \u001b[31mred\u202e', 1, 1)?.[0]).toBe('a: \\u001b[31mred\\u202e')
})
