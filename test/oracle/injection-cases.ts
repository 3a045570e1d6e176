import { createHash } from 'node:crypto'
import { sortedKeys, typed } from '../../src/gotemplate/value.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What a template is executed with, and the digest of the objects that Istio's own template makes of it. */
export interface InjectionCase {
  readonly template: string
  readonly name: string
  readonly data: Json
  readonly digest: string
}

/** Values to put at JSON pointers, and pointers to what is not there. */
interface Change {
  readonly set?: Readonly<Record<string, Json>>
  readonly gone?: readonly string[]
}

interface PackedCase extends Change {
  readonly digest: string
}

interface Packed {
  readonly base: Json
  readonly templates: Readonly<Record<string, { readonly start: Change; readonly cases: Record<string, PackedCase> }>>
}

/** Digest of a value, the same for any order of keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex')
    .slice(0, 24)
}

function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(canonical)
  return Object.fromEntries(sortedKeys(value).map((key) => [key, canonical((value as Record<string, unknown>)[key])]))
}

/**
 * The cases as text, one a line: as changes to the plainest case of the same template, which is itself a change to the
 * plainest one of all. Left out is what no template reads and another part repeats, namely other forms of the mesh's
 * and the proxy's configuration.
 */
export function pack(cases: readonly InjectionCase[]): string {
  const slim = cases.map((each) => ({ ...each, data: withoutRepetitions(each.data) }))
  const base = plainest(slim)
  const templates = [...new Set(slim.map(({ template }) => template))].map((template) => {
    const own = slim.filter((each) => each.template === template)
    const start = plainest(own)
    const lines = own.map(
      ({ name, data, digest }) => `${JSON.stringify(name)}:${JSON.stringify({ ...change(start, data), digest })}`,
    )
    return `${JSON.stringify(template)}:{"start":${JSON.stringify(change(base, start))},"cases":{\n${lines.join(',\n')}}}`
  })
  return `{"base":${JSON.stringify(base)},\n"templates":{\n${templates.join(',\n')}}}\n`
}

/** The case without any particular setting, from which the others of its template differ least. */
function plainest(cases: readonly InjectionCase[]): Json {
  return (cases.find(({ name }) => /^(deployment-)?default$/.test(name)) ?? cases[0])?.data ?? null
}

/** The cases that `pack` wrote. */
export function unpack(text: string): InjectionCase[] {
  const { base, templates } = JSON.parse(text) as Packed
  return Object.entries(templates).flatMap(([template, { start, cases }]) => {
    const first = changed(base, start)
    return Object.entries(cases).map(([name, { digest, ...change }]) => {
      return { template, name, data: changed(first, change), digest }
    })
  })
}

function withoutRepetitions(data: Json): Json {
  const { MeshConfig, ProxyConfig, ...rest } = data as Record<string, Record<string, Json>>
  const { __json, DefaultConfig, ...mesh } = MeshConfig ?? {}
  const { __protoToJSON, Tracing, ...proxy } = ProxyConfig ?? {}
  return { ...rest, MeshConfig: mesh, ProxyConfig: proxy }
}

function change(from: Json, to: Json): Change {
  const set: Record<string, Json> = {}
  const gone: string[] = []
  collect(from, to, '')
  return { ...(Object.keys(set).length > 0 && { set }), ...(gone.length > 0 && { gone }) }

  function collect(before: Json, after: Json, pointer: string): void {
    if (!isMap(before) || !isMap(after)) {
      if (JSON.stringify(before) !== JSON.stringify(after)) set[pointer] = after
      return
    }
    for (const [key, value] of Object.entries(after)) {
      const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const old = before[key]
      if (old === undefined) set[place] = value
      else collect(old, value, place)
    }
    for (const key of Object.keys(before))
      if (after[key] === undefined) gone.push(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}

function changed(from: Json, { set = {}, gone = [] }: Change): Json {
  const to = structuredClone(from)
  for (const [pointer, value] of Object.entries(set)) {
    const [owner, key] = holder(to, pointer)
    owner[key] = value
  }
  for (const pointer of gone) {
    const [owner, key] = holder(to, pointer)
    delete owner[key]
  }
  return to
}

function holder(root: Json, pointer: string): [owner: Record<string, Json>, key: string] {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  let owner = root as Record<string, Json>
  for (const key of keys.slice(0, -1)) owner = owner[key] as Record<string, Json>
  return [owner, keys.at(-1) ?? '']
}

function isMap(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Maps with text for values: a missing key gives "" where other maps give nil. */
const textMaps: ReadonlySet<string> = new Set([
  'Labels',
  'Annotations',
  'ProxyMetadata',
  'InfrastructureLabels',
  'InfrastructureAnnotations',
  'NodeSelector',
])

/**
 * The data of a case as the template engine takes it: the ConfigMap's values are JSON, whose numbers are float64; in
 * everything else whole numbers are integers, and what has a text of its own (`__string`) prints as that.
 */
export function templateData(data: Json): unknown {
  const { Values, ...rest } = data as Record<string, Json>
  return { ...(goValue(rest, '') as object), Values }
}

function goValue(value: Json, key: string): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map((item) => goValue(item, ''))
  if (!isMap(value) || key === '__json') return value
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, goValue(member, name)]))
  if (textMaps.has(key)) return typed(members, { name: 'map[string]string', zero: '' })
  const { __string } = value
  return typeof __string === 'string' ? typed(members, { name: 'struct', struct: true, text: __string }) : members
}
