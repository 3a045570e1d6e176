import type { Metadata } from './metadata.ts'

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
}

/** The path under which templates know the chart's files: its name behind those of the charts that hold it. */
export function fullPath({ metadata: { name } }: Chart, parent: string | undefined): string {
  return parent === undefined ? name : `${parent}/charts/${name}`
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
