import { expect, test } from 'vitest'
import { Complex, compareText, Integer, printed, sortedKeys, truth, typed, typeName } from './value.ts'

const labels = typed({ b: '2', a: '1' }, { name: 'map[string]string', zero: '' })
const names = typed(['x', 'y'], { name: '[]string' })
const pod = typed({ Name: 'p', Ports: [80n], Get: () => 1 }, { name: '*v1.Pod', struct: true })
const quantity = typed({ Value: 1n }, { name: 'resource.Quantity', struct: true, text: '100m' })

test.each([
  ['text', 'text', 'string', true],
  ['', '', 'string', false],
  [0, '0', 'float64', false],
  [-0, '-0', 'float64', false],
  [1.5, '1.5', 'float64', true],
  [999999, '999999', 'float64', true],
  [1000000, '1e+06', 'float64', true],
  [1234567, '1.234567e+06', 'float64', true],
  [-1234567, '-1.234567e+06', 'float64', true],
  [0.0001, '0.0001', 'float64', true],
  [0.00001, '1e-05', 'float64', true],
  [1e21, '1e+21', 'float64', true],
  [5e-324, '5e-324', 'float64', true],
  [Number.NaN, 'NaN', 'float64', true],
  [Number.POSITIVE_INFINITY, '+Inf', 'float64', true],
  [Number.NEGATIVE_INFINITY, '-Inf', 'float64', true],
  [1000000n, '1000000', 'int', true],
  [0n, '0', 'int', false],
  [new Integer('uint8', 7n), '7', 'uint8', true],
  [new Integer('int64', 0n), '0', 'int64', false],
  [new Complex(1, -2), '(1-2i)', 'complex128', true],
  [new Complex(0, 0), '(0+0i)', 'complex128', false],
  [true, 'true', 'bool', true],
  [false, 'false', 'bool', false],
  [null, '<nil>', '<nil>', false],
  [undefined, '<nil>', '<nil>', false],
  [[], '[]', '[]interface {}', false],
  [['a', 1, null, [true]], '[a 1 <nil> [true]]', '[]interface {}', true],
  [{}, 'map[]', 'map[string]interface {}', false],
  [{ b: 1, a: { c: 'x' } }, 'map[a:map[c:x] b:1]', 'map[string]interface {}', true],
  [labels, 'map[a:1 b:2]', 'map[string]string', true],
  [names, '[x y]', '[]string', true],
  [pod, '{p [80]}', '*v1.Pod', true],
  [typed({}, { name: 'v1.Empty', struct: true }), '{}', 'v1.Empty', true],
  [quantity, '100m', 'resource.Quantity', true],
])('%o is printed %s', (value, text, type, isTrue) => {
  expect(printed(value)).toBe(text)
  expect(typeName(value)).toBe(type)
  expect(truth(value)).toBe(isTrue)
})

test('typed copies: what it was given stays a plain map, and the type does not show', () => {
  const plain = { a: 'b' }
  expect(typed(plain, { name: 'map[string]string' })).toEqual(plain)
  expect(typeName(plain)).toBe('map[string]interface {}')
})

test('keys are in the order of their bytes', () => {
  expect(sortedKeys({ b: 1, a: 1, B: 1, a10: 1, a2: 1, é: 1, '\uffee': 1, '😀': 1 })).toEqual([
    'B',
    'a',
    'a10',
    'a2',
    'b',
    'é',
    '\uffee',
    '😀',
  ])
  expect(compareText('a', 'a')).toBe(0)
})
