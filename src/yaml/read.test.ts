import { describe, expect, test } from 'vitest'
import type { Path, Problem } from '../problem.ts'
import { maxCopies, maxDepth, maxInput, maxParsed } from './limits.ts'
import { decodeText, readDocuments, readStream } from './read.ts'

function read(text: string) {
  const problems: Problem[] = []
  const stream = readStream(text, 'input.yaml', (problem) => problems.push(problem))
  return { ...stream, problems, values: stream.documents.map(({ value }) => value) }
}

const told = ({ at, severity, code }: Problem) => `${at?.line}:${at?.col} ${severity} ${code}`

describe('values', () => {
  test.each<[string, string, unknown[]]>([
    ['a map', 'b: 1\na: x\n', [{ b: 1, a: 'x' }]],
    [
      'lists at the column of their key',
      'a:\n- 1\n- b: 2\n  c: 3\nd:\n  - - x\n    - z\n',
      [{ a: [1, { b: 2, c: 3 }], d: [['x', 'z']] }],
    ],
    [
      'words of YAML 1.1',
      'a: on\nb: 0o17\nc: 1_000\nd: ~\ne: 12:30\nf: 2020-01-01',
      [{ a: true, b: 15, c: 1000, d: null, e: '12:30', f: '2020-01-01' }],
    ],
    ['quotes', 'a: "x\\ty"\nb: \'it\'\'s\'\nc: ""', [{ a: 'x\ty', b: "it's", c: '' }]],
    ['blocks', 'a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: |+\n  x\n\n', [{ a: 'x\n y\n', b: 'x y', c: 'x\n\n' }]],
    ['a block at the end of the input', 'a: |\n  x', [{ a: 'x' }]],
    ['text over several lines', 'a: x\n  y\n\n  z\nb: "x\n  y"', [{ a: 'x y\nz', b: 'x y' }]],
    [
      'flow collections',
      'a: {b: [1, "x"], c: {}}\nd: [\n  1,\n  2, # two\n]',
      [{ a: { b: [1, 'x'], c: {} }, d: [1, 2] }],
    ],
    [
      'flow collections at any indentation',
      'a: {\nb: 1,\nc: [\n2\n]\n}\nd: "x\ny"',
      [{ a: { b: 1, c: [2] }, d: 'x y' }],
    ],
    ['anchors and aliases', 'a: &x {b: [1]}\nc: *x\n', [{ a: { b: [1] }, c: { b: [1] } }]],
    ['merge keys', 'x: &x {a: 1, b: 1}\nz:\n  <<: *x\n  b: 2\n', [{ x: { a: 1, b: 1 }, z: { a: 1, b: 2 } }]],
    ['a merge key replaces what stands above it', 'a: 1\n<<: {a: 2}\n', [{ a: 2 }]],
    ['lists of merged maps: the first wins', '<<: [{a: 1}, {a: 2, b: 3}]', [{ a: 1, b: 3 }]],
    ['a quoted merge key is none', '"<<": {a: 1}', [{ '<<': { a: 1 } }]],
    [
      'tags',
      'a: !!str 12\nb: !!int "3"\nc: !mine x\nd: !!binary aGk=\ne: !!float 3\nf: !x {g: 1}\nh: !!constructor 1',
      [{ a: '12', b: 3, c: 'x', d: 'hi', e: 3, f: { g: 1 }, h: '1' }],
    ],
    ['keys that are no text', '1: a\ntrue: b\n1.50: c\n0x10: d', [{ 1: 'a', true: 'b', 1.5: 'c', 16: 'd' }]],
    ['a key named __proto__', '__proto__: {a: 1}\nb: 2', [JSON.parse('{"__proto__": {"a": 1}, "b": 2}')]],
    ['JSON', '{"a": [1, 2.50, "\\u00e9"], "b": null}', [{ a: [1, 2.5, 'é'], b: null }]],
    ['JSON with tabs', '{\n\t"a": 1\n}', [{ a: 1 }]],
    ['JSON whose numbers YAML reads otherwise', '[-0, 1e400]', [[0, '1e400']]],
    ['several documents', 'a: 1\n---\nb: 2\n--- # three\nc\n', [{ a: 1 }, { b: 2 }, 'c']],
    ['the end of a document', 'a: 1\n...\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['directives', '%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1', [{ a: '1' }]],
    ['a byte order mark', '\ufeffa: 1', [{ a: 1 }]],
    ['carriage returns', 'a: |\r\n  x\r\n  y\r\nb: x\r\n  y\r\nc: 1\rd: 2', [{ a: 'x\ny\n', b: 'x y', c: 1, d: 2 }]],
    ['comments', '# a\na: 1 # b\n  # c\nb: # d\n- x#y # e\n', [{ a: 1, b: ['x#y'] }]],
    ['comments without a space', 'a: "b"#c\nd: [e]#f', [{ a: 'b', d: ['e'] }]],
    ['null alone', 'null', [null]],
  ])('%s', (_, text, values) => {
    const result = read(text)
    expect(result.problems).toEqual([])
    expect(result.values).toEqual(values)
  })

  test('objects are plain and keep the order of their keys', () => {
    const [value] = read('z: 1\na: {y: 1, b: 2}\n? m\n: 3').values as [Record<string, unknown>]
    expect(Object.keys(value)).toEqual(['z', 'a', 'm'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { y?: unknown }).y).toBeUndefined()
  })

  test('aliases give copies', () => {
    const [value] = read('a: &x {b: 1}\nc: *x').values as [{ a: object; c: object }]
    expect(value.a).not.toBe(value.c)
  })
})

test.each([
  ['', 0, 0],
  ['# only a comment\n', 0, 0],
  ['---\n', 0, 1],
  ['---\n# nothing\n---\n', 0, 2],
  ['a: 1\n---\n', 1, 1],
  ['---\n---\na: 1\n', 1, 1],
  ['---\n!!str\n', 1, 0],
])('%j has %i documents and %i blanks', (text, documents, blanks) => {
  const stream = read(text)
  expect([stream.documents.length, stream.blanks]).toEqual([documents, blanks])
})

describe('problems', () => {
  test.each<[string, string, string[]]>([
    ['a missing colon', 'foo\nbar: x', ['1:1 error yaml-syntax']],
    ['a key without a colon at the end', 'a: 1\nb', ['2:1 error yaml-syntax']],
    ['a colon too many', 'a: b: c', ['1:4 error yaml-syntax']],
    ['a tab', 'a:\n\tb: 1', ['2:1 error yaml-syntax']],
    ['odd indentation', 'a:\n  b: 1\n c: 2', ['3:1 error yaml-syntax']],
    [
      'one more level than its neighbours, once',
      '  a:\nb: 1\nc:\n  d: 1\n  e!i}f:\n    g: 0\n',
      ['2:1 error yaml-syntax'],
    ],
    ['nothing behind what has no place', ' a: 1\n b:\nc:\n---\nd: e: f\n', ['3:1 error yaml-syntax']],
    ['an open quote, where it opens', 'a: 1\nb: "x\nc: 1', ['2:4 error yaml-syntax']],
    ['an open single quote', "a: 'x''", ['1:4 error yaml-syntax']],
    ['three single quotes', "a: '''", ['1:4 error yaml-syntax']],
    ['an open brace, where it opens', 'a: {x: 1\nb: 2', ['1:4 error yaml-syntax']],
    ['open brackets, the outermost', 'a: [[b]\nc: [d', ['1:4 error yaml-syntax']],
    [
      'reserved characters, one error a line',
      'a: @x\nb: `y\nc: %z',
      ['1:4 error yaml-syntax', '2:4 error yaml-syntax', '3:4 error yaml-syntax'],
    ],
    ['a text block without indentation', '--- |\nfoo', ['1:5 error yaml-syntax']],
    ['an unknown escape', 'a: "\\q"', ['1:5 error yaml-syntax']],
    ['text that looks like a directive', '%a: b', ['1:1 error yaml-syntax']],
    ['an unsupported version', '%YAML 3.0\n---\na: 1', ['1:7 error yaml-syntax']],
    ['an undeclared tag', 'a: !x!y z', ['1:4 error yaml-syntax']],
    ['errors in two documents', 'a: [\n---\nb: @', ['1:4 error yaml-syntax', '3:4 error yaml-syntax']],
    ['a repeated key', 'a: 1\nb: 2\na: 3', ['3:1 warning duplicate-key']],
    ['a repeated key in JSON', '{"a": 1,\n "b": {"c": 1, "c": 2}}', ['2:16 warning duplicate-key']],
    ['a repeated key in a copied map, once', 'a: &x {b: 1, b: 2}\nc: *x\nd: *x', ['1:14 warning duplicate-key']],
    ['a list as a key', '[a]: b', ['1:1 error yaml-key']],
    ['template braces', 'a: {{ .Values.x }}', ['1:5 error yaml-key']],
    ['null as a key', '~: b', ['1:1 error yaml-key']],
    ['an alias to a map as a key', 'a: &x {b: 1}\n*x : 1', ['2:1 error yaml-key']],
    ['a merge of a number', 'a:\n  <<: 3', ['2:7 error yaml-key']],
    ['a merge of an alias to a list', 'a: &x [{b: 1}]\nc:\n  <<: *x', ['3:7 error yaml-key']],
    ['an unknown alias', 'a: *x', ['1:4 error yaml-alias']],
    ['an alias inside its own value', 'a: &x\n  - *x', ['2:5 error yaml-alias']],
    [
      'infinity',
      'a: .inf\nb: -.Inf\nc: [.nan]',
      ['1:4 error yaml-number', '2:4 error yaml-number', '3:5 error yaml-number'],
    ],
    [
      'values that do not fit their tag',
      'a: !!int x\nb: !!bool 3\nc: !!binary "*"\nd: !!int 3.0',
      ['1:10 error yaml-tag', '2:11 error yaml-tag', '3:13 error yaml-tag', '4:10 error yaml-tag'],
    ],
    ['a control character', 'a: 1\nb: x\u0007', ['2:5 error invalid-text']],
    ['a NUL character', 'a: \0', ['1:4 error invalid-text']],
    ['half a surrogate pair', 'a: \ud800', ['1:4 error invalid-text']],
    ['brackets without end', '['.repeat(100_000), [`1:${maxDepth + 3} error yaml-too-deep`]],
    ['dashes without end', '- '.repeat(100_000), [`1:${2 * maxDepth + 4} error yaml-too-deep`]],
    ['too much input', ' '.repeat(maxInput + 1), ['1:1 error input-too-large']],
    ['too much unusual input', `!x a: ${'a'.repeat(maxParsed)}`, ['1:1 error input-too-large']],
  ])('%s', (_, text, expected) => {
    const { problems } = read(text)
    expect(problems.map(told)).toEqual(expected)
    for (const { message } of problems) expect(message).toMatch(/must/)
  })

  test('a document with an error is left out, the others are not', () => {
    const { values, problems } = read('a: 1\n---\nb: *x\n---\nc: 3')
    expect(values).toEqual([{ a: 1 }, { c: 3 }])
    expect(problems.map(told)).toEqual(['3:4 error yaml-alias'])
  })

  test('of repeated keys the last one counts', () => {
    expect(read('a: 1\na: 2').values).toEqual([{ a: 2 }])
  })

  test('aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    const { documents, problems } = read(lines.join('\n'))
    expect(documents).toEqual([])
    expect(problems.map(told)).toEqual(['4:45 error yaml-alias-limit'])
  })

  test('merge keys that multiply', () => {
    const lines = ['a0: &a0 {k: {x: 1, y: 2}}']
    for (let i = 1; i < 16; i++) lines.push(`a${i}: &a${i} {<<: *a${i - 1}, l${i}: *a${i - 1}, m${i}: *a${i - 1}}`)
    expect(read(lines.join('\n')).problems.map(({ code }) => code)).toEqual(['yaml-alias-limit'])
  })

  test('aliases up to the limit', () => {
    const text = `a: &a [${Array(100).fill('x').join(', ')}]\nb: [${Array(Math.floor(maxCopies / 101))
      .fill('*a')
      .join(', ')}]`
    expect(read(text).problems).toEqual([])
  })

  test('copies that nest too deep', () => {
    const lines = ['a0: &a0 x']
    for (let i = 1; i < 15; i++) lines.push(`a${i}: &a${i} ${'['.repeat(15)}*a${i - 1}${']'.repeat(15)}`)
    expect(read(lines.join('\n')).problems.map(({ code }) => code)).toContain('yaml-too-deep')
  })
})

