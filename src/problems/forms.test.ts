import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { problemCodes } from './catalogue.ts'
import { forms } from './forms.ts'
import type { Told } from './told.ts'

const text = 'spec:\n  profile: defalt\n  revision: 5\n'

const error: Problem = {
  code: 'unknown-profile',
  severity: 'error',
  message: '`spec.profile` must name a profile; "defalt" is none',
  path: 'spec.profile',
  at: { file: 'mesh/my mesh.yaml', line: 2, col: 12 },
  hint: 'did you mean "default"?',
  value: 'defalt',
  proposed: 'default',
}
const warning: Problem = {
  ...error,
  code: 'env-not-text',
  severity: 'warning',
  at: { file: 'a.yaml', line: 9, col: 1 },
}
const info: Problem = { code: 'istioctl-rejects', severity: 'info', message: 'must be text' }
const flag: Problem = { ...info, code: 'set-argument', severity: 'error', at: { file: '--set', line: 2, col: 3 } }

function told(problems: readonly Problem[], more: Partial<Told> = {}): Told {
  const source = (file: string) => (file === error.at?.file ? text : undefined)
  return { problems, suppressed: [], passed: problems.length === 0, source, colour: () => false, ...more }
}

const suppressed = [{ problem: warning, by: { code: warning.code, reason: 'as it was' } }]

describe('text', () => {
  test('is sorted by place, with the line marked', () => {
    expect(forms.text(told([error, warning, info, flag]))).toBe(`--set:2:3: error: must be text [set-argument]

a.yaml:9:1: warning: \`spec.profile\` must name a profile; "defalt" is none [env-not-text]
  hint: did you mean "default"?

mesh/my mesh.yaml:2:12: error: \`spec.profile\` must name a profile; "defalt" is none [unknown-profile]
  1 | spec:
  2 |   profile: defalt
    |            ^^^^^^
  hint: did you mean "default"?

info: must be text [istioctl-rejects]

2 errors, 1 warning, 1 info; \`render-istio help CODE\` tells more about each code
`)
  })

  test('is one line when all is well', () => {
    expect(forms.text(told([]))).toBe('no problems\n')
    expect(forms.text(told([], { suppressed }))).toBe('no problems, 1 suppressed\n')
  })

  test('has colours where they are wanted, and only colours more', () => {
    const coloured = forms.text(told([error], { colour: () => true }))
    expect(coloured).toContain('\u001b[1;31merror:\u001b[0m')
    expect(stripVTControlCharacters(coloured)).toBe(forms.text(told([error])))
  })
})

describe('JSON', () => {
  test('holds what is known', () => {
    expect(JSON.parse(forms.json(told([error, info], { suppressed })))).toEqual({
      passed: false,
      errors: 1,
      warnings: 0,
      problems: [
        {
          code: 'unknown-profile',
          severity: 'error',
          message: error.message,
          hint: error.hint,
          path: 'spec.profile',
          value: 'defalt',
          proposed: 'default',
          file: 'mesh/my mesh.yaml',
          line: 2,
          col: 12,
        },
        { code: 'istioctl-rejects', severity: 'info', message: 'must be text' },
      ],
      suppressed: [expect.objectContaining({ code: 'env-not-text', reason: 'as it was', file: 'a.yaml' })],
    })
  })
})

/** What the runner makes of a line: it splits at the second `::`, and decodes properties and message. */
function annotation(line: string) {
  const [, command = '', properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? []
  const data = (value: string) => value.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const undo = (value: string) => data(value).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
  const pairs = properties.split(',').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), undo(pair.slice(at + 1))]
  })
  return { command, ...Object.fromEntries(pairs), message: data(message).replaceAll('%25', '%') }
}

