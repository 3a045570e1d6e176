import type { Path } from '../problem.ts'
import { formOf } from './forms.ts'
import type { Fields, KubeObject } from './object.ts'
import { fieldShape, isTypeName, itemShape, kindType, type Shape } from './types.ts'

/** A place in an object, as a list of steps upwards: most are never told, so that none is spelt out. */
export interface Place {
  readonly above: Place | undefined
  readonly step: string | number
}

/** What stands somewhere in an object, what the API has there, and where; the object itself stands nowhere. */
export type Visit = (value: unknown, shape: Shape, place: Place | undefined) => void

/** The path of a place. */
export function stepsTo(place: Place | undefined): Path {
  return place ? [...stepsTo(place.above), place.step] : []
}

/**
 * Visits all that an object says where the API's types know what belongs there; of custom resources that is what every
 * object has. What is unset is passed over, and so is what lies below a value of another type than the API's.
 */
export function walkTyped(object: KubeObject, visit: Visit): void {
  const type = kindType(object.apiVersion, object.kind)
  if (type) walk(object, type, undefined, visit)
  else walk(object.metadata, 'meta/v1.ObjectMeta', { above: undefined, step: 'metadata' }, visit)
}

function walk(value: unknown, shape: Shape | undefined, place: Place | undefined, visit: Visit): void {
  if (value === undefined || value === null || shape === undefined || shape === 'any') return
  visit(value, shape, place)
  if (typeof value !== 'object') return
  if (Array.isArray(value)) {
    const item = itemShape(shape)
    for (let step = 0; step < value.length; step++) walk(value[step], item, { above: place, step }, visit)
  } else {
    for (const step in value) {
      walk((value as Fields)[step], fieldShape(shape, step), { above: place, step }, visit)
    }
  }
}

type Class = 'text' | 'boolean' | 'whole' | 'number' | 'map' | 'list'

/** What JSON may hold for each scalar of the API. */
const scalars: { readonly [scalar: string]: readonly Class[] } = {
  string: ['text'],
  bytes: ['text'],
  time: ['text'],
  bool: ['boolean'],
  int32: ['whole'],
  int64: ['whole'],
  intOrString: ['whole', 'text'],
  quantity: ['text', 'whole', 'number'],
}

/** Whether the API can have such a value there, going by its type alone. */
export function isOfType(value: unknown, shape: Shape): boolean {
  if (shape === 'string') return typeof value === 'string'
  const found = classOf(value)
  if (typeof shape === 'object') {
    if ('list' in shape || 'set' in shape) return found === 'list'
    return 'atomic' in shape ? isOfType(value, shape.atomic) : found === 'map'
  }
  if (isTypeName(shape)) return found === 'map'
  return !Object.hasOwn(scalars, shape) || scalars[shape]?.includes(found) === true
}

function classOf(value: unknown): Class {
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'object':
      return 'map'
    default:
      return Number.isInteger(value) ? 'whole' : 'number'
  }
}

/** What the API has there, as a message says it: `text`, `a whole number`, `a list`. */
export function typeInWords(shape: Shape): string {
  if (typeof shape === 'object') {
    if ('list' in shape || 'set' in shape) return 'a list'
    return 'atomic' in shape ? typeInWords(shape.atomic) : 'a map'
  }
  return formOf(shape)?.must.replace(/^be /, '') ?? 'a map'
}
