/** Regular expressions in the syntax of RE2, read as Go's `regexp` does, with its words for what is wrong. */

import { either, escapeClass, folding, inRange, namedClass, not, unicodeClass } from './classes.ts'
import type { Assertion, Node, Repeat, Test } from './node.ts'

export interface ParsedPattern {
  readonly node: Node
  /** The names of the groups from the first one on; "" for those without. */
  readonly names: readonly string[]
}

const longestPattern = 100_000
const mostRepeats = 1000
const deepest = 150

/** The tree of a pattern, or what is wrong with it, such as "missing closing ): `(a`". */
export function parsePattern(pattern: string): ParsedPattern | { readonly error: string } {
  if (pattern.length > longestPattern) return { error: 'expression too large' }
  const parser = new Parser(pattern)
  try {
    const node = parser.read()
    return { node, names: parser.names }
  } catch (thrown) {
    if (thrown instanceof Mistake) return { error: thrown.message }
    throw thrown
  }
}

class Mistake {
  readonly message: string
  constructor(what: string, where: string) {
    this.message = `${what}: \`${where}\``
  }
}

interface Flags {
  readonly fold: boolean
  readonly lines: boolean
  readonly dotAll: boolean
  readonly lazy: boolean
}

type FlagName = keyof Flags

const flagNames: Readonly<Record<string, FlagName>> = { i: 'fold', m: 'lines', s: 'dotAll', U: 'lazy' }

/** An open bracket, or the whole pattern: what was read of it, and the flags to go back to behind it. */
interface Open {
  readonly index: number | undefined
  readonly flags: Flags
  readonly choices: Node[]
  items: Node[]
}

const assertions: Readonly<Record<string, Assertion>> = { A: 'textStart', z: 'textEnd', b: 'word', B: 'notWord' }
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

class Parser {
  readonly pattern: string
  readonly names: string[] = []
  readonly open: Open[] = []
  flags: Flags = { fold: false, lines: false, dotAll: false, lazy: false }
  at = 0
  top: Open

  constructor(pattern: string) {
    this.pattern = pattern
    this.top = this.opened(undefined)
  }

  fail(what: string, from: number, to = this.at): never {
    throw new Mistake(what, this.pattern.slice(from, to))
  }

  next(): string {
    return this.pattern.charAt(this.at)
  }

  /** Takes what `syntax`, which is sticky, matches here. */
  take(syntax: RegExp): RegExpExecArray | null {
    syntax.lastIndex = this.at
    const match = syntax.exec(this.pattern)
    if (match) this.at += match[0].length
    return match
  }

  opened(index: number | undefined): Open {
    return { index, flags: this.flags, choices: [], items: [] }
  }

  push(...items: readonly Node[]) {
    this.top.items.push(...items)
  }

  read(): Node {
    let repeated: number | undefined
    while (this.at < this.pattern.length) {
      const start = this.at
      const times = this.quantifier()
      if (times === undefined) {
        this.element()
        repeated = undefined
        continue
      }
      if (repeated !== undefined) this.fail('invalid nested repetition operator', repeated)
      const item = this.top.items.pop()
      if (item === undefined) this.fail('missing argument to repetition operator', start)
      const repeat: Repeat = { kind: 'repeat', item, ...times }
      if (times.counted && !isWithin(repeat, mostRepeats)) this.fail('invalid repeat count', start)
      this.push(repeat)
      repeated = start
    }
    const node = this.closed()
    if (this.open.length > 0) this.fail('missing closing )', 0, this.pattern.length)
    return node
  }

  quantifier(): Omit<Repeat, 'kind' | 'item'> | undefined {
    const start = this.at
    const match = this.take(/([*+?])|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/y)
    if (!match) return undefined
    const [, simple, least, comma, most] = match
    const min = least === undefined ? (simple === '+' ? 1 : 0) : Number(least)
    const end = simple === '?' ? 1 : Number.POSITIVE_INFINITY
    const max = least === undefined ? end : most !== undefined ? Number(most) : comma ? end : min
    if (min > mostRepeats || (max > mostRepeats && max !== Number.POSITIVE_INFINITY) || min > max)
      this.fail('invalid repeat count', start)
    const isLazy = this.take(/\?/y) !== null
    return { min, max, greedy: isLazy === this.flags.lazy, counted: least !== undefined }
  }

