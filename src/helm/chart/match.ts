/** Patterns of paths as Go's `path/filepath` has them: `*`, `?` and `[a-z]`, none of which matches a slash. */

type Part = { readonly many: true } | { readonly many: false; readonly test: (character: string) => boolean }

/** A function that matches whole paths; undefined for a pattern that is malformed. */
export function compileMatch(pattern: string): ((path: string) => boolean) | undefined {
  const characters = [...pattern]
  const parts: Part[] = []
  for (let at = 0; at < characters.length; ) {
    const next = characters[at++] ?? ''
    if (next === '*') parts.push({ many: true })
    else if (next === '?') parts.push({ many: false, test: (character) => character !== '/' })
    else if (next === '[') {
      const found = characterClass(characters, at)
      if (found === undefined) return undefined
      parts.push({ many: false, test: found.test })
      at = found.end
    } else {
      const literal = next === '\\' ? characters[at++] : next
      if (literal === undefined) return undefined
      parts.push({ many: false, test: (character) => character === literal })
    }
  }
  // Most paths differ from the pattern before its first character that means something else than itself.
  const start = /^[^*?[\\]*/.exec(pattern)?.[0] ?? ''
  return (path) => path.startsWith(start) && matches(parts, [...path])
}

function characterClass(characters: readonly string[], start: number) {
  let at = start
  const isNegated = characters[at] === '^'
  if (isNegated) at++
  const ranges: (readonly [string, string])[] = []
  const single = () => {
    const next = characters[at++]
    if (next === undefined || next === '-' || next === ']') return undefined
    return next === '\\' ? characters[at++] : next
  }
  while (characters[at] !== ']' || ranges.length === 0) {
    const low = single()
    if (low === undefined || characters[at] === undefined) return undefined
    let high: string | undefined = low
    if (characters[at] === '-') {
      at++
      high = single()
      if (high === undefined || characters[at] === undefined) return undefined
    }
    ranges.push([low, high])
  }
  const test = (character: string) =>
    character !== '/' && ranges.some(([low, high]) => low <= character && character <= high) !== isNegated
  return { test, end: at + 1 }
}

/** Follows all ways through the pattern at once. */
function matches(parts: readonly Part[], path: readonly string[]): boolean {
  const open = (states: readonly number[]) => {
    const all = new Set<number>()
    for (let state of states) {
      all.add(state)
      while (parts[state]?.many) all.add(++state)
    }
    return [...all]
  }
  let states = open([0])
  for (const character of path) {
    const next: number[] = []
    for (const state of states) {
      const part = parts[state]
      if (part?.many && character !== '/') next.push(state)
      else if (part && !part.many && part.test(character)) next.push(state + 1)
    }
    states = open(next)
    if (states.length === 0) return false
  }
  return states.includes(parts.length)
}
