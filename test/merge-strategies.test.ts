import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { generate } from '../src/commands/generate.ts'
import type { Outcome } from '../src/commands/outcome.ts'
import { runFunction } from '../src/hosts/krm.ts'
import type { KubeObject } from '../src/k8s/object.ts'
import type { Problem } from '../src/problem.ts'
import { placeText } from '../src/problem-text.ts'
import { readDocuments } from '../src/yaml/read.ts'
import { at } from './at.ts'
import { inFolder } from './run.ts'

/** The three list strategies through the whole program, by flag, RenderIstio and ConfigMap. */
const folder = mkdtempSync(join(tmpdir(), 'merge-'))
afterAll(() => rmSync(folder, { recursive: true }))

const head = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n'

/** A company's profile; a team's file lies over it. */
const profile = `${head}metadata:
  name: company
spec:
  profile: minimal
  components:
    ingressGateways:
    - name: istio-ingressgateway
      enabled: true
      namespace: edge
      k8s:
        tolerations:
        - key: edge
          operator: Exists
        env:
        - name: A
          value: company
        - name: B
          value: company
  meshConfig:
    defaultProviders:
      accessLogging: [envoy]
    extensionProviders:
    - name: file
      envoyFileAccessLog: {path: /dev/stdout}
    - name: otel
      opentelemetry: {service: old.example.com, port: 4317}
`
const team = `${head}metadata:
  name: team
spec:
  profile: ./company.yaml
  components:
    ingressGateways:
    - name: istio-ingressgateway
      k8s:
        env:
        - name: B
          value: team
        - name: C
          value: team
    - name: public
      namespace: public
      enabled: true
  meshConfig:
    defaultProviders:
      accessLogging: [otel]
    extensionProviders:
    - name: otel
      opentelemetry: {port: 4318}
    - name: zipkin
      zipkin: {service: zipkin.example.com, port: 9411}
`
writeFileSync(join(folder, 'company.yaml'), profile)
writeFileSync(join(folder, 'team.yaml'), team)

interface Mesh {
  readonly outcome: Outcome
  readonly find: (name: string) => KubeObject | undefined
  /** What istiod is told of the mesh. */
  readonly config: unknown
}

