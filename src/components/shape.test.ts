import { describe, expect, it } from 'vitest'
import type { Problem } from '../problem.ts'
import { checkShapes, type Demand } from './shape.ts'

describe('the shape of a value', () => {
  const rows: [Demand[1], unknown[], unknown[]][] = [
    ['text', ['', 'a'], [undefined, null, 5, true, [], {}]],
    ['text or nothing', ['', 'a', null, undefined], [0, false, [], {}]],
    ['true or false', [true, false, null, undefined], ['true', 0, []]],
    ['map', [{}, { a: 1 }], [undefined, null, '', []]],
    ['map or nothing', [{}, undefined, null, '', 0, []], ['a', 1, [1], true]],
    ['list or nothing', [[], [1], {}, null, undefined, ''], ['a', 1, { a: 1 }]],
    ['members if any', [[], [1], {}, { a: 1 }, null, undefined, '', 0, false], ['a', 1, true]],
    ['members or nothing', [[], [1], {}, null, undefined], ['', 0, false]],
    ['maps or nothing', [[], [{}], { a: {} }, null, undefined], ['', 0, [1], [null], { a: 1 }]],
  ]
  it.each(rows)('must be %s', (shape, good, bad) => {
    for (const [values, fits] of [[good, true] as const, [bad, false] as const]) {
      for (const value of values) {
        const problems: Problem[] = []
        checkShapes(
          { a: { b: value } },
          [['a.b', shape]],
          (path) => `values.${path}`,
          (it) => problems.push(it),
        )
        expect([value, problems.length]).toEqual([value, fits ? 0 : 1])
      }
    }
  })

  it('counts where it is read, and is told by the place where the user writes it', () => {
    const problems: Problem[] = []
    const demands: Demand[] = [
      ['a.b', 'text', false],
      ['a.b', 'text', true],
      ['missing.b', 'map'],
    ]
    checkShapes(
      { a: { b: 5 } },
      demands,
      (path) => `values.cni.${path}`,
      (problem) => problems.push(problem),
    )
    expect(problems).toEqual([
      {
        code: 'unrenderable-value',
        severity: 'error',
        message: '`spec.values.cni.a.b` must be text, not 5',
        path: 'spec.values.cni.a.b',
        hint: 'put quotes around it.',
      },
      {
        code: 'unrenderable-value',
        severity: 'error',
        message: '`spec.values.cni.missing.b` must be a map, not null',
        path: 'spec.values.cni.missing.b',
        hint: 'remove it, or write `key: value` pairs.',
      },
    ])
  })
})
