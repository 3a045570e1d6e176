import { readFileSync } from 'node:fs'
import { Configs, type KubernetesObject, type Result, TestRunner } from 'kpt-functions'
import { expect, test, vi } from 'vitest'
import { renderIstio } from '../src/kpt.ts'

// kpt-functions makes a console of its own when it is loaded, and the one of tests has no class for that.
await vi.hoisted(async () => {
  const { Console } = await import('node:console')
  Object.assign(console, { Console })
})

/** The test runner of kpt-functions is written for Jasmine, of which this is all that it uses. */
Object.assign(globalThis, {
  expect,
  expectAsync: (promise: Promise<void>) => ({
    toBeResolved: () => promise,
    toBeRejectedWithError: () => expect(promise).rejects.toThrow(),
  }),
})
const runner = new TestRunner(renderIstio)

function operator(spec: object, annotations: object = {}): KubernetesObject {
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: {
      name: 'control-plane',
      annotations: { 'internal.config.kubernetes.io/path': 'mesh.yaml', ...annotations },
    },
    spec,
  } as KubernetesObject
}

const mine = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'default' } }
const localConfig = { 'config.kubernetes.io/local-config': 'true' }

async function run(configs: Configs): Promise<Configs> {
  await renderIstio(configs)
  return configs
}

const kinds = (configs: Configs, kind: string) =>
  configs.getAll().flatMap((object) => (object.kind === kind ? [object.metadata.name] : []))

test('renders what is among the objects, and leaves others as they are', async () => {
  const configs = await run(new Configs([operator({ profile: 'default' }), mine]))
  expect(kinds(configs, 'Deployment')).toEqual(['istio-ingressgateway', 'istiod'])
  expect(kinds(configs, 'CustomResourceDefinition')).toHaveLength(15)
  expect(configs.getAll()).toContainEqual(mine)
  expect(configs.getAll()).toContainEqual(operator({ profile: 'default' }, localConfig))
  expect(configs.getResults()).toEqual([
    { severity: 'info', message: expect.stringMatching(/^rendered \d+ objects: /) as string },
  ])
})

test('renders to the same when it is run on what it rendered', async () => {
  const once = await run(new Configs([operator({ profile: 'minimal' }), mine]))
  const twice = await run(new Configs(once.getAll()))
  expect(twice.getAll()).toEqual(once.getAll())
})

test('takes its settings from the functionConfig', async () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { profile: 'ambient' } }
  const configs = await run(new Configs([operator({})], config))
  expect(kinds(configs, 'DaemonSet')).toEqual(['istio-cni-node', 'ztunnel'])
})

test('a mistake is a result, and the objects stay', async () => {
  const input = new Configs([operator({ profile: 'defalt' }), mine])
  const configs = await run(input.deepCopy())
  expect(configs.getAll()).toEqual(input.getAll())
  const [result] = configs.getResults() as [Result]
  expect(result).toMatchObject({
    severity: 'error',
    resourceRef: { kind: 'IstioOperator', name: 'control-plane' },
    field: { path: 'spec.profile', currentValue: 'defalt', suggestedValue: 'default' },
    tags: { code: 'unknown-profile' },
  })
})

test('what istioctl lets through is `warn`, as kpt-functions calls it', async () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { compat: 'istioctl' } }
  const spec = { profile: 'minimal', meshConfig: { accessLogFil: 'x' } }
  const configs = await run(new Configs([operator(spec)], config))
  expect(configs.getResults().map(({ severity }) => severity)).toEqual(['warn', 'info'])
})

test('the runner of kpt-functions takes it, and sees what it does', async () => {
  const rendered = await run(new Configs([operator({ profile: 'minimal' })]))
  const expected = new Configs(rendered.getAll(), undefined, rendered.getResults())
  await runner.assert(new Configs([operator({ profile: 'minimal' })]), expected)
  await expect(runner.assert(new Configs([operator({ profile: 'demo' })]), expected)).rejects.toThrow()
})

test('says how it is used', () => {
  expect(renderIstio.usage).toContain('RenderIstio')
})

test('package.json offers it, with its type', () => {
  const { exports, files } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(exports?.['./kpt']).toEqual({ types: './dist/kpt.d.ts', default: './dist/kpt.cjs' })
  expect(files).toEqual(expect.arrayContaining(['dist/kpt.cjs', 'dist/kpt.d.ts']))
})
