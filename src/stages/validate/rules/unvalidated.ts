import { isMap } from '../../../k8s/object.ts'
import { quote, type Rule } from './rule.ts'

/**
 * Reports `values-block` for a block of unvalidated values that a chart lays over its own and can't, as it is no map: no
 * schema looks at these, and the chart's templates stop there.
 */
export const unvalidated: Rule = ({ resolved, entries }, tell) => {
  for (const { component } of entries) {
    const block = component.chart.lifts
    const value = block && resolved.values[block]
    if (block === undefined || value === undefined || value === null || isMap(value)) continue
    tell({
      grade: 'rejected',
      code: 'values-block',
      path: ['spec', 'values', block],
      must: `be a map, as its members are read; it is ${quote(value)}`,
      hint: 'leave it out to keep the defaults, or set the members that you mean.',
    })
  }
}
