import { githubForm } from './github.ts' // on demand
import { jsonForm } from './json.ts' // on demand
import { sarifForm } from './sarif.ts' // on demand
import { textForm } from './text.ts' // on demand
import type { Told } from './told.ts'

/** The forms in which problems can be told, by the name that `--format` takes. */
export const forms = {
  text: textForm,
  json: jsonForm,
  sarif: sarifForm,
  github: githubForm,
} as const satisfies { readonly [name: string]: (told: Told) => string }
