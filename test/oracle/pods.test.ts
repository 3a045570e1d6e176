import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { isMap } from '../../src/k8s/object.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { unpack } from './injection-cases.ts'
import { type Injector, inject, type Owner } from './injector.ts'
import { asStored, type Fields, list, map, type Pod, parsedYaml } from './injector-pod.ts'

const shared = new URL('../../../shared/injection/e2e/', import.meta.url)
const names = existsSync(shared) ? read('cases.txt').split(/\s+/).filter(Boolean) : []

function read(path: string): string {
  return readFileSync(new URL(path, shared), 'utf8')
}

function optional(path: string): string | undefined {
  return existsSync(new URL(path, shared)) ? read(path) : undefined
}

function documents(yaml: string): Fields[] {
  return readDocuments(yaml, '', ({ message }) => expect.fail(message)).map(({ value }) => map(value))
}

/** The data of a ConfigMap of the default profile, as we render it. */
function configMap(mesh: readonly Fields[], name: string): Readonly<Record<string, string>> {
  const found = mesh.find(({ kind, metadata }) => kind === 'ConfigMap' && map(metadata).name === name)
  return map(found?.data) as Readonly<Record<string, string>>
}

function laidOver(base: unknown, over: unknown): Fields {
  const both = (key: string) => isMap(map(base)[key]) && isMap(map(over)[key])
  const members = Object.entries(map(over)).map(([key, value]) => [
    key,
    both(key) ? laidOver(map(base)[key], value) : value,
  ])
  return { ...map(base), ...Object.fromEntries(members) }
}

/** Each pod in a stream of objects, with its owner. */
function podsOf(stream: string): { readonly pod: Pod; readonly owner: Owner }[] {
  const objects = documents(stream).flatMap((object) =>
    object.kind === 'List' ? list(object.items).map(map) : [object],
  )
  return objects.flatMap((object) => {
    const { apiVersion, kind, metadata, spec } = object
    const pod = kind === 'Pod' ? object : map(map(spec).template)
    if (pod.spec === undefined) return []
    const { name, namespace = '' } = map(metadata)
    const labelled = map(pod.metadata)
    const owner = { apiVersion, kind, name, namespace } as Owner
    return [
      {
        pod: { metadata: { labels: labelled.labels, annotations: labelled.annotations }, spec: pod.spec } as Pod,
        owner,
      },
    ]
  })
}

/** Texts that hold JSON are compared by what they hold: Go and JavaScript order the keys in them differently. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]))
  if (typeof value !== 'string' || !/^[[{]"?/.test(value)) return value
  try {
    return { json: comparable(JSON.parse(value)) }
  } catch {
    return value
  }
}

// Skipped where ../shared is absent: what the real injector makes of whole pods stands there alone.
describe.skipIf(names.length === 0)('whole pods, injected by our ConfigMap (skipped without ../shared)', () => {
  let base: Pick<Injector, 'config' | 'values' | 'mesh' | 'sample'>
  let count = 0
  afterAll(() => console.info(`whole pods: ${count} of ${names.length} cases`))

  beforeAll(() => {
    const mesh = documents(generate(['--engine', 'none', '--profile', 'default']).stdout)
    const { config = '', values = '' } = configMap(mesh, 'istio-sidecar-injector')
    const [sample] = unpack(readFileSync(new URL('injection.json', import.meta.url), 'utf8'))
    base = {
      config: map(parsedYaml(config)),
      values: map(JSON.parse(values)),
      mesh: map(parsedYaml(configMap(mesh, 'istio').mesh ?? '')),
      sample: map(sample?.data),
    }
  })

  it('begin with what istioctl renders', () => {
    expect(base.values).toEqual(JSON.parse(read('base/values.json')))
    expect(base.mesh).toEqual(parsedYaml(read('base/mesh.yaml')))
  })

  it.each(names)('%s', (name) => {
    const injector: Injector = {
      ...base,
      values: laidOver(base.values, parsedYaml(optional(`${name}/values-overrides.yaml`) ?? '{}')),
      mesh: laidOver(base.mesh, parsedYaml(optional(`${name}/mesh-overrides.yaml`) ?? '{}')),
      revision: optional(`${name}/revision.txt`)?.trim() ?? '',
      nativeSidecars: optional(`${name}/env.txt`)?.includes('ENABLE_NATIVE_SIDECARS=true') ?? false,
    }
    const ours = podsOf(read(`${name}/pod.yaml`)).map(({ pod, owner }) => inject(pod, owner, injector))
    const theirs = podsOf(read(`${name}/expected.yaml`)).map(({ pod }) => asStored(pod))
    expect(theirs).not.toEqual([])
    expect(comparable(ours)).toEqual(comparable(theirs))
    count += 1
  })
})
