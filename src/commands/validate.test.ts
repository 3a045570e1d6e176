import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from './generate.ts'
import { validate } from './validate.ts'

const home = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'validate-'))

const operator = (spec: string) => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: ${spec}\n`
const settings = (spec: string) => `apiVersion: render-istio.dev/v1alpha1\nkind: RenderIstio\nspec: ${spec}\n`
const overlay = '[{kind: Deployment, name: istiod-x, patches: [{path: spec.replicas, value: 2}]}]'

beforeAll(() => {
  process.chdir(folder)
  writeFileSync('good.yaml', operator('{profile: minimal}'))
  writeFileSync('warned.yaml', operator('{profile: minimal, meshConfig: {disablePolicyChecks: true}}'))
  writeFileSync('wrong.yaml', operator('{profile: defalt}'))
  writeFileSync('miss.yaml', operator(`{profile: minimal, components: {pilot: {k8s: {overlays: ${overlay}}}}}`))
  writeFileSync('levels.yaml', settings('{problems: {levels: {overlay-miss: warn}}}'))
  writeFileSync('off.yaml', settings('{problems: {levels: {overlay-miss: off}}}'))
  writeFileSync('raised.yaml', settings('{problems: {levels: {obsolete-mesh-field: error}}}'))
  writeFileSync('ignored.yaml', settings('{problems: {ignore: [{code: overlay-miss, reason: not yet}]}}'))
  writeFileSync('engine.yaml', settings('{engine: none, set: [revision=canary]}'))
  mkdirSync('folder')
  writeFileSync('folder/mesh.yaml', operator('{profile: minimal}'))
})

afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

const run = (line: string) => validate(line.split(' '), { hasColour: () => false, environment: {} })

test.each([
  ['-f good.yaml', 0],
  ['folder', 0],
  ['-f warned.yaml', 0],
  ['-f warned.yaml --strict', 1],
  ['-f good.yaml --strict', 0],
  ['-f wrong.yaml', 1],
  ['-f missing.yaml', 1],
  ['-f good.yaml --format xml', 1],
  ['-f miss.yaml', 1],
  ['-f miss.yaml --compat istioctl', 0],
  ['-f miss.yaml --compat istioctl --strict', 1],
  ['-f miss.yaml --config levels.yaml', 0],
  ['-f miss.yaml --config levels.yaml --strict', 1],
  ['-f miss.yaml --config off.yaml --strict', 0],
  ['-f miss.yaml --config ignored.yaml --strict', 0],
  ['-f good.yaml --config ignored.yaml', 0],
  ['-f good.yaml --config ignored.yaml --strict', 1],
  ['-f warned.yaml --config raised.yaml', 1],
  ['-f good.yaml --config good.yaml', 1],
  ['-f good.yaml --config missing.yaml', 1],
] as const)('validate %s ends with %i', (line, exitCode) => {
  const outcome = run(line)
  expect(outcome.exitCode).toBe(exitCode)
  expect(outcome.problems).toEqual([])
  expect(outcome.stdout === 'no problems\n').toBe(
    ['-f good.yaml', 'folder', '-f good.yaml --strict', '-f miss.yaml --config off.yaml --strict'].includes(line),
  )
})

test('it tells what generate tells', () => {
  for (const file of ['good', 'warned', 'wrong', 'miss']) {
    const { problems } = JSON.parse(run(`-f ${file}.yaml --format json`).stdout)
    const told = generate(['-f', `${file}.yaml`]).problems
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(told.map(({ code }) => code))
  }
})

test('a command line that cannot be understood is told as usage', () => {
  const outcome = run('-f good.yaml --fromat json')
  expect(outcome).toMatchObject({ stdout: '', exitCode: 2, problems: [{ code: 'usage' }] })
  expect(outcome.problems[0]?.hint).toContain('--format')
})

test('the form decides nothing but the form', () => {
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const { stdout, exitCode } = run(`-f wrong.yaml --format ${format}`)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('unknown-profile')
    expect(run(`-f good.yaml --format ${format}`).exitCode).toBe(0)
  }
})

test('flags show the place within themselves', () => {
  expect(run('-f good.yaml --set hub=x --set profle').stdout).toContain('\n  1 | hub=x\n  2 | profle\n')
})

describe('--config', () => {
  test('sets what the function is told by its configuration', () => {
    const { stdout } = generate(['-f', 'good.yaml', '--config', 'engine.yaml'])
    expect(stdout).toContain('name: istiod-canary')
    expect(stdout).not.toContain('argocd.argoproj.io')
  })

  test('yields to flags', () => {
    const { stdout } = generate([
      '-f',
      'good.yaml',
      '--config',
      'engine.yaml',
      '--engine',
      'argocd',
      '--revision',
      'blue',
    ])
    expect(stdout).toContain('name: istiod-blue')
    expect(stdout).toContain('argocd.argoproj.io/sync-wave')
  })

  test('keeps its engine beside --compat', () => {
    writeFileSync('argocd.yaml', settings('{engine: argocd}'))
    const rendered = (...more: string[]) => generate(['-f', 'good.yaml', '--compat', 'istioctl', ...more]).stdout
    expect(rendered('--config', 'argocd.yaml')).toContain('argocd.argoproj.io/sync-wave')
    expect(rendered()).not.toContain('argocd.argoproj.io/sync-wave')
  })
})

test('what is suppressed is in SARIF with its reason', () => {
  const { runs } = JSON.parse(run('-f miss.yaml --config ignored.yaml --format sarif').stdout)
  expect(runs[0].results).toMatchObject([{ ruleId: 'overlay-miss', suppressions: [{ justification: 'not yet' }] }])
})
