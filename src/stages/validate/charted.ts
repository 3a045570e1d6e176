import { homes } from '../../charts/layout.ts'
import { isBefore, minorOf, strangeVersion } from '../../charts/release.ts'
import { map } from '../../components/words.ts'
import { bundle } from '../../istio/bundle.ts'
import { dotted, type Path, type Problem, type Report } from '../../problem.ts'
import type { Resolved } from '../2-resolve.ts'
import { validate } from '../3-validate.ts'
import { enabledEntries } from '../render/entries.ts'
import { type Charts, wanted } from '../resolve/charts.ts'
import type { Surroundings } from './rules/rule.ts'

/**
 * Stage 3 for a control plane with charts of the user's: what the schema of the bundled release doesn't know is only
 * doubtful where the charts are of another one. Reports `chart-release` and `missing-chart` besides.
 */
export function validateCharted(resolved: Resolved, report: Report, surroundings: Surroundings): void {
  const { charts } = resolved
  if (!charts) return
  const version = releaseOf(resolved)
  const isOther = isOfOther(version)
  const tell: Report = (problem) => {
    const isRead = problem.code === 'ignored-setting' && problem.path === 'spec.components.istiodRemote'
    if (!isRead || !charts.of('istiodRemote')) report(problem)
  }
  validate(resolved, isOther ? doubtful(tell, version) : tell, { ...surroundings, version })
  if (isOther) report(otherRelease(charts, version))
  const specs = [...new Set(enabledEntries(resolved).map(({ component }) => component.spec))]
  const without = missing(specs, charts)
  // Where istiod's chart is missing, all others differ from it.
  const others = without.some(({ severity }) => severity === 'error') ? [] : mixed(specs, charts, version)
  for (const problem of [...others, ...without, ...strange(specs, charts), ...silent(resolved, charts)]) report(problem)
}

/** What is said of all objects, for control planes of which some have charts of another release. */
export function ofCharted(planes: readonly Resolved[], report: Report): Report {
  const other = planes.map(releaseOf).find(isOfOther)
  return other === undefined ? report : doubtful(report, other)
}

/** The release that settings are meant for: istiod's, or where there is none that of the charts. */
function releaseOf(resolved: Resolved): string {
  const { charts } = resolved
  const hasIstiod = enabledEntries(resolved).some(({ component }) => component.spec === 'pilot')
  return (hasIstiod ? charts?.of('pilot')?.release : charts?.release) ?? bundle.version
}

function isOfOther(release: string): boolean {
  return minorOf(release) !== minorOf(bundle.version)
}

/** Kinds of problems that say no more than what the bundled release knows. */
const ofOneRelease: ReadonlySet<Problem['code']> = new Set([
  'unknown-field',
  'not-allowed-value',
  'unknown-compatibility-version',
  'unknown-values-profile',
  'unknown-platform',
  'removed-setting',
  'ambient-conflict',
])

function doubtful(report: Report, version: string): Report {
  return (problem) => {
    const isLower = ofOneRelease.has(problem.code) && problem.severity === 'error'
    const doubt = `Istio ${version}, which the charts are of, may know it; ${bundle.version} doesn't`
    const hint = problem.hint ? `${doubt}; ${problem.hint}` : `${doubt}.`
    if (isLower) report({ ...problem, severity: 'warning', istioctl: 'warning', hint })
    else report(problem.code === 'ignored-setting' ? { ...problem, hint } : problem)
  }
}

function otherRelease({ named, at, profiles }: Charts, version: string): Problem {
  const what = profiles ? 'settings are' : 'settings and profiles are'
  return {
    code: 'chart-release',
    severity: 'warning',
    message: `\`${named}\` must hold charts of Istio ${minorText(bundle.version)} for everything to be checked; they are of ${version}, and ${what} taken for those of ${bundle.version}`,
    path: named,
    at: at(),
    hint: profiles
      ? 'read what changed between the two, or use a render-istio that bundles that release.'
      : 'bring the `profiles` folder of that release along, or use a render-istio that bundles it.',
  }
}

