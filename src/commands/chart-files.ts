import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { type ArchiveOptions, chartLimit, readArchive, withoutMark } from '../helm/chart/archive.ts'
import type { Chart, ChartFile } from '../helm/chart/chart.ts'
import { type Ignore, readIgnore } from '../helm/chart/ignore.ts'
import { loadFiles } from '../helm/chart/load.ts'
import { ChartError } from '../helm/chart/metadata.ts'

/** Files and folders of a chart; more would be no chart. */
const mostEntries = 100_000
/** Folders within each other. */
const deepest = 100

/**
 * The chart in a folder or a `.tgz` archive. Throws a ChartError, in Helm's words, for what is none. Unlike Helm, a link
 * may not lead out of the folder, so that a chart from somebody else cannot have files of the machine rendered.
 */
export function readChart(path: string): Chart {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new ChartError(`path "${path}" not found`)
  if (found.isDirectory()) return loadFiles(new Folder(path).files(), archiveOptions)
  return loadFiles(readArchive(packed(path), archiveOptions), archiveOptions)
}

const archiveOptions: ArchiveOptions = { unzip }

function unzip(data: Uint8Array, limit: number): Uint8Array {
  try {
    // Most charts are folders, for which it would be loaded in vain.
    return process.getBuiltinModule('node:zlib').gunzipSync(data, { maxOutputLength: limit })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new ChartError(`decompressed chart is larger than the maximum size ${chartLimit}`)
    throw new ChartError(`gzip: ${message}`)
  }
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
    const names = readdirSync(join(this.root, folder)).sort((a, b) => (a < b ? -1 : 1))
    for (const name of names) this.visit(folder === '' ? name : `${folder}/${name}`, depth)
  }

  visit(name: string, depth: number) {
    if (++this.entries > mostEntries) throw new ChartError(`a chart must not have more than ${mostEntries} files`)
    const path = join(this.root, name)
    if (lstatSync(path).isSymbolicLink()) this.checkLink(path, name)
    const entry = statSync(path)
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
