/** YAML as Helm reads and writes it. */

import type { Problem } from '../../problem.ts'
import { readDocuments } from '../../yaml/read.ts'

/** The value of a text's first document, null when there is none, or the first thing that is wrong with the text. */
export function readYaml(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  let wrong: Problem | undefined
  const [document] = readDocuments(text, '', (problem) => {
    if (problem.severity === 'error') wrong ??= problem
  })
  return wrong ? { problem: wrong } : { value: document?.value ?? null }
}

/** A problem in the words in which Go tells of those of YAML. */
export function yamlErrorText({ message, at }: Problem): string {
  return `error converting YAML to JSON: yaml: ${at ? `line ${at.line}: ` : ''}${message}`
}

/** Go's sentence for a value of another type than the one that is wanted. */
export function jsonTypeError(value: unknown, wanted: string): string {
  return `error unmarshaling JSON: while decoding JSON: ${jsonMismatch(value, wanted)}`
}

/** As `jsonTypeError`, where the text was JSON. */
export function jsonMismatch(value: unknown, wanted: string): string {
  return `json: cannot unmarshal ${jsonKind(value)} into Go ${wanted}`
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