function meshOf(outcome: Outcome, objects: readonly KubeObject[]): Mesh {
  const find = (name: string) =>
    objects.find(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}` === name)
  const text = at(find('ConfigMap istio-system/istio'), ['data', 'mesh'])
  return { outcome, find, config: readDocuments(String(text ?? ''), 'mesh', () => {})[0]?.value }
}

function byFlags(...argv: string[]): Mesh {
  const outcome = inFolder(folder, () => generate(['-f', 'team.yaml', '-o', 'json', ...argv]))
  const lines = outcome.stdout.split('\n').filter(Boolean)
  return meshOf(
    outcome,
    lines.map((line) => JSON.parse(line)),
  )
}

/** The same by a function's configuration; a profile is an item there. */
function byConfig(functionConfig: object): Mesh {
  const items = [profile, team].map((text, index) => {
    const value = readDocuments(text, 'f', () => {})[0]?.value as KubeObject
    const annotations = { 'config.kubernetes.io/path': ['company.yaml', 'team.yaml'][index] }
    return { ...value, metadata: { ...value.metadata, annotations } }
  })
  const list = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items, functionConfig }
  const outcome = runFunction(new TextEncoder().encode(JSON.stringify(list)))
  const answer = readDocuments(outcome.stdout, 'stdout', () => {})[0]?.value as { items: KubeObject[] }
  return meshOf(outcome, answer.items)
}

const spec = (merge: object) => ({ apiVersion: 'render-istio.dev/v1alpha1', kind: 'RenderIstio', spec: { merge } })
const data = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', data })

const providers = (mesh: Mesh) => {
  const { extensionProviders = [] } = mesh.config as { extensionProviders?: { name: string; opentelemetry?: object }[] }
  return extensionProviders.map(({ name, opentelemetry }) => (opentelemetry ? [name, opentelemetry] : [name]))
}
const logging = (mesh: Mesh) => at(mesh.config, ['defaultProviders', 'accessLogging'])
const service = ({ find }: Mesh, name: string) => find(`Service ${name}`) !== undefined
const env = ({ find }: Mesh, namespace: string) => {
  const path = ['spec', 'template', 'spec', 'containers', 'istio-proxy', 'env']
  const list = at(find(`Deployment ${namespace}/istio-ingressgateway`), path) as { name: string; value: string }[]
  return (list ?? []).filter(({ name }) => /^[ABC]$/.test(name)).map(({ name, value }) => `${name}=${value}`)
}

const errors = ({ outcome }: Mesh) => outcome.problems.filter(({ severity }) => severity === 'error')

/** The same mesh, asked for in each way. */
const ways: readonly (readonly [string, string[], object, object])[] = [
  ['replace', ['--merge', 'replace'], spec({ lists: 'replace' }), data({ 'merge.lists': 'replace' })],
  ['merge', ['--merge', 'merge'], spec({ lists: 'merge' }), data({ 'merge.lists': 'merge' })],
]

test.each(ways)('%s is asked for by flag, RenderIstio and ConfigMap alike', (_, flags, renderIstio, configMap) => {
  const [first, ...more] = [byFlags(...flags), byConfig(renderIstio), byConfig(configMap)]
  for (const mesh of more) {
    expect(errors(mesh)).toEqual([])
    expect(mesh.config).toEqual(first?.config)
    expect(env(mesh, 'edge')).toEqual(first && env(first, 'edge'))
  }
})

describe('replace, which is the default', () => {
  for (const mesh of [byFlags(), byFlags('--merge', 'replace')]) {
    test("takes the team's lists alone", () => {
      expect(errors(mesh)).toEqual([])
      expect(providers(mesh)).toEqual([['otel', { port: 4318 }], ['zipkin']])
      expect(logging(mesh)).toEqual(['otel'])
      expect(service(mesh, 'istio-system/istio-ingressgateway')).toBe(true)
      expect(service(mesh, 'edge/istio-ingressgateway')).toBe(false)
      expect(service(mesh, 'public/public')).toBe(true)
    })
  }
})

describe('merge', () => {
  const mesh = byFlags('--merge', 'merge')

  test('matches gateways by name', () => {
    expect(errors(mesh)).toEqual([])
    expect(service(mesh, 'edge/istio-ingressgateway')).toBe(true)
    expect(service(mesh, 'istio-system/istio-ingressgateway')).toBe(false)
    expect(service(mesh, 'public/public')).toBe(true)
  })

  test('matches providers by name, and merges what they hold', () => {
    expect(providers(mesh)).toEqual([['file'], ['otel', { service: 'old.example.com', port: 4318 }], ['zipkin']])
  })

  test('joins lists of texts', () => {
    expect(logging(mesh)).toEqual(['envoy', 'otel'])
  })

  test('matches lists within matched items', () => {
    expect(env(mesh, 'edge')).toEqual(['A=company', 'B=team', 'C=team'])
  })
})

describe('append', () => {
  test('puts one list behind the other, gateways of one name and all', () => {
    const mesh = byFlags('--merge', 'append')
    expect(errors(mesh).some(({ code }) => code === 'duplicate-item')).toBe(true)
  })

  test('for one path', () => {
    const mesh = byFlags('--merge', 'spec.meshConfig.defaultProviders.accessLogging=append')
    expect(errors(mesh)).toEqual([])
    expect(logging(mesh)).toEqual(['envoy', 'otel'])
    expect(providers(mesh)).toEqual([['otel', { port: 4318 }], ['zipkin']])
  })
})

describe('exceptions by path', () => {
  const path = 'spec.meshConfig.extensionProviders'
  test.each<[string, Mesh]>([
    ['flag', byFlags('--merge', `${path}=merge`)],
    ['RenderIstio', byConfig(spec({ paths: { [path]: 'merge' } }))],
    ['ConfigMap', byConfig(data({ [`merge.paths.${path}`]: 'merge' }))],
  ])('merge one list and replace the others, by %s', (_, mesh) => {
    expect(errors(mesh)).toEqual([])
    expect(providers(mesh)).toEqual([['file'], ['otel', { service: 'old.example.com', port: 4318 }], ['zipkin']])
    expect(logging(mesh)).toEqual(['otel'])
    expect(service(mesh, 'edge/istio-ingressgateway')).toBe(false)
  })

  test('replace one list and merge the others', () => {
    const mesh = byFlags('--merge', 'merge', '--merge', `${path}=replace`)
    expect(errors(mesh)).toEqual([])
    expect(providers(mesh)).toEqual([['otel', { port: 4318 }], ['zipkin']])
    expect(logging(mesh)).toEqual(['envoy', 'otel'])
  })

  test('hold within a list that is merged', () => {
    const mesh = byFlags('--merge', 'merge', '--merge', 'spec.components.ingressGateways[0].k8s.env=replace')
    expect(errors(mesh)).toEqual([])
    expect(env(mesh, 'edge')).toEqual(['B=team', 'C=team'])
  })
})

describe('a mistake in a merged list is told where it is written', () => {
  const misspelt = (file: string, from: string, to: string, ...argv: string[]) => {
    const texts: { readonly [file: string]: string } = { 'company.yaml': profile, 'team.yaml': team }
    writeFileSync(join(folder, file), (texts[file] ?? '').replace(from, to))
    const { outcome } = byFlags(...argv)
    writeFileSync(join(folder, file), texts[file] ?? '')
    return outcome.problems.filter(({ code }) => code === 'unknown-field').map(placed)
  }
  const placed = ({ at, path }: Problem) => `${at && placeText(at)} ${path}`

  test.each<[string, string, string, string, string]>([
    [
      'team.yaml',
      'opentelemetry: {port: 4318}',
      'opentelemetry: {prt: 4318}',
      'merge',
      'team.yaml:24:23 spec.meshConfig.extensionProviders[1].opentelemetry.prt',
    ],
    [
      'company.yaml',
      'opentelemetry: {service',
      'opentelemetry: {servce',
      'merge',
      'company.yaml:28:23 spec.meshConfig.extensionProviders[1].opentelemetry.servce',
    ],
    [
      'company.yaml',
      'envoyFileAccessLog: {path',
      'envoyFileAccessLog: {paht',
      'append',
      'company.yaml:26:28 spec.meshConfig.extensionProviders[0].envoyFileAccessLog.paht',
    ],
  ])('%s: %s as %s under %s', (file, from, to, how, expected) => {
    const argv = how === 'append' ? ['--merge', 'spec.meshConfig.extensionProviders=append'] : ['--merge', how]
    expect(misspelt(file, from, to, ...argv)).toEqual([expected])
  })
})
