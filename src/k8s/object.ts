import { type Kind, kinds } from './kinds.ts'

/** A JSON map whose members may be absent; `undefined` leaves a field out of what is written. */
export type Fields = { readonly [field: string]: unknown }

export interface Metadata {
  readonly name: unknown
  readonly namespace?: unknown
  readonly labels?: Fields | undefined
  readonly annotations?: unknown
}

/** An object of the Kubernetes API as plain data, in the order in which a manifest reads. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Metadata & Fields
  readonly [field: string]: unknown
}

/** The object of that kind; its apiVersion comes from the table of kinds. */
export function object(kind: Kind, metadata: Metadata, body: Fields = {}): KubeObject {
  return { apiVersion: kinds[kind].apiVersion, kind, metadata: { ...metadata }, ...body }
}

/** The members that are there: `list(always, condition && sometimes, ...more)`. */
export function list<T>(...items: readonly (T | false | null | undefined | '' | 0)[]): T[] {
  return items.filter((item): item is T => Boolean(item))
}

/** Whether a JSON value is a map. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The row of a table that is called so; names that every JavaScript object has are none. */
export function row<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** `apiVersion/kind/namespace/name`: what makes an object that object. */
export function identity(object: KubeObject): string {
  const group = object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : ''
  return `${group}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`
}
