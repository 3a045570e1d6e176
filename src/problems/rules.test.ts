import { expect, test } from 'vitest'
import { dotted, type Problem } from '../problem.ts'
import { defaultSettings, readSettings, settingsOfConfigMap } from '../settings.ts'

function read(problems: unknown) {
  const told: Problem[] = []
  const at = (path: readonly (string | number)[], part?: string) => ({
    file: `${dotted(path)} ${part}`,
    line: 1,
    col: 1,
  })
  const settings = readSettings({ problems }, defaultSettings, at, (problem) => told.push(problem))
  return { rules: settings.problems, told: told.map(({ code, path, at }) => [code, path, at?.file]) }
}

const reason = 'it comes on Monday'

test('levels and suppressions are read', () => {
  const { rules, told } = read({
    levels: { 'overlay-miss': 'warn', 'env-not-text': 'error', 'set-doubt': 'off', 'duplicate-key': false },
    ignore: [
      { code: 'overlay-miss', path: 'spec.components.pilot', reason },
      { code: 'set-doubt', reason },
    ],
  })
  expect(told).toEqual([])
  expect(rules.levels).toEqual({
    'overlay-miss': 'warn',
    'env-not-text': 'error',
    'set-doubt': 'off',
    'duplicate-key': 'off',
  })
  expect(rules.ignore).toMatchObject([
    { code: 'overlay-miss', path: 'spec.components.pilot', reason },
    { code: 'set-doubt', reason },
  ])
})

test.each([
  ['no map', 'off', 'wrong-setting', 'spec.problems', 'problems value'],
  ['another field', { level: {} }, 'unknown-setting', 'spec.problems.level', 'problems.level key'],
  ['levels as a list', { levels: [] }, 'wrong-setting', 'spec.problems.levels', 'problems.levels value'],
  [
    'a level that is none',
    { levels: { 'overlay-miss': 'warning' } },
    'wrong-setting',
    'spec.problems.levels.overlay-miss',
    'problems.levels.overlay-miss value',
  ],
  [
    'a code that is none',
    { levels: { 'overlay-mis': 'warn' } },
    'unknown-problem',
    'spec.problems.levels.overlay-mis',
    'problems.levels.overlay-mis key',
  ],
  [
    'a name that every object has',
    { levels: { constructor: 'warn' } },
    'unknown-problem',
    'spec.problems.levels.constructor',
    'problems.levels.constructor key',
  ],
  [
    'a firm error',
    { levels: { 'yaml-syntax': 'off' } },
    'firm-problem',
    'spec.problems.levels.yaml-syntax',
    'problems.levels.yaml-syntax key',
  ],
  ['a map of suppressions', { ignore: {} }, 'wrong-setting', 'spec.problems.ignore', 'problems.ignore value'],
  ['a code as suppression', { ignore: ['x'] }, 'wrong-setting', 'spec.problems.ignore[0]', 'problems.ignore[0] value'],
  [
    'a suppression of nothing',
    { ignore: [{ reason }] },
    'wrong-setting',
    'spec.problems.ignore[0].code',
    'problems.ignore[0].code value',
  ],
  [
    'a suppression of no problem',
    { ignore: [{ code: 'x-y', reason }] },
    'unknown-problem',
    'spec.problems.ignore[0].code',
    'problems.ignore[0].code value',
  ],
  [
    'a suppression of a firm error',
    { ignore: [{ code: 'yaml-syntax', reason }] },
    'firm-problem',
    'spec.problems.ignore[0].code',
    'problems.ignore[0].code key',
  ],
  [
    'a suppression without a reason',
    { ignore: [{ code: 'overlay-miss' }] },
    'missing-reason',
    'spec.problems.ignore[0].reason',
    'problems.ignore[0] value',
  ],
  [
    'a suppression with an empty reason',
    { ignore: [{ code: 'overlay-miss', reason: ' ' }] },
    'missing-reason',
    'spec.problems.ignore[0].reason',
    'problems.ignore[0].reason value',
  ],
  [
    'another field of a suppression',
    { ignore: [{ code: 'overlay-miss', reason, file: 'x' }] },
    'unknown-setting',
    'spec.problems.ignore[0].file',
    'problems.ignore[0].file key',
  ],
  [
    'a path that is none',
    { ignore: [{ code: 'overlay-miss', reason, path: 5 }] },
    'wrong-setting',
    'spec.problems.ignore[0].path',
    'problems.ignore[0].path value',
  ],
] as const)('%s is told of', (_, problems, ...expected) => {
  expect(read(problems).told).toEqual([expected])
})

test('a ConfigMap says the same as text', () => {
  const { problems } = settingsOfConfigMap({
    'problems.levels.overlay-miss': 'off',
    'problems.levels.env-not-text': 'error',
    'problems.ignore': `overlay-miss spec.components.pilot: ${reason}: really\nset-doubt: ${reason}\nduplicate-key\n`,
  })
  expect(read(problems).rules).toMatchObject({
    levels: { 'overlay-miss': 'off', 'env-not-text': 'error' },
    ignore: [
      { code: 'overlay-miss', path: 'spec.components.pilot', reason: `${reason}: really` },
      { code: 'set-doubt', path: undefined, reason },
    ],
  })
  expect(read(problems).told.map(([code]) => code)).toEqual(['missing-reason'])
})
