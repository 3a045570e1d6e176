import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from '../src/commands/generate.ts'
import { runFunction } from '../src/hosts/krm.ts'
import { told, withoutCrds } from './run.ts'

/** A story's input, and what the README says to type for it. */
const stories = readdirSync('fixtures').filter((name) => !name.startsWith('kustomize-'))

test.each(stories)('fixture %s renders as its folder shows', async (story) => {
  const folder = join('fixtures', story)
  const files = readdirSync(folder)
  const input = files.includes('istio-operator.yaml') ? 'istio-operator.yaml' : 'production-profile.yaml'
  const outcome = generate(['-f', join(folder, input)])
  expect(outcome.exitCode).toBe(0)
  await expect(withoutCrds(outcome.stdout)).toMatchFileSnapshot(join('..', folder, 'expected.yaml'))
  await expect(told(outcome)).toMatchFileSnapshot(join('..', folder, 'told.txt'))
})

test('a profile named in a ResourceList renders what the same profile beside a file renders', () => {
  const folder = 'fixtures/production-override'
  const list = runFunction(readFileSync(join(folder, 'resource-list.yaml')))
  const stream = generate(['--engine', 'kpt', '-f', join(folder, 'istio-operator.yaml')])
  const names = (text: string) => text.match(/^\s+name: \S+$/gm)?.map((line) => line.trim()) ?? []
  expect(list.exitCode).toBe(0)
  expect(names(list.stdout)).toEqual(expect.arrayContaining(names(stream.stdout)))
})
