import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { data, slips, yamlText } from '../../test/yaml/arbitraries.ts'
import type { Problem } from '../problem.ts'
import { readBlock } from './block.ts'
import { toGoYaml } from './go-yaml.ts'
import { readJson } from './json.ts'
import { parse } from './parse.ts'
import { readStream } from './read.ts'
import { writeDocuments, writeYaml } from './write.ts'

/** Checks that what the quick readers make of a text, if anything, is what the complete parser makes of it. */
function compare(text: string): boolean {
  const quick = readJson(text) ?? readBlock(text)
  const stream = readStream(text, 'f', () => {})
  // Characters that no reader takes are found before.
  if (quick === undefined || stream.documents.length + stream.blanks < quick.documents.length) return false
  const problems: Problem[] = []
  const parsed = parse(text, 'f', (problem) => problems.push(problem))
  expect(problems).toEqual([])
  expect(quick.blanks).toBe(parsed.blanks)
  expect(quick.documents.map(({ value }) => value)).toEqual(parsed.documents.map(({ value }) => value))
  // The order of keys is not part of equality.
  expect(JSON.stringify(quick.documents.map(({ value }) => value))).toBe(
    JSON.stringify(parsed.documents.map(({ value }) => value)),
  )
  expect(stream.documents.map(({ at }) => at)).toEqual(parsed.documents.map(({ at }) => at))
  return true
}

describe('what it reads', () => {
  test.each([
    ['an empty text', ''],
    ['block style', 'a:\n  b: 1\n  c:\n  - x\n  - d: 2\n    e: 3\n  -\n    f: 4\n  - - 5\n'],
    ['comments', '# a\na: b # c\n# d\nb: # e\n  # f\n  c: d#e\n'],
    ['quotes', "\"a b\": 'it''s'\n'c': \"x\\n\\u00e9\"\n"],
    ['blocks', 'a: |\n  x\n\n   y\nb: >-\n  x\n  y\n- c'.replace('\n- c', '\nc:\n- |+2\n   x\n\n')],
    ['text over several lines', 'a: x\n  y\n\n  z\nb: "x\n  y \\\n  z\n"\nc: [\'a\n\n b\', "c\nd"] # e\n'],
    ['flow collections', 'a: [b, {c: d, "e": [1, -2]}]\nf: {\n  g: h,\n}\n- '.replace('\n- ', '\n')],
    ['several documents', '# a\n---\na: 1\n--- # b\n---\n- c\n'],
    ['a scalar alone', 'abc\n'],
    ['JSON', '{"a": [1, {"b": null}], "c": "\\u00e9\\n"}'],
  ])('%s', (_, text) => {
    expect(compare(text)).toBe(true)
  })

  test('what the writers of this folder write', () => {
    fc.assert(
      fc.property(fc.array(data, { minLength: 1, maxLength: 3 }), (values) => {
        compare(writeDocuments(values))
        compare(toGoYaml(values))
      }),
      { numRuns: 500 },
    )
  })
})

describe('what it leaves to the complete parser', () => {
  test.each([
    ['anchors', 'a: &x 1'],
    ['aliases', 'a: *x'],
    ['tags', 'a: !!str 1'],
    ['merge keys', '<<: {a: 1}'],
    ['explicit keys', '? a\n: b'],
    ['repeated keys', 'a: 1\na: 2'],
    ['keys that become equal', 'true: 1\non: 2'],
    ['null as a key', '~: 1'],
    ['infinities', 'a: .inf'],
    ['directives', '%YAML 1.1\n---\na: 1'],
    ['the end of a document', 'a: 1\n...\n'],
    ['content behind a marker', '--- a'],
    ['a marker within quotes', 'a: "b\n---\nc"'],
    ['an open quote', 'a: "b\n  c'],
    ['tabs within quotes', 'a: "b\n\tc"'],
    ['keys over several lines', '"a\n b": c'],
    ['tabs', 'a:\tb'],
    ['a colon too many', 'a: b: c'],
    ['odd indentation', 'a:\n  b: 1\n c: 2'],
    ['text in the way', 'a: "b" c'],
    ['an unknown escape', 'a: "\\q"'],
    ['a list in place of a key', 'a: 1\n- b'],
    ['a list on the line of its key', 'a: - b'],
    ['a comment within text', 'a: b\n# c\n  d'],
    ['the key __proto__', '__proto__: 1'],
    ['an open bracket', 'a: [b'],
    ['a long key', `${'k'.repeat(1100)}: 1`],
    ['deep nesting', '- '.repeat(150)],
    ['reserved characters', 'a: @b'],
    ['repeated keys in JSON', '{"a": 1, "a": 2}'],
  ])('%s', (_, text) => {
    expect(readJson(text) ?? readBlock(text)).toBeUndefined()
  })
})

test.each(['[1e999]', '{"a": -0}', '["\\ud800"]', '{"a": 1, "a": 1}', '"a"', '[1', '[1] [2]', ''])(
  '%s is not read as JSON',
  (text) => {
    expect(readJson(text)).toBeUndefined()
  },
)

test('random YAML', () => {
  let read = 0
  const runs = 1500
  fc.assert(
    fc.property(yamlText, (text) => {
      if (compare(text)) read++
    }),
    { numRuns: runs },
  )
  expect(read).toBeGreaterThan(runs / 10)
})

test('random changes to what machines write', () => {
  const written = data.map((value) =>
    writeYaml({ kind: 'List', items: [value, { metadata: { name: 'x' }, spec: value }] }),
  )
  fc.assert(
    fc.property(slips(written), (text) => {
      compare(text)
    }),
    { numRuns: 1000 },
  )
})

test('random changes to JSON', () => {
  fc.assert(
    fc.property(
      slips(
        fc.oneof(
          data.map((value) => JSON.stringify([value])),
          data.map((value) => JSON.stringify({ value }, null, 2)),
        ),
      ),
      (text) => {
        if (readJson(text)) compare(text)
      },
    ),
    { numRuns: 1000 },
  )
})

const root = join(import.meta.dirname, '../..')
const shared = join(root, '../shared')

function textsIn(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

test.skipIf(!existsSync(shared))('every file of ../shared, if that folder is there', () => {
  const files = textsIn(shared)
  expect(files.length).toBeGreaterThan(0)
  const left = files.filter(([, text]) => !compare(text.replace(/\r\n?/g, '\n')))
  // Only files that are wrong, or that try unusual things, may need the complete parser.
  expect(left.length).toBeLessThan(files.length / 20)
})
