import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Difference, differencesOf } from './difference.ts'

test.each<[string, unknown, unknown, Difference[]]>([
  ['equal maps in another order', { a: 1, b: [1] }, { b: [1], a: 1 }, []],
  ['a scalar', { a: 1 }, { a: 2 }, [{ path: 'a', left: 1, right: 2 }]],
  ['another type', { a: 1 }, { a: '1' }, [{ path: 'a', left: 1, right: '1' }]],
  ['a map and a list', { a: {} }, { a: [] }, [{ path: 'a', left: {}, right: [] }]],
  ['null and nothing', { a: null }, {}, [{ path: 'a', only: 'left', left: null }]],
  ['what is written nowhere', { a: undefined }, {}, []],
  ['a key that is no word', { 'a.b/c': 1 }, {}, [{ path: '["a.b/c"]', only: 'left', left: 1 }]],
  ['lists by index', [1, 2], [1], [{ path: '[1]', only: 'left', left: 2 }]],
  [
    'lists by name',
    { e: [{ name: 'a', value: 1 }, { name: 'b' }] },
    { e: [{ name: 'a', value: 2 }, { name: 'c' }] },
    [
      { path: 'e[name:a].value', left: 1, right: 2 },
      { path: 'e[name:b]', only: 'left', left: { name: 'b' } },
      { path: 'e[name:c]', only: 'right', right: { name: 'c' } },
    ],
  ],
  [
    'named items in another order',
    [{ name: 'a' }, { name: 'b' }],
    [{ name: 'b' }, { name: 'a' }],
    [{ path: '', order: true, left: ['a', 'b'], right: ['b', 'a'] }],
  ],
  [
    'names that stand twice',
    [{ name: 'a' }, { name: 'a' }],
    [{ name: 'a' }],
    [{ path: '[1]', only: 'left', left: { name: 'a' } }],
  ],
])('finds %s', (_, left, right, expected) => {
  expect(differencesOf(left, right)).toEqual(expected)
})

test('a value does not differ from itself, and two others differ both ways', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(differencesOf(a, structuredClone(a))).toEqual([])
      expect(differencesOf(a, b).length > 0).toBe(differencesOf(b, a).length > 0)
    }),
  )
})
