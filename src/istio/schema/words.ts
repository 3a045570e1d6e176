/**
 * Words for the fields of Istio's own types. The first argument says, in a sentence, what an editor tells of the field;
 * the second one holds what else there is to say.
 */
import type { FormName } from '../../k8s/forms.ts'
import type { Field, Shape, TypeOf } from '../../k8s/json-schema.ts'
import type { TypeName } from '../../k8s/types.ts'

export type More = Omit<Field, 'holds' | 'about'>

/** A field that holds a scalar, a type by its name, or a container. */
export function field<const Of extends Shape>(holds: Of, about?: string, more?: More): Field<Of> {
  return { holds, about, ...more }
}

/** The word for fields of one form. */
function word<const Of extends string>(form: Of) {
  return (about?: string, more?: More): Field<Of> => field(form, about, more)
}

export const text = word('string')
export const bool = word('bool')
export const int32 = word('protoInt32')
export const int64 = word('protoInt64')
export const uint32 = word('protoUint32')
export const double = word('double')
export const duration = word('duration')
/** A port that others listen on. */
export const port = word('protoPort')
/** A count, or a percentage with its sign. */
export const countOrPercent = word('countOrPercent')
/** Text that another form narrows. */
export function textAs(form: FormName, about?: string, more?: More): Field<FormName> {
  return field(form, about, more)
}
export const any = word('any')
/** A map of anything. */
export const struct = word('struct')
/** Text, or a number that is printed as text. */
export const scalar = word('scalar')

/** Text of which only these words make sense. */
export function choice<const Words extends readonly string[]>(words: Words, about?: string, more?: More) {
  return field({ words }, about, more)
}

/** A protobuf enum: its names, numbered from 0. */
export function names<const Names extends readonly string[]>(list: Names, about?: string, more?: More) {
  return field({ names: list, numbers: list.map((_, number) => number) }, about, more)
}

/** A protobuf enum whose numbers have gaps. */
export function numbered<const Numbers extends { readonly [name: string]: number }>(
  numbers: Numbers,
  about?: string,
  more?: More,
) {
  return field(
    { names: Object.keys(numbers) as (keyof Numbers & string)[], numbers: Object.values(numbers) },
    about,
    more,
  )
}

/** A list of what the shape says. */
export function list<const Of extends Shape>(of: Of, about?: string, more?: More) {
  return field({ list: of }, about, more)
}

/** A map from names that the user chooses to what the shape says. */
export function map<const Of extends Shape>(of: Of, about?: string, more?: More & { readonly keys?: FormName }) {
  const { keys, ...rest } = more ?? {}
  return field({ map: of, keys }, about, rest)
}

/** Labels of Kubernetes objects. */
export function labels(about?: string, more?: More) {
  return map('labelValue', about, { keys: 'qualifiedName', ...more })
}

/** Annotations of Kubernetes objects. */
export function annotations(about?: string, more?: More) {
  return map('string', about, { keys: 'annotationKey', ...more })
}

/** A value of the Kubernetes API. */
export function kubernetes<const Name extends TypeName>(name: Name, about?: string, more?: More): Field<Name> {
  return field(name, about, more)
}

/** The fields of types that stand together, by the names of the types. */
export type Area = { readonly [type: string]: { readonly [field: string]: Field } }

/** What holds among the fields of a type. */
export type Groups = { readonly [type: string]: Pick<TypeOf, 'exclusive' | 'required'> }
