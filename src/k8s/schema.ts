/**
 * Words for the OpenAPI v3 schemas of CustomResourceDefinitions.
 *
 * A word *is* or returns the schema as plain JSON, so that a description reads as the API does and nothing has to be
 * compiled. What narrows a type (limits, rules, required fields) is a facet, a fragment of the same JSON, given after
 * the type: `obj({ name: where(str, { maxLength: 63 }), port: uint32 }, req('name'))`.
 */

/** A CEL expression that the API server holds values against, and what it answers when one fails. */
export interface Rule {
  readonly message: string
  readonly rule: string
}

type Needs<Field extends string> = { readonly required: readonly [Field] }
type Alternatives<Field extends string> = readonly (
  | Needs<Field>
  | { readonly not: { readonly anyOf: readonly Needs<Field>[] } }
)[]

/** What narrows a type. `Field` limits the names it may speak of to those of the object it is given to. */
export interface Facets<Field extends string = string> {
  readonly format?: 'int32' | 'double' | 'byte' | 'date-time'
  readonly nullable?: true
  readonly maximum?: number
  readonly minimum?: number
  readonly maxLength?: number
  readonly minLength?: number
  readonly pattern?: string
  readonly maxItems?: number
  readonly minItems?: number
  readonly maxProperties?: number
  readonly minProperties?: number
  readonly required?: readonly Field[]
  readonly oneOf?: Alternatives<Field>
  /** For an object with several groups of exclusive fields: a schema has only one `oneOf`. */
  readonly allOf?: readonly { readonly oneOf: Alternatives<Field> }[]
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-list-type'?: 'map'
  readonly 'x-kubernetes-preserve-unknown-fields'?: true
  readonly 'x-kubernetes-validations'?: readonly Rule[]
}

/** A schema of the API, as far as the words here speak it. */
export interface Schema extends Facets {
  readonly type?: 'string' | 'boolean' | 'integer' | 'number' | 'object' | 'array'
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly properties?: Properties
  readonly additionalProperties?: Schema
  readonly anyOf?: readonly Schema[]
  readonly 'x-kubernetes-int-or-string'?: true
}

/** The fields of an object. */
export type Properties = { readonly [field: string]: Schema }

// The scalar types; numbers go by their protobuf names.
export const str: Schema = { type: 'string' }
/** Bytes as base64 text. */
export const bytes: Schema = { type: 'string', format: 'byte' }
/** A time as RFC 3339 text. */
export const timestamp: Schema = { type: 'string', format: 'date-time' }
export const bool: Schema = { type: 'boolean' }
export const int32: Schema = { type: 'integer', format: 'int32' }
export const uint32: Schema = { type: 'integer', maximum: 4294967295, minimum: 0 }
/** Without a maximum, which a JSON number could not hold. */
export const uint64: Schema = { type: 'integer', minimum: 0 }
export const double: Schema = { type: 'number', format: 'double' }
/** A number or its text: how 64 bits are published that JavaScript would round. */
export const intOrString: Schema = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  'x-kubernetes-int-or-string': true,
}
/** An object of any shape, stored as it comes. */
export const freeform: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

/** One of the given words. */
export function choice(...words: readonly string[]): Schema {
  return { type: 'string', enum: words }
}

/** An object with these fields; required and exclusive names must be among them. */
export function obj<const P extends Properties>(
  properties: P,
  ...facets: readonly Facets<NoInfer<keyof P & string>>[]
): Schema {
  return where({ type: 'object', properties }, ...facets)
}

/** An object with any keys, whose values all look like `values`. */
export function map(values: Schema, ...facets: readonly Facets[]): Schema {
  return where({ type: 'object', additionalProperties: values }, ...facets)
}

/** A list whose items all look like `items`. */
export function list(items: Schema, ...facets: readonly Facets[]): Schema {
  return where({ type: 'array', items }, ...facets)
}

/** The list that occurs most. */
export const strings: Schema = list(str)

