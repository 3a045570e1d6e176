import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cases, runFixed, runFolder, told, withoutCrds } from './run.ts'

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(20)
})

test.each(cases)('case %s', async (name) => {
  const folder = join('test/cases', name)
  const outcome = runFolder(folder)
  await expect(told(outcome)).toMatchFileSnapshot(join('..', folder, 'told.txt'))
  const output = join('..', folder, 'output.yaml')
  // What goes with a problem that is no error is what goes without it; there is nothing more to see.
  if (existsSync(join(folder, 'output.yaml')) || (outcome.stdout !== '' && outcome.problems.length === 0))
    await expect(withoutCrds(outcome.stdout)).toMatchFileSnapshot(output)
})

const mended = cases.filter((name) => runFixed(join('test/cases', name)) !== undefined)

test.each(mended)('case %s is mended as it shows', (name) => {
  const folder = join('test/cases', name)
  const codes = new Set(runFolder(folder).problems.map(({ code }) => code))
  const outcome = runFixed(folder)
  expect(codes.size).toBeGreaterThan(0)
  expect(outcome?.problems.filter(({ code, severity }) => codes.has(code) || severity === 'error')).toEqual([])
  expect(outcome?.exitCode).toBe(0)
})
