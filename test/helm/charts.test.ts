import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { chart } from '../../src/commands/chart.ts'
import { type Answer, askHelm, type Question, whyNot } from './oracle.ts'

/**
 * Charts of our own, and command lines, one a line, in which CHART is the chart's folder; with what `helm template`
 * prints for each, or its error. `HELM_ROWS=write` asks Helm for what is expected.
 */
const root = 'test/helm/charts'
const names = readdirSync(root).filter((name) => !name.includes('.'))

const linesOf = (name: string) =>
  readFileSync(`${root}/${name}.args.txt`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
/** Arguments with blanks between them; one in quotes can hold blanks. */
const argsOf = (line: string) => (line.match(/'[^']*'|\S+/g) ?? []).map((arg) => arg.replace(/^'(.*)'$/s, '$1'))

function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [relative(folder, path), readFileSync(path).toString('base64')]
    }),
  )
}

const questionsOf = (name: string): Question[] => {
  const binary = filesOf(`${root}/${name}`)
  return linesOf(name).map((line) => ({ files: {}, binary, args: argsOf(line) }))
}

/** What is compared: everything that is printed, and of errors the words. */
function comparable({ stdout = '', error }: Answer): string {
  if (error === undefined) return stdout
  const words = error
    .replace(/\s*Use --debug flag.*$/s, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
  return `error: ${words.replace(/(doesn't match schema|gzipped archive).*$/s, '$1')}`
}

function ours(name: string, line: string): string {
  const folder = `${root}/${name}`
  const { stdout, problems, exitCode } = chart(argsOf(line).map((arg) => arg.replaceAll('CHART', folder)))
  const error = problems.find(({ severity }) => severity === 'error')?.message.replaceAll(folder, 'CHART')
  expect(exitCode === 0).toBe(error === undefined)
  return comparable(error === undefined ? { stdout } : { error })
}

const expectedFile = (name: string) => `${root}/${name}.expected.json`

if (process.env.HELM_ROWS === 'write' && whyNot === undefined)
  for (const name of names)
    writeFileSync(expectedFile(name), `${JSON.stringify(askHelm(questionsOf(name)).map(comparable), null, 1)}\n`)

const expectedOf = (name: string) => JSON.parse(readFileSync(expectedFile(name), 'utf8')) as string[]

test('there are charts', () => {
  expect(names.length).toBeGreaterThan(1)
})

test.each(names.flatMap((name) => linesOf(name).map((line, i) => [name, line, i] as const)))(
  '%s: %s',
  (name, line, i) => {
    expect(ours(name, line)).toBe(expectedOf(name)[i])
  },
)

test.skipIf(whyNot).each(names)(
  `%s: what is expected is what Helm prints${whyNot ? ` (skipped: ${whyNot})` : ''}`,
  (name) => {
    expect(askHelm(questionsOf(name)).map(comparable)).toEqual(expectedOf(name))
  },
)
