import { describe, expect, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { judge, type ProblemRules, unusedSuppressions } from './judge.ts'

const miss: Problem = {
  code: 'overlay-miss',
  severity: 'error',
  message: 'the overlay must match',
  path: 'spec.components.pilot.k8s.overlays[0].name',
}
const firm: Problem = { code: 'unknown-profile', severity: 'error', message: 'must be known', path: 'spec.profile' }
const warning: Problem = { code: 'env-not-text', severity: 'warning', message: 'must be text' }
const foreign: Problem = { ...firm, istioctl: 'warning' }

const levels = (of: ProblemRules['levels']) => ({ problems: { levels: of, ignore: [] } })
const ignore = (code: string, path?: string) => ({
  problems: { levels: {}, ignore: [{ code, path, reason: 'it is fine' }] },
})

test.each([
  ['an error is one', miss, {}, 'error'],
  ['istioctl lets it through', miss, { compat: 'istioctl' }, 'warning'],
  ['istioctl does not let it through', firm, { compat: 'istioctl' }, 'error'],
  ['istioctl judges this one otherwise', foreign, { compat: 'istioctl' }, 'warning'],
  ['only istioctl judges it so', foreign, {}, 'error'],
  ['an error is lowered', miss, levels({ 'overlay-miss': 'warn' }), 'warning'],
  ['an error is switched off', miss, levels({ 'overlay-miss': 'off' }), undefined],
  ['a warning is raised', warning, levels({ 'env-not-text': 'error' }), 'error'],
  ['a warning is switched off', warning, levels({ 'env-not-text': 'off' }), undefined],
  ['a level wins over leniency', miss, { compat: 'istioctl', ...levels({ 'overlay-miss': 'error' }) }, 'error'],
  ['a firm error stays', firm, levels({ 'unknown-profile': 'off' }), 'error'],
  ['another code is meant', miss, levels({ 'env-not-text': 'off' }), 'error'],
  ['it is suppressed', miss, ignore('overlay-miss'), undefined],
  ['it is suppressed at its path', miss, ignore('overlay-miss', miss.path), undefined],
  ['it is suppressed above', miss, ignore('overlay-miss', 'spec.components.pilot'), undefined],
  ['it is suppressed above, by index', miss, ignore('overlay-miss', 'spec.components.pilot.k8s.overlays'), undefined],
  ['it is suppressed elsewhere', miss, ignore('overlay-miss', 'spec.components.cni'), 'error'],
  ['a name begins alike', miss, ignore('overlay-miss', 'spec.components.pil'), 'error'],
  ['something else is suppressed', miss, ignore('duplicate-object'), 'error'],
  ['a firm error is not suppressed', firm, ignore('unknown-profile'), 'error'],
  ['it has no path to be suppressed at', warning, ignore('env-not-text', 'spec'), 'warning'],
] as const)('%s', (_, problem, judgement, severity) => {
  const { problems, report, failed } = judge(judgement)
  report(problem)
  expect(problems.map((one) => one.severity)).toEqual(severity === undefined ? [] : [severity])
  expect(failed()).toBe(severity === 'error')
})

test('what is suppressed is kept with its reason', () => {
  const judgement = ignore('overlay-miss')
  const { report, suppressed } = judge(judgement)
  report(miss)
  expect(suppressed).toEqual([{ problem: miss, by: judgement.problems.ignore[0] }])
  expect(unusedSuppressions(judgement.problems, suppressed)).toEqual([])
  expect(unusedSuppressions(judgement.problems, [])).toMatchObject([
    { code: 'unused-suppression', severity: 'warning' },
  ])
})

test('the same mistake at the same place is told once, elsewhere again', () => {
  const { problems, report } = judge()
  const at = { file: 'mesh.yaml', line: 1, col: 1 }
  for (const place of [at, at, { ...at, line: 2 }, { ...at, item: 1 }, undefined]) report({ ...miss, at: place })
  expect(problems).toHaveLength(4)
})

test('the same mistake is as grave as the gravest that is told of it', () => {
  const { problems, report, failed } = judge()
  for (const severity of ['warning', 'error', 'warning'] as const) report({ ...miss, severity })
  expect(problems.map(({ severity }) => severity)).toEqual(['error'])
  expect(failed()).toBe(true)
})

describe('a secret', () => {
  const told = (problem: Partial<Problem>) => {
    const { problems, report } = judge()
    report({ ...firm, ...problem })
    return problems[0]
  }

  test.each([
    ['in its message', { message: '`x` must be text; "hunter2" is none' }],
    ['in its hint', { hint: 'write `password: "hunter2"`.' }],
    ['as its value', { value: 'hunter2', message: 'must not be hunter2', hint: 'hunter2 is bad' }],
    ['as a number', { value: 71234, message: 'must be text; it is 71234' }],
    ['as what is proposed', { proposed: 'hunter2' }],
  ])('is not told: %s', (_, problem) => {
    for (const path of ['spec.values.db.password', 'spec.components.pilot.k8s.env[3].value', 'a.headers[0].value']) {
      const shown = JSON.stringify(told({ ...problem, path }))
      expect(shown).not.toMatch(/hunter2|71234/)
      expect(shown).toContain(path)
    }
  })

  test.each([
    ['a', '`spec.token` must be text or a number; it is "a"', '`spec.token` must be text or a number; it is "…"'],
    [5, '`spec.token5[5]` must be text; it is 5', '`spec.token5[5]` must be text; it is …'],
    [1.5, '`spec.token` must be text; it is 1.5', '`spec.token` must be text; it is …'],
    ['a.b*c', '`spec.token` must be text; a.b*c is none', '`spec.token` must be text; … is none'],
  ])('leaves the other words whole: %s', (value, message, expected) => {
    expect(told({ path: 'spec.token', value, message })?.message).toBe(expected)
  })

  test('is not taken for one by its look alone', () => {
    const problem = { path: 'spec.values.global.imagePullSecrets[0]', message: 'must be text; "regcred" is none' }
    expect(told(problem)?.message).toBe(problem.message)
  })

  test('is known by its look', () => {
    for (const value of ['eyJhbGci.eyJzdWIi.c2ln', 'x'.repeat(48), '-----BEGIN RSA PRIVATE KEY-----'])
      expect(
        JSON.stringify(told({ path: 'spec.x', value, message: `must be a number; it is "${value}"` })),
      ).not.toContain(value)
  })

  test('does not hide in a map', () => {
    expect(told({ path: 'spec.values', value: { password: 'hunter2' } })?.value).toBeUndefined()
  })
})
