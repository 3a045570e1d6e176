/** Charts from bytes; `commands/chart-files.ts` reads them from a disk. */

import { type ArchiveOptions, readArchive } from './chart/archive.ts'
import type { Chart, ChartFile } from './chart/chart.ts'
import { loadFiles } from './chart/load.ts'
import { ChartError, type Failed, failing } from './failed.ts'

export interface LoadOptions extends ArchiveOptions {
  /** What messages call the chart's folder or archive; its name unless it is given. */
  readonly location?: string | undefined
}

/** The chart that files make, whose names begin below its folder (`Chart.yaml`), or an `invalid-chart` problem. */
export function loadChart(files: readonly ChartFile[], { location, ...options }: LoadOptions = {}): Chart | Failed {
  return failing(() => supported({ ...loadFiles(files, counting(options)), location }))
}

/** As `loadChart`, from the bytes of a `.tgz` archive. */
export function loadArchive(data: Uint8Array, { location, ...options }: LoadOptions = {}): Chart | Failed {
  return failing(() => {
    const counted = counting(options)
    return supported({ ...loadFiles(readArchive(data, counted), counted), location })
  })
}

/** Archives in a chart are unpacked too, each into as much as the limit, so that they must share one. */
function counting(options: ArchiveOptions): ArchiveOptions {
  return { unpacked: { bytes: 0 }, ...options }
}

/** Helm has begun on a third form of charts, which it does not render yet. */
function supported(chart: Chart): Chart {
  const { apiVersion } = chart.metadata
  if (apiVersion === 'v3') throw new ChartError('invalid chart apiVersion')
  if (apiVersion !== 'v1' && apiVersion !== 'v2') throw new ChartError('unsupported chart version')
  return chart
}
