import type { Metadata } from './metadata.ts'

/** As Helm: a hundred MiB for all files of a chart. */
export const chartLimit = 100 * 1024 * 1024

export interface ChartFile {
  /** Its path below the chart, with slashes. */
  readonly name: string
  readonly data: Uint8Array
}

/** A chart as it was loaded; nothing changes it. */
export interface Chart {
  readonly metadata: Metadata
  /** Its `values.yaml`. */
  readonly values: Readonly<Record<string, unknown>>
  /** Its `values.schema.json`. */
  readonly schema: Uint8Array | undefined
  readonly templates: readonly ChartFile[]
  /** Everything that is neither a template nor read otherwise. */
  readonly files: readonly ChartFile[]
  readonly dependencies: readonly Chart[]
  /** Where its files are, for messages: below the chart that holds it, if there is one. Its name unless it is given. */
  readonly location?: string | undefined
}

/** The path under which templates know the chart's files: its name behind those of the charts that hold it. */
export function fullPath({ metadata: { name } }: Chart, parent: string | undefined): string {
  return parent === undefined ? name : `${parent}/charts/${name}`
}

/** The file of a template of the chart or of one that it holds, which templates know by names instead of folders. */
export function fileOf(template: string, chart: Chart): string {
  const { metadata, location = metadata.name } = chart
  const path = template.slice(metadata.name.length + 1)
  const held = chart.dependencies.find(({ metadata: { name } }) => path.startsWith(`charts/${name}/`))
  return `${location}/${held ? fileOf(path.slice('charts/'.length), held) : path}`
}

export function isLibrary({ metadata: { type } }: Chart): boolean {
  return type.toLowerCase() === 'library'
}

/** The files in `crds/`, with those of the charts that this one holds; under the path that Helm calls them by. */
export function crdsOf(chart: Chart, parent?: string): readonly ChartFile[] {
  const path = fullPath(chart, parent)
  const own = chart.files.filter(({ name }) => name.startsWith('crds/') && /\.(ya?ml|json)$/i.test(name))
  return [
    ...own.map(({ name, data }) => ({ name: `${path}/${name}`, data })),
    ...chart.dependencies.flatMap((dependency) => crdsOf(dependency, path)),
  ]
}
