/** The orders in which Go's packages print the keys of a map. */

/**
 * The order of keys in Go's YAML: letters after everything else, and runs of digits by their value.
 *
 * It is no total order (`9` < `11` < `1b` < `9`); for such keys Go's own output varies from run to run.
 */
export function compareKeys(a: string, b: string): number {
  const at = difference(a, b)
  const l = a.charCodeAt(at)
  const r = b.charCodeAt(at)
  if (Number.isNaN(l) || Number.isNaN(r)) return a.length - b.length
  return isAsciiLetter(l) && isAsciiLetter(r) ? l - r : compareCharacters([...a], [...b])
}

/** The keys of a map in the order of Go's YAML. */
export function keysInOrder(map: object): string[] {
  const keys = Object.keys(map)
  return isInOrder(keys) ? keys : keys.sort().sort(compareKeys)
}

/** Whether sorting can be spared, as it can for most maps. */
function isInOrder(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) {
    const before = keys[i - 1] as string
    const key = keys[i] as string
    if (before > key || compareKeys(before, key) > 0) return false
  }
  return true
}

/** The order of keys in Go's JSON: by code point, as the bytes of UTF-8 compare. */
export function compareCodePoints(a: string, b: string): number {
  const at = difference(a, b)
  const l = a.charCodeAt(at)
  const r = b.charCodeAt(at)
  return Number.isNaN(l) || Number.isNaN(r) ? a.length - b.length : codePointRank(l) - codePointRank(r)
}

/** The first place at which the texts differ; the length of the shorter one when it begins the other. */
function difference(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

/** Half of a surrogate pair stands for a code point beyond all that have one unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function isAsciiLetter(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)
}

function compareCharacters(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const l = left[i] ?? ''
    const r = right[i] ?? ''
    if (l === r) continue
    const lLetter = letter.test(l)
    const rLetter = letter.test(r)
    if (lLetter !== rLetter) return lLetter ? 1 : -1
    if (!lLetter) {
      // A zero behind other digits does not begin the number.
      const lead = (l === '0' || r === '0') && isInsideNumber(left, i) ? 1n : 0n
      const [lValue, lEnd] = digits(left, i, lead)
      const [rValue, rEnd] = digits(right, i, lead)
      if (lValue !== rValue) return lValue < rValue ? -1 : 1
      if (lEnd !== rEnd) return lEnd - rEnd
    }
    return (l.codePointAt(0) ?? 0) - (r.codePointAt(0) ?? 0)
  }
  return left.length - right.length
}

const letter = /\p{L}/u
const digit = /\p{Nd}/u

/** Whether the digits right before `from` have one that is no zero. */
function isInsideNumber(chars: readonly string[], from: number): boolean {
  for (let at = from - 1; at >= 0 && digit.test(chars[at] ?? ''); at--) if (chars[at] !== '0') return true
  return false
}

/** The number that begins at `from`, as an int64, and where it ends. */
function digits(chars: readonly string[], from: number, lead: bigint): [bigint, number] {
  let value = lead
  let end = from
  for (; end < chars.length && digit.test(chars[end] ?? ''); end++)
    value = BigInt.asIntN(64, value * 10n + BigInt((chars[end]?.codePointAt(0) ?? 0) - 48))
  return [value, end]
}
