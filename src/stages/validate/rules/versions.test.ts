import { describe, expect, test } from 'vitest'
import { problemsOf, short } from '../../../../test/rules/told.ts'
import { defaultSettings, readSettings } from '../../../settings.ts'
import { minorsAhead, parseVersion } from './version.ts'

describe('versions', () => {
  test.each([
    ['1.30.3', { major: 1, minor: 30, patch: 3 }],
    ['v1.33', { major: 1, minor: 33, patch: undefined }],
    ['1.33.1-gke.100', { major: 1, minor: 33, patch: 1 }],
    ['1.29.2-distroless', { major: 1, minor: 29, patch: 2 }],
    ['1.31-alpha.abc', { major: 1, minor: 31, patch: undefined }],
    ['1.33.2+k3s1', { major: 1, minor: 33, patch: 2 }],
    ['latest', undefined],
    ['1', undefined],
    ['1.2x', undefined],
    ['', undefined],
  ])('%s is read as %j', (text, version) => {
    expect(parseVersion(text)).toEqual(version)
  })

  test('are compared within one major version', () => {
    const [a, b, c] = ['1.30.0', '1.28.9', '2.0.0'].map(parseVersion)
    if (!a || !b || !c) throw new Error('no version')
    expect([minorsAhead(a, b), minorsAhead(b, a), minorsAhead(a, c)]).toEqual([2, -2, undefined])
  })
})

describe('the cluster', () => {
  test.each([
    ['1.31.9', ['warning unsupported-kubernetes spec.kubeVersion']],
    ['1.32', []],
    ['v1.36.1-eks', []],
    ['1.37.0', ['warning unsupported-kubernetes spec.kubeVersion']],
    ['2.0.0', ['warning unsupported-kubernetes spec.kubeVersion']],
    [undefined, []],
  ])('of Kubernetes %s', (kubeVersion, told) => {
    expect(problemsOf('profile: default', { kubeVersion }).map(short)).toEqual(told)
  })

  test('is told of where its version is written', () => {
    const at = () => ({ file: 'settings.yaml', line: 3, col: 5 })
    const settings = readSettings({ kubeVersion: '1.20.0' }, defaultSettings, at, () => {})
    expect(problemsOf('profile: default', settings)[0]?.at).toEqual(at())
    expect(problemsOf('profile: default', { kubeVersion: '1.20.0' })[0]?.at?.file).toBe('KUBE_VERSION')
  })
})

describe('an upgrade', () => {
  const canary = 'revision: next\n'
  test.each([
    ['in place, by nothing', '', '1.30.3', []],
    ['in place, by a patch', '', '1.30.0', []],
    ['in place, by a minor version', '', '1.29.6', []],
    ['in place, by two', '', '1.28.6', ['error/warning skipped-minor spec.previousVersion']],
    ['by two, with a revision', canary, '1.28.6', []],
    ['by three, with a revision', canary, '1.27.0', ['error/warning skipped-minor spec.previousVersion']],
    ['back by a patch', '', '1.30.9', ['warning downgrade spec.previousVersion']],
    ['back by a minor version', '', '1.31.0', ['warning downgrade spec.previousVersion']],
    ['back by two', '', '1.32.0', ['error/warning downgrade spec.previousVersion']],
    [
      'by two with a revision, and the CNI agent that both share',
      `${canary}components: {cni: {enabled: true}}`,
      '1.28.6',
      ['warning version-skew spec.components.cni'],
    ],
  ])('%s', (_, spec, previousVersion, told) => {
    expect(problemsOf(`profile: default\n${spec}`, { previousVersion }).map(short)).toEqual(told)
  })
})

test.each(['abc', '1', '1.x', 5])('%j is no version for a setting', (value) => {
  const told: string[] = []
  const at = () => undefined
  readSettings({ kubeVersion: value, previousVersion: value }, defaultSettings, at, ({ code }) => told.push(code))
  expect(told).toEqual(['wrong-setting', 'wrong-setting'])
})
