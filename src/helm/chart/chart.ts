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
  /** Its name before the chart that holds it gave it another one. */
  readonly formerly?: string
  /** Whether the charts that it holds don't know of the names that it and those around it have been given since. */
  readonly isFormerToHeld?: boolean
  /** Where its files are, for messages: below the chart that holds it, if there is one. Its name unless it is given. */
  readonly location?: string | undefined
}

/** The path under which templates know the files of a chart, and what it would be without the names given to charts. */
export interface Place {
  readonly path: string
  readonly former: string
}

/** Where a chart is: its name behind those of the charts that hold it. */
export function placeOf({ metadata: { name }, formerly }: Chart, holder: Place | undefined): Place {
  if (holder === undefined) return { path: name, former: name }
  return { path: `${holder.path}/charts/${name}`, former: `${holder.former}/charts/${formerly ?? name}` }
}

/** Where a chart is for those that it holds. */
export function placeForHeld({ isFormerToHeld }: Chart, place: Place): Place {
  return isFormerToHeld ? { path: place.former, former: place.former } : place
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
export function crdsOf(chart: Chart, holder?: Place): readonly ChartFile[] {
  const place = placeOf(chart, holder)
  const own = chart.files.filter(({ name }) => name.startsWith('crds/') && /\.(ya?ml|json)$/i.test(name))
  return [
    ...own.map(({ name, data }) => ({ name: `${place.path}/${name}`, data })),
    ...chart.dependencies.flatMap((dependency) => crdsOf(dependency, placeForHeld(chart, place))),
  ]
}
