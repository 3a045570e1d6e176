/** Regular expressions as Go has them: RE2's syntax, and time in proportion to pattern and text whatever they are. */

import { isWord } from './classes.ts'
import type { Assertion } from './node.ts'
import { parsePattern } from './parse.ts'
import { compile, type Program } from './program.ts'

/** Where a match and its groups begin and end in the text, in pairs; -1 for a group that took no part. */
export type Match = readonly number[]

export interface Regex {
  readonly pattern: string
  /** The names of the groups from the first one on; "" for those without. */
  readonly names: readonly string[]
  /** The first match that begins at `from` or behind it. */
  readonly find: (text: string, from: number) => Match | undefined
}

/** Counts the work of matching. */
export type Spend = (steps: number) => void

/**
 * The regular expression that a pattern spells, or Go's sentence on what is wrong with it. `spend` is told how much work
 * each search was, and can end it by throwing.
 */
export function compileRegex(pattern: string, spend: Spend = () => {}): Regex | { readonly error: string } {
  const parsed = parsePattern(pattern)
  if ('error' in parsed) return { error: `error parsing regexp: ${parsed.error}` }
  const program = compile(parsed.node)
  if (program === undefined) return { error: `error parsing regexp: expression too large: \`${pattern}\`` }
  const slots = 2 * (parsed.names.length + 1)
  return { pattern, names: parsed.names, find: (text, from) => search(program, slots, text, from, spend) }
}

/** One entry of the way back: a state to try, or a slot to restore. */
interface Step {
  readonly pc: number
  readonly at: number
  /** For an entry that restores a slot: which one; `at` is what it held. */
  readonly slot: number
}

/**
 * Tries the preferred way first and comes back to the others. A state (an instruction at a place in the text) that did
 * not lead to a match once never will, so that each is tried but once.
 */
function search(program: Program, slots: number, text: string, from: number, spend: Spend): Match | undefined {
  const { instructions, anchored } = program
  const width = text.length - from + 1
  const tried = states(instructions.length * width)
  let steps = 0
  for (let start = from; start <= text.length; start += characterWidth(text, start) || 1) {
    if (anchored && start > 0) break
    const found = attempt(start)
    if (found) {
      spend((steps >> 4) + 1)
      return found
    }
  }
  spend((steps >> 4) + 1)
  return undefined

  function attempt(start: number): Match | undefined {
    const saved = new Array<number>(slots).fill(-1)
    const todo: Step[] = [{ pc: program.start, at: start, slot: -1 }]
    for (let step = todo.pop(); step; step = todo.pop()) {
      if (step.slot >= 0) {
        saved[step.slot] = step.at
        continue
      }
      let { pc, at } = step
      for (;;) {
        if (tried.has(pc * width + at - from)) break
        tried.add(pc * width + at - from)
        if ((++steps & 0xffff) === 0) {
          spend(steps >> 4)
          steps = 0
        }
        const instruction = instructions[pc]
        if (instruction === undefined || instruction.op === 'match') return saved
        if (instruction.op === 'fork') {
          todo.push({ pc: instruction.or, at, slot: -1 })
          pc = instruction.to
        } else if (instruction.op === 'save') {
          todo.push({ pc: 0, at: saved[instruction.slot] ?? -1, slot: instruction.slot })
          saved[instruction.slot] = at
          pc = instruction.to
        } else if (instruction.op === 'assertion') {
          if (!holds(instruction.that, text, at)) break
          pc = instruction.to
        } else {
          const code = text.codePointAt(at)
          if (code === undefined || !instruction.test(isSurrogate(code) ? 0xfffd : code)) break
          at += code > 0xffff ? 2 : 1
          pc = instruction.to
        }
      }
    }
    return undefined
  }
}

interface States {
  readonly has: (state: number) => boolean
  readonly add: (state: number) => void
}

/** So many states are kept one by one before there is a bit for each that could be. */
const few = 2000
/** More bits than these are no longer worth their memory. */
const mostBits = 1 << 27

/** A set of numbers below `size`. Most searches try few states, for which no memory in proportion to the text is taken. */
function states(size: number): States {
  const set = new Set<number>()
  let bits: Uint8Array | undefined
  return {
    has: (state) => (bits ? ((bits[state >> 3] ?? 0) & (1 << (state & 7))) !== 0 : set.has(state)),
    add(state) {
      if (bits) {
        mark(bits, state)
        return
      }
      set.add(state)
      if (set.size < few || size > mostBits) return
      bits = new Uint8Array((size >> 3) + 1)
      for (const known of set) mark(bits, known)
    },
  }
}

function mark(bits: Uint8Array, state: number) {
  bits[state >> 3] = (bits[state >> 3] ?? 0) | (1 << (state & 7))
}

/** Half of a pair that stands alone is a byte that is no character, which Go takes for U+FFFD. */
function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function holds(that: Assertion, text: string, at: number): boolean {
  switch (that) {
    case 'textStart':
      return at === 0
    case 'textEnd':
      return at === text.length
    case 'lineStart':
      return at === 0 || text.charCodeAt(at - 1) === 10
    case 'lineEnd':
      return at === text.length || text.charCodeAt(at) === 10
    default: {
      const isBoundary = isWordAt(text, at - 1) !== isWordAt(text, at)
      return isBoundary === (that === 'word')
    }
  }
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && isWord(text.charCodeAt(at))
}

/** How many code units the character at a place takes; 0 at the end. */
export function characterWidth(text: string, at: number): number {
  const code = text.codePointAt(at)
  return code === undefined ? 0 : code > 0xffff ? 2 : 1
}
