import { expect, test } from 'vitest'
import { readDocuments } from '../../yaml/read.ts'
import { withLocalConfig } from './local-config.ts'

const line = 'config.kubernetes.io/local-config: "true"'

/** The one item of a list. */
function read(text: string): { metadata: object } | undefined {
  const [document] = readDocuments(`${text}\n`, '', () => {})
  return Array.isArray(document?.value) ? document.value[0] : undefined
}

const marked = (text: string) => withLocalConfig(text, read(text))

test.each<[string, string, string]>([
  [
    'behind the other annotations',
    `- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: # who
    name: cp # kpt-set: \${name}
    annotations:
      # first
      a: b # one
      c: d
      # what comes next is the spec
  # the spec
  spec:
    tag: "1" # kpt-set: \${tag}`,
    `- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: # who
    name: cp # kpt-set: \${name}
    annotations:
      # first
      a: b # one
      c: d
      ${line}
      # what comes next is the spec
  # the spec
  spec:
    tag: "1" # kpt-set: \${tag}`,
  ],
  [
    'below the name, where there are no annotations',
    '- kind: X\n  metadata:\n      name: cp # name\n      labels:\n        a: b\n  spec: {} # all',
    `- kind: X\n  metadata:\n      name: cp # name\n      labels:\n        a: b\n      annotations:\n        ${line}\n  spec: {} # all`,
  ],
  [
    'at the end, where there is no metadata',
    '- kind: X # x\n  spec: {}\n  # bye',
    `- kind: X # x\n  spec: {}\n  metadata:\n    annotations:\n      ${line}\n  # bye`,
  ],
  [
    'where metadata comes first',
    '- metadata:\n    annotations:\n      a: b\n    name: cp\n  kind: X',
    `- metadata:\n    annotations:\n      a: b\n      ${line}\n    name: cp\n  kind: X`,
  ],
  [
    'in place of another value',
    '- metadata:\n    annotations:\n      config.kubernetes.io/local-config: "false" # why\n      a: b',
    `- metadata:\n    annotations:\n      ${line} # why\n      a: b`,
  ],
  [
    'behind a text of many lines',
    '- metadata:\n    annotations:\n      config.kubernetes.io/function: |\n        exec:\n          path: x\n\n  kind: X',
    `- metadata:\n    annotations:\n      config.kubernetes.io/function: |\n        exec:\n          path: x\n      ${line}\n\n  kind: X`,
  ],
])('%s', (_, text, expected) => expect(marked(text)).toBe(expected))

test.each([
  ['flow style', '- {kind: X, metadata: {name: cp, annotations: {a: b}}}'],
  ['flow style within', '- kind: X\n  metadata: {name: cp}'],
  ['annotations in flow style', '- kind: X\n  metadata:\n    name: cp\n    annotations: {a: b}'],
  ['a quoted key', '- kind: X\n  "metadata":\n    name: cp'],
  ['no annotations but the key', '- kind: X\n  metadata:\n    annotations:\n    name: cp'],
  [
    'a text that looks like metadata',
    '- text: |\n    x\n  metadata:\n    name: |\n      annotations:\n        x\n  kind: X',
  ],
])('with %s the item means the same, and is marked', (_, text) => {
  const before = read(text)
  const after = read(marked(text))
  expect(after).toMatchObject({
    ...before,
    metadata: {
      ...before?.metadata,
      annotations: { 'config.kubernetes.io/local-config': 'true' },
    },
  })
})

test('without a text it is written from the value', () => {
  expect(withLocalConfig(undefined, { kind: 'X', metadata: { name: 'a' } })).toBe(
    `- kind: X\n  metadata:\n    name: a\n    annotations:\n      ${line}`,
  )
})
