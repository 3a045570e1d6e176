/** Patterns of paths in the syntax of the Go package of gobwas, as `.Files.Glob` takes them. */

/** Tells whether a path matches; undefined for a pattern that is malformed. */
export type Glob = (path: string) => boolean

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one'; readonly test: (character: string) => boolean }
  /** Any number of characters; `*` stops at a slash, `**` does not. */
  | { readonly kind: 'many'; readonly crosses: boolean }
  | { readonly kind: 'choice'; readonly items: readonly (readonly Part[])[] }

/** A function that matches paths against a pattern with `*`, `**`, `?`, `[a-z]`, `[!ab]` and `{a,b}`. */
export function compileGlob(pattern: string): Glob | undefined {
  const reader = new Reader([...pattern])
  const parts = reader.parts(false)
  if (parts === undefined || reader.at < reader.characters.length) return undefined
  return (path) => matches(parts, [...path])
}

class Reader {
  readonly characters: readonly string[]
  at = 0

  constructor(characters: readonly string[]) {
    this.characters = characters
  }

  parts(inChoice: boolean): Part[] | undefined {
    const parts: Part[] = []
    while (this.at < this.characters.length) {
      const next = this.characters[this.at] ?? ''
      if (inChoice && (next === ',' || next === '}')) return parts
      const part = this.part(next, inChoice)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return inChoice ? undefined : parts
  }

  part(next: string, inChoice: boolean): Part | undefined {
    this.at++
    switch (next) {
      case '*': {
        const crosses = this.characters[this.at] === '*'
        if (crosses) this.at++
        return { kind: 'many', crosses }
      }
      case '?':
        return { kind: 'one', test: (character) => character !== '/' }
      case '[':
        return this.characterClass()
      case '{':
        return this.choice()
      default:
        this.at--
        return this.text(inChoice)
    }
  }

  text(inChoice: boolean): Part {
    let text = ''
    while (this.at < this.characters.length) {
      const next = this.characters[this.at] ?? ''
      if ('*?[{'.includes(next) || (inChoice && ',}'.includes(next))) break
      this.at++
      text += next === '\\' ? (this.characters[this.at++] ?? '') : next
    }
    return { kind: 'text', text }
  }

  characterClass(): Part | undefined {
    const isNegated = this.characters[this.at] === '!'
    if (isNegated) this.at++
    const end = this.characters.indexOf(']', this.at)
    if (end < 0) return undefined
    const inside = this.characters.slice(this.at, end)
    this.at = end + 1
    const [low = '', dash, high = ''] = inside
    if (inside.length === 0) return undefined
    if (dash === '-') {
      if (inside.length !== 3 || low > high) return undefined
      return { kind: 'one', test: (character) => (character >= low && character <= high) !== isNegated }
    }
    const members = inside.join('').replace(/\\(.)/gs, '$1')
    return { kind: 'one', test: (character) => members.includes(character) !== isNegated }
  }

  choice(): Part | undefined {
    const items: Part[][] = []
    for (;;) {
      const parts = this.parts(true)
      if (parts === undefined) return undefined
      items.push(parts)
      if (this.characters[this.at++] === '}') return { kind: 'choice', items }
    }
  }
}

/** Whether the parts match all of the characters. What is known not to match from a place on is not tried again. */
function matches(parts: readonly Part[], path: readonly string[]): boolean {
  const failed = new Set<string>()
  return from(parts, 0, 0, (at) => at === path.length, '')

  function from(
    parts: readonly Part[],
    index: number,
    at: number,
    rest: (at: number) => boolean,
    scope: string,
  ): boolean {
    const part = parts[index]
    if (part === undefined) return rest(at)
    const state = `${scope}/${index}:${at}`
    if (failed.has(state)) return false
    const found = step(part, parts, index, at, rest, scope)
    if (!found) failed.add(state)
    return found
  }

  function step(
    part: Part,
    parts: readonly Part[],
    index: number,
    at: number,
    rest: (at: number) => boolean,
    scope: string,
  ): boolean {
    const on = (next: number) => from(parts, index + 1, next, rest, scope)
    switch (part.kind) {
      case 'text': {
        const text = [...part.text]
        return text.every((character, i) => path[at + i] === character) && on(at + text.length)
      }
      case 'one': {
        const character = path[at]
        return character !== undefined && part.test(character) && on(at + 1)
      }
      case 'many':
        for (let end = at; ; end++) {
          if (on(end)) return true
          if (end >= path.length || (!part.crosses && path[end] === '/')) return false
        }
      default:
        return part.items.some((item, i) => from(item, 0, at, on, `${scope}/${index}.${i}`))
    }
  }
}
