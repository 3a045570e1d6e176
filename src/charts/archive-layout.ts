import type { ArchivedFile } from '../helm/chart/archive.ts'
import { type ChartFile, chartLimit } from '../helm/chart/chart.ts'
import { readIgnore } from '../helm/chart/ignore.ts'
import { ChartError } from '../helm/failed.ts'

/** What an archive of several charts holds; paths are those below the folder of the release, where there is one. */
export interface ArchivedCharts {
  /** Charts with their files, whose names begin below the chart. */
  readonly charts: readonly { readonly path: string; readonly files: readonly ChartFile[] }[]
  /** Charts that are archives themselves. */
  readonly archives: readonly { readonly path: string; readonly data: Uint8Array }[]
  /** The files of the folder `profiles` beside the charts. */
  readonly profiles: readonly { readonly path: string; readonly data: Uint8Array }[]
}

/** Where charts lie in an archive: the part of paths that is left out, the folder of charts, and that of profiles. */
interface Layout {
  readonly cut: string
  readonly charts: string
  readonly profiles: string
}

/**
 * The charts that the files of an archive are, by their whole paths; nothing when it is one chart in one folder, as Helm
 * packs it, or has none at all. A chart that lies in another one is that one's own. Throws a ChartError for charts that
 * are together larger than one may be, and for links in them, which could lead anywhere.
 */
export function chartsIn(files: readonly ArchivedFile[]): ArchivedCharts | undefined {
  const homes = outermost(files.flatMap(({ name }) => /^(.*)\/Chart\.yaml$/.exec(name)?.[1] ?? []))
  const packed = files.filter(
    ({ name }) => name.endsWith('.tgz') && !isHidden(name) && !homes.some((home) => isBelow(name, home)),
  )
  const [only] = homes
  const isOne = homes.length === 1 && only && !only.includes('/') && files.every(({ name }) => isBelow(name, only))
  if (isOne || homes.length + packed.length === 0 || files.some(({ name }) => name === 'Chart.yaml')) return undefined
  const layout = layoutOf([...homes, ...packed.map(({ name }) => name)])
  const shown = (path: string) => path.slice(layout.cut.length)
  const charts = homes
    .filter((home) => home.startsWith(layout.charts))
    .map((home) => ({ path: shown(home), files: filesOf(home, files) }))
  const archives = packed
    .filter(({ name }) => name.startsWith(layout.charts))
    .map(({ name, data }) => ({ path: shown(name), data }))
  const profiles = files
    .filter(({ name }) => name.startsWith(layout.profiles) && /^[^/]+\.yaml$/.test(name.slice(layout.profiles.length)))
    .map(({ name, data }) => ({ path: shown(name), data }))
  checkSize([...charts.flatMap((chart) => chart.files), ...archives, ...profiles])
  return { charts, archives, profiles }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

function isHidden(path: string): boolean {
  return /(^|\/)\./.test(path)
}

/** Folders that lie in none of the others. */
function outermost(folders: readonly string[]): string[] {
  const found: string[] = []
  let last: string | undefined
  for (const folder of folders.filter((one) => !isHidden(one)).sort(byPath)) {
    if (last !== undefined && isBelow(folder, last)) continue
    found.push(folder)
    last = folder
  }
  return found
}

/** A folder comes right before what is in it. */
function byPath(a: string, b: string): number {
  const [left, right] = [`${a}/`, `${b}/`]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The layout of a release, of its folder `manifests`, or of any folder with charts in it. */
function layoutOf(paths: readonly string[]): Layout {
  for (const [form, profiles] of [
    [/^((?:[^/]+\/)?)manifests\/charts\//, 'manifests/profiles/'],
    [/^((?:[^/]+\/)?)charts\//, 'profiles/'],
  ] as const) {
    const found = paths.map((path) => form.exec(path)).find((match) => match !== null)
    if (found) return { cut: found[1] ?? '', charts: found[0], profiles: `${found[1]}${profiles}` }
  }
  const [, top = ''] = /^([^/]+\/)/.exec(paths[0] ?? '') ?? []
  const cut = paths.every((path) => path.startsWith(top)) ? top : ''
  return { cut, charts: cut, profiles: `${cut}profiles/` }
}

function filesOf(home: string, files: readonly ArchivedFile[]): ChartFile[] {
  const inside = files
    .filter(({ name }) => isBelow(name, home))
    .map(({ name, data, isLink }) => ({ name: name.slice(home.length + 1), data, isLink }))
  const ignores = readIgnore(inside.find(({ name }) => name === '.helmignore')?.data)
  const kept = inside.filter(({ name }) => {
    const steps = name.split('/')
    return !steps.some((_, i) => ignores(steps.slice(0, i + 1).join('/'), i < steps.length - 1))
  })
  const link = kept.find(({ isLink }) => isLink)
  if (link === undefined) return kept
  const hint = 'unpack the archive, and name the folder.'
  throw new ChartError(`the link ${home}/${link.name} is not followed in an archive`, 'invalid-chart', hint)
}

function checkSize(files: readonly { readonly data: Uint8Array }[]) {
  if (files.reduce((sum, { data }) => sum + data.length, 0) >= chartLimit)
    throw new ChartError(`the charts must not be larger than ${chartLimit} bytes together`)
}
