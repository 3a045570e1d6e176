/** What `helm template` does with a chart that was loaded: its manifests as text. */

import type { TemplateError } from '../gotemplate/error.ts'
import type { Limits } from '../gotemplate/meter.ts'
import { quote } from '../gotemplate/quote.ts'
import { defaultCapabilities, type KubeVersion } from './capabilities.ts'
import { type Chart, crdsOf, isLibrary } from './chart/chart.ts'
import { coalesceValues, type Warn } from './chart/coalesce.ts'
import { checkDependencies, isCompatible, processDependencies } from './chart/dependencies.ts'
import { textOf } from './chart/load.ts'
import { compileMatch } from './chart/match.ts'
import { ChartError } from './chart/metadata.ts'
import { validateValues } from './chart/schema.ts'
import { type Rendered, renderChart, type TemplateCache } from './engine.ts'
import { type Hook, type Manifest, manifestsOf, splitDocuments } from './manifests.ts'
import { trimSpace } from './sprig/characters.ts'

/** What the flags of `helm template` say. */
export interface TemplateOptions {
  readonly releaseName?: string
  readonly namespace?: string
  readonly isUpgrade?: boolean
  readonly kubeVersion?: KubeVersion | undefined
  readonly apiVersions?: readonly string[]
  readonly includeCrds?: boolean
  readonly noHooks?: boolean
  readonly skipTests?: boolean
  readonly skipSchemaValidation?: boolean
  /** Only manifests of these templates. */
  readonly showOnly?: readonly string[]
  /** The current time in milliseconds since 1970, if templates may know it. */
  readonly now?: number
  readonly limits?: Partial<Limits>
  readonly cache?: TemplateCache
  readonly warn?: Warn
}

/** Rendering failed: in Helm's words, and for a template's mistake where it is and how it came there. */
export interface TemplateFailure {
  readonly error: string
  readonly file?: string
  readonly cause?: TemplateError
}

/** The parts of a release. */
export interface Release {
  readonly crds: readonly { readonly path: string; readonly content: string }[]
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
  /** What `NOTES.txt` of the chart gave. */
  readonly notes: string
}

const releaseNameForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** The manifests, hooks and notes that a chart gives with some values, as Helm would install them. */
export function renderRelease(
  loaded: Chart,
  given: Readonly<Record<string, unknown>>,
  options: TemplateOptions = {},
): Release | TemplateFailure {
  const { releaseName = 'release-name', namespace = 'default', isUpgrade = false, warn = () => {} } = options
  try {
    if (isLibrary(loaded)) throw new ChartError('library charts are not installable')
    checkDependencies(loaded)
    checkReleaseName(releaseName)
    const chart = processed(loaded, given, warn)
    const values = coalesceValues(chart, given, false, warn)
    if (!options.skipSchemaValidation) validateValues(chart, values)
    const capabilities = defaultCapabilities(options.kubeVersion, options.apiVersions)
    const { kubeVersion } = capabilities
    const wanted = chart.metadata.kubeVersion
    if (wanted !== '' && !isCompatible(wanted, kubeVersion.normalized))
      throw new ChartError(
        `chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${kubeVersion.version}`,
      )
    const { now, limits = {}, cache } = options
    const rendered = renderChart(chart, values, {
      release: { name: releaseName, namespace, isUpgrade },
      capabilities,
      limits,
      now,
      ...(cache && { cache }),
    })
    if ('error' in rendered) return failure(rendered)
    const { texts } = rendered
    const crds = crdsOf(chart).map(({ name, data }) => ({ path: name, content: textOf(data) }))
    const notes = texts.get(`${chart.metadata.name}/templates/NOTES.txt`) ?? ''
    return { crds, notes, ...manifestsOf(texts) }
  } catch (thrown) {
    if (thrown instanceof ChartError) return { error: thrown.message }
    throw thrown
  }
}

function processed(loaded: Chart, given: Readonly<Record<string, unknown>>, warn: Warn): Chart {
  try {
    return processDependencies(loaded, given, warn)
  } catch (thrown) {
    if (thrown instanceof ChartError) throw new ChartError(`chart dependencies processing failed: ${thrown.message}`)
    throw thrown
  }
}

function failure({ error, file, text }: Extract<Rendered, { readonly error: TemplateError }>): TemplateFailure {
  return { error: text, file, cause: error }
}

function checkReleaseName(name: string) {
  if (name !== '' && name.length <= 53 && releaseNameForm.test(name)) return
  const why =
    name === ''
      ? 'no name provided'
      : `invalid release name, must match regex ${releaseNameForm.source} and the length must not be longer than 53`
  throw new ChartError(`release name check failed: release name ${quote(name)}: ${why}`)
}

/** What `helm template` prints for a chart, or why it prints nothing. */
export function templateText(
  chart: Chart,
  given: Readonly<Record<string, unknown>>,
  options: TemplateOptions = {},
): { readonly text: string } | TemplateFailure {
  const release = renderRelease(chart, given, options)
  if ('error' in release) return release
  const { crds, manifests, hooks } = release
  const all = [...(options.includeCrds ? crds : []), ...manifests]
  const kept = options.noHooks ? [] : hooks.filter(({ events }) => !(options.skipTests && events.includes('test')))
  const text = `${trimSpace(all.map(sourced).join(''))}\n${kept.map(sourced).join('')}`
  return options.showOnly && options.showOnly.length > 0 ? shown(text, options.showOnly) : { text }
}

function sourced({ path, content }: { readonly path: string; readonly content: string }): string {
  return `---\n# Source: ${path}\n${content}\n`
}

/** The documents of templates that a pattern of `--show-only` matches, pattern by pattern. */
function shown(text: string, patterns: readonly string[]): { readonly text: string } | TemplateFailure {
  const documents = splitDocuments(text)
  let out = ''
  for (const pattern of patterns) {
    const matches = compileMatch(pattern) ?? (() => false)
    const found = documents.filter((document) => {
      const name = /# Source: [^/]+\/(.+)/.exec(document)?.[1]
      return name !== undefined && matches(name)
    })
    if (found.length === 0) return { error: `could not find template ${pattern} in chart` }
    out += found.map((document) => `---\n${document}\n`).join('')
  }
  return { text: out }
}
