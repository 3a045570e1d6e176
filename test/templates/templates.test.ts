/**
 * The template language, row by row and feature by feature, as its documentation tells it. Where Go is at hand the same
 * rows, and thousands of generated templates, go through Go's own text/template and have to agree to the character.
 */

import { expect, test } from 'vitest'
import { generate } from './generate.ts'
import { type Answer, ask, askGo, expectedOf, type Question, type Row, tagged, whyNoGo } from './host.ts'
import { rows as calls } from './rows/calls.ts'
import { rows as collections } from './rows/collections.ts'
import { rows as comments } from './rows/comments.ts'
import { rows as compare } from './rows/compare.ts'
import { rows as delimiters } from './rows/delimiters.ts'
import { rows as fields } from './rows/fields.ts'
import { rows as fixedBugs } from './rows/fixed-bugs.ts'
import { rows as conditionals } from './rows/if.ts'
import { rows as jumps } from './rows/jumps.ts'
import { rows as logic } from './rows/logic.ts'
import { rows as numbers } from './rows/numbers.ts'
import { rows as pipelines } from './rows/pipelines.ts'
import { rows as positions } from './rows/positions.ts'
import { rows as printf } from './rows/printf.ts'
import { rows as printing } from './rows/printing.ts'
import { rows as range } from './rows/range.ts'
import { rows as several } from './rows/several.ts'
import { rows as strings } from './rows/strings.ts'
import { rows as syntax } from './rows/syntax.ts'
import { rows as templates } from './rows/templates.ts'
import { rows as text } from './rows/text.ts'
import { rows as variables } from './rows/variables.ts'
import { rows as withRows } from './rows/with.ts'

const features: Readonly<Record<string, readonly Row[]>> = {
  text,
  comments,
  numbers,
  strings,
  fields,
  variables,
  pipelines,
  if: conditionals,
  with: withRows,
  range,
  'break and continue': jumps,
  'define, template and block': templates,
  'several texts': several,
  'and, or, not': logic,
  comparison: compare,
  'len, index, slice': collections,
  'print and escaping': printing,
  printf,
  calls,
  'syntax errors': syntax,
  'error positions': positions,
  delimiters,
  'fixed bugs': fixedBugs,
}

const all = Object.values(features).flat()
const noGo = whyNoGo()

/** How many generated templates are compared with Go. */
const generated = 20_000

function questionOf([template, data, , options]: Row): Question {
  return { template, data, ...options }
}

/** Where two lists of answers differ, with the template that caused it. */
function differences(questions: readonly Question[], ours: readonly Answer[], theirs: readonly Answer[]) {
  return questions.flatMap(({ template }, i) =>
    JSON.stringify(ours[i]) === JSON.stringify(theirs[i]) ? [] : [{ template, ours: ours[i], theirs: theirs[i] }],
  )
}

for (const [feature, rows] of Object.entries(features))
  test(`${feature}: ${rows.length} rows`, () => {
    expect(rows.length).toBeGreaterThan(0)
    expect(differences(rows.map(questionOf), rows.map(questionOf).map(ask), rows.map(expectedOf))).toEqual([])
  })

test('there are at least 500 rows, and no row stands twice', () => {
  expect(all.length).toBeGreaterThanOrEqual(500)
  const keys = all.map(([template, data, , options]) => JSON.stringify([template, tagged(data), options]))
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})

test.skipIf(noGo)(`Go gives the same for every row${noGo ? ` (skipped: ${noGo})` : ''}`, () => {
  const questions = all.map(questionOf)
  const theirs = askGo(questions)
  expect(theirs).toHaveLength(questions.length)
  expect(differences(questions, all.map(expectedOf), theirs)).toEqual([])
})

test.skipIf(noGo)(`Go gives the same for ${generated} generated templates${noGo ? ` (skipped: ${noGo})` : ''}`, () => {
  const questions = Array.from({ length: generated }, (_, seed) => generate(seed))
  const theirs = askGo(questions)
  expect(theirs).toHaveLength(generated)
  expect(differences(questions, questions.map(ask), theirs)).toEqual([])
  // A generator that only makes mistakes, or none, proves little.
  const failed = theirs.filter((answer) => 'error' in answer).length / generated
  expect(failed).toBeGreaterThan(0.2)
  expect(failed).toBeLessThan(0.7)
})

test('a generated template is the same for the same seed', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7).template).not.toBe(generate(8).template)
})
