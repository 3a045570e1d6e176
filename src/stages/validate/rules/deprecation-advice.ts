import type { TypeSource } from '../../../k8s/json-schema.ts'
import type { Path } from '../../../problem.ts'
import { schemaTypes } from '../schema-types.js'
import { trace } from '../trace.ts'

/** What the schema says should be done about a deprecated field. */
export function adviceFor(path: Path): string | undefined {
  const types = schemaTypes()
  const source: TypeSource = (name) => (Object.hasOwn(types, name) ? types[name] : undefined)
  return trace(path, 'IstioOperator', source).steps.at(-1)?.field.deprecated
}
