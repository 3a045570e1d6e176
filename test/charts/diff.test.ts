import { expect, test } from 'vitest'
import { diff } from '../../src/commands/diff.ts'
import { generate } from '../../src/commands/generate.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { writeYaml } from '../../src/yaml/write.ts'
import { inFolder } from '../run.ts'
import { below, type Files, folderOf, type Generation, generations, istioCharts, within } from './package.ts'
import { operator } from './run.ts'

const newest = generations['1.30'] as Generation
const ztunnel = within('ztunnel', below(istioCharts(newest), 'charts/ztunnel'))
const cni = 'profile: ambient\ncomponents:\n  cni:\n    enabled: true'

/** A chart that holds what the bundled renderer of ztunnel makes, changed by hand. */
function copied(change: (text: string) => string): Files {
  const { stdout } = inFolder(folderOf({ 'in.yaml': operator(cni) }), () =>
    generate(['-f', 'in.yaml', '--engine', 'none']),
  )
  const own = readDocuments(stdout, '', () => undefined).filter(({ value }) =>
    JSON.stringify(value).includes('"ztunnel"'),
  )
  const texts = own
    .map(({ value }) => value as { kind: string; metadata: { name: string } })
    .filter(({ metadata }) => metadata.name === 'ztunnel')
    .map((object) => writeYaml(object))
  return {
    'vendor/Chart.yaml': 'apiVersion: v2\nname: ztunnel\nversion: 1.30.3\n',
    'vendor/templates/all.yaml': change(texts.join('---\n')),
  }
}

const run = (files: Files, ...argv: readonly string[]) =>
  inFolder(folderOf({ ...files, 'in.yaml': operator(cni) }), () => diff(['-f', 'in.yaml', ...argv]))

test('finds no difference where there is none', () => {
  const same = run(
    copied((text) => text),
    '--renderer',
    '--charts',
    'vendor',
  )
  expect(same.stdout).toMatch(/^\d+ equal, 0 different, 0 only bundled, 0 only of the charts\n$/)
  expect(same).toMatchObject({ exitCode: 0, problems: [] })
})

test('tells what a vendor changed, object by object', () => {
  const files = copied((text) =>
    text
      .replace(/image: .*/, 'image: vendor.example/ztunnel:1.30.3-vendor')
      .replace(/ {6}terminationGracePeriodSeconds: 30\n/, '      hostPID: true\n')
      .replace('kind: ServiceAccount', 'kind: Secret'),
  )
  const { stdout, exitCode } = run(files, '--renderer', '--charts', 'vendor')
  expect(exitCode).toBe(1)
  expect(stdout.replace(/^\d+/gm, 'N').split('\n')).toEqual([
    '- ServiceAccount istio-system/ztunnel: only the bundled renderers have it',
    '~ DaemonSet istio-system/ztunnel',
    '    ~ spec.template.spec.containers[name:istio-proxy].image: "registry.istio.io/release/ztunnel:1.30.3-distroless" → "vendor.example/ztunnel:1.30.3-vendor"',
    '    + spec.template.spec.hostPID: true',
    '    - spec.template.spec.terminationGracePeriodSeconds: 30',
    '+ Secret istio-system/ztunnel: only the charts have it',
    'N equal, 1 different, 1 only bundled, 1 only of the charts',
    '',
  ])
  const json = JSON.parse(run(files, '--renderer', '--charts', 'vendor', '--format', 'json').stdout)
  expect(json).toMatchObject({
    different: [
      {
        kind: 'DaemonSet',
        namespace: 'istio-system',
        name: 'ztunnel',
        differences: expect.arrayContaining([{ path: 'spec.template.spec.hostPID', charts: true }]),
      },
    ],
    onlyBundled: [{ kind: 'ServiceAccount' }],
    onlyCharts: [{ kind: 'Secret' }],
  })
})

test('compares texts of ConfigMaps by what they say', () => {
  const whole = {
    'a/Chart.yaml': 'apiVersion: v2\nname: istiod\nversion: 1.30.3\n',
    'a/templates/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\n  namespace: istio-system\ndata:\n  mesh: "rootNamespace: elsewhere"\n',
  }
  const { stdout } = run(whole, '--renderer', '--charts', 'a')
  expect(stdout).toContain('    ~ data.mesh.rootNamespace: "istio-system" → "elsewhere"\n')
})

test.each<[string, readonly string[], number, RegExp]>([
  ['what to compare', [], 2, /must be told what to compare/],
  ['which charts', ['--renderer'], 2, /must be told which charts/],
  ['charts that are there', ['--renderer', '--charts', 'none'], 1, /there is none/],
  [
    'a form that it has',
    ['--renderer', '--format', 'yaml', '--charts', 'ztunnel'],
    1,
    /`--format` must be one of "text", "json"/,
  ],
  ['flags that it has', ['--render'], 2, /did you mean|known flags/],
])('must be told %s', (_, argv, exitCode, message) => {
  const outcome = run(ztunnel, ...argv)
  expect(outcome).toMatchObject({ exitCode, stdout: '' })
  expect(outcome.problems[0]?.message).toMatch(message)
})