  /** What stands between quantifiers. */
  element() {
    switch (this.next()) {
      case '(':
        this.group()
        break
      case ')':
        this.close()
        break
      case '|':
        this.at++
        this.top.choices.push({ kind: 'sequence', items: this.top.items })
        this.top.items = []
        break
      case '[':
        this.push({ kind: 'character', test: this.bracketClass() })
        break
      case '.':
        this.at++
        this.push({ kind: 'character', test: this.flags.dotAll ? () => true : (code) => code !== 10 })
        break
      case '^':
        this.at++
        this.push({ kind: 'assertion', that: this.flags.lines ? 'lineStart' : 'textStart' })
        break
      case '$':
        this.at++
        this.push({ kind: 'assertion', that: this.flags.lines ? 'lineEnd' : 'textEnd' })
        break
      case '\\':
        this.push(...this.escaped())
        break
      default:
        this.push(this.literal(this.character()))
    }
  }

  character(): number {
    const code = this.pattern.codePointAt(this.at) ?? 0
    this.at += code > 0xffff ? 2 : 1
    return code
  }

  literal(code: number): Node {
    const test = inRange(code, code)
    return { kind: 'character', test: this.flags.fold ? folding(test) : test }
  }

  escaped(): readonly Node[] {
    const quoted = this.take(/\\Q(.*?)(?:\\E|$)/sy)
    if (quoted) return Array.from(quoted[1] ?? '', (character) => this.literal(character.codePointAt(0) ?? 0))
    const letter = this.pattern.charAt(this.at + 1)
    const that = Object.hasOwn(assertions, letter) ? assertions[letter] : undefined
    if (that) {
      this.at += 2
      return [{ kind: 'assertion', that }]
    }
    const test = this.unicode() ?? this.perlClass()
    return test ? [{ kind: 'character', test }] : [this.literal(this.escape())]
  }

  // Groups

