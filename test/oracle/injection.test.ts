import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { errorText } from '../../src/gotemplate/error.ts'
import { execute } from '../../src/gotemplate/exec.ts'
import { parse, type Template } from '../../src/gotemplate/parse.ts'
import { runFunction } from '../../src/hosts/krm.ts'
import { injectionTemplates } from '../../src/istio/injection/index.ts'
import type { Problem } from '../../src/problem.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { digestOf, type InjectionCase, type Json, pack, templateData, unpack } from './injection-cases.ts'
import { injectionFunctions } from './injection-functions.ts'

type Name = keyof typeof injectionTemplates

const packed = new URL('injection.json', import.meta.url)
const shared = new URL('../../../shared/injection/', import.meta.url)
/** Templates of the gateway controller yield several objects, the injector's own one partial pod. */
const ofController: ReadonlySet<string> = new Set(['waypoint', 'kube-gateway', 'agentgateway'])

const parsed = Object.entries(injectionTemplates).map(([name, text]): [name: Name, template: Template] => {
  const result = parse(name, text, { functions: injectionFunctions })
  if ('error' in result) throw new Error(errorText(result.error))
  return [name as Name, result.template]
})

/** The objects that our template makes of the data. */
function rendered(template: Template, data: Json): unknown {
  const result = execute(template, templateData(data), { functions: injectionFunctions })
  if ('error' in result) throw new Error(errorText(result.error))
  const problems: Problem[] = []
  const objects = readDocuments(result.output, template.name, (problem) => problems.push(problem)).map((d) => d.value)
  expect(problems).toEqual([])
  return ofController.has(template.name) ? objects : objects[0]
}

describe('text of the injection templates', () => {
  it.each(Object.entries(injectionTemplates))('%s fits a literal block of YAML', (_, text) => {
    expect(text).toMatch(/^\S[\n\x20-\x7e]*\n$/)
    expect(text).not.toMatch(/ $/m)
  })
})

describe('the ConfigMap with them', () => {
  const list = [
    'apiVersion: config.kubernetes.io/v1',
    'kind: ResourceList',
    'items: []',
    'functionConfig: {apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: mesh}}',
  ].join('\n')
  const configMap = /^(?:- )?apiVersion: v1\n *kind: ConfigMap\n *metadata:\n *name: istio-sidecar-injector\n/

  // What people read and engines diff must stay below 100 kB with settings of their own; this leaves them some.
  it.each([
    ['in a stream', () => generate(['--profile', 'default']).stdout.split(/^---\n/m), 92_000],
    ['as an item of a ResourceList', () => runFunction(Buffer.from(list)).stdout.split(/^(?=- )/m), 96_000],
  ] as const)('is small enough to be read, %s', (_, parts, most) => {
    const [found = '', ...others] = parts().filter((part) => configMap.test(part))
    expect(others).toEqual([])
    expect(Buffer.byteLength(found)).toBeGreaterThan(80_000)
    expect(Buffer.byteLength(found)).toBeLessThan(most)
    for (const name of Object.keys(injectionTemplates)) expect(found).toMatch(new RegExp(`^ +${name}: \\|$`, 'm'))
  })
})

describe('objects equal those of the original templates', () => {
  const cases = unpack(readFileSync(packed, 'utf8'))
  const counts: string[] = []
  afterAll(() => console.info(`injection: ${cases.length} cases (${counts.join(', ')})`))

  it.each(parsed)('%s', (name, template) => {
    const own = cases.filter((each) => each.template === name)
    counts.push(`${name} ${own.length}`)
    expect(own).not.toEqual([])
    const different = own.filter(({ data, digest }) => digestOf(rendered(template, data)) !== digest)
    expect(different.map((each) => each.name)).toEqual([])
  })
})

describe('what a value of the wrong type does', () => {
  const all = unpack(readFileSync(packed, 'utf8'))
  it.each(parsed.filter(([name]) => name !== 'grpc-simple'))('%s fails as upstream does', (name, template) => {
    const data = structuredClone(all.find((each) => each.template === name)?.data) as { Values: { pilot: Json } }
    data.Values.pilot = { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: 'true' } }
    expect(() => rendered(template, data as unknown as Json)).toThrow('incompatible types for comparison')
  })
})

// Without ../shared the digests above prove the same of the same cases; what is skipped only shows where two differ.
describe.skipIf(!existsSync(shared))('the cases in ../shared (skipped where it is absent)', () => {
  const list = existsSync(shared) ? read('cases.txt').split(/\s+/).filter(Boolean) : []
  const cases = list.map((id): InjectionCase & { readonly expected: Json } => {
    const [template = '', name = ''] = id.split('/')
    const expected = JSON.parse(read(`${id}/expected.json`)) as Json
    return { template, name, data: JSON.parse(read(`${id}/data.json`)) as Json, digest: digestOf(expected), expected }
  })

  it.each(parsed)('%s', (name, template) => {
    const own = cases.filter((each) => each.template === name)
    expect(own).not.toEqual([])
    for (const { name, data, expected } of own)
      expect({ [name]: rendered(template, data) }).toEqual({ [name]: expected })
  })

  it('are those of injection.json, which `vitest -u` writes', async () => {
    await expect(pack(cases)).toMatchFileSnapshot(packed.pathname)
  })

  function read(path: string): string {
    return readFileSync(new URL(path, shared), 'utf8')
  }
})
