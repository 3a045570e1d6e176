/** How much work a template may cause; every limit ends the execution with an error of kind `limit`. */
export interface Limits {
  /** Statements, commands and loop turns, and one for every 256 characters that a function handles. */
  readonly steps: number
  /** Templates that call each other, also through functions that execute templates. */
  readonly depth: number
  /** Characters written, over all templates, and the length of any one value. */
  readonly output: number
}

export const defaultLimits: Limits = { steps: 5_000_000, depth: 1000, output: 64_000_000 }

/** What has been used up so far. Functions that execute templates hand theirs on, so that limits hold for the whole. */
export interface Meter {
  readonly limits: Limits
  steps: number
  depth: number
  output: number
}

/** A meter at zero; limits left out are the default ones. */
export function startMeter(limits: Partial<Limits> = {}): Meter {
  return { limits: { ...defaultLimits, ...limits }, steps: 0, depth: 0, output: 0 }
}
