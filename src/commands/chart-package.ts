import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { isIstioChart } from '../charts/layout.ts'
import type { Asking, ChartPackage, PackagedChart } from '../charts/package.ts'
import { releaseOf } from '../charts/release.ts'
import type { Chart } from '../helm/chart/chart.ts'
import type { Failed } from '../helm/failed.ts'
import { readText } from '../hosts/files.ts'
import type { Problem, Report } from '../problem.ts'
import { readOperator } from '../stages/1-read.ts'
import { decodeText } from '../yaml/decode.ts'
import type { Document } from '../yaml/document.ts'
import { readChart, readCharts } from './chart-files.ts' // on demand

/** Folders within each other that are looked through for charts, and entries in all of them. */
const deepest = 6
const mostEntries = 20_000

/**
 * The package of charts at a path. What an IstioOperator names is read below the working directory or its own folder
 * only; a flag or a setting may name any place. Reports `charts-not-read`, `outside-root`, `invalid-chart`, and what is
 * wrong with a profile.
 */
export function findCharts(path: string, asking: Asking, report: Report): ChartPackage | undefined {
  try {
    const place = placeOf(path, asking, report)
    return place === undefined ? undefined : readPackage(place, asking, report)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    report(notRead(path, asking, `reading it failed (${code})`, 'check the path and who may read it.'))
    return undefined
  }
}

/** Where a path leads, relative to the working directory, or else to the file that names it. */
function placeOf(path: string, asking: Asking, report: Report): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    const hint = 'fetch it first, e.g. with `helm pull --untar`, and name the folder.'
    report(notRead(path, asking, 'that is an address, and nothing is fetched from a network', hint))
    return undefined
  }
  const folder = asking.file === undefined ? '.' : dirname(asking.file)
  const beside = isAbsolute(path) ? path : join(folder, path)
  const mayRead = (place: string) => asking.setting || staysBelow(place, '.') || staysBelow(place, folder)
  const places = (asking.setting ? [path] : [path, beside]).filter(mayRead)
  const place = places.find((one) => existsSync(one))
  if (places.length === 0) report(outside(path, asking))
  else if (place === undefined)
    report(notRead(path, asking, 'there is none', 'check the path; it is relative to the working directory.'))
  return place
}

