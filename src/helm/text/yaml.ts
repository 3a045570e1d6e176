/** YAML as Helm reads it. */

import type { Problem } from '../../problem.ts'
import { readStream } from '../../yaml/read.ts'
import { firstDocument } from '../yaml-fault/find.ts' // on demand

/** What is wrong with a text: the problem in our words, and the sentence in which Go tells of it. */
export interface YamlMistake {
  readonly problem: Problem
  readonly text: string
}

/**
 * The value of a text's first document, null when there is none, or the first thing that is wrong with it.
 *
 * Helm's reader stops behind the first document, so that what follows it may be anything; and it refuses some of what
 * ours understands, such as keys of more than one line.
 */
export function readYaml(text: string): { readonly value: unknown } | YamlMistake {
  let problem: Problem | undefined
  const { documents, blanks, isPlain } = readStream(text, '', (found) => {
    if (found.severity === 'error') problem ??= found
  })
  const read = { value: documents[0]?.value ?? null }
  const isOne = documents.length + blanks <= 1
  if (problem === undefined && isPlain && isOne) return read
  const first = firstDocument(text)
  if ('fault' in first)
    return mistake(first.fault, problem ?? { code: 'yaml-syntax', severity: 'error', message: first.fault })
  if ((problem !== undefined || !isOne) && first.text.length < text.length) return readYaml(first.text)
  if (problem === undefined) return read
  // What only we refuse is told in our words.
  return mistake(`yaml: ${problem.at ? `line ${problem.at.line}: ` : ''}${problem.message}`, problem)
}

function mistake(fault: string, problem: Problem): YamlMistake {
  return { problem, text: `error converting YAML to JSON: ${fault}` }
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
