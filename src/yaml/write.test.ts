import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { data, nastyText } from '../../test/yaml/arbitraries.ts'
import { readDocuments } from './read.ts'
import { writeDocuments, writeYaml } from './write.ts'

describe('layout', () => {
  test.each<[string, unknown, string]>([
    ['a map', { b: 1, a: 'x' }, 'b: 1\na: x\n'],
    [
      'nested maps and lists',
      { a: { b: [{ c: 1, d: [2] }, [3, [4]], {}] } },
      'a:\n  b:\n  - c: 1\n    d:\n    - 2\n  - - 3\n    - - 4\n  - {}\n',
    ],
    ['members that are undefined', { a: undefined, b: { c: undefined }, d: [undefined] }, 'b: {}\nd:\n- null\n'],
    ['empty things', { a: {}, b: [], c: '', d: null }, 'a: {}\nb: []\nc: ""\nd: null\n'],
    ['a list', [1, { a: 1 }], '- 1\n- a: 1\n'],
    ['scalars alone', 'x', 'x\n'],
    ['nothing', undefined, 'null\n'],
    [
      'numbers',
      [0, -0, 1.5, 1e21, 1e-7, 123456789012345680000, 12n, Number.NaN],
      '- 0\n- -0.0\n- 1.5\n- 1.0e+21\n- 1.0e-7\n- 123456789012345680000\n- 12\n- null\n',
    ],
    [
      'words that readers take for something else',
      ['on', 'yes', 'N', '1', '0x1', '1e3', '1_000', '12:30', '2020-01-01', '=', '<<', '~', 'null', '.5', 'e1'],
      ['on', 'yes', 'N', '1', '0x1', '1e3', '1_000', '12:30', '2020-01-01', '=', '<<', '~', 'null', '.5', 'e1']
        .map((word) => `- "${word}"\n`)
        .join(''),
    ],
    [
      'words that are themselves',
      ['1.30.3', '--flag=x', 'a:b', 'a#b', 'http://x:80/', '/dev/stdout', 'x y', '日本', '$(A)', '100m'],
      ['1.30.3', '--flag=x', 'a:b', 'a#b', 'http://x:80/', '/dev/stdout', 'x y', '日本', '$(A)', '100m']
        .map((word) => `- ${word}\n`)
        .join(''),
    ],
    [
      'indicators',
      ['- a', '? a', 'a: b', 'a #b', '#a', '*a', '&a', '!a', '%a', '@a', '{a', '[a', ' a', 'a ', 'a:', '---', '-'],
      ['- a', '? a', 'a: b', 'a #b', '#a', '*a', '&a', '!a', '%a', '@a', '{a', '[a', ' a', 'a ', 'a:', '---', '-']
        .map((word) => `- "${word}"\n`)
        .join(''),
    ],
    ['keys', { on: 1, 'a.b/c': 2, 'a b': 3, 'a: b': 4, '': 5 }, '"on": 1\na.b/c: 2\na b: 3\n"a: b": 4\n"": 5\n'],
    [
      'text of many lines',
      { a: 'x\n  y\n\nz\n', b: ['x\ny'], c: 'x\n\n\n', d: '  x\ny\n', e: '\nx' },
      'a: |\n  x\n    y\n\n  z\nb:\n- |-\n  x\n  y\nc: |+\n  x\n\n\nd: |2\n    x\n  y\ne: |2-\n\n  x\n',
    ],
    ['tabs within text of many lines', { a: 'x:\n\ty\tz\n' }, 'a: |\n  x:\n  \ty\tz\n'],
    [
      'what a block cannot hold',
      ['a\r\nb', '\n', 'a\n  ', 'a\u0085\nb', '\ud800\n', 'a\n\u0007'],
      '- "a\\r\\nb"\n- "\\n"\n- "a\\n  "\n- "a\\u0085\\nb"\n- "\\ud800\\n"\n- "a\\n\\u0007"\n',
    ],
    [
      'characters nobody sees',
      ['\ufeff', 'a\u00a0b', '\u2028', '\t', '\u007f'],
      '- "\\ufeff"\n- "a\\u00a0b"\n- "\\u2028"\n- "\\t"\n- "\\u007f"\n',
    ],
    ['a document of text', 'a\nb', '"a\\nb"\n'],
    [
      'a key that is too long to find its colon',
      { ['k'.repeat(301)]: { a: [1] }, b: 2 },
      `? "${'k'.repeat(301)}"\n: a:\n  - 1\nb: 2\n`,
    ],
    ['the same object twice', Array(2).fill({ a: 1 }), '- a: 1\n- a: 1\n'],
  ])('%s', (_, value, text) => {
    expect(writeYaml(value)).toBe(text)
  })

  test('documents', () => {
    expect(writeDocuments([{ a: 1 }, [2], 'x'])).toBe('a: 1\n---\n- 2\n---\nx\n')
    expect(writeDocuments([])).toBe('')
  })
})

const options = { logLevel: 'silent', uniqueKeys: false } as const

describe.each(['1.1', '1.2'] as const)('read as YAML %s', (version) => {
  const readBack = (text: string) => parse(text, { ...options, version, merge: version === '1.1' })

  test('text', () => {
    fc.assert(
      fc.property(nastyText, nastyText, (a, b) => {
        const value = { [a]: b, list: [a, { [b]: a }] }
        expect(readBack(writeYaml(value))).toEqual(value)
        expect(readBack(writeYaml(a))).toBe(a)
      }),
      { numRuns: 3000 },
    )
  })

  test('data', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(readBack(writeYaml(value))).toEqual(value)
      }),
      { numRuns: 2000 },
    )
  })
})

test('numbers come back as they were', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      for (const version of ['1.1', '1.2'] as const) {
        const [back] = parse(writeYaml([value]), { ...options, version }) as [number]
        expect(Object.is(back, value)).toBe(true)
      }
      expect(readDocuments(writeYaml([value]), 'f', () => {})[0]?.value).toEqual([value])
    }),
    { numRuns: 2000 },
  )
})

test('streams of documents', () => {
  fc.assert(
    fc.property(fc.array(data, { minLength: 1, maxLength: 4 }), (values) => {
      const documents = parseAllDocuments(writeDocuments(values), options)
      expect([...documents].map((document) => document.toJS())).toEqual(values)
    }),
    { numRuns: 500 },
  )
})

test('the reader of this folder reads what the writer writes', () => {
  fc.assert(
    fc.property(data, (value) => {
      // A lone surrogate is no text for the reader; the writer keeps it as an escape.
      const problems: string[] = []
      const documents = readDocuments(writeYaml([value]), 'f', ({ message }) => problems.push(message))
      expect(problems).toEqual([])
      expect(documents.map((document) => document.value)).toEqual([[value]])
    }),
    { numRuns: 1000 },
  )
})
