import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { validate } from '../../src/commands/validate.ts'
import { engineNames } from '../../src/settings.ts'
import { at } from '../at.ts'
import { inFolder } from '../run.ts'
import { folderOf, type Generation, generations, istioCharts, profiles, within } from './package.ts'
import { madeOf, operator } from './run.ts'

const package_ = (folder: string, span: string) => {
  const generation = generations[span] as Generation
  return within(folder, { ...istioCharts(generation), ...profiles(generation) })
}

const stable = `profile: default
installPackagePath: releases/1.28`
const canary = `profile: default
installPackagePath: ./1.30
revision: canary
components:
  base:
    enabled: false
  ingressGateways: []`
const files = {
  ...package_('releases/1.28', '1.24 to 1.29'),
  ...package_('mesh/1.30', '1.30'),
  'mesh/canary.yaml': operator(canary).replace('name: mesh', 'name: canary'),
  'mesh/stable.yaml': operator(stable),
}

const told = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code)

test('each control plane is rendered with the charts of its own release, named from the run or from its file', () => {
  const made = madeOf(inFolder(folderOf(files), () => generate(['mesh', '--engine', 'none'])))
  expect(told(made.outcome.problems)).toEqual(['chart-release'])
  const version = (name: string) => at(made.objects[name], ['metadata', 'labels', 'app.kubernetes.io/version'])
  expect(version('Deployment/istiod')).toBe('1.28.0')
  expect(version('Deployment/istiod-canary')).toBe('1.30.3')
})

test.each(engineNames)('the order of charted objects is written for %s', (engine) => {
  const { outcome, list } = madeOf(inFolder(folderOf(files), () => generate(['mesh', '--engine', engine])))
  expect(told(outcome.problems)).toEqual(['chart-release'])
  expect(list.length).toBeGreaterThan(8)
})

test('rendering charts twice gives the same bytes, whatever the order of the files', () => {
  const once = () => inFolder(folderOf(files), () => generate(['mesh'])).stdout
  const reversed = Object.fromEntries(Object.entries(files).reverse())
  expect(once()).toBe(once())
  expect(inFolder(folderOf(reversed), () => generate(['mesh'])).stdout).toBe(once())
})

test('validate looks at charts too', () => {
  const broken = { ...files, 'mesh/1.30/charts/istio-control/istio-discovery/templates/a.yaml': '{{ fail "no" }}' }
  const run = (input: typeof files) =>
    inFolder(folderOf(input), () => validate(['mesh'], { hasColour: () => false, environment: {} }))
  expect(run(files).exitCode).toBe(0)
  expect(run(broken)).toMatchObject({ exitCode: 1 })
})

test('a profile cannot name charts, as they are looked for before it', () => {
  const input = {
    ...files,
    'base.yaml': operator('installPackagePath: mesh/1.30'),
    'in.yaml': operator('profile: ./base.yaml'),
  }
  const { problems, exitCode } = inFolder(folderOf(input), () => generate(['-f', 'in.yaml']))
  expect(exitCode).toBe(1)
  expect(problems).toMatchObject([{ code: 'charts-not-read', at: { file: 'base.yaml' } }])
})
