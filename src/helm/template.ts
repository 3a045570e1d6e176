import type { Problem } from '../problem.ts'
import type { Chart } from './chart/chart.ts'
import { compileMatch } from './chart/match.ts'
import type { Failed } from './failed.ts'
import { splitDocuments } from './manifests.ts'
import { type Release, type ReleaseOptions, renderRelease } from './release.ts'
import { trimSpace } from './sprig/characters.ts'

/** What is printed besides manifests; the names are those of Helm's flags. */
export interface TemplateOptions extends ReleaseOptions {
  readonly includeCrds?: boolean | undefined
  readonly noHooks?: boolean | undefined
  /** Hooks that are tests are left out. */
  readonly skipTests?: boolean | undefined
  /** Only what comes from these templates, by patterns of their paths. */
  readonly showOnly?: readonly string[] | undefined
}

/** What `helm template` prints for a chart, to the byte. Reports what `renderRelease` does. */
export function templateText(
  chart: Chart,
  given: Readonly<Record<string, unknown>>,
  options: TemplateOptions = {},
): { readonly text: string; readonly problems: readonly Problem[] } | Failed {
  const release = renderRelease(chart, given, options)
  if ('problem' in release) return release
  const { crds, manifests, hooks } = shownOf(release, options)
  const text = `${trimSpace([...crds, ...manifests].map(sourced).join(''))}\n${hooks.map(sourced).join('')}`
  const { problems } = release
  if (!options.showOnly || options.showOnly.length === 0) return { text, problems }
  const shown = only(text, options.showOnly)
  return typeof shown === 'string' ? { text: shown, problems } : shown
}

/** A document of a file that `helm template --output-dir` writes; a file can have several. */
export interface TemplateDocument {
  readonly path: string
  readonly text: string
  readonly isCrd: boolean
}

/**
 * The documents that `helm template --output-dir` writes for a chart, in its order. Reports what `renderRelease` does,
 * and `chart-output` for patterns of `showOnly`: Helm looks for these in what it prints, which is nothing then.
 */
export function templateDocuments(
  chart: Chart,
  given: Readonly<Record<string, unknown>>,
  options: TemplateOptions = {},
): { readonly documents: readonly TemplateDocument[]; readonly problems: readonly Problem[] } | Failed {
  const release = renderRelease(chart, given, options)
  if ('problem' in release) return release
  const [pattern] = options.showOnly ?? []
  if (pattern !== undefined) return notFound(pattern, 'with `--output-dir` nothing is printed that could be found')
  const { crds, manifests, hooks } = shownOf(release, options)
  const documents = [...crds, ...manifests, ...hooks].map((document, i) => ({
    path: document.path,
    text: sourced(document),
    isCrd: i < crds.length,
  }))
  return { documents, problems: release.problems }
}

function shownOf({ crds, manifests, hooks }: Release, { includeCrds, noHooks, skipTests }: TemplateOptions) {
  const kept = noHooks ? [] : hooks.filter(({ events }) => !(skipTests && events.includes('test')))
  return { crds: includeCrds ? crds : [], manifests, hooks: kept }
}

function sourced({ path, content }: { readonly path: string; readonly content: string }): string {
  return `---\n# Source: ${path}\n${content}\n`
}

function notFound(pattern: string, hint?: string): Failed {
  const message = `could not find template ${pattern} in chart`
  return { problem: { code: 'chart-output', severity: 'error', message, ...(hint !== undefined && { hint }) } }
}

/** The documents of templates that a pattern of `--show-only` matches, pattern by pattern. */
function only(text: string, patterns: readonly string[]): string | Failed {
  const documents = splitDocuments(text)
  let out = ''
  for (const pattern of patterns) {
    const matches = compileMatch(pattern) ?? (() => false)
    const found = documents.filter((document) => {
      const name = /# Source: [^/]+\/(.+)/.exec(document)?.[1]
      return name !== undefined && matches(name)
    })
    if (found.length === 0) return notFound(pattern)
    out += found.map((document) => `---\n${document}\n`).join('')
  }
  return out
}
