import type { Chart } from '../helm/chart/chart.ts'
import type { TemplateCache } from '../helm/engine.ts'
import type { Position, Report } from '../problem.ts'
import type { Document } from '../yaml/document.ts'

/** A chart that the user brings. */
export interface PackagedChart {
  /** Its folder or archive, as messages call it. */
  readonly place: string
  /** What its `Chart.yaml` calls it. */
  readonly name: string
  /** The release of Istio that it is of; nothing where it doesn't say. */
  readonly release: string | undefined
  readonly chart: Chart
  /** Its templates as far as they were parsed. */
  readonly cache: TemplateCache
}

/** The charts of a folder or archive, and the profiles that lie beside them. */
export interface ChartPackage {
  readonly place: string
  readonly charts: readonly PackagedChart[]
  /** Profiles of the installer, by name; none where the package has no such folder. */
  readonly profiles: ReadonlyMap<string, Document>
}

/** Who names a package: a setting of the run, or an IstioOperator, which may name what lies below it only. */
export interface Asking {
  readonly setting: boolean
  /** The file of the IstioOperator. */
  readonly file: string | undefined
  /** What messages call the field or flag. */
  readonly named: string
  readonly at: () => Position | undefined
}

/** Finds packages for the stages, which open no files themselves. */
export interface ChartSource {
  /** The package at a path, or nothing when it has told why there is none. */
  readonly find: (path: string, asking: Asking, report: Report) => ChartPackage | undefined
}