/** Links count by where they lead; what isn't there counts by its path. */
function staysBelow(place: string, folder: string): boolean {
  const isBelow = (one: string, other: string) => {
    const way = relative(other, one)
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  return isBelow(place, folder) && (!existsSync(place) || isBelow(realpathSync(place), realpathSync(folder)))
}

function readPackage(place: string, asking: Asking, report: Report): ChartPackage | undefined {
  let isTold = false
  const tell: Report = (problem) => {
    isTold ||= problem.severity === 'error'
    report(problem)
  }
  const entry = statSync(place)
  if (!entry.isDirectory() && !entry.isFile()) {
    report(notRead(place, asking, 'it is neither', 'name a folder, or a `.tgz` file.'))
    return undefined
  }
  const { charts, profiles } = entry.isDirectory() ? readFolder(place, asking, tell) : unpacked(place, asking, tell)
  if (isTold) return undefined
  if (charts.length === 0) {
    const hint = 'Istio keeps its charts in `manifests/charts`; downloaded ones may lie in any folder.'
    report(notRead(place, asking, 'it holds no chart of Istio', hint))
    return undefined
  }
  return { place, charts, profiles }
}

function readFolder(place: string, asking: Asking, report: Report) {
  const isChart = existsSync(join(place, 'Chart.yaml'))
  // The folder of a release, the one that istioctl takes, or any folder with charts in it.
  const root = !isChart && existsSync(join(place, 'manifests', 'charts')) ? join(place, 'manifests') : place
  const folder = !isChart && existsSync(join(root, 'charts')) ? join(root, 'charts') : root
  return { charts: chartsBelow(folder, asking, report), profiles: readProfiles(join(root, 'profiles'), report) }
}

/** Every chart in a folder, in folders or archives, by name. A link may not lead out of the folder. */
function chartsBelow(folder: string, asking: Asking, report: Report): PackagedChart[] {
  const seen = new Set<string>()
  let entries = 0
  const visit = (path: string, depth: number): PackagedChart[] => {
    if (existsSync(join(path, 'Chart.yaml'))) return packaged(path, asking, report)
    if (depth > deepest || entries > mostEntries) return []
    const found = readdirSync(path).sort()
    entries += found.length
    if (entries > mostEntries) {
      report(notRead(folder, asking, 'it holds more files than charts have', 'name the folder of the charts itself.'))
      return []
    }
    return found.flatMap((name) => {
      const below = join(path, name)
      const entry = name.startsWith('.') ? undefined : statSync(below, { throwIfNoEntry: false })
      if (!entry || !staysBelow(below, folder)) return []
      const real = realpathSync(below)
      if (seen.has(real)) return []
      seen.add(real)
      if (entry.isDirectory()) return visit(below, depth + 1)
      return entry.isFile() && name.endsWith('.tgz') ? unpacked(below, asking, report).charts : []
    })
  }
  return visit(folder, 0)
}

/** The charts of an archive, and the profiles that lie beside them in one of several charts. */
function unpacked(place: string, asking: Asking, report: Report): Pick<ChartPackage, 'charts' | 'profiles'> {
  const held = readCharts(place)
  if (held === undefined) return { charts: packaged(place, asking, report), profiles: new Map() }
  if ('problem' in held) return { charts: sound(held, place, asking, report), profiles: new Map() }
  const charts = held.charts.flatMap(({ path, chart }) => sound(chart, `${place}/${path}`, asking, report))
  const profiles = held.profiles.map(({ path, data }) => {
    const file = `${place}/${path}`
    return profileOf(file, decodeText(data, file, report), report)
  })
  return { charts, profiles: new Map(profiles.flat()) }
}

/** The chart in a folder or an archive of its own. */
function packaged(place: string, asking: Asking, report: Report): PackagedChart[] {
  return sound(readChart(place), place, asking, report)
}

/** A chart that was read; of one that only holds others (`ambient`) those that it holds. */
function sound(chart: Chart | Failed, place: string, asking: Asking, report: Report): PackagedChart[] {
  if ('problem' in chart) {
    const { problem } = chart
    const message = `\`${asking.named}\` must hold sound charts: "${place}" is none: ${problem.message}`
    report({ ...problem, message, path: asking.named, at: problem.at ?? asking.at() })
    return []
  }
  const { name } = chart.metadata
  if (isIstioChart(name)) return [known(chart, place)]
  return chart.dependencies
    .filter((held) => isIstioChart(held.metadata.name))
    .map((held) => {
      const below = `${place}/charts/${held.metadata.name}`
      return known({ ...held, location: below }, below)
    })
}

function known(chart: Chart, place: string): PackagedChart {
  return { place, name: chart.metadata.name, release: releaseOf(chart.metadata), chart, cache: new Map() }
}

/** The profiles of the installer, by name. */
function readProfiles(folder: string, report: Report): ReadonlyMap<string, Document> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder).filter((name) => /\.yaml$/.test(name))
  return new Map(
    files.sort().flatMap((name) => {
      const file = join(folder, name)
      return profileOf(file, statSync(file).isFile() ? readText(file, report) : undefined, report)
    }),
  )
}

/** A profile by its name, which is that of its file; nothing where there is no text. */
function profileOf(file: string, text: string | undefined, report: Report): (readonly [string, Document])[] {
  const document = text === undefined ? undefined : readOperator(text, file, report)
  return document ? [[basename(file, '.yaml'), document]] : []
}

function outside(path: string, { named, at }: Asking): Problem {
  return {
    code: 'outside-root',
    severity: 'error',
    message: `\`${named}\` must stay below the working directory or its own folder; "${path}" leaves both`,
    path: named,
    at: at(),
    hint: 'name the charts with `--charts`, or `spec.charts.path` of a RenderIstio, which may lead anywhere.',
  }
}

function notRead(path: string, { named, at }: Asking, why: string, hint: string): Problem {
  return {
    code: 'charts-not-read',
    severity: 'error',
    message: `\`${named}\` must lead to a folder or an archive with charts; "${path}" does not: ${why}`,
    path: named,
    at: at(),
    hint,
  }
}
