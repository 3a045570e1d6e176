import { describe, expect, test } from 'vitest'
import { isTextOf, itemDocument, itemTexts } from './items.ts'

describe('the pieces of a list', () => {
  test.each<[string, string, string[] | undefined]>([
    ['at the margin', 'kind: L\nitems:\n- a: 1\n  b: 2\n- c\n', ['- a: 1\n  b: 2', '- c']],
    ['indented', 'items:\n  - a: 1\n    b: 2\n  - c\nx: 1\n', ['- a: 1\n  b: 2', '- c']],
    ['indented far', 'items:\n      - a: 1\n        b: 2\n', ['- a: 1\n  b: 2']],
    ['with what follows behind a comment', 'items:\n- a\n# end\nresults: []\n', ['- a']],
    ['with comments above items', 'items:\n# one\n- a\n\n# two\n- b # three\n', ['# one\n- a', '\n# two\n- b # three']],
    ['with comments within items', 'items:\n- a: 1\n  # within\n  b: 2\n', ['- a: 1\n  # within\n  b: 2']],
    ['with comments at the margin within items', 'items:\n- a: 1\n# odd\n  b: 2\n', ['- a: 1\n# odd\n  b: 2']],
    ['with blocks of text', 'items:\n- a: |\n    - x\n\n    # y\n- b\n', ['- a: |\n    - x\n\n    # y', '- b']],
    ['with lists in items', 'items:\n- a:\n  - 1\n  - 2\n- - 3\n', ['- a:\n  - 1\n  - 2', '- - 3']],
    ['with the key of the list commented', 'items:  \n- a\n', ['- a']],
    ['in flow style', 'items: [a, b]\n', undefined],
    ['as JSON', '{"items": ["a"]}', undefined],
    ['without any', 'items: []\n', undefined],
    ['that are named elsewhere', 'spec:\n  items:\n  - a\n', undefined],
    ['with a dash that stands alone', 'items:\n-\n  a: 1\n', undefined],
  ])('%s', (_, text, pieces) => {
    expect(itemTexts(text, pieces?.length ?? 1)).toEqual(pieces)
  })

  test('are none when there are more or fewer than items', () => {
    expect(itemTexts('items:\n- a\n- b\n', 1)).toBe(undefined)
    expect(itemTexts('items:\n- a\n- b\n', 3)).toBe(undefined)
  })
})

test.each<[string, unknown, boolean]>([
  ['- a: 1', { a: 1 }, true],
  ['- a: 1 # comment', { a: 1 }, true],
  ['# above\n- a: |\n    x\n', { a: 'x\n' }, true],
  ['- a: 1', { a: 2 }, false],
  ['- b: 1\n  a: 2', { a: 2, b: 1 }, false],
  ['- *name', 'x', false],
  ['- a\n- b', 'a', false],
  ['- {a', { a: 1 }, false],
])('whether %j reads as %j: %s', (piece, value, expected) => {
  expect(isTextOf(piece, value)).toBe(expected)
})

test.each<[string, string, string]>([
  ['without its dash', '- a: 1\n  b:\n    c: 2', 'a: 1\nb:\n  c: 2'],
  [
    'without what hosts add',
    "- metadata:\n    annotations:\n      config.kubernetes.io/index: '0'\n      internal.config.kubernetes.io/path: 'a.yaml'\n      config.k8s.io/id: '1'\n      mine: x\n  spec: {}",
    'metadata:\n  annotations:\n    mine: x\nspec: {}',
  ],
  [
    'without annotations that are all added',
    "- metadata:\n    name: x\n    annotations:\n      config.kubernetes.io/path: 'a.yaml'\n  spec: {}",
    'metadata:\n  name: x\nspec: {}',
  ],
  ['with annotations of its own', '- metadata:\n    annotations:\n      a: b', 'metadata:\n  annotations:\n    a: b'],
])('the text of an item is read %s', (_, piece, document) => {
  expect(itemDocument(piece)).toBe(document)
})
