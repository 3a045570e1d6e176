import { isMap } from '../../../k8s/object.ts'
import { compilePattern } from '../../../k8s/pattern.ts'
import type { Path } from '../../../problem.ts'
import { quote, type Rule, type Tell } from './rule.ts'

type Fields = { readonly [field: string]: unknown }

/** What the parts of a `spec` must be, by the key under which they stand, wherever that is. */
const parts: { readonly [key: string]: (value: unknown, path: Path, tell: Tell) => void } = {
  matchExpressions: requirements,
  matchFields: requirements,
  tolerations,
  toleration: tolerations,
  defaultTolerations: tolerations,
  inclusionRegexps: patterns,
  inclusion_regexps: patterns,
}

/**
 * Reports `invalid-selector`, `invalid-toleration` and `invalid-pattern`: conditions whose fields don't go together, which
 * the API server refuses, and regular expressions that Envoy can't read.
 */
export const scheduling: Rule = ({ spec }, tell) => {
  walk(spec, ['spec'], tell)
}

function walk(node: unknown, path: Path, tell: Tell): void {
  if (Array.isArray(node)) {
    node.forEach((item, index) => {
      walk(item, [...path, index], tell)
    })
  } else if (isMap(node)) {
    for (const [key, value] of Object.entries(node)) {
      if (Object.hasOwn(parts, key)) parts[key]?.(value, [...path, key], tell)
      walk(value, [...path, key], tell)
    }
  }
}

function maps(value: unknown, path: Path): { readonly item: Fields; readonly place: Path }[] {
  return Array.isArray(value)
    ? value.flatMap((item, index) => (isMap(item) ? [{ item, place: [...path, index] }] : []))
    : []
}

function requirements(value: unknown, path: Path, tell: Tell): void {
  for (const { item, place } of maps(value, path)) {
    const { operator, values } = item
    const count = Array.isArray(values) ? values.length : values === undefined || values === null ? 0 : undefined
    if (count === undefined || typeof operator !== 'string') continue
    const must = demanded(operator, count, values)
    if (must)
      tell({
        grade: 'mistake',
        code: 'invalid-selector',
        path: must.at === 'item' ? place : [...place, must.at],
        must: must.must,
      })
  }
}

interface Demand {
  readonly must: string
  readonly at: 'item' | 'operator' | 'values'
}

function demanded(operator: string, count: number, values: unknown): Demand | undefined {
  const named = quote(operator)
  const has = count === 1 ? '1 value' : `${count} values`
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? undefined : { at: 'item', must: `have \`values\`, as its \`operator\` is ${named}` }
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? undefined
        : { at: 'values', must: `not be given, as the \`operator\` is ${named}; there are ${has}` }
    case 'Gt':
    case 'Lt': {
      const [value] = Array.isArray(values) ? values : []
      const whole = count === 1 && /^[+-]?d+$/.test(String(value))
      return whole
        ? undefined
        : { at: count === 0 ? 'item' : 'values', must: `be one whole number, as the \`operator\` is ${named}` }
    }
    default:
      return undefined
  }
}

function tolerations(value: unknown, path: Path, tell: Tell): void {
  for (const { item, place } of maps(value, path)) {
    const { key, operator = 'Equal', value: wanted, effect, tolerationSeconds } = item
    const say = (field: string, must: string, hint?: string) =>
      tell({ grade: 'mistake', code: 'invalid-toleration', path: field === '' ? place : [...place, field], must, hint })
    if (!key && operator !== 'Exists') {
      say(
        '',
        'have a `key`, unless its `operator` is "Exists"',
        'write `operator: Exists` alone to put up with every taint.',
      )
    }
    if (operator === 'Exists' && wanted) say('value', 'not be given, as the `operator` is "Exists"')
    if (tolerationSeconds !== undefined && tolerationSeconds !== null && effect !== 'NoExecute') {
      say('tolerationSeconds', 'not be given, unless the `effect` is "NoExecute"')
    }
  }
}

function patterns(value: unknown, path: Path, tell: Tell): void {
  if (!Array.isArray(value)) return
  value.forEach((pattern, index) => {
    const compiled = typeof pattern === 'string' ? compilePattern(pattern) : undefined
    if (!compiled || !('error' in compiled)) return
    tell({
      grade: 'mistake',
      code: 'invalid-pattern',
      path: [...path, index],
      must: `be a regular expression of RE2; ${quote(pattern)} is none: ${compiled.error}`,
    })
  })
}
