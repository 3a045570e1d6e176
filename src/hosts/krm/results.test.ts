import { describe, expect, test } from 'vitest'
import type { Problem } from '../../problem.ts'
import type { ResourceList } from './resource-list.ts'
import { results } from './results.ts'

const operator = (name: string | undefined, annotations: object = {}) => ({
  value: {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { ...(name !== undefined && { name }), namespace: 'mesh', annotations },
  },
  text: undefined,
})

const list: ResourceList = {
  apiVersion: 'config.kubernetes.io/v1',
  items: [
    operator('blue', { 'config.kubernetes.io/path': 'mesh/all.yaml', 'config.kubernetes.io/index': '0' }),
    operator('green', {
      'internal.config.kubernetes.io/path': 'mesh/all.yaml',
      'internal.config.kubernetes.io/index': '1',
    }),
    operator(undefined),
  ],
  functionConfig: { apiVersion: 'render-istio.dev/v1alpha1', kind: 'RenderIstio', metadata: { name: 'settings' } },
}

const problem: Problem = {
  code: 'unknown-profile',
  severity: 'error',
  message: '`spec.profile` must name a profile; "defalt" is none',
  path: 'spec.profile',
  value: 'defalt',
  proposed: 'default',
  hint: 'did you mean "default"?',
}

const at = (item: number | 'functionConfig' | undefined, file: string) => ({ at: { file, line: 6, col: 12, item } })
const one = (more: Partial<Problem>) => JSON.parse(JSON.stringify(results([{ ...problem, ...more }], list)[0]))

test('a result has everything that the specification has words for', () => {
  expect(one(at(1, 'mesh/all.yaml'))).toEqual({
    message: 'mesh/all.yaml:6:12: `spec.profile` must name a profile; "defalt" is none; did you mean "default"?',
    severity: 'error',
    resourceRef: {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      name: 'green',
      namespace: 'mesh',
    },
    field: { path: 'spec.profile', currentValue: 'defalt', proposedValue: 'default' },
    file: { path: 'mesh/all.yaml', index: 1 },
    tags: { code: 'unknown-profile' },
  })
})

test('a problem of the settings is one of the functionConfig', () => {
  const { resourceRef, file } = one(at('functionConfig', 'functionConfig'))
  expect(resourceRef).toEqual({ apiVersion: 'render-istio.dev/v1alpha1', kind: 'RenderIstio', name: 'settings' })
  expect(file).toBeUndefined()
})

describe('what is not known is left out', () => {
  test.each([
    ['a resource without a name can not be named, nor its field', at(2, 'items[2]')],
    ['without a place it could be any of several', {}],
    ['without a field there is nothing to point at', { ...at(0, 'mesh/all.yaml'), path: undefined }],
  ])('%s', (_, more) => {
    const { resourceRef, field } = one(more)
    expect({ resourceRef, field }).toEqual({})
  })

  test.each(['stdin', 'items[2]', 'functionConfig', '--set'])('%s is no file of the package', (file) => {
    expect(one(at(2, file)).file).toBeUndefined()
  })

  test.each([
    [{ a: 1 }, undefined],
    [['x'], undefined],
    [null, undefined],
    [5, '5'],
    [false, 'false'],
  ])('of %o the form %s', (value, text) => {
    expect(one({ ...at(0, 'mesh/all.yaml'), value }).field.currentValue).toBe(text)
  })
})

test('the gravest come first, then those that come first, each on one line', () => {
  const warning = { ...problem, ...at(0, 'a.yaml'), severity: 'warning', message: 'a\nb' } as const
  const later = { ...problem, ...at(0, 'z.yaml'), message: 'later' }
  const told = results([warning, later, { ...later, ...at(0, 'b.yaml') }], list) as { message: string }[]
  expect(told.map(({ message }) => message.slice(0, 8))).toEqual(['b.yaml:6', 'z.yaml:6', 'a.yaml:6'])
  expect(told.some(({ message }) => message.includes('\n'))).toBe(false)
})
