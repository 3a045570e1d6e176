import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFolder, told, withoutCrds } from './run.ts'

/** Folders two levels below `test/cases`: topic and case. */
const cases = readdirSync('test/cases').flatMap((topic) =>
  readdirSync(join('test/cases', topic)).map((name) => `${topic}/${name}`),
)

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(20)
})

test.each(cases)('case %s', async (name) => {
  const folder = join('test/cases', name)
  const outcome = runFolder(folder)
  await expect(told(outcome)).toMatchFileSnapshot(join('..', folder, 'told.txt'))
  const output = join('..', folder, 'output.yaml')
  if (outcome.stdout !== '') await expect(withoutCrds(outcome.stdout)).toMatchFileSnapshot(output)
  else expect(existsSync(join(folder, 'output.yaml'))).toBe(false)
})
