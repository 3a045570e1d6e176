import { printed } from '../gotemplate/value.ts'
import { compatibilityVersions, platforms, valuesProfiles } from '../istio/values-profiles.ts'
import { isMap } from '../k8s/object.ts'
import { nearest, type Problem, type Report } from '../problem.ts'
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
 * Reports `unknown-values-profile`, `unknown-compatibility-version`, `unknown-platform` at the word that names them, and
 * `unrenderable-value` for the key that the charts keep for their own defaults.
 */
export function chartValues(chart: Chart, given: Values, report: Report): Values {
  const global = map(given.global)
  let preset: unknown = {}
  const choose = (kind: keyof typeof presets, code: Problem['code'], word: unknown, path: string, what: string) => {
    if (!truth(word)) return
    const found = typeof word === 'string' ? presetOf(kind, word) : undefined
    if (found !== undefined) preset = merged(preset, found)
    else report(unknown(code, printed(word), path, Object.keys(presets[kind]), what))
  }
  if (truth(given.defaults)) report(reservedDefaults)
  const [profile, profilePath] = truth(given.profile)
    ? [given.profile, 'spec.values.profile']
    : [global.profile, 'spec.values.global.profile']
  choose('', 'unknown-values-profile', profile, profilePath, 'values profile')
  choose(
    'compatibility-version-',
    'unknown-compatibility-version',
    given.compatibilityVersion,
    'spec.values.compatibilityVersion',
    'compatibility version',
  )
  const [platform, platformPath] = truth(given.platform)
    ? [given.platform, 'spec.values.platform']
    : [global.platform, 'spec.values.global.platform']
  choose('platform-', 'unknown-platform', platform, platformPath, 'platform')

  let base = merged(chart.defaults, preset)
  if (chart.flat) base = merged(merged(base, map(preset).global ?? {}), global)
  const values = map(merged(base, given))
  const lifted = chart.lifts && values[chart.lifts]
  if (chart.lifts && lifted !== undefined && lifted !== null && !isMap(lifted)) report(notLiftable(chart.lifts))
  return isMap(lifted) ? map(merged(values, lifted)) : values
}

/** The settings that a chart brings along, as their files are called: by what stands before the word. */
const presets = {
  '': valuesProfiles,
  'compatibility-version-': compatibilityVersions,
  'platform-': platforms,
} as const satisfies { readonly [prefix: string]: Values }

/** The settings in the file of that name; a profile may be any file, such as `platform-k3s`. */
function presetOf(kind: keyof typeof presets, word: string): unknown {
  const file = `${kind}${word}`
  const found = Object.entries(presets).findLast(
    ([prefix, table]) => file.startsWith(prefix) && Object.hasOwn(table, file.slice(prefix.length)),
  )
  return found && (found[1] as Values)[file.slice(found[0].length)]
}

const reservedDefaults = {
  code: 'unrenderable-value',
  severity: 'error',
  message: '`spec.values.defaults` must not be set: the charts keep that name for themselves',
  path: 'spec.values.defaults',
  hint: 'move its members up: `defaults.hub` is `hub`.',
} as const

function notLiftable(block: string) {
  const path = `spec.values.${block}`
  return {
    code: 'unrenderable-value',
    severity: 'error',
    message: `\`${path}\` must be a map: its members become the chart's own values`,
    path,
    hint: 'leave it out, or set the members that you mean.',
  } as const
}

function unknown(code: Problem['code'], word: string, path: string, known: string[], what: string) {
  const [close] = nearest(word, known)
  const all = known.map((name) => `"${name}"`).join(', ')
  return {
    code,
    severity: 'error',
    message: `\`${path}\` must name a ${what} of this release; "${word}" is none`,
    path,
    hint: close ? `did you mean "${close}"? Known are ${all}.` : `Known are ${all}.`,
    value: word,
    proposed: close,
  } as const
}
