import {
  either,
  escapeChars,
  escapeClasses,
  folding,
  inRange,
  namedClass,
  not,
  oneOf,
  type Test,
  unicodeClass,
} from './classes.ts'

/** What must be so between two characters. */
export type Assertion = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'word' | 'notWord'

/** A pattern, or a part of it. */
export type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'assert'; readonly that: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | {
      readonly kind: 'repeat'
      readonly item: Node
      readonly min: number
      readonly max: number
      readonly counted: boolean
    }

interface Flags {
  readonly fold: boolean
  readonly lines: boolean
  readonly dotAll: boolean
}

const escapeAssertions: { readonly [letter: string]: Assertion } = {
  A: 'textStart',
  z: 'textEnd',
  b: 'word',
  B: 'notWord',
}

const longestPattern = 10_000
const mostRepeats = 1000
const deepestGroups = 1000

/** Reads a pattern from left to right; the first mistake ends the reading. */
export function parsePattern(pattern: string): Node | { readonly error: string } {
  if (pattern.length > longestPattern) return { error: 'the pattern is too long' }
  let rest = pattern
  let error: string | undefined
  let depth = 0
  const names = new Set<string>()

  const node = choice({ fold: false, lines: false, dotAll: false })
  if (rest !== '') fail('a `)` has no `(`')
  return error === undefined ? node : { error }

  function fail(message: string): undefined {
    error ??= message
    rest = ''
  }

  /** Takes what `syntax` matches at the front. */
  function take(syntax: RegExp): RegExpExecArray | undefined {
    const match = syntax.exec(rest)
    if (match?.index !== 0) return undefined
    rest = rest.slice(match[0].length)
    return match
  }

  /** Alternatives, up to the end or a closing bracket. A flag that is set among them counts from there on. */
  function choice(from: Flags): Node {
    let flags = from
    const items: Node[] = []
    let sequence: Node[] = []
    let repeated = false
    while (rest !== '' && !rest.startsWith(')')) {
      const switched = take(/^\(\?([imsU]*(?:-[imsU]+)?)\)/)
      if (switched) {
        flags = withFlags(flags, switched[1] ?? '')
        repeated = false
        continue
      }
      if (take(/^\|/)) {
        items.push({ kind: 'sequence', items: sequence })
        sequence = []
        repeated = false
        continue
      }
      const times = quantifier()
      if (times === undefined) {
        sequence.push(...atom(flags))
        repeated = false
        continue
      }
      const item = sequence.pop()
      if (item === undefined || repeated)
        fail(item ? 'a repetition follows a repetition' : 'a repetition has nothing to repeat')
      else sequence.push({ kind: 'repeat', item, ...times })
      const last = sequence.at(-1)
      if (times.counted && last && !withinRepeats(last, mostRepeats)) fail(`more than ${mostRepeats} repetitions`)
      repeated = true
    }
    items.push({ kind: 'sequence', items: sequence })
    return { kind: 'choice', items }
  }

  function quantifier(): { min: number; max: number; counted: boolean } | undefined {
    const simple = take(/^([*+?])\??/)
    if (simple)
      return { min: simple[1] === '+' ? 1 : 0, max: simple[1] === '?' ? 1 : Number.POSITIVE_INFINITY, counted: false }
    const counted = take(/^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}\??/)
    if (!counted) return undefined
    const min = Number(counted[1])
    const max = counted[3] !== undefined ? Number(counted[3]) : counted[2] ? Number.POSITIVE_INFINITY : min
    if (min > mostRepeats || (max > mostRepeats && max !== Number.POSITIVE_INFINITY) || min > max)
      fail('a repetition count is out of range')
    return { min, max, counted: true }
  }

  function atom(flags: Flags): Node[] {
    if (rest.startsWith('(')) return group(flags)
    if (rest.startsWith('[')) return [{ kind: 'char', test: bracketClass(flags) }]
    if (take(/^\./)) return [{ kind: 'char', test: flags.dotAll ? () => true : not(oneOf('\n')) }]
    if (take(/^\^/)) return [{ kind: 'assert', that: flags.lines ? 'lineStart' : 'textStart' }]
    if (take(/^\$/)) return [{ kind: 'assert', that: flags.lines ? 'lineEnd' : 'textEnd' }]
    const quoted = take(/^\\Q(.*?)(?:\\E|$)/s)
    if (quoted) return Array.from(quoted[1] ?? '', (char) => literal(char, flags))
    const assertion = take(/^\\([AzbB])/)
    if (assertion) return [{ kind: 'assert', that: escapeAssertions[assertion[1] ?? ''] ?? 'word' }]
    const test = escapeClass(flags)
    if (test) return [{ kind: 'char', test }]
    const char = single()
    return char === undefined ? [] : [literal(char, flags)]
  }

  function group(flags: Flags): Node[] {
    const open = take(/^\((?:\?(?:P?<(\w+)>|([imsU]*(?:-[imsU]+)?):))?/)
    if (!open || rest.startsWith('?')) {
      fail('`(?` is followed by something else than flags or a name')
      return []
    }
    if (open[1] !== undefined && names.has(open[1])) fail(`two groups are named "${open[1]}"`)
    if (open[1] !== undefined) names.add(open[1])
    if (++depth > deepestGroups) fail('the groups are nested too deep')
    const inside = choice(withFlags(flags, open[2] ?? ''))
    depth--
    if (!take(/^\)/)) fail('a `(` has no `)`')
    return [inside]
  }

  /** The class that an escape stands for: `\d`, `\pL`, `\p{Greek}`. */
  function escapeClass(flags: Flags): Test | undefined {
    const simple = take(/^\\([dDsSwW])/)
    if (simple) return escapeClasses[simple[1] ?? '']
    const unicode = take(/^\\([pP])(?:\{(\^?)([\w ]+)\}|(\w))/)
    if (!unicode) return undefined
    const test = unicodeClass(unicode[3] ?? unicode[4] ?? '')
    if (!test) return fail(`there is no class of characters \`${unicode[0]}\``)
    const folded = flags.fold ? folding(test) : test
    return (unicode[1] === 'P') !== (unicode[2] === '^') ? not(folded) : folded
  }

  function bracketClass(flags: Flags): Test {
    const negated = take(/^\[\^?/)?.[0] === '[^'
    const tests: Test[] = []
    for (let first = true; rest !== '' && (first || !rest.startsWith(']')); first = false) {
      const named = take(/^\[:(\^?)(.*?):\]/s)
      const test = named ? namedClass(named[2] ?? '') : escapeClass(flags)
      if (named && !test) fail(`there is no class of characters "${named[0]}"`)
      else if (test) tests.push(named?.[1] ? not(test) : test)
      else tests.push(range())
    }
    if (!take(/^\]/)) fail('a `[` has no `]`')
    const inside = either(...tests)
    const folded = flags.fold ? folding(inside) : inside
    return negated ? not(folded) : folded
  }

  function range(): Test {
    const low = single() ?? ''
    const high = take(/^-(?!\]|$)/) ? (single() ?? '') : low
    if ((low.codePointAt(0) ?? 0) > (high.codePointAt(0) ?? 0)) fail(`the range \`${low}-${high}\` runs backwards`)
    return inRange(low, high)
  }

  /** One character, written as itself or as an escape. */
  function single(): string | undefined {
    const plain = take(/^[^\\]/u)
    if (plain) return plain[0]
    const code = take(/^\\(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/)
    if (code) {
      const number = code[3] ? Number.parseInt(code[3], 8) : Number.parseInt(code[1] ?? code[2] ?? '', 16)
      return number <= 0x10ffff ? String.fromCodePoint(number) : fail(`\`${code[0]}\` is no character`)
    }
    const escaped = take(/^\\(.?)/su)?.[1] ?? ''
    if (Object.hasOwn(escapeChars, escaped)) return escapeChars[escaped]
    if (/^[\0-\x7f]$/.test(escaped) && !/[\da-zA-Z]/.test(escaped)) return escaped
    return fail(`\`\\${escaped}\` is no escape`)
  }
}

function withFlags(flags: Flags, letters: string): Flags {
  const [on = '', off = ''] = letters.split('-')
  const flag = (letter: string, before: boolean) => (off.includes(letter) ? false : on.includes(letter) || before)
  return { fold: flag('i', flags.fold), lines: flag('m', flags.lines), dotAll: flag('s', flags.dotAll) }
}

function literal(char: string, flags: Flags): Node {
  const test = oneOf(char)
  return { kind: 'char', test: flags.fold ? folding(test) : test }
}

/** Go's limit: counted repetitions within each other must not multiply to more than `most`. */
function withinRepeats(node: Node, most: number): boolean {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.every((item) => withinRepeats(item, most))
  if (node.kind !== 'repeat') return true
  if (!node.counted) return withinRepeats(node.item, most)
  const times = node.max === Number.POSITIVE_INFINITY ? node.min : node.max
  if (times === 0 && node.max === 0) return true
  return times <= most && withinRepeats(node.item, times > 0 ? Math.floor(most / times) : most)
}
