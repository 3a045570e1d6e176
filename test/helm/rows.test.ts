import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { askHelm, whyNot } from './oracle.ts'
import { only, render, single } from './ours.ts'

/**
 * Files of templates, one a line, and what Helm makes of each: a text, or an object with
 * its error. `HELM_ROWS=write` asks Helm for what is expected.
 */
const folder = 'test/helm/rows'
const topics = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))
const values = readFileSync(`${folder}/values.yaml`, 'utf8')

const cache = new Map()
const rowsOf = (topic: string) =>
  readFileSync(`${folder}/${topic}.txt`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('//'))
const questionOf = (row: string) => single(row, values)
const expectedFile = (topic: string) => `${folder}/${topic}.expected.json`

if (process.env.HELM_ROWS === 'write' && whyNot === undefined)
  for (const topic of topics) {
    const answers = askHelm(rowsOf(topic).map(questionOf)).map(only)
    writeFileSync(expectedFile(topic), `[\n${answers.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`)
  }

const expectedOf = (topic: string) => JSON.parse(readFileSync(expectedFile(topic), 'utf8')) as unknown[]

test('there are rows', () => {
  expect(topics.flatMap(rowsOf).length).toBeGreaterThan(1000)
})

test.each(topics)('%s: every row gives what Helm gives', (topic) => {
  const rows = rowsOf(topic)
  const expected = expectedOf(topic)
  expect(expected.length).toBe(rows.length)
  const wrong = rows.flatMap((row, i) => {
    const ours = only(render(questionOf(row), {}, cache))
    return JSON.stringify(ours) === JSON.stringify(expected[i]) ? [] : [{ row, ours, helm: expected[i] }]
  })
  expect(wrong).toEqual([])
})

test.skipIf(whyNot).each(topics)(
  `%s: what is expected is what Helm gives${whyNot ? ` (skipped: ${whyNot})` : ''}`,
  (topic) => {
    const answers = askHelm(rowsOf(topic).map(questionOf)).map(only)
    expect(answers).toEqual(expectedOf(topic))
  },
)
