import { describe, expect, test } from 'vitest'
import { nearest, type Problem } from '../../src/problem.ts'
import { defaultSettings } from '../../src/settings.ts'
import { readOperator } from '../../src/stages/1-read.ts'
import { resolve } from '../../src/stages/2-resolve.ts'
import { validate } from '../../src/stages/3-validate.ts'
import { type Input, inputs } from './inputs.ts'
import { type Mutation, mistypeKey, mistypeValue, sites } from './mutate.ts'
import { pick, random } from './random.ts'

const seed = 20260131
const wanted = 300

const sound = inputs().filter(
  ({ text }) => sites(text).length > 0 && problemsIn(text).every(({ severity }) => severity !== 'error'),
)

/** What reading, resolving and validating a text tells, as `generate` does it. */
function problemsIn(text: string): Problem[] {
  const problems: Problem[] = []
  const report = (problem: Problem) => problems.push(problem)
  const document = readOperator(text, 'input.yaml', report)
  if (!document || problems.some(({ severity }) => severity === 'error')) return problems
  const profiles = { find: () => undefined, names: [] }
  validate(resolve({ owner: 'mesh', documents: [document] }, defaultSettings, profiles, report), report)
  return problems
}

/** So many mutations, from inputs that were fine before. */
function mutations(mutate: (text: string, next: () => number) => Mutation | undefined) {
  const next = random(seed)
  const found: { input: Input; mutation: Mutation; problems: readonly Problem[] }[] = []
  while (found.length < wanted) {
    const input = pick(sound, next)
    const mutation = mutate(input.text, next)
    if (mutation) found.push({ input, mutation, problems: problemsIn(mutation.text) })
  }
  return found
}

/** Where a mutation that isn't told of as it must be can be looked up. */
function place({ input, mutation }: { input: Input; mutation: Mutation }): string {
  return `${input.name}:${mutation.line}: ${mutation.was} → ${mutation.now}`
}

test('there are inputs enough', () => {
  expect(sound.length).toBeGreaterThan(20)
})

describe(`${wanted} keys with a letter dropped, doubled or swapped`, () => {
  const all = mutations(mistypeKey)
  const at = ({ mutation, problems }: (typeof all)[number]) =>
    problems.filter((problem) => problem.severity === 'error' && problem.at?.line === mutation.line)

  test('are all reported, on their line', () => {
    expect(all.filter((one) => !at(one).some(({ code }) => code === 'unknown-field')).map(place)).toEqual([])
  })

  test('are met with the right name nine times out of ten', () => {
    const right = all.filter((one) =>
      at(one).some(({ hint }) => hint?.startsWith(`did you mean \`${one.mutation.was}\``)),
    )
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.9)
  })

  test('are typos that a reader would see through', () => {
    expect(all.filter(({ mutation: { was, now } }) => nearest(now, [was]).length === 0).map(place)).toEqual([])
  })
})

describe(`${wanted} values of a wrong type`, () => {
  const all = mutations(mistypeValue)

  test('are all reported, on their line', () => {
    const told = ({ mutation, problems }: (typeof all)[number]) =>
      problems.some(
        ({ severity, code, at }) => severity === 'error' && code === 'wrong-type' && at?.line === mutation.line,
      )
    expect(all.filter((one) => !told(one)).map(place)).toEqual([])
  })
})
