import type { Problem } from '../problem.ts'
import type { Chart } from './chart/chart.ts'
import { compileMatch } from './chart/match.ts'
import type { Failed } from './failed.ts'
import { splitDocuments } from './manifests.ts'
import { type ReleaseOptions, renderRelease } from './release.ts'
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
  const { crds, manifests, hooks, problems } = release
  const all = [...(options.includeCrds ? crds : []), ...manifests]
  const kept = options.noHooks ? [] : hooks.filter(({ events }) => !(options.skipTests && events.includes('test')))
  const text = `${trimSpace(all.map(sourced).join(''))}\n${kept.map(sourced).join('')}`
  if (!options.showOnly || options.showOnly.length === 0) return { text, problems }
  const shown = only(text, options.showOnly)
  return typeof shown === 'string' ? { text: shown, problems } : shown
}

function sourced({ path, content }: { readonly path: string; readonly content: string }): string {
  return `---\n# Source: ${path}\n${content}\n`
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
    if (found.length === 0)
      return {
        problem: { code: 'chart-output', severity: 'error', message: `could not find template ${pattern} in chart` },
      }
    out += found.map((document) => `---\n${document}\n`).join('')
  }
  return out
}
