/** How much work a template may cause; every limit ends the execution with an error of kind `limit`. */
export interface Limits {
  /** Statements, commands and loop turns, and one for every 256 characters that a function handles. */
  readonly steps: number
  /** Templates that call each other, also through functions that execute templates. */
  readonly depth: number
  /**
   * Statements and expressions within each other, over all templates that call each other. Each takes its part of the
   * call stack, which must not run out: not everything that could happen then can be caught.
   */
  readonly nesting: number
  /** Characters written, over all templates, and the length of any one value. */
  readonly output: number
}

export const defaultLimits: Limits = { steps: 5_000_000, depth: 1000, nesting: 600, output: 64_000_000 }

/** What has been used up so far. Functions that execute templates hand theirs on, so that limits hold for the whole. */
export interface Meter {
  readonly limits: Limits
  steps: number
  depth: number
  nesting: number
  output: number
  /** Whether a function has withheld a value. */
  withholds: boolean
}

/** A meter at zero; limits left out are the default ones. */
export function startMeter(limits: Partial<Limits> = {}): Meter {
  return { limits: { ...defaultLimits, ...limits }, steps: 0, depth: 0, nesting: 0, output: 0, withholds: false }
}
