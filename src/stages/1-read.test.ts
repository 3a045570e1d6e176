import { expect, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { readOperator } from './1-read.ts'

const operator = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n'

test.each<[name: string, text: string, reads: boolean, ...problems: string[]]>([
  ['one document', operator, true],
  ['a marker before it', `---\n${operator}`, true],
  ['a comment before the marker', `# mesh\n---\n${operator}`, true],
  ['a directive before the marker', `%YAML 1.1\n---\n${operator}`, true],
  ['blank documents behind it', `${operator}---\n# no more\n---\n`, true],
  ['nothing but a comment', '# mesh\n', false],
  // istioctl reads the first document and nothing else.
  ['a blank document before it', `---\n# mesh\n---\n${operator}`, false, 'several-operators 4:1 warning'],
  ['two documents', `${operator}---\n${operator}`, true, 'several-operators 4:1'],
  ['a kind that is none', 'apiVersion: v1\nkind: ""\n', true, 'missing-kind 2:7'],
  ['a kind that is no text', 'apiVersion: v1\nkind: 5\n', true, 'missing-kind 2:7'],
  ['a list', '- a\n', true, 'missing-kind 1:1'],
  ['a second document without a kind', `${operator}---\nspec: {}\n`, true, 'missing-kind 4:1'],
  ['no kind', '# mesh\nspec: {}\n', true, 'missing-kind 2:1'],
  ['a misspelt kind', 'apiVersion: v1\nkindd: IstioOperator\n', true, 'missing-kind 2:1'],
  ['a kind in capitals', 'apiVersion: v1\nspec: {}\nKind: IstioOperator\n', true, 'missing-kind 3:1'],
  ['another kind', operator.replace('kind: Istio', 'kind: Isto'), true, 'not-an-operator 2:7'],
  ['another apiVersion', 'apiVersion: v1\nkind: IstioOperator\n', true, 'not-an-operator 1:13'],
  ['a misspelt apiVersion', operator.replace('V', 'v').replace(/^/, 'spec:\n'), true, 'not-an-operator 2:1'],
])('a file with %s', (_, text, reads, ...problems) => {
  const told: Problem[] = []
  const document = readOperator(text, 'mesh.yaml', (problem) => told.push(problem))
  expect(document !== undefined).toBe(reads)
  expect(told.map(({ code, at, istioctl = '' }) => `${code} ${at?.line}:${at?.col} ${istioctl}`.trim())).toEqual(
    problems,
  )
})
