/**
 * The words in which the Kubernetes API types are written down.
 *
 * A shape is a scalar, the name of a type such as `core/v1.Container`, or one of the four containers below. What a
 * patch does with a list is part of its shape. (The API also marks a few fields `retainKeys`: that tells a client how
 * to compute a patch and changes nothing about applying one, so it is left out.)
 */
export type Shape = string | List | Additive | Entries | Atomic

export const str = 'string'
export const bool = 'bool'
export const int32 = 'int32'
export const int64 = 'int64'
/** Base64 text. */
export const bytes = 'bytes'
/** Text or number such as `500m` or `2Gi`. */
export const quantity = 'quantity'
export const intOrString = 'intOrString'
/** RFC 3339 text. */
export const time = 'time'
/** A part of the API that this program has no need to know. */
export const any = 'any'

/** Items that a patch matches by the field `key`; without a key the patch's list replaces the whole list. */
export interface List<Of extends Shape = Shape> {
  readonly list: Of
  readonly key?: string
}

/** Scalars, each at most once, that a patch adds to. */
export interface Additive<Of extends Shape = Shape> {
  readonly set: Of
}

/** A map whose keys the user chooses. */
export interface Entries<Of extends Shape = Shape> {
  readonly map: Of
}

/** A type that a patch replaces as a whole. */
export interface Atomic<Of extends Shape = Shape> {
  readonly atomic: Of
}

export function list<const Of extends Shape>(of: Of, key?: string): List<Of> {
  return key === undefined ? { list: of } : { list: of, key }
}

export function set<const Of extends Shape>(of: Of): Additive<Of> {
  return { set: of }
}

export function map<const Of extends Shape>(of: Of): Entries<Of> {
  return { map: of }
}

export function atomic<const Of extends Shape>(of: Of): Atomic<Of> {
  return { atomic: of }
}

/** The head of every object. */
export const manifest = { apiVersion: str, kind: str, metadata: 'meta/v1.ObjectMeta' } as const