describe('positions', () => {
  const text = `# comment
apiVersion: v1
spec:
  ports:
  - port: 80
    "name": http
  - {port: 443, name: https}
  empty:
  text: |
    a
base: &base
  x: 1
  w: {z: 2}
copy: *base
merged:
  <<: *base
  x: 3
---
- second
`
  const path: [Path, string, string][] = [
    [[], '2:1', '2:1'],
    [['apiVersion'], '2:1', '2:13'],
    [['spec'], '3:1', '4:3'],
    [['spec', 'ports'], '4:3', '5:3'],
    [['spec', 'ports', 0], '5:5', '5:5'],
    [['spec', 'ports', 0, 'port'], '5:5', '5:11'],
    [['spec', 'ports', 0, 'name'], '6:5', '6:13'],
    [['spec', 'ports', 1, 'name'], '7:17', '7:23'],
    [['spec', 'ports', 2, 'name'], '4:3', '5:3'],
    [['spec', 'empty'], '8:3', '8:3'],
    [['spec', 'empty', 'deeper'], '8:3', '8:3'],
    [['spec', 'text'], '9:3', '9:9'],
    [['spec', 'text', 'no'], '9:3', '9:9'],
    [['spec', 'missing', 'deeper'], '3:1', '4:3'],
    [['copy'], '14:1', '12:3'],
    [['copy', 'x'], '12:3', '12:6'],
    [['merged', 'x'], '17:3', '17:6'],
    [['merged', 'w', 'z'], '13:7', '13:10'],
    [['nothing'], '2:1', '2:1'],
  ]
  test.each(path)('%j', (steps, key, value) => {
    const [document] = read(text).documents
    const at = (part: 'key' | 'value') => {
      const place = document?.locate(steps, part)
      return `${place?.line}:${place?.col}`
    }
    expect([at('key'), at('value')]).toEqual([key, value])
    expect(document?.locate(steps)).toEqual(document?.locate(steps, 'value'))
  })

  test('every document knows where it begins', () => {
    const [first, second] = read(text).documents
    expect(first?.at).toEqual({ file: 'input.yaml', line: 2, col: 1 })
    expect(second?.at).toEqual({ file: 'input.yaml', line: 19, col: 1 })
    expect(second?.locate([0])).toEqual({ file: 'input.yaml', line: 19, col: 3 })
  })

  test('the quick readers find the same places', () => {
    const [yaml] = readDocuments('a:\n  b: [1, 2]\n---\nc:\n- d: 1\n', 'f', () => {})
    expect(yaml?.locate(['a', 'b', 1])).toEqual({ file: 'f', line: 2, col: 10 })
    const [, second] = readDocuments('a:\n  b: [1, 2]\n---\nc:\n- d: 1\n', 'f', () => {})
    expect(second?.locate(['c', 0, 'd'])).toEqual({ file: 'f', line: 5, col: 6 })
    const [json] = readDocuments(' \n {"a": {"b": [1, {"c": 1}]}}', 'f', () => {})
    expect(json?.at).toEqual({ file: 'f', line: 2, col: 2 })
    expect(json?.locate(['a', 'b', 1, 'c'], 'key')).toEqual({ file: 'f', line: 2, col: 19 })
  })

  test('a repeated key is located at the one that counts', () => {
    const [document] = readDocuments('a: 1\na: 2\n', 'f', () => {})
    expect(document?.locate(['a'])).toEqual({ file: 'f', line: 2, col: 4 })
  })

  test('lines are counted as they are in the file', () => {
    const [document] = readDocuments('\ufeffa: 1\r\nb: 2\rc: &x 3\r\n', 'f', () => {})
    expect(document?.locate(['c'], 'key')).toEqual({ file: 'f', line: 3, col: 1 })
  })
})

