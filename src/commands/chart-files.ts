import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { chartsIn } from '../charts/archive-layout.ts' // on demand
import { readFiles, withoutMark } from '../helm/chart/archive.ts'
import { type Chart, type ChartFile, chartLimit } from '../helm/chart/chart.ts'
import { type Ignore, readIgnore } from '../helm/chart/ignore.ts'
import { ChartError, type Failed, failing } from '../helm/failed.ts'
import { loadArchive, loadChart } from '../helm/load.ts'

/** Files and folders of a chart; more would be no chart. */
const mostEntries = 100_000
/** Folders within each other. */
const deepest = 100

/**
 * The chart in a folder or a `.tgz` archive. Reports `invalid-chart`, in Helm's words, for what is none, and
 * `file-not-read`. Unlike in Helm, a link may not lead out of the folder, so that a chart from somebody else cannot have
 * files of the machine rendered.
 */
export function readChart(path: string): Chart | Failed {
  return failing(() => {
    const missing = findChart(path)
    if (missing) return missing
    const options = { location: path.replace(/(?<=[^/])\/+$/, '') }
    if (statSync(path).isDirectory()) return loadChart(new Folder(path).files(), options)
    return loadArchive(packed(path), options)
  })
}

/** Charts of one archive: where they lie in it, and what each is. */
export interface Archived {
  readonly charts: readonly { readonly path: string; readonly chart: Chart | Failed }[]
  readonly profiles: readonly { readonly path: string; readonly data: Uint8Array }[]
}

/** The charts in an archive of several; nothing when it is the archive of one. Reports as `readChart` does. */
export function readCharts(path: string): Archived | Failed | undefined {
  return failing((): Archived | Failed | undefined => {
    const held = chartsIn(readFiles(packed(path), {}))
    if (held === undefined) return undefined
    const unpacked = { bytes: 0 }
    const location = (below: string) => `${path}/${below}`
    const unfolded = held.charts.map(({ path: below, files }) => ({
      path: below,
      chart: loadChart(files, { location: location(below), unpacked }),
    }))
    const unzipped = held.archives.map(({ path: below, data }) => ({
      path: below,
      chart: loadArchive(data, { location: location(below), unpacked }),
    }))
    return { charts: [...unfolded, ...unzipped], profiles: held.profiles }
  })
}

/** The problem that there is nothing under the path. */
export function findChart(path: string): Failed | undefined {
  if (statSync(path, { throwIfNoEntry: false })) return undefined
  const hint = 'a chart is a folder or a .tgz file; none is fetched from a repository'
  return { problem: { code: 'file-not-read', severity: 'error', message: `path "${path}" not found`, hint } }
}

function packed(path: string): Uint8Array {
  const { size } = statSync(path)
  if (size > chartLimit) throw new ChartError(`decompressed chart is larger than the maximum size ${chartLimit}`)
  const data = readFileSync(path)
  if (data[0] === 0x1f && data[1] === 0x8b && data[2] === 8) return data
  const isYaml = /\.ya?ml$/.test(path)
  throw new ChartError(
    isYaml
      ? `file '${path}' seems to be a YAML file, but expected a gzipped archive`
      : `file '${path}' does not appear to be a gzipped archive`,
  )
}

/** What an entry of a folder is. */
type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>

/** A chart's folder while it is read. */
class Folder {
  readonly root: string
  readonly realRoot: string
  readonly ignores: Ignore
  readonly found: ChartFile[] = []
  entries = 0
  left = chartLimit

  constructor(root: string) {
    this.root = root
    this.realRoot = realpathSync(root)
    const file = join(root, '.helmignore')
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
    this.ignores = readIgnore(isThere ? this.read(file, '.helmignore') : undefined)
  }

  /** The files in the order of their names, folder by folder. */
  files(): readonly ChartFile[] {
    this.enter('', 0)
    return this.found
  }

  enter(folder: string, depth: number) {
    if (depth > deepest) throw new ChartError(`a chart's folders must not be nested deeper than ${deepest}`)
    const entries = readdirSync(join(this.root, folder), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
      this.visit(folder === '' ? entry.name : `${folder}/${entry.name}`, entry, depth)
  }

  visit(name: string, listed: Kind, depth: number) {
    if (++this.entries > mostEntries) throw new ChartError(`a chart must not have more than ${mostEntries} files`)
    const path = `${this.root}/${name}`
    if (listed.isSymbolicLink()) this.checkLink(path, name)
    const entry = listed.isSymbolicLink() ? statSync(path) : listed
    if (this.ignores(name, entry.isDirectory())) return
    if (entry.isDirectory()) this.enter(name, depth + 1)
    else if (entry.isFile()) this.found.push({ name, data: withoutMark(this.read(path, name)) })
    else throw new ChartError(`cannot load irregular file ${name} as it has file mode type bits set`)
  }

  /** A link must lead to a place within the chart, and not to a folder that holds the link. */
  checkLink(path: string, name: string) {
    let target: string
    try {
      target = realpathSync(path)
    } catch {
      throw new ChartError(`error evaluating symlink ${name}: it leads nowhere`)
    }
    const way = relative(this.realRoot, target)
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new ChartError(`the link ${name} must not lead out of the chart's folder`)
    if (!relative(target, join(this.realRoot, name)).startsWith('..'))
      throw new ChartError(`the link ${name} must not lead to a folder that holds it`)
  }

  read(path: string, name: string): Uint8Array {
    const data = readFileSync(path)
    this.left -= data.length
    if (this.left < 0)
      throw new ChartError(`error reading ${name}: chart exceeds maximum decompressed size of ${chartLimit} bytes`)
    return data
  }
}
