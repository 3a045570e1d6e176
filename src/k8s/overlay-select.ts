import { isMap } from './object.ts'
import { selector, wholeNumber } from './path.ts'
import { compilePattern } from './pattern.ts'

/** Why a selector leads to no item. */
export interface Unselected {
  readonly reason: 'no-such-item' | 'bad-selector'
  readonly message: string
  /** What would have led to one. */
  readonly candidates: readonly string[]
}

/**
 * The index of the item that a selector means, one beyond the list for a new item; or why there is none.
 *
 * Among maps a selector is `key:value`, for the first whose `key` prints like that. Among scalars it is a regular
 * expression that is found in the item, with or without a colon before it.
 */
export function selectItem(list: readonly unknown[], segment: string, place: string): number | Unselected {
  const inside = selector(segment)
  if (inside === undefined) return unfit(place, `so \`${segment}\` must be a selector, such as \`[0]\` or \`[name:x]\``)
  const index = indexIn(inside)
  if (index !== undefined) return index < 0 || index >= list.length ? list.length : index
  const pair = keyAndValue(inside)
  const text = inside.length > 1 && inside.startsWith(':') ? inside.slice(1) : inside
  const pattern = compilePattern(text)
  for (const [index, item] of list.entries()) {
    if (isMap(item)) {
      if (!pair) return unfit(place, `whose items are maps, so \`${segment}\` must be an index or \`[key:value]\``)
      if (Object.hasOwn(item, pair.key) ? printed(item[pair.key]) === pair.value : pair.value === '<nil>') return index
    } else {
      if (text === '') return unfit(place, 'so the selector must not be empty')
      if ('error' in pattern) return unfit(place, `and \`${segment}\` must be a regular expression: ${pattern.error}`)
      if (pattern.matches(printed(item))) return index
    }
  }
  const message = `${place} has no item \`${segment}\``
  const candidates = list.flatMap((item) =>
    !isMap(item) ? [item] : pair && Object.hasOwn(item, pair.key) ? [item[pair.key]] : [],
  )
  return { reason: 'no-such-item', message, candidates: candidates.map(printed) }
}

function unfit(place: string, message: string): Unselected {
  return { reason: 'bad-selector', message: `${place} is a list, ${message}`, candidates: [] }
}

/** The index that a selector is; -1 means a new item, and what is below is no index. */
export function indexIn(inside: string): number | undefined {
  const number = wholeNumber(inside)
  return number !== undefined && number >= -1 ? number : undefined
}

/** Key and value of a selector with exactly one colon that has no backslash before it. */
export function keyAndValue(inside: string): { key: string; value: string } | undefined {
  const [key = '', value = '', ...more] = inside.split(/(?<!\\):/)
  return value !== '' && more.length === 0 && /^[\w-]+$/.test(key) ? { key, value } : undefined
}

/** A value as Go prints it. */
function printed(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`
  if (!isMap(value)) return String(value)
  const keys = Object.keys(value).sort()
  return `map[${keys.map((key) => `${key}:${printed(value[key])}`).join(' ')}]`
}