describe('decodeText', () => {
  const decode = (bytes: readonly number[]) => {
    const problems: Problem[] = []
    return [decodeText(Uint8Array.from(bytes), 'f', (problem) => problems.push(problem)), problems.map(told)]
  }
  const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0))

  test.each<[string, number[], string]>([
    ['UTF-8', [0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80], 'aé\u{1f600}'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['UTF-16, little end first', [0xff, 0xfe, 0x61, 0x00, 0xe9, 0x00], 'aé'],
    ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x61, 0x00, 0xe9], 'aé'],
    ['nothing', [], ''],
  ])('%s', (_, bytes, text) => {
    expect(decode(bytes)).toEqual([text, []])
  })

  test.each<[string, number[], string]>([
    ['a stray byte', [...ascii('a: 1\r\nb: '), 0xff, ...ascii(' c')], '2:4'],
    ['an overlong form', [0xc0, 0xaf], '1:1'],
    ['half a character at the end', [...ascii('ab'), 0xe2, 0x82], '1:3'],
    ['an odd number of bytes', [0xff, 0xfe, 0x61, 0x00, 0x62], '1:2'],
  ])('%s is no text', (_, bytes, place) => {
    expect(decode(bytes)).toEqual([undefined, [`${place} error invalid-text`]])
  })
})
