/** Which of the charts that a chart holds are rendered, under which names, and what it takes from their values. */

import { printed } from '../../gotemplate/value.ts'
import { ChartError } from '../failed.ts'
import { parseConstraint, satisfies } from '../semver/constraint.ts'
import { parseVersion } from '../semver/version.ts'
import { copied } from '../value/copy.ts'
import { isTable as isMap } from '../value/members.ts'
import type { Chart } from './chart.ts'
import { coalesceValues, mergeTables, type Warn } from './coalesce.ts'
import type { Dependency } from './metadata.ts'

type Map = Record<string, unknown>

/** The chart with the charts that it holds as its metadata and the values say, and with the values it imports. */
export function processDependencies(chart: Chart, given: Readonly<Map>, warn: Warn): Chart {
  return withImports(withEnabled(chart, given, '', warn), warn)
}

/** Throws a ChartError that names the charts which the metadata has and `charts/` lacks. */
export function checkDependencies({ metadata: { dependencies = [] }, dependencies: held }: Chart): void {
  const names = new Set(held.map(({ metadata: { name } }) => name))
  const missing = dependencies.filter(({ name }) => !names.has(name)).map(({ name }) => name)
  if (missing.length > 0)
    throw new ChartError(
      "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch " +
        `missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
      'invalid-chart',
      'nothing is fetched here, not with `--dependency-update` either; do as it says first.',
    )
}

/** Whether a version meets a constraint; what is malformed never does. */
export function isCompatible(constraint: string, version: string): boolean {
  const condition = parseConstraint(constraint)
  const exact = parseVersion(version)
  return !('error' in condition) && !('error' in exact) && satisfies(condition, exact)
}

function isMeant({ name, version }: Dependency, { metadata }: Chart): boolean {
  return name === metadata.name && isCompatible(version, metadata.version)
}

function withEnabled(chart: Chart, given: Readonly<Map>, path: string, warn: Warn): Chart {
  const { dependencies } = chart.metadata
  if (dependencies === undefined) return chart
  // What `charts/` holds without being named is always rendered.
  const unnamed = chart.dependencies.filter((held) => !dependencies.some((dependency) => isMeant(dependency, held)))
  const named = dependencies.flatMap((dependency) => {
    const held = chart.dependencies.find((one) => isMeant(dependency, one))
    if (held === undefined) return []
    return [listed(held, dependency.alias)]
  })
  const all = { ...chart, dependencies: [...unnamed, ...named] }
  const values = coalesceValues(all, given, false, warn)
  const decided = dependencies.map((dependency) => ({
    ...dependency,
    name: dependency.alias || dependency.name,
    enabled: isEnabled(dependency, values, path, warn),
  }))
  const disabled = new Set(decided.filter(({ enabled }) => !enabled).map(({ name }) => name))
  const left = decided.filter(({ name }) => !disabled.has(name))
  return {
    ...all,
    isFormerToHeld: false,
    // A chart that is left with none is one that lists none: it imports nothing, and its values stay as they are.
    metadata: { ...chart.metadata, dependencies: left.length > 0 ? left : undefined },
    dependencies: all.dependencies
      .filter(({ metadata: { name } }) => !disabled.has(name))
      .map((held) => withEnabled(held, values, `${path}${held.metadata.name}.`, warn)),
  }
}

/**
 * A chart that is listed, under its alias. Helm copies it and the charts that it holds, so that these belong to the copy;
 * what they hold in turn belongs to the charts that were copied, until what they list is looked at.
 */
function listed(held: Chart, alias: string): Chart {
  const { metadata } = held
  return {
    ...held,
    metadata: alias === '' ? metadata : { ...metadata, name: alias },
    formerly: metadata.name,
    isFormerToHeld: false,
    dependencies: held.dependencies.map((below) => ({ ...below, isFormerToHeld: true })),
  }
}

/** A condition decides, the first one of several that is set; else the tags do. */
function isEnabled({ name, condition, tags }: Dependency, values: Readonly<Map>, path: string, warn: Warn): boolean {
  for (const key of condition.trim().split(',')) {
    const value = key === '' ? undefined : valueAt(values, `${path}${key}`)
    if (typeof value === 'boolean') return value
    if (value !== undefined) warn(`returned non-bool value: path ${key}, chart ${name}`)
  }
  const set = tableAt(values, ['tags']) ?? {}
  const flags = tags.flatMap((tag) => {
    const flag = Object.hasOwn(set, tag) ? set[tag] : undefined
    if (flag !== undefined && typeof flag !== 'boolean') warn(`returned non-bool value: tag ${tag}, chart ${name}`)
    return typeof flag === 'boolean' ? [flag] : []
  })
  return flags.length === 0 || flags.includes(true)
}

/** The value at a dotted path, unless it is a map; undefined where there is none. */
function valueAt(values: Readonly<Map>, path: string): unknown {
  const steps = path.split('.')
  const table = tableAt(values, steps.slice(0, -1))
  const key = steps.at(-1) ?? ''
  const value = table && Object.hasOwn(table, key) ? table[key] : undefined
  return isMap(value) ? undefined : value
}

function tableAt(values: Readonly<Map>, steps: readonly string[]): Readonly<Map> | undefined {
  let table = values
  for (const step of steps) {
    const next = Object.hasOwn(table, step) ? table[step] : undefined
    if (!isMap(next)) return undefined
    table = next
  }
  return table
}

// Imported values

/** The chart with what it imports from the charts it holds, which have imported first, among its own values. */
function withImports(chart: Chart, warn: Warn): Chart {
  const imported = { ...chart, dependencies: chart.dependencies.map((held) => withImports(held, warn)) }
  const { dependencies } = chart.metadata
  if (dependencies === undefined) return imported
  const values = coalesceValues(imported, {}, true, warn)
  let taken: Map = {}
  const named = dependencies.map((dependency) => {
    const pairs = dependency.importValues.flatMap(pairOf)
    for (const { child, parent } of pairs) {
      const table = tableAt(values, `${dependency.name}.${child}`.split('.'))
      if (table === undefined) warn(`ImportValues missing table from chart ${dependency.name}: ${child}`)
      else taken = mergeTables(taken, nested(parent, importable(table)), '', true, warn)
    }
    return { ...dependency, importValues: pairs }
  })
  return {
    ...imported,
    metadata: { ...chart.metadata, dependencies: named },
    values: mergeTables(copied(values), taken, '', true, warn),
  }
}

/** The table that is imported itself, so that what is merged into it is seen in the values too; not so an empty one. */
function importable(table: Readonly<Map>): Readonly<Map> {
  return Object.keys(table).length === 0 ? {} : table
}

/** What is imported from where: a pair, or a name below `exports` whose content goes to the top. */
function pairOf(item: unknown): { readonly child: string; readonly parent: string }[] {
  if (typeof item === 'string') return [{ child: `exports.${item}`, parent: '.' }]
  return isMap(item) ? [{ child: printed(item.child), parent: printed(item.parent) }] : []
}

function nested(path: string, table: Readonly<Map>): Map {
  if (path === '.') return table as Map
  return path.split('.').reduceRight<Map>((inner, key) => ({ [key]: inner }), table as Map)
}
