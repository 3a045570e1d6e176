import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { runFunction } from '../src/hosts/krm.ts'
import { renderMesh } from '../src/pipeline.ts'
import type { Problem } from '../src/problem.ts'
import { textForm } from '../src/problems/text.ts'
import { defaultSettings, type Settings } from '../src/settings.ts'
import { readOperator } from '../src/stages/1-read.ts'
import { readDocuments } from '../src/yaml/read.ts'
import { cases } from './run.ts'

/**
 * Inputs that nobody would write, made from inputs that somebody did: whatever they hold, a run ends with an answer or
 * with problems that have a place in the text, and never with an exception.
 */
const options = { seed: 20_260_131, numRuns: 300 }

const texts = cases.flatMap((name) => {
  try {
    return [readFileSync(`test/cases/${name}/input.yaml`, 'utf8')]
  } catch {
    return []
  }
})

/** Those that can be read. */
const sound = texts.flatMap((text) => readDocuments(text, '', () => {}).map(({ value }) => value))

/** What breaks into a text: what YAML gives a meaning to, and what it doesn't allow. */
const pieces = [
  '{',
  '}',
  '[',
  ':',
  '- ',
  '\t',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: *a',
  '!!int ',
  '|',
  '---\n',
  '%',
  '\0',
  '{{',
]
const edit = fc.record({
  at: fc.nat(),
  remove: fc.integer({ min: 0, max: 12 }),
  insert: fc.constantFrom('', '', ...pieces),
})
const broken = fc
  .tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([text, edits]) =>
    edits.reduce((all, { at, remove, insert }) => {
      const start = at % (all.length + 1)
      return all.slice(0, start) + insert + all.slice(start + remove)
    }, text),
  )

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    ' ',
    'A_B',
    '0',
    'true',
    '__proto__',
    'constructor',
    '{{',
  ),
  fc.constantFrom<unknown>(
    [],
    [null],
    [[]],
    {},
    { '': '' },
    { a: null },
    'a: b',
    '*',
    '(a+)+$',
    '1Gi',
    '::1',
    '\u2028',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const replaced = fc
  .tuple(fc.constantFrom(...sound), fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 }))
  .map(([value, changes]) => {
    const changed = changes.reduce<unknown>((tree, [index, put]) => {
      const places = placesIn(tree, [])
      return withValue(tree, places[index % places.length] ?? [], put)
    }, value)
    return stringify(changed, { version: '1.1', aliasDuplicateObjects: false })
  })

function placesIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))]
}

function withValue(tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  const entries = Object.entries(tree as object).map(([key, member]) => [
    key,
    key === step ? withValue(member, rest, value) : member,
  ])
  return Array.isArray(tree) ? entries.map(([, member]) => member) : Object.fromEntries(entries)
}

function generate(text: string, settings: Settings): readonly Problem[] {
  const problems: Problem[] = []
  const document = readOperator(text, 'mesh.yaml', (problem) => problems.push(problem))
  if (!document) return problems
  const profiles = { find: () => undefined, names: [] }
  const planes = [{ owner: 'istio-system/mesh', documents: [document] }]
  const answer = renderMesh({ planes, settings, profiles, present: [] })
  if (answer.problems.some(({ severity }) => severity === 'error')) expect(answer.objects).toEqual([])
  return [...problems, ...answer.problems]
}

function hasPlace({ at }: Problem, text: string): boolean {
  const lines = text.split(/\r\n?|\n|\u0085/)
  return at === undefined || (at.line <= lines.length && at.col <= (lines[at.line - 1]?.length ?? 0) + 1)
}

const settings = fc.constantFrom<Settings>(
  defaultSettings,
  { ...defaultSettings, engine: 'flux', environment: 'prod' },
  { ...defaultSettings, engine: 'none', compat: 'istioctl' },
)

describe.each([
  ['broken text', broken],
  ['values of another kind', replaced],
])('%s', (_, input) => {
  test('is answered', () => {
    fc.assert(
      fc.property(input, settings, (text, chosen) => {
        const problems = generate(text, { ...chosen, allowEmpty: true })
        expect(problems.filter((problem) => !hasPlace(problem, text))).toEqual([])
        for (const { message, hint = '' } of problems)
          expect(message + hint).not.toMatch(/(?<!; )\bundefined\b|\[object /)
        const told = { problems, suppressed: [], passed: false, source: () => text, colour: () => true }
        expect(textForm(told)).not.toBe('')
      }),
      options,
    )
  })

  test('in a ResourceList gives a list with results', () => {
    fc.assert(
      fc.property(input, (text) => {
        const item = text.replace(/^---.*\n/, '').replace(/\n/g, '\n  ')
        const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- ${item}\n`
        const { stdout, problems, exitCode } = runFunction(new TextEncoder().encode(list))
        const wrong = problems.some(({ severity }) => severity === 'error')
        expect(exitCode).toBe(wrong ? 1 : 0)
        // What can't be read at all can't be handed back.
        if (stdout === '') expect(problems.some(({ at }) => at?.file === 'stdin')).toBe(true)
        else expect(stdout).toMatch(/^results:$/m)
      }),
      options,
    )
  })
})
