/**
 * The path language of Istio's installer, which `--set` and the patches of an overlay share:
 * `spec.containers.[name:discovery].args[0]`, with `\.` for a dot that does not separate.
 */

/** One step of a path, and where it begins in the path as it was written. */
export interface Segment {
  /** A key, or a selector in its brackets: `containers`, `[name:discovery]`, `[0]`. Escaped dots are plain dots. */
  readonly text: string
  readonly offset: number
}

/**
 * The segments of a path; none for the root.
 *
 * The installer first cleans the text as if it named a file (`//` is `/`, `x/../` is nothing, no slash at the end), so
 * that a slash otherwise is an ordinary character. Then one leading and one trailing dot go, empty segments are
 * skipped, and `name[expr]` is the same as `name.[expr]`.
 */
export function splitPath(path: string): Segment[] {
  const clean = cleaned(path)
  const start = clean.text.startsWith('.') ? 1 : 0
  const end = clean.text.endsWith('.') ? Math.max(start, clean.text.length - 1) : clean.text.length
  const segments: Segment[] = []
  const add = (from: number, to: number) => {
    if (from === to) return
    const text = clean.text.slice(from, to).replaceAll('\\.', '.')
    segments.push({ text, offset: clean.offsets[from] ?? from })
  }
  let from = start
  for (let i = start; i <= end; i++) {
    if (i < end && (clean.text[i] !== '.' || (i > start && clean.text[i - 1] === '\\'))) continue
    const bracket = clean.text.indexOf('[', from)
    if (bracket > from && bracket < i) {
      add(from, bracket)
      add(bracket, i)
    } else {
      add(from, i)
    }
    from = i + 1
  }
  return segments
}

/** The text between the brackets of a selector; `undefined` for a segment that is a key. */
export function selector(segment: string): string | undefined {
  return segment.length >= 2 && segment.startsWith('[') && segment.endsWith(']') ? segment.slice(1, -1) : undefined
}

/** The number that a selector is, if it is a whole one: `3`, `-1`. */
export function wholeNumber(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const number = BigInt(text.replace('+', ''))
  return number === BigInt.asIntN(64, number) ? Number(number) : undefined
}

/** How a message names the value that a path runs into. */
export function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}

/** The path without what a file system would not need, and where each of its characters stood before. */
function cleaned(path: string): { text: string; offsets: readonly number[] } {
  const rooted = path.startsWith('/')
  const kept: Segment[] = []
  let offset = 0
  for (const text of path.split('/')) {
    const climbs = text === '..' && kept.length > 0 && kept.at(-1)?.text !== '..'
    if (climbs) kept.pop()
    else if (text !== '' && text !== '.' && !(text === '..' && rooted)) kept.push({ text, offset })
    offset += text.length + 1
  }
  const offsets: number[] = rooted ? [0] : []
  kept.forEach((part, index) => {
    if (index > 0) offsets.push(part.offset - 1)
    for (let i = 0; i < part.text.length; i++) offsets.push(part.offset + i)
  })
  const text = (rooted ? '/' : '') + kept.map((part) => part.text).join('/')
  return text === '' ? { text: '.', offsets: [0] } : { text, offsets }
}
