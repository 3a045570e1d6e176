import { fromJson } from '../text/from-json.ts'
import { failureText } from './failure.ts'
import { SchemaError, validate } from './validate.ts'

/** What is wrong with values by the text of a schema, as lines; nothing when they fit. */
export function complaint(schema: string, values: Readonly<Record<string, unknown>>): string {
  const read = fromJson(schema)
  if ('error' in read) return read.error
  try {
    const failures = validate(read.value, values)
    return failures.length === 0 ? '' : `${failureText(failures)}\n`
  } catch (thrown) {
    if (thrown instanceof SchemaError) return thrown.message
    throw thrown
  }
}
