/** The values that a chart and the charts it holds are rendered with. */

import { sprintf } from '../../gotemplate/format.ts'
import { ChartError } from '../failed.ts'
import { copied } from '../value/copy.ts'
import { isTable as isMap, put } from '../value/members.ts'
import type { Chart } from './chart.ts'

type Map = Record<string, unknown>

/** Told of what is left out because it does not fit. */
export type Warn = (message: string) => void

/**
 * What somebody gave over the chart's own values, and the same for each chart that it holds, under its name and with the
 * globals of the one that holds it. A null that was given removes what the chart has; with `keepsNulls` it stays, as where
 * the result is merged again. Throws a ChartError where a chart's values are no map.
 */
export function coalesceValues(chart: Chart, given: Readonly<Map>, keepsNulls: boolean, warn: Warn): Map {
  const target = copied(given) as Map
  coalesce(chart, target, '', keepsNulls, warn)
  return target
}

function coalesce(chart: Chart, target: Map, prefix: string, keepsNulls: boolean, warn: Warn) {
  coalesceOwn(chart, target, prefix, keepsNulls, warn)
  for (const held of chart.dependencies) {
    const { name } = held.metadata
    if (!Object.hasOwn(target, name)) put(target, name, {})
    const values = target[name]
    if (!isMap(values)) throw new ChartError(`type mismatch on ${name}: ${sprintf('%t', [values])}`, 'chart-values')
    const path = joined(prefix, chart.metadata.name)
    coalesceGlobals(values, target, path, warn)
    coalesce(held, values, path, keepsNulls, warn)
  }
}

function coalesceOwn(chart: Chart, target: Map, prefix: string, keepsNulls: boolean, warn: Warn) {
  const own = copied(chart.values) as Map
  const path = joined(prefix, chart.metadata.name)
  for (const key of Object.keys(own)) {
    const value = own[key]
    if (!Object.hasOwn(target, key)) {
      if (!keepsNulls) {
        if (value === null) continue
        if (isMap(value)) removeNulls(value)
      }
      put(target, key, value)
      continue
    }
    const given = target[key]
    if (given === null && !keepsNulls) delete target[key]
    else if (isMap(given)) {
      if (!isMap(value)) {
        if (value !== null) warn(`skipped value for ${path}.${key}: Not a table.`)
        continue
      }
      // The values of a chart that this one holds will be coalesced with that chart's.
      const keeps = keepsNulls || chart.dependencies.some(({ metadata: { name } }) => name === key)
      if (!keeps) removeNulls(value)
      mergeTables(given, value, joined(path, key), keeps, warn)
    }
  }
}

function removeNulls(map: Map) {
  for (const key of Object.keys(map)) {
    const value = map[key]
    if (value === null) delete map[key]
    else if (isMap(value)) removeNulls(value)
  }
}

/** Copies the globals of a chart over those of one that it holds, except where only the latter are no maps. */
function coalesceGlobals(target: Map, source: Readonly<Map>, prefix: string, warn: Warn) {
  const below = Object.hasOwn(target, 'global') ? target.global : {}
  const above = Object.hasOwn(source, 'global') ? source.global : {}
  if (!isMap(below) || !isMap(above)) {
    warn(`skipping globals because ${isMap(below) ? 'source' : 'destination'} global is not a table.`)
    return
  }
  for (const key of Object.keys(above)) {
    const value = above[key]
    const before = Object.hasOwn(below, key) ? below[key] : undefined
    if (isMap(value)) {
      const merged = { ...value }
      if (!Object.hasOwn(below, key)) put(below, key, merged)
      else if (!isMap(before)) warn(`Conflict: cannot merge map onto non-map for "${key}". Skipping.`)
      else {
        mergeTables(merged, before, joined(prefix, key), true, warn)
        put(below, key, merged)
      }
    } else if (isMap(before)) warn(`key ${key} is table. Skipping`)
    else put(below, key, value)
  }
  put(target, 'global', below)
}

/**
 * Adds to a map what another one has besides. A null in it removes what the other one has, and itself; with `keepsNulls`
 * it stays. The other map is changed as well.
 */
export function mergeTables(target: Map, source: Map, prefix: string, keepsNulls: boolean, warn: Warn): Map {
  const held = new Set(Object.keys(source).filter((key) => source[key] !== null))
  for (const key of Object.keys(target)) if (target[key] === null) put(source, key, null)
  for (const key of Object.keys(source)) {
    const value = source[key]
    const path = joined(prefix, key)
    if (!Object.hasOwn(target, key)) {
      put(target, key, value)
      continue
    }
    const before = target[key]
    if (!keepsNulls && before === null && held.has(key)) delete target[key]
    else if (isMap(value)) {
      if (isMap(before)) mergeTables(before, value, path, keepsNulls, warn)
      else warn(`cannot overwrite table with non table for ${path}`)
    } else if (isMap(before) && value !== null) warn(`destination for ${path} is a table. Ignoring non-table value`)
  }
  return target
}

function joined(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`
}
