import { aliases, type Field, type Shape, type TypeOf, type TypeSource } from '../../k8s/json-schema.ts'
import type { Path } from '../../problem.ts'

/** A field on the way to a place in the document. */
export interface Step {
  /** The name of the type that has the field. */
  readonly owner: string
  /** The field's own name, however it is written in the document. */
  readonly name: string
  readonly field: Field
  /** How much of the path leads to the field. */
  readonly depth: number
}

/** What the schema says of a place in the document. */
export interface Place {
  /** The fields on the way, outermost first; where anything may stand, the way is lost. */
  readonly steps: readonly Step[]
  /** What stands at the place; `undefined` where anything may. */
  readonly shape: Shape | undefined
}

/** Follows a path through the schema, from the type `root`. */
export function trace(path: Path, root: string, source: TypeSource): Place {
  const steps: Step[] = []
  let shape: Shape | undefined = root
  path.forEach((step, index) => {
    if (shape === undefined) return
    if (typeof shape !== 'string') {
      shape = 'list' in shape ? shape.list : 'map' in shape ? shape.map : undefined
      return
    }
    const type = source(shape)
    const name = type && properName(String(step), type)
    const field = name === undefined ? undefined : type?.fields[name]
    if (name !== undefined && field) steps.push({ owner: shape, name, field, depth: index + 1 })
    shape = field?.holds
  })
  return { steps, shape }
}

/** The name of the field that a key means, in the spelling of the type. */
export function properName(key: string, { fields, matching }: TypeOf): string | undefined {
  if (Object.hasOwn(fields, key)) return key
  const names = Object.keys(fields)
  if (matching === 'fold') return names.find((name) => name.toLowerCase() === key.toLowerCase())
  return names.find((name) => aliases(name, fields[name] as Field, matching).includes(key))
}
