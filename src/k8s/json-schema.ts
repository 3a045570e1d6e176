import { type FormName, formOf } from './forms.ts'

/**
 * What a field holds: a form of scalar or a type by its name, `any`, `struct` (a map of anything), or a container of
 * those. `words` are those that make sense; `names` are those of a protobuf enum, whose numbers are taken as well.
 */
export type Shape =
  | string
  | { readonly list: Shape }
  | { readonly map: Shape; readonly keys?: FormName | undefined }
  | { readonly words: readonly string[] }
  | { readonly names: readonly string[]; readonly numbers: readonly number[] }

/** What somebody else's decoder asks of a field that it looks at less closely than this program does. */
export type Loose = 'any' | 'struct' | 'structs'

/** A field of a type, and what editors tell of it. */
export interface Field<Of extends Shape = Shape> {
  readonly holds: Of
  /** A sentence for the editor. */
  readonly about?: string | undefined
  /** The field has had its day; what to do instead. */
  readonly deprecated?: string | undefined
  readonly default?: unknown
  readonly examples?: readonly unknown[] | undefined
  /** The other spelling that a decoder takes. */
  readonly alias?: string | undefined
  /** Istio's installer asks for no more than this. */
  readonly loose?: Loose | undefined
}

/** How the names of fields are matched: exactly, with protobuf's snake case as well, or in any case (Go's JSON). */
export type Matching = 'exact' | 'snake' | 'fold'

/** A type: its fields, and what holds among them. */
export interface TypeOf {
  readonly matching: Matching
  readonly fields: { readonly [name: string]: Field }
  /** Groups of fields of which at most one may be given. */
  readonly exclusive?: readonly (readonly string[])[] | undefined
  /** Fields that an item of a list can't do without. */
  readonly required?: readonly string[] | undefined
  readonly about?: string | undefined
}

/** Finds a type by its name. */
export type TypeSource = (name: string) => TypeOf | undefined

/** Types by name, with all that they reach. */
export type Types = { readonly [name: string]: TypeOf }

/** A node of a JSON Schema (draft-07), as far as the schemas here use it. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * The JSON Schema of a type, for editors: with descriptions, defaults, and what is deprecated. Every field may be null,
 * which leaves it unset.
 */
export function jsonSchema(root: string, types: Types): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: root,
    $ref: `#/definitions/${root}`,
    definitions: Object.fromEntries(reached(root, types).map((name) => [name, objectSchema(types[name] as TypeOf)])),
  }
}

/** The names of the types that a type reaches, itself among them, in order. */
function reached(root: string, types: Types): string[] {
  const found = new Set<string>()
  const open = [root]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined
    if (!type || found.has(name)) continue
    found.add(name)
    open.push(...Object.values(type.fields).flatMap(({ holds }) => namesIn(holds)))
  }
  return [...found].sort()
}

/** The names of types that a shape speaks of. */
export function namesIn(shape: Shape): string[] {
  if (typeof shape === 'string') return [shape]
  if ('list' in shape) return namesIn(shape.list)
  return 'map' in shape ? namesIn(shape.map) : []
}

function objectSchema({ fields, exclusive = [], required, about, matching }: TypeOf): JsonSchema {
  const properties: { [name: string]: JsonSchema } = {}
  for (const [name, field] of Object.entries(fields)) {
    const shape = shapeSchema(field.holds)
    const node = { ...notes(field), ...(required?.includes(name) ? notNull(shape) : orNull(shape)) }
    properties[name] = node
    for (const alias of aliases(name, field, matching)) {
      properties[alias] = { ...node, doNotSuggest: true, description: `Written \`${name}\` as a rule.` }
    }
  }
  const groups = exclusive.map((group) => ({ oneOf: [{ not: { anyOf: group.map(needs) } }, ...group.map(needs)] }))
  return {
    ...(about && { description: about }),
    type: ['object', 'null'],
    properties,
    additionalProperties: false,
    ...(required && { required }),
    ...(groups.length > 0 && { allOf: groups }),
  }
}

function needs(field: string): JsonSchema {
  return { required: [field], properties: { [field]: { not: { type: 'null' } } } }
}

/** The other names under which a decoder takes a field. */
export function aliases(name: string, { alias }: Field, matching: Matching): readonly string[] {
  if (alias !== undefined) return [alias]
  const snake = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
  return matching === 'snake' && snake !== name ? [snake] : []
}

function notes({ about, deprecated, default: value, examples }: Field): JsonSchema {
  return {
    ...(about && { description: about }),
    ...(deprecated && { deprecated: true, deprecationMessage: deprecated }),
    ...(value !== undefined && { default: value }),
    ...(examples && { examples }),
  }
}

/** What the shape is in JSON Schema. */
export function shapeSchema(shape: Shape): JsonSchema {
  if (typeof shape === 'string') {
    if (shape === 'any') return {}
    if (shape === 'struct') return { type: 'object' }
    const form = formOf(shape)
    return form ? { ...form.schema } : { $ref: `#/definitions/${shape.replaceAll('~', '~0').replaceAll('/', '~1')}` }
  }
  if ('list' in shape) return { type: 'array', items: notNull(shapeSchema(shape.list)) }
  if ('map' in shape) {
    const keys = formOf(shape.keys)?.schema
    const { pattern, maxLength } = keys ?? {}
    return {
      type: 'object',
      ...(keys && { propertyNames: { ...(pattern && { pattern }), ...(maxLength && { maxLength }) } }),
      additionalProperties: orNull(shapeSchema(shape.map)),
    }
  }
  // Go's empty text is a field that nobody set.
  if ('words' in shape) return { enum: [...shape.words, ''] }
  return { anyOf: [{ enum: shape.names }, { enum: shape.numbers, doNotSuggest: true }] }
}

function orNull(node: JsonSchema): JsonSchema {
  if (node.type) return { ...node, type: [node.type, 'null'].flat() }
  if (Array.isArray(node.enum)) return { ...node, enum: [...node.enum, null] }
  if (Array.isArray(node.anyOf)) return { anyOf: [...node.anyOf, { type: 'null', doNotSuggest: true }] }
  return node
}

/** Objects say themselves that they may be null, which an item of a list may not. */
function notNull(node: JsonSchema): JsonSchema {
  return node.$ref === undefined ? node : { allOf: [node, { type: 'object' }] }
}
