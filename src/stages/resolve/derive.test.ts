import { expect, test } from 'vitest'
import type { Fields } from '../../k8s/object.ts'
import { deriveValues } from './derive.ts'

const switches = { pilot: { enabled: false, cni: { enabled: false } } }

test.each<[name: string, spec: Fields, values: Fields, lenient: Fields]>([
  ['hub and tag', { hub: 'h', tag: 1.1 }, { global: { hub: 'h', tag: '1.1' } }, { global: { hub: 'h', tag: '1.1' } }],
  ['a revision that is a number', { revision: '5' }, { revision: 5 }, { revision: 5 }],
  ['blanks around a word', { compatibilityVersion: ' 1.27 ' }, ...twice({ compatibilityVersion: '1.27' })],
  ['a null, which istioctl prints', { hub: null, tag: null }, {}, { global: { hub: '<nil>', tag: '<nil>' } }],
  ['a value over its field', { hub: 'h', values: { global: { hub: 'v' } } }, ...twice({ global: { hub: 'v' } })],
  ['a null value over its field', { hub: 'h', values: { global: { hub: null } } }, ...twice({ global: { hub: null } })],
  ['both mesh configs', { meshConfig: { a: 1 }, values: { meshConfig: { a: 2, b: 2 } } }, ...mesh({ a: 1, b: 2 })],
  ['a mesh config over a null', { meshConfig: { a: 1 }, values: { meshConfig: null } }, ...mesh(null)],
  ['no map', { meshConfig: null }, ...mesh('<nil>')],
])('takes over %s', (_, spec, values, lenient) => {
  const said = [{ spec }]
  const withValues = { ...spec, values: spec.values ?? {} }
  expect(deriveValues(withValues, said)).toEqual({ ...values, ...switches })
  expect(deriveValues(withValues, said, 'istioctl')).toEqual({ ...lenient, ...switches })
})

function twice(values: Fields): [Fields, Fields] {
  return [values, values]
}

function mesh(meshConfig: unknown): [Fields, Fields] {
  return twice({ meshConfig })
}
