/** Charts to the parts of a release. */

import type { Limits } from '../gotemplate/meter.ts'
import { quote } from '../gotemplate/quote.ts'
import type { Problem } from '../problem.ts'
import { defaultCapabilities, kubeVersionOf } from './capabilities.ts'
import { type Chart, crdsOf, isLibrary } from './chart/chart.ts'
import { coalesceValues, type Warn } from './chart/coalesce.ts'
import { checkDependencies, isCompatible, processDependencies } from './chart/dependencies.ts'
import { textOf } from './chart/load.ts'
import { validateValues } from './chart/schema.ts'
import { type RenderOptions, renderChart, type TemplateCache } from './engine.ts'
import { ChartError, chartProblem, type Failed, failing, onOneLine, within } from './failed.ts'
import { type Hook, type Manifest, manifestsOf, OutputError } from './manifests.ts'
import type { RenderAgain } from './output-place.ts'
import { outputPlace } from './output-place.ts' // on demand
import { templateProblem } from './template-problem.ts' // on demand

/** What a chart is rendered for; the names are those of Helm's flags. */
export interface ReleaseOptions {
  /** `release-name` unless it is given. */
  readonly releaseName?: string | undefined
  /** `default` unless it is given. */
  readonly namespace?: string | undefined
  readonly isUpgrade?: boolean | undefined
  /** Such as `1.31`; that of Helm's libraries unless it is given. */
  readonly kubeVersion?: string | undefined
  /** API versions that the cluster has besides those of Kubernetes: `example.com/v1`, `example.com/v1/Kind`. */
  readonly apiVersions?: readonly string[] | undefined
  readonly skipSchemaValidation?: boolean | undefined
  /** The current time in milliseconds since 1970, if templates may know it. */
  readonly now?: number | undefined
  /** What random numbers follow from, if templates may draw some. */
  readonly seed?: string | undefined
  /** How much work the templates may cause. */
  readonly limits?: Partial<Limits> | undefined
  /** Templates that were parsed before: a `new Map()` that the caller keeps from one rendering to the next. */
  readonly cache?: TemplateCache | undefined
}

/** The parts of a release. */
export interface Release {
  /** The files in `crds/`, as they are. */
  readonly crds: readonly { readonly path: string; readonly content: string }[]
  /** In the order in which Helm installs them. */
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
  /** What `NOTES.txt` of the chart gave. */
  readonly notes: string
  /** Warnings: what was left out of the values. */
  readonly problems: readonly Problem[]
}

const releaseNameForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/**
 * The manifests, hooks and notes that a chart gives with some values, as Helm would install them. Reports one of
 * `invalid-chart`, `chart-values`, `chart-template`, `chart-limit`, `chart-output` and `usage` (a name or version that is
 * none), and as warnings `ignored-chart-value`.
 */
export function renderRelease(
  chart: Chart,
  given: Readonly<Record<string, unknown>>,
  options: ReleaseOptions = {},
): Release | Failed {
  return failing(() => rendered(chart, given, options))
}

function rendered(loaded: Chart, given: Readonly<Record<string, unknown>>, options: ReleaseOptions): Release | Failed {
  const { releaseName = 'release-name', namespace = 'default', isUpgrade = false } = options
  const problems: Problem[] = []
  const warn: Warn = (message) =>
    problems.push({ code: 'ignored-chart-value', severity: 'warning', message: onOneLine(message) })
  if (isLibrary(loaded)) throw new ChartError('library charts are not installable')
  checkDependencies(loaded)
  checkReleaseName(releaseName)
  const chart = within('chart dependencies processing failed', () => processDependencies(loaded, given, warn))
  const values = coalesceValues(chart, given, false, warn)
  if (!options.skipSchemaValidation) validateValues(chart, values)
  const capabilities = defaultCapabilities(kubeVersionOf(options.kubeVersion), options.apiVersions)
  const { kubeVersion } = capabilities
  const wanted = chart.metadata.kubeVersion
  if (wanted !== '' && !isCompatible(wanted, kubeVersion.normalized))
    throw new ChartError(
      `chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${kubeVersion.version}`,
    )
  const { now, seed, limits = {}, cache } = options
  const renderOptions: RenderOptions = {
    release: { name: releaseName, namespace, isUpgrade },
    capabilities,
    limits,
    now,
    seed,
    ...(cache && { cache }),
  }
  const made = renderChart(chart, values, renderOptions)
  if ('error' in made) return { problem: templateProblem(made, chart, values) }
  const crds = crdsOf(chart).map(({ name, data }) => ({ path: name, content: textOf(data) }))
  const notes = made.texts.get(`${chart.metadata.name}/templates/NOTES.txt`) ?? ''
  try {
    return { crds, notes, problems, ...manifestsOf(made.texts) }
  } catch (thrown) {
    if (!(thrown instanceof OutputError)) throw thrown
    const { spot } = thrown
    const again: RenderAgain = (watch) => {
      // Templates may have changed the values.
      const anew = coalesceValues(chart, given, false, () => {})
      const once = renderChart(chart, anew, { ...renderOptions, watch })
      return 'texts' in once ? once.texts.get(spot.path) : undefined
    }
    const at = outputPlace(spot, made.texts.get(spot.path) ?? '', again, chart)
    return { problem: { ...chartProblem(thrown), ...(at && { at }) } }
  }
}

function checkReleaseName(name: string) {
  if (name !== '' && name.length <= 53 && releaseNameForm.test(name)) return
  const why =
    name === ''
      ? 'no name provided'
      : `invalid release name, must match regex ${releaseNameForm.source} and the length must not be longer than 53`
  throw new ChartError(`release name check failed: release name ${quote(name)}: ${why}`, 'usage')
}
