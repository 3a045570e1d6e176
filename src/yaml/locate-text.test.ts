import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Document, Scalar } from 'yaml'
import { readDocuments } from './read.ts'

/** The place of the character at `index` of the text at `a`, as `line:col`. */
function place(yaml: string, index: number): string {
  const [document] = readDocuments(yaml, 'f', ({ message }) => expect.fail(message))
  const at = document?.locate(['a', index])
  return `${at?.line}:${at?.col}`
}

function text(yaml: string): string {
  const [document] = readDocuments(yaml, 'f', ({ message }) => expect.fail(message))
  const { a } = (document?.value ?? {}) as { a?: unknown }
  return String(a)
}

describe('the place of a character in a text', () => {
  const rows: [style: string, yaml: string, word: string, place: string][] = [
    ['literal', 'a: |\n  one\n  two\n', 'two', '3:3'],
    ['literal, below blank lines and deeper lines', 'a: |\n\n    one\n\n      two\n', 'two', '5:7'],
    ['literal, with a comment on its header', 'a: |- # why\n  one\n', 'one', '2:3'],
    ['literal, with an indentation indicator', 'a: |2\n    one\n   two\n', 'two', '3:4'],
    ['literal, behind an anchor and a tag', 'a: &x !!str |\n one\n', 'one', '2:2'],
    ['folded', 'a: >-\n  one\n  two\n\n  three\n', 'three', '5:3'],
    ['plain', 'a: one two\n', 'two', '1:8'],
    ['plain over several lines', 'a: one\n  two\n\n  three\n', 'three', '4:3'],
    ['single quotes', "a: 'it''s one'\n", 'one', '1:11'],
    ['single quotes over several lines', "a: 'it''s\n    one'\n", 'one', '2:5'],
    ['double quotes', 'a: "{{\\n\\t\\x41 \\"one\\" }}"\n', 'one', '1:18'],
    ['double quotes over several lines', 'a: "\\U0001F600 \\\n   two \\u0041\n  one"\n', 'one', '3:3'],
    ['JSON', '{"a": "b\\n\\\\one"}', 'one', '1:13'],
    ['flow', '{x: [y], a: "b one"}\n', 'one', '1:16'],
    ['an alias', 'x: &x |\n  a\n  one\na: *x\n', 'one', '3:3'],
    ['a merge key', 'x: &x {a: b one}\n<<: *x\n', 'one', '1:13'],
  ]
  it.each(rows)('%s', (_, yaml, word, expected) => {
    const index = text(yaml).indexOf(word)
    expect(index).toBeGreaterThanOrEqual(0)
    expect(place(yaml, index)).toBe(expected)
  })

  it('is behind the character before it, for white space and the end', () => {
    const yaml = 'a: |\n  one\n    two\nb: c\n'
    expect([3, 4, 9].map((index) => place(yaml, index))).toEqual(['2:6', '2:6', '3:8'])
    expect(place(yaml, 99)).toBe('3:8')
    expect(place('a: ""\n', 0)).toBe('1:5')
  })

  it('is the place of the value where there is no text', () => {
    expect(place('a:\n  b: 1\n', 3)).toBe('2:3')
    expect(place('a: 12\n', 1)).toBe('1:4')
  })
})

const word = fc.stringMatching(/^[a-z{}"'\\#:]{1,8}$/)
const space = fc.constantFrom(' ', '\n', '  ', '\n\n', '\n  ')
const words = fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 30 }).map((all) => all.flat().join(''))
const styles = [
  Scalar.BLOCK_LITERAL,
  Scalar.BLOCK_FOLDED,
  Scalar.PLAIN,
  Scalar.QUOTE_SINGLE,
  Scalar.QUOTE_DOUBLE,
] as const

describe('whatever a text holds, and however it is written', () => {
  it.each(styles)('%s: each character stands at its place', (style) => {
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 90 }), (content, lineWidth) => {
        const scalar = new Scalar(content)
        scalar.type = style
        const yaml = new Document({ a: scalar }).toString({ lineWidth, minContentWidth: 0 })
        const lines = yaml.split('\n')
        const isEscaping = yaml.startsWith('a: "')
        const read = text(yaml)
        const [document] = readDocuments(yaml, 'f', ({ message }) => expect.fail(message))
        for (const match of read.matchAll(/\S/g)) {
          const at = document?.locate(['a', match.index])
          const found = lines[(at?.line ?? 0) - 1]?.slice((at?.col ?? 0) - 1)
          expect(isEscaping ? found?.replace(/^\\/, '').charAt(0) : found?.charAt(0)).toBe(match[0])
        }
      }),
      { numRuns: 100 },
    )
  })
})
