import { printed } from '../gotemplate/value.ts'
import { compatibilityVersions, platforms, valuesProfiles } from '../istio/values-profiles.ts'
import { isMap } from '../k8s/object.ts'
import { nearest, type Report } from '../problem.ts'
import { map, merged, truth } from './words.ts'

/** A chart as far as its values go. */
export interface Chart {
  /** Its own defaults. */
  readonly defaults: unknown
  /** The key whose members are copied over the top level, winning (`pilot` in istiod's chart, `cni` in the CNI's). */
  readonly lifts?: 'pilot' | 'cni'
  /** Whether `values.global` lies flat under the user's values (ztunnel). */
  readonly flat?: true
}

type Values = { readonly [key: string]: unknown }

/**
 * What a chart's templates read as `.Values`: its defaults < values profile < compatibility version < platform <
 * (ztunnel only: the globals) < the user's values. Istio ships that merge as a partial template inside each chart.
 *
 * Reports `unknown-values-profile`, `unknown-compatibility-version`, `unknown-platform` at the word that names them.
 */
export function chartValues(chart: Chart, given: Values, report: Report): Values {
  const global = map(given.global)
  let preset: unknown = {}
  const choose = (table: Values, code: string, word: unknown, path: string, prefix: string) => {
    if (!truth(word)) return
    const found = table[printed(word)]
    if (found !== undefined) preset = merged(preset, found)
    else report(unknown(code, printed(word), path, Object.keys(table), prefix))
  }
  const [profile, profilePath] = truth(given.profile)
    ? [given.profile, 'spec.values.profile']
    : [global.profile, 'spec.values.global.profile']
  choose(valuesProfiles, 'unknown-values-profile', profile, profilePath, 'values profile')
  choose(
    compatibilityVersions,
    'unknown-compatibility-version',
    given.compatibilityVersion,
    'spec.values.compatibilityVersion',
    'compatibility version',
  )
  const [platform, platformPath] = truth(given.platform)
    ? [given.platform, 'spec.values.platform']
    : [global.platform, 'spec.values.global.platform']
  choose(platforms, 'unknown-platform', platform, platformPath, 'platform')

  let base = merged(chart.defaults, preset)
  if (chart.flat) base = merged(merged(base, map(preset).global ?? {}), global)
  const values = map(merged(base, given))
  const lifted = chart.lifts && values[chart.lifts]
  return isMap(lifted) ? map(merged(values, lifted)) : values
}

function unknown(code: string, word: string, path: string, known: string[], what: string) {
  const [close] = nearest(word, known)
  const all = known.map((name) => `"${name}"`).join(', ')
  return {
    code,
    severity: 'error',
    message: `\`${path}\` must name a ${what} of this release; "${word}" is none`,
    path,
    hint: close ? `did you mean "${close}"? Known are ${all}.` : `Known are ${all}.`,
  } as const
}
