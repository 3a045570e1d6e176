/** What a function may take beyond what the template engine counts by itself. */

import { FunctionError, type TemplateError } from '../gotemplate/error.ts'
import type { Meter } from '../gotemplate/meter.ts'

/** Counts work on the meter of an execution. */
export interface Budget {
  /** Counts `steps` more; ends the execution when there are none left. */
  readonly steps: (steps: number) => void
  /** Refuses a text that would be longer than any value may be. */
  readonly text: (length: number) => void
}

/** The budget that is left on a meter. */
export function budgetOf(meter: Meter): Budget {
  return {
    steps(steps) {
      meter.steps += steps
      if (meter.steps > meter.limits.steps) exhausted(`the template takes more than ${meter.limits.steps} steps`)
    },
    text(length) {
      if (length > meter.limits.output) exhausted(`a value is longer than ${meter.limits.output} characters`)
    },
  }
}

function exhausted(message: string): never {
  const inner: TemplateError = { kind: 'limit', message, template: '', frames: [] }
  throw new FunctionError(message, inner)
}
