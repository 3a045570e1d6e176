/** Trees as programs for the matcher. */

import type { Assertion, Node, Test } from './node.ts'

/** A step of a program; where two ways lead on, the first is preferred. */
export type Instruction =
  | { readonly op: 'character'; readonly test: Test; readonly to: number }
  | { readonly op: 'assertion'; readonly that: Assertion; readonly to: number }
  | { readonly op: 'save'; readonly slot: number; readonly to: number }
  | { readonly op: 'fork'; readonly to: number; readonly or: number }
  | { readonly op: 'match' }

export interface Program {
  readonly instructions: readonly Instruction[]
  readonly start: number
  /** A match can begin at the start of the text only. */
  readonly anchored: boolean
}

const longest = 100_000

/** The program of a pattern; undefined when it would be too long. It is made from the end to the start. */
export function compile(pattern: Node): Program | undefined {
  const instructions: Instruction[] = [{ op: 'match' }]
  try {
    const close = add({ op: 'save', slot: 1, to: 0 })
    const start = add({ op: 'save', slot: 0, to: emit(pattern, close) })
    return { instructions, start, anchored: beginsText(pattern) }
  } catch (thrown) {
    if (thrown === tooLong) return undefined
    throw thrown
  }

  function add(instruction: Instruction): number {
    if (instructions.length > longest) throw tooLong
    return instructions.push(instruction) - 1
  }

  /** Adds what matches `node` and then goes on at `to`; gives where it starts. */
  function emit(node: Node, to: number): number {
    switch (node.kind) {
      case 'character':
        return add({ op: 'character', test: node.test, to })
      case 'assertion':
        return add({ op: 'assertion', that: node.that, to })
      case 'group': {
        const close = add({ op: 'save', slot: 2 * node.index + 1, to })
        return add({ op: 'save', slot: 2 * node.index, to: emit(node.item, close) })
      }
      case 'sequence':
        return node.items.reduceRight((next, item) => emit(item, next), to)
      case 'choice':
        return node.items.map((item) => emit(item, to)).reduceRight((or, first) => add({ op: 'fork', to: first, or }))
      default:
        return repeat(node.item, node.min, node.max, node.greedy, to)
    }
  }

  function repeat(item: Node, min: number, max: number, greedy: boolean, to: number): number {
    let next = to
    let required = min
    if (max === Number.POSITIVE_INFINITY) {
      // What can be empty is repeated as `(x+)?`, so that the preferred way is tried first even then.
      if (min > 0 || isNullable(item)) next = plus(item, greedy, to)
      else next = star(item, greedy, to)
      if (min === 0 && isNullable(item)) next = fork(next, to, greedy)
      required = Math.max(min - 1, 0)
    } else for (let i = min; i < max; i++) next = fork(emit(item, next), to, greedy)
    for (let i = 0; i < required; i++) next = emit(item, next)
    return next
  }

  function fork(way: number, out: number, greedy: boolean): number {
    return greedy ? add({ op: 'fork', to: way, or: out }) : add({ op: 'fork', to: out, or: way })
  }

  /** The loop's fork must be there before what it leads to. */
  function star(item: Node, greedy: boolean, to: number): number {
    const loop = add({ op: 'match' })
    const body = emit(item, loop)
    instructions[loop] = greedy ? { op: 'fork', to: body, or: to } : { op: 'fork', to, or: body }
    return loop
  }

  function plus(item: Node, greedy: boolean, to: number): number {
    const loop = star(item, greedy, to)
    const instruction = instructions[loop]
    if (instruction?.op !== 'fork') return loop
    return greedy ? instruction.to : instruction.or
  }
}

const tooLong = Symbol('too long')

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'character':
      return false
    case 'assertion':
      return true
    case 'sequence':
      return node.items.every(isNullable)
    case 'choice':
      return node.items.some(isNullable)
    case 'group':
      return isNullable(node.item)
    default:
      return node.min === 0 || isNullable(node.item)
  }
}

function beginsText(node: Node): boolean {
  if (node.kind === 'assertion') return node.that === 'textStart'
  if (node.kind === 'group') return beginsText(node.item)
  if (node.kind === 'sequence') return node.items[0] !== undefined && beginsText(node.items[0])
  return node.kind === 'choice' && node.items.every(beginsText)
}
