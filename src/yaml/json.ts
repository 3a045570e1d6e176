import type { QuickStream } from './block.ts'
import { maxDepth } from './limits.ts'
import { escapeOfJson } from './scalar-text.ts'

/**
 * The value of a text that is JSON as a single document; undefined when it is anything else, or JSON that YAML reads
 * differently or with a warning (repeated keys, numbers out of range, escapes that Go does not know).
 */
export function readJson(text: string): QuickStream | undefined {
  const offset = /\S/.exec(text)?.index
  if (offset === undefined || (text[offset] !== '{' && text[offset] !== '[') || escapeOfJson.test(text))
    return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return countMembers(value, 0) === countColons(text) ? { documents: [{ value, offset }], blanks: 0 } : undefined
}

/** The number of members of all objects in the value; not a number when YAML would not give this value. */
function countMembers(value: unknown, depth: number): number {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? 0 : Number.NaN
  if (typeof value === 'string') return /\p{Cs}/u.test(value) ? Number.NaN : 0
  if (typeof value !== 'object' || value === null) return 0
  if (depth >= maxDepth) return Number.NaN
  let count = 0
  if (Array.isArray(value)) for (const item of value) count += countMembers(item, depth + 1)
  else
    for (const [key, member] of Object.entries(value)) {
      if (key.length > 1000 || /\p{Cs}/u.test(key)) return Number.NaN
      count += 1 + countMembers(member, depth + 1)
    }
  return count
}

/** The number of colons outside of strings, which is that of the members written in the text. */
function countColons(text: string): number {
  let count = 0
  let from = 0
  for (;;) {
    let quote = text.indexOf('"', from)
    const end = quote < 0 ? text.length : quote
    for (let at = from; at < end; at++) if (text.charCodeAt(at) === 58) count++
    if (quote < 0) return count
    do quote = text.indexOf('"', quote + 1)
    while (isEscaped(text, quote))
    from = quote + 1
  }
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes++
  return backslashes % 2 === 1
}
