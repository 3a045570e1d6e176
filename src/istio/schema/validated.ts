import { formOf, forms } from '../../k8s/forms.ts'
import { aliases, type Field, type Shape, shapeSchema, type TypeOf } from '../../k8s/json-schema.ts'
import { schemaTypes } from './index.ts'

/**
 * The schemas in the keywords from which `scripts/validators.mjs` compiles the validators. They say the same as the
 * published ones, in a form that makes little code: every type and every form of scalar is one definition with one
 * keyword.
 */
export interface Validated {
  readonly definitions: { readonly [name: string]: Definition }
}

type Definition = { readonly members: Members } | { readonly form: { readonly [keyword: string]: unknown } }

/** What a field holds: a definition by its name, a list or a map, or (0) anything. */
type Reference = string | 0 | readonly [Reference] | { readonly of: Reference; readonly keys: Reference }

export interface Members {
  readonly fields: { readonly [name: string]: Reference }
  readonly matching: TypeOf['matching']
  /** Other names of fields, as far as they don't follow from the matching. */
  readonly aliases: { readonly [alias: string]: string }
  readonly exclusive: readonly (readonly string[])[]
  readonly required: readonly string[]
}

/** The schemas of the types in `roots` and of all that they reach. */
export function validatedSchemas(roots: readonly Shape[]): Validated {
  const source = schemaTypes()
  const definitions: { [name: string]: Definition } = {}

  const reference = (shape: Shape | undefined): Reference => {
    if (shape === undefined || shape === 'any') return 0
    if (typeof shape !== 'string' && 'list' in shape) return [reference(shape.list)]
    if (typeof shape !== 'string' && 'map' in shape) return { of: reference(shape.map), keys: reference(shape.keys) }
    const name = nameOf(shape)
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = { form: {} }
      definitions[name] = definition(shape)
    }
    return name
  }

  const definition = (shape: Shape): Definition => {
    const type = typeof shape === 'string' ? source(shape) : undefined
    return type ? { members: members(type) } : { form: shapeSchema(shape) }
  }

  const members = ({ fields, matching, exclusive = [], required = [] }: TypeOf): Members => ({
    fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, reference(field.holds)])),
    matching,
    aliases: Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => explicit(name, field))),
    exclusive,
    required,
  })

  roots.map(reference)
  return { definitions }
}

function explicit(name: string, field: Field): [string, string][] {
  return aliases(name, field, 'exact').map((alias) => [alias, name])
}

/** The forms that others narrow: what decoders ask for where the API server or a chart asks for more. */
export function decoderForms(): string[] {
  return [...new Set(Object.keys(forms).flatMap((name) => formOf(name)?.of ?? []))]
}

/** A name that fits into a JSON pointer; the same for the same shape. */
export function nameOf(shape: Shape): string {
  return (typeof shape === 'string' ? shape : JSON.stringify(shape))
    .replaceAll('/', '.')
    .replaceAll('~', '-')
    .replaceAll('%', '')
}
