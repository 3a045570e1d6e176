/** Names of releases that a template makes. */

import type { Signature } from '../gotemplate/builtins.ts'
import { errorText, FunctionError, type TemplateError } from '../gotemplate/error.ts'
import { execute } from '../gotemplate/exec.ts'
import { startMeter } from '../gotemplate/meter.ts'
import { parse } from '../gotemplate/parse.ts'
import { type Failed, onOneLine } from './failed.ts'
import { conversionFunctions } from './functions/conversions.ts'
import { marks } from './functions/demands.ts'
import { type FunctionOptions, templateFunctions } from './functions/index.ts'
import { withholding } from './functions/withholding.ts'
import { durationFunctions } from './sprig/dates.ts'

/** What only Helm has, other than its own readers and writers of JSON. */
const helmOnly = new Set(['required', 'lookup', ...Object.keys({ ...conversionFunctions, ...durationFunctions })])
const shared = new Set(['toJson', 'mustToJson', 'fromJson'])

/** The machine's variables, which sprig would hand out here. */
const environment = Object.fromEntries(
  ['env', 'expandenv'].map((name): readonly [string, Signature] => [
    name,
    {
      parameters: ['string'],
      call() {
        throw new FunctionError(`"${name}" would read what each machine has another of; write the value out instead`)
      },
    },
  ]),
)

/**
 * The name that the text of `--name-template` makes, in which a template sees no values and has sprig's functions, but
 * not Helm's. Reports `usage`, in Go's words, for a text that makes none.
 */
export function nameFromTemplate(text: string, options: FunctionOptions): { readonly name: string } | Failed {
  const meter = startMeter()
  const functions = Object.assign(templateFunctions(meter, options), environment)
  for (const name of helmOnly) if (!shared.has(name)) delete functions[name]
  const parsed = parse('name-template', text, { functions })
  if ('error' in parsed) return failed(parsed.error)
  const executed = execute(parsed.template, undefined, { functions, meter, withholding })
  return 'error' in executed ? failed(executed.error) : { name: executed.output }
}

function failed(error: TemplateError): Failed {
  const message = onOneLine(marks.reduce((said, mark) => said.replaceAll(mark, ''), errorText(error)))
  return { problem: { code: 'usage', severity: 'error', message, path: '--name-template' } }
}
