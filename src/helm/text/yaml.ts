/** YAML as Helm reads it. */

import type { Problem } from '../../problem.ts'
import { readPlain, readStream } from '../../yaml/read.ts'
import { readFirst } from '../go-yaml/read.ts' // on demand

/** What is wrong with a text: the problem in our words, and the sentence in which Go tells of it. */
export interface YamlMistake {
  readonly problem: Problem
  readonly text: string
}

/**
 * The value of a text's first document, null when there is none, or the first thing that is wrong with it.
 *
 * Helm's reader stops behind the first document, so that what follows it may be anything; and it takes some of what
 * ours refuses, such as `[-]`, and refuses some of what ours understands, such as keys of more than one line.
 */
export function readYaml(text: string): { readonly value: unknown } | YamlMistake {
  const plain = readPlain(text)
  if (plain && plain.count <= 1) return { value: plain.values[0] ?? null }
  const first = readFirst(text)
  return 'fault' in first ? mistake(first.fault, problemOf(text, first.fault)) : first
}

/** What is wrong with a text in our words; those of Helm where ours would be none. */
function problemOf(text: string, fault: string): Problem {
  let problem: Problem | undefined
  readStream(text, '', (found) => {
    if (found.severity === 'error') problem ??= found
  })
  return problem ?? { code: 'yaml-syntax', severity: 'error', message: fault }
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
