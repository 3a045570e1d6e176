import { sprintf } from '../../gotemplate/format.ts'
import { ChartError } from '../failed.ts'
import { complaint } from '../schema/complaint.ts' // on demand
import { isTable } from '../value/members.ts'
import type { Chart } from './chart.ts'
import { textOf } from './load.ts'

type Map = Readonly<Record<string, unknown>>

/** Checks values against the schemas of the chart and of those that it holds. Throws a ChartError that lists what is wrong. */
export function validateValues(chart: Chart, values: Map): void {
  const wrong = complaints(chart, values)
  if (wrong !== '')
    throw new ChartError(
      `values don't meet the specifications of the schema(s) in the following chart(s):\n${wrong}`,
      'chart-values',
    )
}

function complaints(chart: Chart, values: Map): string {
  const { schema, dependencies, metadata } = chart
  let text = ''
  if (schema !== undefined) {
    const wrong = complaint(textOf(schema), values)
    if (wrong !== '') text += `${metadata.name}:\n${wrong}`
  }
  for (const held of dependencies) {
    const { name } = held.metadata
    const own = Object.hasOwn(values, name) ? values[name] : null
    if (own === null) continue
    text += isTable(own)
      ? complaints(held, own)
      : sprintf('%s:\ninvalid type for values: expected object (map), got %T\n', [name, own])
  }
  return text
}
