import { expect, test } from 'vitest'
import { holds, selects } from './selectors.ts'

const is = (key: string, operator: string, ...values: unknown[]) => ({ matchExpressions: [{ key, operator, values }] })

test.each<[unknown, { [label: string]: unknown }, boolean]>([
  [undefined, {}, true],
  [null, { a: 'b' }, true],
  [{}, { a: 'b' }, true],
  [{ matchLabels: { a: 'b' } }, { a: 'b', c: 'd' }, true],
  [{ matchLabels: { a: 'b' } }, { a: 'c' }, false],
  [{ matchLabels: { a: 'b' } }, {}, false],
  [{ matchLabels: { a: 1 } }, { a: '1' }, true],
  [is('a', 'In', 'b', 'c'), { a: 'c' }, true],
  [is('a', 'In', 'b'), {}, false],
  [is('a', 'NotIn', 'b'), {}, true],
  [is('a', 'NotIn', 'b'), { a: 'b' }, false],
  [is('a', 'Exists'), { a: '' }, true],
  [is('a', 'Exists'), {}, false],
  [is('a', 'DoesNotExist'), {}, true],
  [is('a', 'DoesNotExist'), { a: '' }, false],
  [is('toString', 'Exists'), {}, false],
  [is('a', 'Near', 'b'), { a: 'b' }, false],
  [{ ...is('a', 'Exists'), matchLabels: { b: 'c' } }, { a: '' }, false],
])('%j over %j: %s', (selector, labels, expected) => expect(selects(selector, labels)).toBe(expected))

test('a plain map of labels', () => {
  expect(holds({ a: 'b' }, { a: 'b', c: 'd' })).toBe(true)
  expect(holds({ a: 'b', c: 'd' }, { a: 'b' })).toBe(false)
})
