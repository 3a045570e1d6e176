import { expect, test } from 'vitest'
import { fieldNotes, requiredFields } from './field-notes.ts'
import { formOf } from './forms.ts'
import { fieldsOf, isTypeName } from './types.ts'

test('notes are about fields that there are, and narrow what they hold', () => {
  const scalars = (shape: unknown): unknown => {
    if (typeof shape !== 'object' || shape === null) return shape
    return scalars(Object.values(shape).find((inner) => inner !== undefined))
  }
  const wrong = Object.entries(fieldNotes()).flatMap(([path, { form, words }]) => {
    const [type, field] = [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)]
    const shape = isTypeName(type) ? fieldsOf(type)[field] : undefined
    if (shape === undefined) return [`${path}: no such field`]
    const decoded = form ? formOf(form)?.of : words ? 'string' : undefined
    return decoded && decoded !== scalars(shape) ? [`${path}: ${decoded} for ${JSON.stringify(shape)}`] : []
  })
  expect(wrong).toEqual([])
})

test('required fields are fields', () => {
  const missing = Object.entries(requiredFields()).flatMap(([type, fields]) =>
    fields
      .filter((field) => !isTypeName(type) || !Object.hasOwn(fieldsOf(type), field))
      .map((field) => `${type}.${field}`),
  )
  expect(missing).toEqual([])
})