describe('GitHub annotations', () => {
  test('are a line a problem, errors first', () => {
    expect(forms.github(told([warning, info, flag, error]))).toBe(
      [
        '::error title=set-argument::--set:2:3: must be text',
        '::error file=mesh/my mesh.yaml,line=2,col=12,title=unknown-profile::`spec.profile` must name a profile; "defalt" is none; did you mean "default"?',
        '::warning file=a.yaml,line=9,col=1,title=env-not-text::`spec.profile` must name a profile; "defalt" is none; did you mean "default"?',
        '::notice title=istioctl-rejects::must be text',
        '',
      ].join('\n'),
    )
    expect(forms.github(told([]))).toBe('')
  })

  test('keep every character', () => {
    const words = fc.string({
      unit: fc.constantFrom('%', ':', ',', ';', '=', '"', 'a', '25', '0A', '3A', '::', ' ', 'é', '🚀', '\n', '\r'),
    })
    fc.assert(
      fc.property(words, words, (file, message) => {
        const at = { file: `x${file}`, line: 1, col: 2 }
        const [line = '', ...more] = forms.github(told([{ ...info, at, message }])).split('\n')
        expect(more).toEqual([''])
        expect(annotation(line)).toEqual({
          command: 'notice',
          file: at.file,
          line: '1',
          col: '2',
          title: info.code,
          message,
        })
      }),
    )
  })

  test('cannot be broken out of', () => {
    const message = 'x\n::set-output name=a::b\r\n::stop-commands::y'
    expect(
      forms
        .github(told([{ ...info, message }]))
        .trimEnd()
        .split(/\r|\n/),
    ).toHaveLength(1)
  })
})

describe('SARIF', () => {
  // The schema is of draft-04, which differs from draft-07 in nothing else that it uses.
  const {
    id,
    $schema: _,
    ...schema
  } = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  ajv.addFormat('uri', (value: string) => URL.canParse(value))
  ajv.addFormat(
    'uri-reference',
    (value: string) => URL.canParse(value, 'https://example.com/') && !/[ "<>^`{|}]/.test(value),
  )
  ajv.addFormat('date-time', () => false)
  const isValid = ajv.compile({ $id: id, ...schema })

  const every = problemCodes().map((code, index): Problem => {
    const at = [
      undefined,
      { file: 'mesh.yaml', line: 1, col: 1 },
      { file: '/srv/a b/ü:#?.yaml', line: 3, col: 4 },
      { file: 'C:\\mesh\\x.yaml', line: 3, col: 4 },
      { file: '--set', line: 1, col: 7 },
      { file: 'stdin', line: 1, col: 7 },
    ][index % 6]
    return { ...error, code, severity: (['error', 'warning', 'info'] as const)[index % 3] ?? 'info', at }
  })

  test.each([
    ['nothing', told([])],
    ['one problem', told([error])],
    ['every kind of problem', told(every)],
    ['what is suppressed', told([], { suppressed })],
  ])('of %s is what its schema says', (_name, run) => {
    isValid(JSON.parse(forms.sarif(run)))
    expect(isValid.errors).toBeNull()
  })

  test('of anything else is not', () => {
    expect(isValid({ ...JSON.parse(forms.sarif(told([]))), version: '2.0.0' })).toBe(false)
  })

  test('says where, what and why', () => {
    const [run] = JSON.parse(forms.sarif(told([error, flag], { suppressed }))).runs
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      'env-not-text',
      'set-argument',
      'unknown-profile',
    ])
    expect(run.results).toMatchObject([
      { ruleId: 'set-argument', ruleIndex: 1, level: 'error', message: { text: '--set:2:3: must be text' } },
      {
        ruleId: 'env-not-text',
        ruleIndex: 0,
        level: 'warning',
        suppressions: [{ kind: 'external', justification: 'as it was' }],
      },
      {
        ruleId: 'unknown-profile',
        ruleIndex: 2,
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'mesh/my%20mesh.yaml' },
              region: { startLine: 2, startColumn: 12 },
            },
            logicalLocations: [{ fullyQualifiedName: 'spec.profile' }],
          },
        ],
      },
    ])
    expect(run.results[0].suppressions).toBeUndefined()
  })

  test.each([
    ['/srv/a b/ü:#?.yaml', 'file:///srv/a%20b/%C3%BC%3A%23%3F.yaml'],
    ['C:\\mesh\\x.yaml', 'file:///C:/mesh/x.yaml'],
    ['a:b/c.yaml', 'a%3Ab/c.yaml'],
    ['../x.yaml', '../x.yaml'],
  ])('names the file %s as %s', (file, uri) => {
    const log = JSON.parse(forms.sarif(told([{ ...error, at: { file, line: 1, col: 1 } }])))
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri)
  })
})
