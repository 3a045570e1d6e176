import { expect, test } from 'vitest'
import type { Problem } from '../../problem.ts'
import { noRules } from '../../problems/judge.ts'
import { readProblemRules } from '../../problems/rules.ts'
import { withoutEchoes } from './echoes.ts'

const problem = (code: Problem['code'], path: string, rest: Partial<Problem> = {}): Problem => ({
  code,
  path,
  severity: 'error',
  message: 'must be well',
  ...rest,
})

const told = (mistake: Problem, other: Problem, judging: Parameters<typeof withoutEchoes>[1] = {}) => {
  const problems: Problem[] = []
  withoutEchoes([mistake], judging, (one) => problems.push(one))(other)
  return problems.length > 0
}

const keyless = { message: '`spec.tolerations[0]` must have a `key`' }

test.each<[what: string, mistake: Problem, other: Problem, isTold: boolean]>([
  ['of the same value', problem('wrong-type', 'spec.tag'), problem('invalid-tag', 'spec.tag'), false],
  ['of what is in it', problem('wrong-type', 'spec.a'), problem('invalid-tag', 'spec.a["x.y"][0]'), false],
  ['of a name that begins alike', problem('wrong-type', 'spec.a'), problem('invalid-tag', 'spec.ab'), true],
  ['of what is around it', problem('wrong-type', 'spec.a.b'), problem('invalid-tag', 'spec.a'), true],
  [
    'of what is missing',
    problem('unknown-field', 'spec.tolerations[0].kee'),
    problem('invalid-toleration', 'spec.tolerations[0]', keyless),
    false,
  ],
  [
    'of what is missing besides',
    problem('unknown-field', 'spec.tolerations[0].effct'),
    problem('invalid-toleration', 'spec.tolerations[0]', keyless),
    true,
  ],
  [
    'of what depends on a value of another type',
    problem('wrong-type', 'spec.tolerations[0].operator'),
    problem('invalid-toleration', 'spec.tolerations[0]', { message: 'must have a `key`, unless its `operator` is so' }),
    false,
  ],
  [
    'of what is missing beside another type',
    problem('wrong-type', 'spec.tolerations[0].kee'),
    problem('invalid-toleration', 'spec.tolerations[0]', keyless),
    true,
  ],
  [
    'of what is meant',
    problem('unknown-field', 'spec.failover[0].frmo'),
    problem('invalid-locality', 'spec.failover[0].from'),
    false,
  ],
  [
    'of its neighbour',
    problem('unknown-field', 'spec.failover[0].frmo'),
    problem('invalid-locality', 'spec.failover[0].to'),
    true,
  ],
  [
    'of the same field elsewhere',
    problem('unknown-field', 'spec.failover[0].frmo'),
    problem('invalid-locality', 'spec.failover[1].from'),
    true,
  ],
  [
    'of a field elsewhere that is misspelt',
    problem('unknown-field', 'spec.values.globa'),
    problem('remote-without-address', 'spec.profile', { hint: 'set `values.global.remotePilotAddress`.' }),
    false,
  ],
  [
    'of a field elsewhere in what is no map',
    problem('wrong-type', 'spec.values'),
    problem('remote-without-address', 'spec.profile', { hint: 'set `values.global.remotePilotAddress`.' }),
    false,
  ],
  [
    'of a field elsewhere, and another one is misspelt',
    problem('unknown-field', 'spec.values.pilto'),
    problem('remote-without-address', 'spec.profile', { hint: 'set `values.global.remotePilotAddress`.' }),
    true,
  ],
  ['of no field', problem('unknown-field', 'spec.x'), { ...problem('empty-mesh', ''), path: undefined }, true],
])('what a rule has against something: %s', (_, mistake, other, isTold) => {
  expect(told(mistake, other)).toBe(isTold)
})

test('a mistake that is none to this user hides nothing', () => {
  const lenient = problem('unknown-field', 'spec.meshConfig.a', { istioctl: 'warning' })
  const inside = problem('invalid-port', 'spec.meshConfig.a.b')
  expect(told(lenient, inside)).toBe(false)
  expect(told(lenient, inside, { compat: 'istioctl' })).toBe(true)
  expect(told({ ...lenient, severity: 'warning' }, inside)).toBe(true)
  for (const said of [
    { levels: { 'unknown-field': 'warn' } },
    { ignore: [{ code: 'unknown-field', reason: 'we know' }] },
  ]) {
    const problems = readProblemRules(
      said,
      noRules,
      () => undefined,
      () => {},
    )
    expect(told(lenient, inside, { problems: { ...problems, ...said } as typeof problems })).toBe(true)
  }
})
