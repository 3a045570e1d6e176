import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formOf } from '../../k8s/forms.ts'
import { aliases, type Field, type Shape, type TypeOf } from '../../k8s/json-schema.ts'
import { schemaTypes } from './index.ts'

const facts = new URL('../../../../shared/facts/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(name, facts), 'utf8'))
const types = schemaTypes()

/** A field as the facts about protobuf messages have it. */
interface Fact {
  readonly type: string
  readonly altName?: string
  readonly fields?: { readonly [field: string]: Fact }
  readonly ref?: string
  readonly items?: Fact
  readonly value?: Fact
  readonly values?: readonly string[]
  readonly enum?: string
  readonly deprecated?: boolean
  readonly validatedAs?: string
}

interface MeshFacts {
  readonly messages: {
    readonly [name: string]: {
      readonly fields: { readonly [field: string]: Fact }
      readonly oneofs?: { readonly [group: string]: readonly string[] }
    }
  }
  readonly enums: { readonly [name: string]: readonly { readonly name: string; readonly number: number }[] }
}

const decoders: { readonly [type: string]: string } = {
  string: 'string',
  bool: 'bool',
  int32: 'protoInt32',
  int64: 'protoInt64',
  uint32: 'protoUint32',
  double: 'double',
  duration: 'duration',
  IntOrString: 'intOrString',
}

/** What the decoder sees of a shape: the wider form behind a narrower one, the loose word for what it doesn't look into. */
function decoded({ holds, loose }: Pick<Field, 'holds' | 'loose'>, mesh?: MeshFacts): unknown {
  if (loose) return loose === 'structs' ? ['struct'] : loose
  return decodedShape(holds, mesh)
}

function decodedShape(shape: Shape, mesh?: MeshFacts): unknown {
  if (typeof shape === 'string') return formOf(shape)?.of ?? shape
  if ('list' in shape) return [decodedShape(shape.list, mesh)]
  if ('map' in shape) return { map: decodedShape(shape.map, mesh) }
  return 'words' in shape ? 'string' : { names: shape.names }
}

/** The same of a fact; `message` tells what a message is called here, and is told of every one that is met. */
function expected(fact: Fact, here: Field, message: (fact: Fact, name: unknown) => string, mesh?: MeshFacts): unknown {
  const { type, items, value } = fact
  const inner = typeof here.holds === 'object' && 'list' in here.holds ? here.holds.list : here.holds
  if (fact.validatedAs) return type === 'array' ? [fact.validatedAs] : fact.validatedAs
  if (type === 'object') return message(fact, here.holds)
  if (type === 'enum') return { names: fact.values ?? mesh?.enums[fact.enum ?? '']?.map(({ name }) => name) }
  if (type === 'array' && items) return [expected(items, { holds: inner }, message, mesh)]
  if (type === 'map' && value) {
    return {
      map: expected(
        value,
        { holds: typeof here.holds === 'object' && 'map' in here.holds ? here.holds.map : 'any' },
        message,
        mesh,
      ),
    }
  }
  return decoders[type] ?? type
}

/** What differs between a type here and the fields of the facts. */
function compared(
  type: TypeOf,
  fields: { readonly [field: string]: Fact },
  message: (fact: Fact, name: unknown) => string,
  mesh?: MeshFacts,
) {
  const here = Object.entries(type.fields).map(([name, field]) => [
    name,
    decoded(field, mesh),
    aliases(name, field, type.matching),
  ])
  const there = Object.entries(fields).map(([name, fact]) => [
    name,
    expected(fact, type.fields[name] ?? { holds: 'any' }, message, mesh),
    fact.altName && fact.altName !== name ? [fact.altName] : [],
  ])
  const sorted = (rows: unknown[][]) => rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return { here: sorted(here), there: sorted(there) }
}

/**
 * Where the schema knowingly asks for more than the decoder, or for something else: `tag` and the settings of ztunnel are
 * anything to it, and a few fields are held against what the charts make of them.
 */
const otherwise = new Set([
  'podAntiAffinityLabelSelector',
  'podAntiAffinityTermLabelSelector',
  'extraContainerArgs',
  'enabled',
  'nodeSelector',
  'meshConfig',
])

describe.skipIf(!existsSync(facts))(
  'the schemas have the fields of the release (skipped where ../shared/facts is absent)',
  () => {
    test('values', () => {
      const { fields } = read('values-schema.json') as { fields: Fact['fields'] }
      let count = 0
      const check = (name: string, fields: Fact['fields'] = {}) => {
        const type = types(name)
        expect(type, name).toBeDefined()
        if (!type) return
        const open: [string, Fact['fields']][] = []
        const { here, there } = compared(type, fields, (fact, name) => {
          open.push([String(name), fact.fields])
          return String(name)
        })
        count += here.length
        const known = ([field]: unknown[]) => !otherwise.has(String(field))
        expect(here.filter(known), name).toEqual(there.filter(known))
        expect(
          here.map(([field]) => field),
          name,
        ).toEqual(there.map(([field]) => field))
        for (const [name, inner] of open) check(name, inner)
      }
      check('Values', fields)
      expect(count).toBeGreaterThan(300)
    })

    test('MeshConfig and what it holds', () => {
      const mesh = read('mesh-config-schema.json') as MeshFacts
      const seen = new Map<string, string>()
      const check = (name: string, message: string) => {
        if (seen.has(message)) return
        seen.set(message, name)
        const type = types(name)
        const facts = mesh.messages[message]
        expect(type, name).toBeDefined()
        if (!type || !facts) throw new Error(`${name} is not known`)
        const open: [string, string][] = []
        const { here, there } = compared(
          type,
          facts.fields,
          (fact, name) => {
            open.push([String(name), fact.ref ?? ''])
            return String(name)
          },
          mesh,
        )
        expect(here, name).toEqual(there)
        const groups = Object.values(facts.oneofs ?? {}).filter((group) => group.length > 1)
        expect(type.exclusive ?? [], name).toEqual(groups)
        for (const [name, ref] of open) check(name, ref)
      }
      check('MeshConfig', 'istio.mesh.v1alpha1.MeshConfig')
      check('Network', 'istio.mesh.v1alpha1.Network')
      // MeshNetworks itself is the map in `values.global.meshNetworks`.
      expect([...seen.keys(), 'istio.mesh.v1alpha1.MeshNetworks'].sort()).toEqual(Object.keys(mesh.messages).sort())
    })

    test('numbers of enums', () => {
      const { enums } = read('mesh-config-schema.json') as MeshFacts
      const numbers = new Map<string, unknown>()
      const visit = (shape: Shape) => {
        if (typeof shape !== 'object') return
        if ('list' in shape) visit(shape.list)
        if ('names' in shape) numbers.set(shape.names.join(), shape.numbers)
      }
      for (const name of Object.values(names()))
        for (const field of Object.values(types(name)?.fields ?? {})) visit(field.holds)
      for (const [name, members] of Object.entries(enums)) {
        expect(numbers.get(members.map(({ name }) => name).join()), name).toEqual(members.map(({ number }) => number))
      }
    })

    test('IstioOperator', () => {
      interface GoFields {
        readonly [field: string]: { readonly type: unknown }
      }
      const facts = read('iop-schema.json') as { types: { [name: string]: GoFields } }
      const called: { readonly [type: string]: string } = {
        IstioOperator: 'IstioOperator',
        IstioOperatorSpec: 'IstioOperatorSpec',
        IstioComponentSpec: 'Components',
        BaseComponentSpec: 'BaseComponent',
        ComponentSpec: 'Component',
        GatewayComponentSpec: 'GatewayComponent',
        KubernetesResources: 'KubernetesResources',
        KubernetesOverlay: 'Overlay',
        Patch: 'Patch',
      }
      const raw: { readonly [field: string]: string } = { meshConfig: 'MeshConfig', values: 'Values', tag: 'scalar' }
      const go = (field: string, type: unknown): unknown => {
        if (typeof type === 'string') {
          const name = type.replace(/^ref:(apis\.)?/, '')
          return raw[field] ?? called[name] ?? name
        }
        const container = type as { array?: unknown; map?: unknown }
        return container.array ? [go(field, container.array)] : { map: go(field, container.map) }
      }
      expect(
        Object.keys(facts.types)
          .map((name) => name.replace('apis.', ''))
          .sort(),
      ).toEqual(Object.keys(called).sort())
      for (const [name, fields] of Object.entries(facts.types)) {
        const type = types(called[name.replace('apis.', '')] ?? '')
        const here = Object.entries(type?.fields ?? {}).map(([field, { holds }]) => [field, decodedShape(holds)])
        const there = Object.entries(fields).map(([field, { type }]) => [field, go(field, type)])
        expect(Object.fromEntries(here), name).toEqual(Object.fromEntries(there))
      }
    })
  },
)

function names(): string[] {
  const found = new Set<string>()
  const visit = (shape: Shape) => {
    if (typeof shape === 'object') {
      if ('list' in shape) visit(shape.list)
      if ('map' in shape) visit(shape.map)
    } else if (!found.has(shape) && types(shape)) {
      found.add(shape)
      for (const field of Object.values(types(shape)?.fields ?? {})) visit(field.holds)
    }
  }
  visit('IstioOperator')
  return [...found]
}
