/** The values that somebody gives for a chart, in files and arguments, as Helm puts them together. */

import { mergeMaps, readValues } from './chart/load.ts'
import { ChartError, type Failed, failing, within } from './failed.ts'
import type { ReadFile, SetKind } from './set-values.ts'
import { setValues } from './set-values.ts' // on demand
import { fromJson } from './text/from-json.ts' // on demand

export type Values = Record<string, unknown>

/** Named as the flags of Helm. */
export interface ValueSources {
  /** Files of values, of which later ones win. */
  readonly values?: readonly string[] | undefined
  /** Arguments such as `a.b=1`, by how their values are taken. */
  readonly set?: readonly string[] | undefined
  readonly 'set-string'?: readonly string[] | undefined
  readonly 'set-json'?: readonly string[] | undefined
  readonly 'set-file'?: readonly string[] | undefined
  readonly 'set-literal'?: readonly string[] | undefined
}

/** The flags that set values one by one, in the order in which Helm applies them; JSON comes before them all. */
const setFlags = [
  ['set', 'typed'],
  ['set-string', 'string'],
  ['set-file', 'file'],
  ['set-literal', 'literal'],
] as const satisfies readonly (readonly [keyof ValueSources, SetKind])[]

/**
 * The values of all sources, later ones over earlier ones and arguments over files. `readFile` gives the text of a file,
 * or throws a ChartError. Reports `chart-values` for what is no YAML or does not follow the grammar of the arguments.
 */
export function givenValues(sources: ValueSources, readFile: ReadFile): { readonly values: Values } | Failed {
  return failing(() => {
    let values: Values = {}
    for (const file of sources.values ?? []) values = mergeMaps(values, valuesOfFile(file, readFile(file)))
    for (const argument of sources['set-json'] ?? []) values = withJson(argument, values)
    for (const [flag, kind] of setFlags)
      for (const argument of sources[flag] ?? [])
        within(`failed parsing --${flag} data`, () => setValues(argument, values, kind, readFile))
    return { values }
  })
}

function valuesOfFile(file: string, text: string): Values {
  return within(`failed to parse ${file}`, () => readValues(text, 'chart-values'))
}

/** A whole object in JSON, or `a.b=JSON`. */
function withJson(argument: string, values: Values): Values {
  const fail = (about: string) => new ChartError(`failed parsing --set-json data ${about}`, 'chart-values')
  if (!argument.trim().startsWith('{')) {
    try {
      setValues(argument, values, 'json')
      return values
    } catch (thrown) {
      if (thrown instanceof ChartError) throw fail(argument)
      throw thrown
    }
  }
  const read = fromJson(argument)
  if ('error' in read) throw fail(`JSON: ${argument}`)
  return mergeMaps(values, read.value as Values)
}