/** Charts of several minor versions in one control plane. */
function mixed(specs: readonly string[], charts: Charts, version: string): Problem[] {
  return specs.flatMap((spec) => {
    const chart = charts.of(spec)
    const own = minorOf(chart?.release)
    if (chart === undefined || own === undefined || own === minorOf(version)) return []
    return {
      code: 'chart-release',
      severity: 'warning',
      message: `\`${charts.named}\` must hold charts of one release; "${chart.place}" is of ${chart.release}, and istiod is of ${version}`,
      path: charts.named,
      at: charts.at(),
      hint: 'take all charts from one release; only the CNI may be one minor version away from istiod.',
    }
  })
}

/** Charts of a release that nothing is known of, which are handed what the newest release hands. */
function strange(specs: readonly string[], charts: Charts): Problem[] {
  for (const chart of specs.map((spec) => charts.of(spec))) {
    const version = chart && strangeVersion(chart.chart.metadata)
    if (version === undefined) continue
    return [
      {
        code: 'chart-release',
        severity: 'warning',
        message: `\`${charts.named}\` must hold charts of a release of Istio that is known; "${chart?.place}" is of "${version}", and is handed what charts of ${bundle.version} are`,
        path: charts.named,
        at: charts.at(),
        hint: 'say the release of Istio as `appVersion` in `Chart.yaml`, such as `1.28.0-vendor`.',
      },
    ]
  }
  return []
}

/** Entries that don't say whether they are on, which 1.24 and later take for a yes, and releases before for a no. */
function silent(resolved: Resolved, charts: Charts): Problem[] {
  return Object.keys(homes).flatMap((name) => {
    const release = charts.of(name)?.release
    if (!isBefore(release, 24)) return []
    const path: Path = ['spec', 'components', name]
    const own = map(resolved.spec.components)[name]
    const entries = Array.isArray(own)
      ? own.map((entry, index) => ({ entry: map(entry), path: [...path, index] }))
      : [{ entry: map(own), path }]
    return entries
      .filter(({ entry }) => Object.keys(entry).length > 0 && (entry.enabled ?? undefined) === undefined)
      .map(({ path }) => ({
        code: 'chart-release',
        severity: 'warning',
        message: `\`${dotted(path)}\` must say \`enabled: true\` to be rendered with charts of ${release}: istioctl took an entry that says nothing for off before 1.24`,
        path: dotted(path),
        at: resolved.locate(path, 'key'),
        hint: 'add `enabled: true`, or `enabled: false` if there is to be none.',
      }))
  })
}

/**
 * Components that are on and have no chart. They are rendered as they are bundled, which goes with charts of the bundled
 * release, and hardly with others.
 */
function missing(specs: readonly string[], charts: Charts): Problem[] {
  const without = specs.filter((spec) => !charts.of(spec) && !charts.isBundled(spec))
  const isWhole = charts.profiles !== undefined || ['base', 'pilot'].every((name) => charts.of(name) !== undefined)
  const isSame = charts.release === undefined || charts.release === bundle.version
  const isUnused = without.length === specs.length
  if (without.length === 0 || (isSame && !isWhole && !isUnused)) return []
  const isFar = !isSame && minorOf(charts.release) !== minorOf(bundle.version)
  const places = charts.places.map((place) => `"${place}"`).join(', ')
  const instead = isFar
    ? `the bundled ${bundle.version} is no answer beside charts of ${charts.release}`
    : `the bundled ${bundle.version} is rendered instead`
  return [
    {
      code: 'missing-chart',
      severity: isFar ? 'error' : 'warning',
      message: `\`${charts.named}\` must hold a chart for every component that is on; there is none for ${without.join(', ')} in ${places}`,
      path: charts.named,
      at: charts.at(),
      hint: `${wanted(...without)}; ${instead}, unless that is meant and \`--charts ${without[0]}=bundled\` says so.`,
    },
  ]
}

function minorText(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}
