/** Values that a function does not give, which is an error only where something is made of them. */

import type { TemplateError } from './error.ts'

/**
 * Stands for a value that a function of the host withholds. Whatever would read it fails with its error; a template that
 * passes it over, such as `default (randAlphaNum 8) .Values.password` with a password given, goes on without it. Like
 * every value that is withheld, it is true.
 */
export class Withheld {
  readonly error: TemplateError
  /** The fields that the value would have; they are withheld as well. */
  readonly fields: readonly string[]
  constructor(error: TemplateError, fields: readonly string[] = []) {
    this.error = error
    this.fields = fields
  }
}

/**
 * What functions do with a withheld argument: `chooses` takes it for a value that is true and not empty, and reads no
 * more of it; `passes` gives a value made of the argument, so that its result is withheld too. All others read it.
 */
export type Withholding = Readonly<Record<string, 'chooses' | 'passes'>>
