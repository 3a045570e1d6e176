import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isTimestamp } from './go-timestamp.ts'
import { toGoYaml, toPrettyJson } from './go-yaml.ts'
import { readDocuments } from './read.ts'

interface Row {
  readonly value: unknown
  readonly yaml: string
  readonly json: string
}

// What Go prints, recorded; test/yaml/go.test.ts asks Go itself.
const rows = JSON.parse(readFileSync(join(import.meta.dirname, 'go-yaml.golden.json'), 'utf8')) as Row[]

describe('as Go prints it', () => {
  test('there are rows', () => expect(rows.length).toBeGreaterThan(100))

  test.each(rows.map((row) => [JSON.stringify(row.value).slice(0, 60), row] as const))(
    '%s',
    (_, { value, yaml, json }) => {
      expect(toGoYaml(value)).toBe(yaml)
      expect(toPrettyJson(value)).toBe(json)
    },
  )
})

test.each<[string, unknown, string, string]>([
  ['undefined members', { a: undefined, b: 1 }, 'b: 1\n', '{\n  "b": 1\n}'],
  ['undefined items', [undefined], '- null\n', '[\n  null\n]'],
  ['bigint', 1000000n, '1000000\n', '1000000'],
  ['minus zero', -0, '0\n', '-0'],
  ['a control character', '\u007f', '"\\x7F"\n', '"\u007f"'],
  ['half a surrogate pair', '\ud800', '"\\uD800"\n', '"\ufffd"'],
  [
    'order',
    { b: 1, a: { d: 1, c: 2 } },
    'a:\n  c: 2\n  d: 1\nb: 1\n',
    '{\n  "a": {\n    "c": 2,\n    "d": 1\n  },\n  "b": 1\n}',
  ],
])('%s', (_, value, yaml, json) => {
  expect(toGoYaml(value)).toBe(yaml)
  expect(toPrettyJson(value)).toBe(json)
})

test('the order of keys does not depend on the order in the value', () => {
  const keys = ['9', '11', '1b', 'x', 'a1', 'a01', 'a10']
  const one = toGoYaml(Object.fromEntries(keys.map((key) => [`${key}-`, 1])))
  const other = toGoYaml(Object.fromEntries(keys.toReversed().map((key) => [`${key}-`, 1])))
  expect(one).toBe(other)
})

test.each(rows.map(({ value, yaml }) => [yaml.slice(0, 60), value, yaml] as const))(
  '%j is read back',
  (_, value, yaml) => {
    // Go's own reader loses U+0085 on the way out, and some texts with other line breaks.
    if (/[\u0085\u2028\u2029]/.test(JSON.stringify(value))) return
    expect(readDocuments(yaml, 'f', () => {})[0]?.value).toEqual(value)
  },
)

describe('isTimestamp', () => {
  test.each([
    ...[
      '2020-01-01',
      '2020-1-1',
      '2000-02-29',
      '2020-12-31T23:59:59Z',
      '2020-1-1t1:1:1.5+01:00',
      '2020-01-01  1:2:3,25',
    ],
  ])('%s', (text) => expect(isTimestamp(text)).toBe(true))

  test.each([
    ...['2020-02-30', '1900-02-29', '2020-13-01', '2020-00-01', '2020-04-31', '202-01-01', '2020-01-01T24:00:00Z', 'x'],
    ...[
      '2020-01-01T00:00:00',
      '2020-01-01T00:00:00+1:00',
      '2020-01-01 00:00:00Z',
      '2020-01-01 00:60:00',
      '2020-01-01x',
    ],
  ])('not %s', (text) => expect(isTimestamp(text)).toBe(false))
})
