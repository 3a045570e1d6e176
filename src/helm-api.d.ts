/**
 * Renders Helm charts as Helm 4 does, to the byte, without a cluster, a network or a clock.
 *
 *     const chart = readChart('charts/istiod')
 *     if ('problem' in chart) throw new Error(chart.problem.message)
 *     const release = renderRelease(chart, { revision: 'canary' }, { namespace: 'istio-system' })
 *     if ('problem' in release) throw new Error(release.problem.message)
 *     for (const { kind, value } of release.manifests) console.log(kind, value?.metadata)
 *
 * Nothing is thrown for what is wrong with a chart or its values: the result is a `Failed` instead.
 */

/** What is wrong, and where. */
export interface Problem {
  /** A stable word for the kind of mistake; `render-istio help CODE` tells more. */
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  /** In Helm's words. */
  readonly message: string
  /** In a template; line and column count from 1. */
  readonly at?: { readonly file: string; readonly line: number; readonly col: number } | undefined
  /** Which value was not what the template took it for, and through which templates it was reached. */
  readonly hint?: string | undefined
}

/** What functions give instead of their result. */
export interface Failed {
  readonly problem: Problem
}

export interface ChartFile {
  /** Its path below the chart's folder, with slashes: `templates/service.yaml`. */
  readonly name: string
  readonly data: Uint8Array
}

/** A chart that was loaded. Nothing changes it, so that it can be rendered many times. */
export interface Chart {
  readonly metadata: { readonly name: string; readonly version: string; readonly appVersion: string }
  /** Its `values.yaml`. */
  readonly values: Values
  /** The charts in `charts/`. */
  readonly dependencies: readonly Chart[]
}

export type Values = Readonly<Record<string, unknown>>

/** The chart in a folder or a `.tgz` file. Links that lead out of the folder are refused. */
export function readChart(path: string): Chart | Failed

export interface LoadOptions {
  /** What messages call the chart's folder; its name unless it is given. */
  readonly location?: string | undefined
  /** Unpacks gzip to at most `limit` bytes; Node's own unless it is given. */
  readonly unzip?: ((data: Uint8Array, limit: number) => Uint8Array) | undefined
}

/** The chart that files make. */
export function loadChart(files: readonly ChartFile[], options?: LoadOptions): Chart | Failed

/** The chart in the bytes of a `.tgz` archive. */
export function loadArchive(data: Uint8Array, options?: LoadOptions): Chart | Failed

/** Where values come from, named as Helm's flags. */
export interface ValueSources {
  /** Names of files, later ones over earlier ones. */
  readonly values?: readonly string[] | undefined
  readonly set?: readonly string[] | undefined
  readonly 'set-string'?: readonly string[] | undefined
  readonly 'set-json'?: readonly string[] | undefined
  readonly 'set-file'?: readonly string[] | undefined
  readonly 'set-literal'?: readonly string[] | undefined
}

/** The values that files and arguments such as `image.tag=1.2` make together; `readFile` gives the text of a file. */
export function givenValues(
  sources: ValueSources,
  readFile: (path: string) => string,
): { readonly values: Record<string, unknown> } | Failed

/** What a chart is rendered for. */
export interface ReleaseOptions {
  /** `release-name` unless it is given. */
  readonly releaseName?: string | undefined
  /** `default` unless it is given. */
  readonly namespace?: string | undefined
  readonly isUpgrade?: boolean | undefined
  /** Such as `1.31`. */
  readonly kubeVersion?: string | undefined
  /** What `.Capabilities.APIVersions` has besides Kubernetes' own. */
  readonly apiVersions?: readonly string[] | undefined
  readonly skipSchemaValidation?: boolean | undefined
  /** Milliseconds since 1970, for templates that ask for the time; such a template fails unless it is given. */
  readonly now?: number | undefined
  /**
   * A text that random numbers follow from, for templates that draw some; such a template fails unless it is given. Keys,
   * certificates and salted passwords are refused all the same.
   */
  readonly seed?: string | undefined
  /** How much work templates may cause. */
  readonly limits?:
    | {
        readonly steps?: number
        readonly depth?: number
        readonly nesting?: number
        readonly output?: number
      }
    | undefined
  /** A `new Map()` that is kept from one rendering to the next: templates are parsed once. */
  // biome-ignore lint/suspicious/noExplicitAny: what is inside is nobody's business
  readonly cache?: Map<string, any> | undefined
}

export interface Manifest {
  /** The template that it comes from: `istiod/templates/service.yaml`. */
  readonly path: string
  readonly content: string
  readonly kind: string
  /** What the content says, read as Go reads YAML; null when it is comments only. */
  readonly value: Values | null
}

export interface Hook extends Manifest {
  /** When it runs: `pre-install`, `test` and so on. */
  readonly events: readonly string[]
}

export interface Release {
  /** The files in `crds/`. */
  readonly crds: readonly { readonly path: string; readonly content: string }[]
  /** In the order in which Helm installs them. */
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
  /** What `NOTES.txt` gave. */
  readonly notes: string
  /** Warnings about values. */
  readonly problems: readonly Problem[]
}

/** What a chart gives with some values. */
export function renderRelease(chart: Chart, values: Values, options?: ReleaseOptions): Release | Failed

export interface TemplateOptions extends ReleaseOptions {
  readonly includeCrds?: boolean | undefined
  readonly noHooks?: boolean | undefined
  readonly skipTests?: boolean | undefined
  /** Patterns of templates of which the manifests are wanted. */
  readonly showOnly?: readonly string[] | undefined
}

/** What `helm template` prints. */
export function templateText(
  chart: Chart,
  values: Values,
  options?: TemplateOptions,
): { readonly text: string; readonly problems: readonly Problem[] } | Failed
