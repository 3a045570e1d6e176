import { describe, expect, test } from 'vitest'
import { storedQuantity } from './quantity.ts'

/** What the API server makes of them; `test/oracle/quantity.test.ts` asks Kubernetes itself about the same and more. */
describe('stored', () => {
  test.each<[unknown, unknown]>([
    ['500m', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['2000m', '2'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1.5', '1500m'],
    ['1.0', '1'],
    ['1.50', '1500m'],
    ['100', '100'],
    ['1000', '1k'],
    ['1500', '1500'],
    ['1000000', '1M'],
    ['1024Ki', '1Mi'],
    ['2048Mi', '2Gi'],
    ['1536Mi', '1536Mi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['512Mi', '512Mi'],
    ['1024Gi', '1Ti'],
    ['1000Ki', '1000Ki'],
    ['1000k', '1M'],
    ['128M', '128M'],
    ['1G', '1G'],
    ['0.1Gi', '107374182400m'],
    ['0.0000000001', '1n'],
    ['1e3', '1e3'],
    ['1000e3', '1e6'],
    ['1e-3', '1e-3'],
    ['0', '0'],
    ['0Mi', '0'],
    ['0.0', '0'],
    ['0m', '0'],
    ['-1000m', '-1'],
    ['-1.5Gi', '-1536Mi'],
  ])('%s as %s', (text, expected) => {
    expect(storedQuantity(text)).toBe(expected)
    expect(storedQuantity(expected)).toBe(expected)
  })

  test.each<[number, string]>([
    [0, '0'],
    [2, '2'],
    [0.25, '250m'],
    [1000, '1k'],
    [-0, '0'],
  ])('the number %s as %s', (number, expected) => {
    expect(storedQuantity(number)).toBe(expected)
  })
})

test.each<[unknown]>([
  [''],
  ['x'],
  ['m'],
  ['.'],
  ['1mi'],
  ['1KB'],
  ['1,5'],
  ['1.5.5'],
  ['1_000'],
  ['--1'],
  ['1 Gi'],
  ['$(CPU)'],
  [true],
  [null],
  [undefined],
  [{ cpu: 1 }],
  [[1]],
])('%j is no quantity and stays', (value) => {
  expect(storedQuantity(value)).toBe(value)
})
