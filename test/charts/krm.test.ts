import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFunction } from '../../src/hosts/krm.ts'
import { isMap } from '../../src/k8s/object.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { inFolder } from '../run.ts'
import { below, folderOf, type Generation, generations, istioCharts, profiles, within } from './package.ts'

const newest = generations['1.30'] as Generation
const charts = within('vendor/istio', { ...istioCharts(newest), ...profiles(newest) })

interface Asked {
  readonly path?: string | undefined
  readonly config?: object | undefined
  /** The file that the item says it is from. */
  readonly file?: string
}

/** The function in a folder with the charts, on one IstioOperator. */
function run({ path, config, file = 'mesh/istio.yaml' }: Asked, prepare: (folder: string) => void = () => undefined) {
  const folder = folderOf({ ...within('work', charts), ...within('outside', below(charts, 'vendor/istio')) })
  prepare(folder)
  const item = {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: 'mesh', annotations: { 'internal.config.kubernetes.io/path': file } },
    spec: path === undefined ? {} : { installPackagePath: path },
  }
  const list = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: [item], functionConfig: config }
  const input = new TextEncoder().encode(JSON.stringify(list))
  const outcome = inFolder(join(folder, 'work'), () => runFunction(input))
  const answer = readDocuments(outcome.stdout, '', () => undefined)[0]?.value
  const items = isMap(answer) && Array.isArray(answer.items) ? answer.items : []
  return { outcome, names: items.map(({ kind, metadata }) => `${kind}/${metadata.name}`), items }
}

const settings = (spec: object) => ({ apiVersion: 'render-istio.dev/v1alpha1', kind: 'RenderIstio', spec })
const codes = ({ outcome }: ReturnType<typeof run>) => outcome.problems.map(({ code }) => code)

test.each<[string, Asked]>([
  ['the IstioOperator names', { path: 'vendor/istio' }],
  ['a RenderIstio names', { config: settings({ charts: { path: './vendor/istio' } }) }],
  [
    'a RenderIstio names over the IstioOperator',
    { path: 'nowhere', config: settings({ charts: { path: 'vendor/istio' } }) },
  ],
  [
    'a ConfigMap names',
    {
      config: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'charts.path': 'vendor/istio' } },
    },
  ],
  ['`set` names, outside of the working directory', { config: settings({ set: ['installPackagePath=../outside'] }) }],
])('renders charts that %s', (_, asked) => {
  const made = run(asked)
  expect(codes(made)).toEqual([])
  expect(made.outcome.exitCode).toBe(0)
  expect(made.names).toContain('ConfigMap/istio')
  expect(made.names).not.toContain('ConfigMap/istio-sidecar-injector')
  const istiod = made.items.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'istiod')
  expect(istiod.metadata.annotations['internal.config.kubernetes.io/path']).toBe('mesh/mesh/istiod.yaml')
})

test('takes single charts from elsewhere, or none', () => {
  const components = { pilot: 'bundled', ztunnel: 'vendor/istio/charts/ztunnel' }
  const config = settings({ charts: { path: 'vendor/istio', components }, set: ['profile=ambient'] })
  const made = run({ config })
  expect(made.names).toContain('ConfigMap/istio-sidecar-injector')
  expect(made.names).toContain('ConfigMap/ztunnel')
  const text = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: {
      'charts.path': 'vendor/istio',
      'charts.components.pilot': 'bundled',
      'charts.components.ztunnel': 'vendor/istio/charts/ztunnel',
      profile: 'ambient',
    },
  }
  expect(run({ config: text }).names).toEqual(made.names)
})

test.each<[string, Asked, string, RegExp]>([
  ['a folder above', { path: '../outside' }, 'outside-root', /"..\/outside" leaves both/],
  ['a path from the root', { path: '/' }, 'outside-root', /leaves both/],
  [
    'a folder above for a file that says to be there',
    { path: '../outside', file: '../outside/a.yaml' },
    'outside-root',
    /leaves both/,
  ],
  ['an address', { path: 'oci://registry.example/istio' }, 'charts-not-read', /nothing is fetched from a network/],
  [
    'an address as a setting',
    { config: settings({ charts: { path: 'https://charts.example/a.tgz' } }) },
    'charts-not-read',
    /fetched/,
  ],
  ['what is not there', { path: 'vendor/none' }, 'charts-not-read', /there is none/],
  [
    'a component that is none',
    { config: settings({ charts: { components: { ztunel: 'bundled' } } }) },
    'wrong-setting',
    /"ztunel"/,
  ],
  ['no text', { config: settings({ charts: { path: 5 } }) }, 'wrong-setting', /`spec.charts.path` must be the path/],
  [
    'a setting that is none',
    { config: settings({ charts: { paths: 'a' } }) },
    'unknown-setting',
    /`spec.charts.paths`/,
  ],
])('refuses %s, and hands the items back', (_, asked, code, message) => {
  const made = run(asked)
  expect(codes(made)).toContain(code)
  expect(made.outcome.problems.find((problem) => problem.code === code)?.message).toMatch(message)
  expect(made.outcome.exitCode).toBe(1)
  expect(made.names).toEqual(['IstioOperator/mesh'])
})

test('refuses a link that leads out of the working directory', () => {
  const link = (folder: string) => symlinkSync('../outside', join(folder, 'work/link'))
  const made = run({ path: 'link' }, link)
  expect(codes(made)).toEqual(['outside-root'])
})
