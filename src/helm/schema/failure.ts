/** What a value does not fit, as a tree. */

import { quote } from '../../gotemplate/quote.ts'

export interface Failure {
  /** Where in the values, as steps. */
  readonly at: readonly string[]
  readonly message: string
  readonly causes: readonly Failure[]
  /** It stands for what it refers to, and is not told where that is one thing. */
  readonly isReference?: boolean
  /** It stands for all that one schema finds wrong. */
  readonly isGroup?: boolean
}

/** The failures as lines, each with its place; what led to one stands below it, deeper. */
export function failureText(failures: readonly Failure[], indent = 0): string {
  return failures
    .map(({ at, message, causes, isReference }) => {
      if (isReference && causes.length === 1) return failureText(causes, indent)
      const place = quoted(at.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''))
      return `${'  '.repeat(indent)}- at ${place}: ${message}\n${failureText(causes, indent + 1)}`
    })
    .join('')
}

/** As Go writes text in its source, but between single quotes; a backslash at the end stays single there. */
export function quoted(text: string): string {
  return `'${quote(text).replaceAll('\\"', '"').replaceAll("'", "\\'").slice(1, -1)}'`
}
