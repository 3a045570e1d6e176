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
  ['a kind that is none', 'apiVersion: v1\nkind: ""\n', true, 'missing-kind 1:1'],
])('a file with %s', (_, text, reads, ...problems) => {
  const told: Problem[] = []
  const document = readOperator(text, 'mesh.yaml', (problem) => told.push(problem))
  expect(document !== undefined).toBe(reads)
  expect(told.map(({ code, at, istioctl = '' }) => `${code} ${at?.line}:${at?.col} ${istioctl}`.trim())).toEqual(
    problems,
  )
})