/** The schema narrowed by facets: rules add up; of any other keyword the last one counts. */
export function where(schema: Schema, ...facets: readonly Facets[]): Schema {
  const rules = [schema, ...facets].flatMap((facet) => facet['x-kubernetes-validations'] ?? [])
  const narrowed: Schema = Object.assign({}, schema, ...facets)
  return rules.length === 0 ? narrowed : { ...narrowed, 'x-kubernetes-validations': rules }
}

/** The schema with null as one more value: how a field that tells "unset" from its zero value is published. */
export function nullable(schema: Schema): Schema {
  return { ...schema, nullable: true }
}

/** Facet of an object: these fields must be there. */
export function req<const Field extends string>(...fields: readonly Field[]) {
  return { required: fields } as const
}

/** Facet of an object: none or one of these fields may be there, as in a protobuf oneof. */
export function atMostOne<const Field extends string>(...fields: readonly Field[]) {
  const each = fields.map((field) => ({ required: [field] as const }))
  return { oneOf: [{ not: { anyOf: each } }, ...each] } as const
}

/** Facet of a list: a map in disguise, so that entries are told apart and merged by their `key`. */
export function keyedBy(key: string) {
  return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] } as const
}

/** Facet: the CEL expression must hold, or the API server refuses the object with the message. */
export function rule(expression: string, message: string) {
  return { 'x-kubernetes-validations': [{ rule: expression, message }] } as const
}

/** Facet of an object: as `atMostOne`, but said by a rule, so that the user reads why. */
export function exclusive(message: string, ...fields: readonly string[]) {
  return rule(`${fields.map((field) => `(has(self.${field}) ? 1 : 0)`).join(' + ')} <= 1`, message)
}

/** The CEL expression for a field's value, or for `fallback` where the field is not set. */
export function orElse(field: string, fallback: string): string {
  return `(has(self.${field}) ? self.${field} : ${fallback})`
}

/** A column that `kubectl get` prints. */
export interface Column {
  readonly name: string
  readonly type: 'string' | 'date'
  readonly jsonPath: string
}

/** A kind of resource to be served: what differs between one CustomResourceDefinition and another. */
export interface Resource {
  readonly group: string
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly scope: 'Namespaced' | 'Cluster'
  /** All are served, and share one schema, columns and a status subresource. */
  readonly versions: readonly string[]
  /** The version in which objects are stored. */
  readonly storage: string
  readonly columns?: readonly Column[]
  readonly annotations?: { readonly [name: string]: string }
  readonly schema: Schema
}

/** The object as the API server takes it; a type alias, so that it passes as any Kubernetes object. */
export type CustomResourceDefinition = {
  readonly apiVersion: 'apiextensions.k8s.io/v1'
  readonly kind: 'CustomResourceDefinition'
  readonly metadata: { readonly name: string; readonly annotations?: { readonly [name: string]: string } }
  readonly spec: {
    readonly group: string
    readonly names: {
      readonly plural: string
      readonly singular: string
      readonly kind: string
      readonly listKind: string
      readonly shortNames?: readonly string[]
      readonly categories?: readonly string[]
    }
    readonly scope: Resource['scope']
    readonly versions: readonly {
      readonly name: string
      readonly served: true
      readonly storage: boolean
      readonly schema: { readonly openAPIV3Schema: Schema }
      readonly subresources: { readonly status: Readonly<Record<string, never>> }
      readonly additionalPrinterColumns?: readonly Column[]
    }[]
  }
}

/** The CustomResourceDefinition that serves the resource: plain data without `undefined`; its versions share nodes. */
export function crd(resource: Resource): CustomResourceDefinition {
  const { group, kind, plural, shortNames, categories, scope, columns, annotations } = resource
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, ...(annotations && { annotations }) },
    spec: {
      group,
      names: {
        plural,
        singular: kind.toLowerCase(),
        kind,
        listKind: `${kind}List`,
        ...(shortNames && { shortNames }),
        ...(categories && { categories }),
      },
      scope,
      versions: resource.versions.map((name) => ({
        name,
        served: true,
        storage: name === resource.storage,
        schema: { openAPIV3Schema: resource.schema },
        subresources: { status: {} },
        ...(columns && { additionalPrinterColumns: columns }),
      })),
    },
  }
}
