import { type Test, word } from './classes.ts'
import type { Assertion, Node } from './parse.ts'

/** A step of a program; one that is no fork goes on to the next. */
export type Instruction =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'assert'; readonly that: Assertion }
  | { readonly op: 'fork'; readonly to: number[] }
  | { readonly op: 'match' }

const longestProgram = 20_000

/** The program that finds a match of the pattern; `undefined` when it is too long. */
export function compile(pattern: Node): readonly Instruction[] | undefined {
  const program: Instruction[] = []
  if (!emit(pattern, program)) return undefined
  return [...program, { op: 'match' }]
}

/** Appends the instructions that match `node`; whether they fit. */
function emit(node: Node, program: Instruction[]): boolean {
  if (program.length > longestProgram) return false
  if (node.kind === 'char') program.push({ op: 'char', test: node.test })
  else if (node.kind === 'assert') program.push({ op: 'assert', that: node.that })
  else if (node.kind === 'sequence') return node.items.every((item) => emit(item, program))
  else if (node.kind === 'choice') return emitChoice(node.items, program)
  else return emitRepeat(node.item, node.min, node.max, program)
  return true
}

function emitChoice(items: readonly Node[], program: Instruction[]): boolean {
  const start: number[] = []
  const ends: number[][] = []
  program.push({ op: 'fork', to: start })
  for (const item of items) {
    start.push(program.length)
    if (!emit(item, program)) return false
    const end: number[] = []
    ends.push(end)
    program.push({ op: 'fork', to: end })
  }
  for (const end of ends) end.push(program.length)
  return true
}

function emitRepeat(item: Node, min: number, max: number, program: Instruction[]): boolean {
  for (let i = 0; i < min; i++) if (!emit(item, program)) return false
  if (max === Number.POSITIVE_INFINITY) {
    const loop = program.length
    const to = [loop + 1]
    program.push({ op: 'fork', to })
    if (!emit(item, program)) return false
    program.push({ op: 'fork', to: [loop] })
    to.push(program.length)
    return true
  }
  const skips: number[][] = []
  for (let i = min; i < max; i++) {
    const to = [program.length + 1]
    skips.push(to)
    program.push({ op: 'fork', to })
    if (!emit(item, program)) return false
  }
  for (const to of skips) to.push(program.length)
  return true
}

/** Whether there is a match anywhere in the text. Follows all ways through the program at once, one character of the text after the other. */
export function run(program: readonly Instruction[], text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0)
  const seen = new Int32Array(program.length).fill(-1)
  let states: number[] = []
  for (let at = 0; at <= codes.length; at++) {
    const code = codes[at]
    const here: number[] = []
    const pending = [0, ...states]
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (seen[pc] === at) continue
      seen[pc] = at
      const instruction = program[pc]
      if (instruction?.op === 'match') return true
      if (instruction?.op === 'fork') pending.push(...instruction.to)
      else if (instruction?.op === 'assert' && holds(instruction.that, codes[at - 1], code)) pending.push(pc + 1)
      else if (instruction?.op === 'char' && code !== undefined && instruction.test(code)) here.push(pc + 1)
    }
    states = here
  }
  return false
}

function holds(that: Assertion, before: number | undefined, after: number | undefined): boolean {
  const newline = 10
  const boundary = (before !== undefined && word(before)) !== (after !== undefined && word(after))
  switch (that) {
    case 'textStart':
      return before === undefined
    case 'textEnd':
      return after === undefined
    case 'lineStart':
      return before === undefined || before === newline
    case 'lineEnd':
      return after === undefined || after === newline
    case 'word':
      return boundary
    case 'notWord':
      return !boundary
  }
}
