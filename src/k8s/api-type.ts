import { fieldNotes, type Note, requiredFields } from './field-notes.ts'
import type { Field, Shape, TypeOf } from './json-schema.ts'
import { fieldsOf, isTypeName, type Shape as KubeShape } from './types.ts'

/** A type of the Kubernetes API as users write it in settings; `undefined` for other names. */
export function apiType(name: string): TypeOf | undefined {
  if (!isTypeName(name)) return undefined
  const notes = fieldNotes()
  const fields = Object.entries(fieldsOf(name)).map(([field, shape]) => [
    field,
    noted(shape, notes[`${name}.${field}`]),
  ])
  return { matching: 'fold', fields: Object.fromEntries(fields), required: requiredFields()[name] }
}

function noted(shape: KubeShape, note: Note | undefined): Field {
  return { holds: narrowed(shape, note), about: note?.about }
}

/** The shape in the words of JSON Schema's source; a note on a container is one on what it holds. */
function narrowed(shape: KubeShape, note: Note | undefined): Shape {
  if (typeof shape === 'string') return note?.words ? { words: note.words } : (note?.form ?? shape)
  if ('list' in shape) return { list: narrowed(shape.list, note) }
  if ('set' in shape) return { list: narrowed(shape.set, note) }
  if ('map' in shape) return { map: narrowed(shape.map, note), keys: note?.keys }
  return narrowed(shape.atomic, note)
}