  group() {
    if (this.open.length >= deepest) throw new Mistake('expression nests too deeply', this.pattern)
    const start = this.at
    if (!this.pattern.startsWith('(?', start)) {
      this.at++
      this.begin(this.named(''))
      return
    }
    if (/^\(\?(P<.|<)/su.test(this.pattern.slice(start, start + 6)) && this.pattern.length > start + 3) {
      const end = this.pattern.indexOf('>', start)
      if (end < 0) this.fail('invalid named capture', start, this.pattern.length)
      const name = /^\(\?P?<(\w+)>$/.exec(this.pattern.slice(start, end + 1))?.[1]
      if (name === undefined) this.fail('invalid named capture', start, end + 1)
      this.at = end + 1
      this.begin(this.named(name))
      return
    }
    this.switched(start)
  }

  /** Flags that count from here on, or in the group that they open. */
  switched(start: number) {
    this.at = start + 2
    let flags = this.flags
    let on = true
    let seen = false
    while (this.at < this.pattern.length) {
      const letter = String.fromCodePoint(this.character())
      const flag = Object.hasOwn(flagNames, letter) ? flagNames[letter] : undefined
      if (flag) {
        flags = { ...flags, [flag]: on }
        seen = true
      } else if (letter === '-' && on) {
        on = false
        seen = false
      } else if ((letter === ':' || letter === ')') && (on || seen)) {
        if (letter === ':') this.begin(undefined)
        this.flags = flags
        return
      } else break
    }
    this.fail('invalid or unsupported Perl syntax', start)
  }

  named(name: string): number {
    return this.names.push(name)
  }

  begin(index: number | undefined) {
    this.open.push(this.top)
    this.top = this.opened(index)
  }

  close() {
    const outer = this.open.pop()
    if (outer === undefined) throw new Mistake('unexpected )', this.pattern)
    const { index } = this.top
    const item = this.closed()
    this.flags = this.top.flags
    this.top = outer
    this.push(index === undefined ? item : { kind: 'group', index, item })
    this.at++
  }

  closed(): Node {
    const { choices, items } = this.top
    const last: Node = { kind: 'sequence', items }
    return choices.length === 0 ? last : { kind: 'choice', items: [...choices, last] }
  }

  // Classes

  bracketClass(): Test {
    const start = this.at
    const isNegated = this.take(/\[\^?/y)?.[0] === '[^'
    const tests: Test[] = []
    for (let first = true; first || this.next() !== ']'; first = false) {
      const name = this.take(/\[:(\^?)([^\]]*?):\]/y)
      if (name) {
        const test = namedClass(name[2] ?? '')
        if (!test) this.fail('invalid character class range', this.at - name[0].length)
        const folded = this.flags.fold ? folding(test) : test
        tests.push(name[1] ? not(folded) : folded)
      } else tests.push(this.unicode() ?? this.perlClass() ?? this.range(start))
    }
    this.at++
    const inside = either(tests)
    return isNegated ? not(inside) : inside
  }

  range(start: number): Test {
    const from = this.at
    const low = this.classCharacter(start)
    let high = low
    if (this.next() === '-' && this.at + 1 < this.pattern.length && this.pattern.charAt(this.at + 1) !== ']') {
      this.at++
      high = this.classCharacter(start)
      if (high < low) this.fail('invalid character class range', from)
    }
    const test = inRange(low, high)
    return this.flags.fold ? folding(test) : test
  }

  classCharacter(start: number): number {
    if (this.at >= this.pattern.length) this.fail('missing closing ]', start, this.pattern.length)
    return this.next() === '\\' ? this.escape() : this.character()
  }

  perlClass(): Test | undefined {
    const match = this.take(/\\([dDsSwW])/y)
    return match ? escapeClass(match[1] ?? '') : undefined
  }

  /** `\pL`, `\p{Greek}`, `\P{^Lu}`. */
  unicode(): Test | undefined {
    const start = this.at
    if (!/^\\[pP]./su.test(this.pattern.slice(start, start + 4))) return undefined
    const match = this.take(/\\([pP])(?:\{([^}]*)\}|([^{]))/suy)
    if (!match) this.fail('invalid character class range', start, this.pattern.length)
    const [, letter, braced, single] = match
    const name = braced ?? single ?? ''
    const test = unicodeClass(name.replace(/^\^/, ''))
    if (!test) this.fail('invalid character class range', start)
    const folded = this.flags.fold ? folding(test) : test
    return (letter === 'P') !== name.startsWith('^') ? not(folded) : folded
  }

  /** The character that an escape stands for. */
  escape(): number {
    const start = this.at
    if (start + 1 >= this.pattern.length) this.fail('trailing backslash at end of expression', this.pattern.length)
    const octal = this.take(/\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y)
    if (octal) return Number.parseInt(octal[1] ?? '', 8)
    const hex = this.take(/\\x(?:\{([\da-fA-F]+)\}|([\da-fA-F]{2}))/y)
    if (hex) {
      const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16)
      if (code <= 0x10ffff) return code
      this.at = start
    }
    this.at = start + 1
    const code = this.character()
    const letter = String.fromCodePoint(code)
    if (Object.hasOwn(controls, letter)) return controls[letter] ?? 0
    if (code < 0x80 && !/[\da-zA-Z]/.test(letter)) return code
    if (letter === 'x') this.hexadecimal()
    return this.fail('invalid escape sequence', start)
  }

  /** Goes to where Go gives up on a hexadecimal escape. */
  hexadecimal() {
    const { pattern } = this
    if (this.next() !== '{') {
      this.at = Math.min(this.at + 2, pattern.length)
      return
    }
    this.at++
    let code = 0
    while (this.at < pattern.length) {
      const digit = this.take(/[\da-fA-F]/y)
      if (!digit) {
        this.character()
        return
      }
      code = code * 16 + Number.parseInt(digit[0], 16)
      if (code > 0x10ffff) return
    }
  }
}

/** Whether counted repetitions within each other multiply to no more than `most`. */
function isWithin(node: Node, most: number): boolean {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.items.every((item) => isWithin(item, most))
    case 'group':
      return isWithin(node.item, most)
    case 'repeat': {
      if (!node.counted) return isWithin(node.item, most)
      const times = node.max === Number.POSITIVE_INFINITY ? node.min : node.max
      if (node.max === 0) return true
      return times <= most && isWithin(node.item, times > 0 ? Math.floor(most / times) : most)
    }
    default:
      return true
  }
}
