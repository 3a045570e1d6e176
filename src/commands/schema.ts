import { jsonSchema } from '../k8s/json-schema.ts'
import { nearest } from '../problem.ts'
import { schemaTypes } from '../stages/validate/schema-types.js'
import type { Outcome } from './outcome.ts'

const kinds = ['IstioOperator', 'RenderIstio'] as const

/** `render-istio schema`: the JSON Schema (draft-07) of a kind, by which editors complete, explain and check it. */
export function schema([kind = 'IstioOperator', ...more]: readonly string[]): Outcome {
  const known = kinds.find((name) => name === kind)
  if (known && more.length === 0) {
    return { stdout: `${JSON.stringify(jsonSchema(known, schemaTypes()), null, 2)}\n`, problems: [], exitCode: 0 }
  }
  const asked = [kind, ...more].join(' ')
  const [close] = nearest(asked, kinds)
  return {
    stdout: '',
    problems: [
      {
        code: 'usage',
        severity: 'error',
        message: `\`schema\` must be followed by one of ${kinds.join(', ')}, or by nothing; "${asked}" is neither`,
        hint: close && `did you mean "${close}"?`,
      },
    ],
    exitCode: 2,
  }
}
