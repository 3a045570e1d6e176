/** The functions of Helm's templates other than those that render templates. */

import type { Signature } from '../../gotemplate/builtins.ts'
import type { Meter } from '../../gotemplate/meter.ts'
import { type Budget, budgetOf } from '../budget.ts'
import { dateFunctions, durationFunctions } from '../sprig/dates.ts'
import { defaultFunctions } from '../sprig/defaults.ts'
import { dictFunctions } from '../sprig/dicts.ts'
import { encodingFunctions } from '../sprig/encoding.ts'
import { hashFunctions } from '../sprig/hashes.ts'
import { jsonFunctions } from '../sprig/json.ts'
import { comparingListFunctions, listFunctions } from '../sprig/lists.ts'
import { numberFunctions, sequenceFunctions } from '../sprig/numbers.ts'
import { pathFunctions } from '../sprig/paths.ts'
import { randomFunctions } from '../sprig/random.ts' // on demand
import { refusedFunctions } from '../sprig/refused.ts'
import { regexFunctions } from '../sprig/regexes.ts'
import { secretFunctions } from '../sprig/secrets.ts'
import { growingTextFunctions, textFunctions } from '../sprig/strings.ts'
import { typeFunctions } from '../sprig/types.ts'
import { urlFunctions } from '../sprig/urls.ts'
import { versionFunctions } from '../sprig/versions.ts'
import { conversionFunctions } from './conversions.ts'
import { demandFunctions } from './demands.ts'

export interface FunctionOptions {
  /** The current time in milliseconds since 1970; functions that need it are refused without. */
  readonly now?: number | undefined
  /** What random numbers follow from; functions that draw some are refused without. */
  readonly seed?: string | undefined
}

/** All functions but `include` and `tpl`; what they take is counted on the meter. */
export function templateFunctions(meter: Meter, { now, seed }: FunctionOptions = {}): Record<string, Signature> {
  const budget = budgetOf(meter)
  // An object without a prototype is a table from the beginning: others take long to have so many properties.
  return Object.assign(
    Object.create(null),
    textFunctions,
    growingTextFunctions(budget),
    defaultFunctions,
    counted(listFunctions, budget),
    comparingListFunctions(budget),
    dictFunctions,
    numberFunctions,
    sequenceFunctions(budget),
    typeFunctions,
    encodingFunctions,
    hashFunctions(budget),
    jsonFunctions,
    pathFunctions,
    urlFunctions,
    versionFunctions,
    regexFunctions(budget),
    dateFunctions(now),
    durationFunctions,
    secretFunctions(budget),
    refusedFunctions,
    seed !== undefined && randomFunctions(seed, budget),
    conversionFunctions,
    demandFunctions,
  )
}

/** The functions with their results counted: a list that is put together from others can be longer than memory. */
function counted(functions: Readonly<Record<string, Signature>>, budget: Budget): Record<string, Signature> {
  const count = (value: unknown) => {
    if (Array.isArray(value)) budget.steps(value.length >> 3)
    return value
  }
  return Object.fromEntries(
    Object.entries(functions).map(([name, signature]) => {
      const { call } = signature
      return [name, { ...signature, call: (...args: unknown[]) => count(call(...args)) }]
    }),
  )
}
