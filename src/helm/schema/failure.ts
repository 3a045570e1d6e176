/** What a value does not fit, as a tree. */

export interface Failure {
  /** Where in the values, as steps. */
  readonly at: readonly string[]
  readonly message: string
  readonly causes: readonly Failure[]
  /** It stands for what it refers to, and is not told where that is one thing. */
  readonly isReference?: boolean
}

/** The failures as lines, each with its place; what led to one stands below it, deeper. */
export function failureText(failures: readonly Failure[], indent = 0): string {
  return failures
    .map(({ at, message, causes, isReference }) => {
      if (isReference && causes.length === 1) return failureText(causes, indent)
      const place = `'${at.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}'`
      return `${'  '.repeat(indent)}- at ${place}: ${message}\n${failureText(causes, indent + 1)}`
    })
    .join('')
}
