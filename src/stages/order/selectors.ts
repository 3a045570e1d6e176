import { items, map } from '../../components/words.ts'

type Labels = { readonly [label: string]: unknown }

/** Whether labels satisfy a LabelSelector; an empty or absent one takes everything, as admission reads it. */
export function selects(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = map(selector)
  return holds(matchLabels, labels) && items(matchExpressions).every((expression) => satisfied(map(expression), labels))
}

/** Whether labels hold every pair of a plain map of labels, which is how a Service selects. */
export function holds(wanted: unknown, labels: Labels): boolean {
  return Object.entries(map(wanted)).every(([key, value]) => key in labels && String(labels[key]) === String(value))
}

function satisfied({ key, operator, values }: Labels, labels: Labels): boolean {
  const there = Object.hasOwn(labels, String(key))
  const listed = there && items(values).some((value) => String(value) === String(labels[String(key)]))
  switch (operator) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return there
    case 'DoesNotExist':
      return !there
    default:
      return false
  }
}
