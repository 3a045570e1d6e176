import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { nastyText } from '../../test/yaml/arbitraries.ts'
import { isAmbiguous, resolveKey, resolvePlain, shortestFloat } from './scalar.ts'

describe('resolvePlain', () => {
  test.each<[null | boolean | number | string, string[]]>([
    [null, ['', '~', 'null', 'Null', 'NULL']],
    [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE']],
    [false, ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE']],
    [15, ['15', '+15', '0xf', '0XF', '0o17', '0O17', '017', '0b1111', '1_5', '0x_f', '15.', '1.5e1', '0b+1111', '15_']],
    [-15, ['-15', '-0xf', '-017', '-0b1111', '0b-1111', '-1.5e+1']],
    [0, ['0', '-0', '+0', '00', '-0x0', '0e0', '.0']],
    [-0, ['-0.0', '-0e1']],
    [0.5, ['.5', '0.5', '5e-1', '+0.5', '.5e0', '.50']],
    [8, ['8', '08', '8.0', '0_8']],
    [1000.5, ['1_000.5', '1000.5_0']],
    [0.15, ['.1_5', '.15']],
    [9223372036854776000, ['9223372036854775807', '0x7fffffffffffffff', '9223372036854775808', '0x8000000000000000']],
    [18446744073709552000, ['18446744073709551615', '18446744073709551616', '0xffffffffffffffff']],
    [2.777777777777778e21, ['02777777777777777777777']],
    [Infinity, ['.inf', '+.inf', '.Inf', '.INF']],
    [-Infinity, ['-.inf']],
    [Number.NaN, ['.nan', '.NaN', '.NAN']],
  ])('%s', (value, texts) => {
    for (const text of texts) expect(resolvePlain(text), text).toBe(value)
  })

  test.each([
    ...[
      'nULL',
      'tRUE',
      'yEs',
      'inf',
      'nan',
      'NaN',
      '-.nan',
      '+.nan',
      'a',
      '-',
      '+',
      '.',
      '-.',
      '_1',
      '._5',
      '.5_',
      '.1__5',
    ],
    ...[
      '0x',
      '0o8',
      '0b2',
      '0xg',
      '1e',
      'e1',
      '1e400',
      '-1e400',
      '1.2.3',
      '1,000',
      '12:30',
      '12:30:45',
      '-0b-1',
      '0x-1',
    ],
    ...['2020-01-01', '2020-01-01T00:00:00Z', '=', '<<', '0x10000000000000000', '-0x8000000000000001', '1 2', '１'],
  ])('%s stays text', (text) => {
    expect(resolvePlain(text)).toBe(text)
  })
})

test.each([
  ['a', 'a'],
  ['on', 'true'],
  ['n', 'false'],
  ['~', undefined],
  ['', undefined],
  ['1', '1'],
  ['+1', '1'],
  ['0x10', '16'],
  ['010', '8'],
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['1.5', '1.5'],
  ['1.0', '1'],
  ['1e3', '1000'],
  ['1000000.0', '1e+06'],
  ['0.1234567891', '0.12345679'],
  ['16777217.0', '1.6777216e+07'],
  ['-0.0', '-0'],
  ['1e40', '.inf'],
  ['.nan', '.nan'],
  ['2020-01-01', '2020-01-01'],
])('the key %s is %s', (text, key) => {
  expect(resolveKey(text)).toBe(key)
})

test.each([
  [0, '0'],
  [-0, '-0'],
  [123456, '123456'],
  [1234567, '1.234567e+06'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1e100, '1e+100'],
  [5e-324, '5e-324'],
  [-1.5, '-1.5'],
])('%s in its shortest form is %s', (value, text) => {
  expect(shortestFloat(value)).toBe(text)
})

describe('isAmbiguous', () => {
  test.each([
    ...['', '~', 'null', 'yes', 'No', 'oFF', 'y', 'true', '1', '-1', '+1', '1.5', '.5', '1.', '1e3', '1_000', '1,000'],
    ...[
      '0x1f',
      '0o17',
      '017',
      '0b1',
      '.inf',
      '-.Inf',
      '.NaN',
      '12:30',
      '1:2:3.5',
      '190:20:30',
      '2020-01-01',
      '=',
      '<<',
    ],
    ...['2001-12-14t21:59:43.10-05:00', '2001-1-1 1:1:1', '.', '-', '+', '-.', '._', '1e', '0x', 'e0', 'E10'],
    // Underscores don't count, wherever they stand.
    ...['0_x0', '0x_1', '-_0_b1', '0_o7', '0e_+0', 'e_-1'],
  ])('%j is', (text) => expect(isAmbiguous(text)).toBe(true))

  test.each([
    ...[
      'a',
      'nope',
      'yesterday',
      'nulls',
      '1.30.3',
      'v1',
      '1a',
      '10.0.0.0/8',
      '-x',
      '--flag',
      '1-2',
      '2020-01',
      '12:ab',
    ],
    ...['infinity', 'x=1', '100m', '1Gi', '15012:http', '2020-01-01x', '...a', '+a', '5s', '1 2'],
  ])('%j is not', (text) => expect(isAmbiguous(text)).toBe(false))

  test('whatever is not, all versions of YAML read as text', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789_.:-+eExobTZinfNa'), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(digits, nastyText), (text) => {
        if (isAmbiguous(text) || !/^[\w.:+-]+$/.test(text) || /^-+$|:$/.test(text)) return
        expect(resolvePlain(text)).toBe(text)
        for (const version of ['1.1', '1.2'] as const)
          expect(parse(`- ${text}`, { version, merge: true, logLevel: 'silent' })).toEqual([text])
      }),
      { numRuns: 3000 },
    )
  })
})
