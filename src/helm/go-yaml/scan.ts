import { scanBlockScalar, scanPlain, scanQuoted } from './scalars.ts'
import { type Mark, type Source, sourceOf } from './source.ts'
import { scanAnchor, scanDirective, scanTag } from './words.ts'

/** A token where it begins; keys and the beginnings of block collections are put in behind the fact. */
export interface Token {
  readonly kind:
    | 'stream-end'
    | 'directive'
    | 'document-start'
    | 'document-end'
    | 'sequence-start'
    | 'mapping-start'
    | 'block-end'
    | 'entry'
    | 'key'
    | 'value'
    | 'alias'
    | 'anchor'
    | 'tag'
    | 'scalar'
    | '['
    | ']'
    | '{'
    | '}'
    | ','
  readonly at: Mark
  readonly text?: string
  /** Of a tag: what follows its handle, which is `text`. Of the directive `%TAG`: the prefix of the handle. */
  readonly suffix?: string
  /** Of a scalar: whether it stands without quotes. */
  readonly plain?: boolean
}

/** A place where a key may have begun that has no `?`, until its colon is found or can no longer come. */
interface PossibleKey {
  readonly at: Mark
  readonly token: number
  /** In a block mapping nothing but a key may begin in its column. */
  readonly required: boolean
}

/** How far behind the beginning of such a key its colon may stand. */
const longestKey = 1024

/**
 * The tokens of a text in the order in which goyaml.v2 comes upon them, so that of several faults the same one is
 * found. Throws a YamlFault at the first of them.
 */
export class Scanner {
  private readonly source: Source
  private readonly queue: Token[] = []
  private taken = 0
  private indent = -1
  private readonly indents: number[] = []
  /** One for the block context, one more for each open bracket. */
  private readonly keys: (PossibleKey | undefined)[] = [undefined]
  /** The levels of the keys that may begin with a token, by its number. */
  private readonly levels = new Map<number, number>()
  /** For each level the token that opened it, or the last one in it that a key might have begun with. */
  private readonly last: number[] = [0]
  private keyAllowed = true
  private ended = false

  constructor(text: string) {
    this.source = sourceOf(text)
  }

  peek(): Token {
    while (this.needsMore() && !this.ended) this.fetch()
    return this.queue[0] as Token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'stream-end') {
      this.queue.shift()
      this.taken++
    }
    return token
  }

  /** Whether nothing is known yet, or a key may have to be put in before what is known. */
  private needsMore(): boolean {
    if (this.queue.length === 0) return true
    const level = this.levels.get(this.taken)
    return level !== undefined && this.isPossible(level)
  }

  private get flow(): boolean {
    return this.keys.length > 1
  }

  private isPossible(level: number): boolean {
    const key = this.keys[level]
    if (key === undefined) return false
    const { line, index } = this.source.mark()
    if (key.at.line === line && key.at.index + longestKey >= index) return true
    this.dropKey(level)
    return false
  }

  private dropKey(level = this.keys.length - 1): void {
    const key = this.keys[level]
    if (key === undefined) return
    if (key.required) throw this.source.fault(`could not find expected ':'`)
    this.forgetKey(level, key)
  }

  private forgetKey(level: number, { token }: PossibleKey): void {
    this.keys[level] = undefined
    this.levels.delete(token)
  }

  private saveKey(): void {
    if (!this.keyAllowed) return
    this.dropKey()
    const at = this.source.mark()
    const required = !this.flow && this.indent === at.column
    const token = this.taken + this.queue.length
    this.keys[this.keys.length - 1] = { at, token, required }
    this.last[this.last.length - 1] = token
    this.levels.set(token, this.keys.length - 1)
  }

  private roll(at: Mark, kind: 'sequence-start' | 'mapping-start', place = -1): void {
    if (this.flow || this.indent >= at.column) return
    this.indents.push(this.indent)
    this.indent = at.column
    this.insert(place, { kind, at })
  }

  /** Puts a token in before others, or behind all where the one that it belongs before has been taken already. */
  private insert(place: number, token: Token): void {
    this.queue.splice(place < 0 ? this.queue.length : place, 0, token)
  }

  private unroll(column: number): void {
    if (this.flow) return
    while (this.indent > column) {
      this.queue.push({ kind: 'block-end', at: this.source.mark() })
      this.indent = this.indents.pop() ?? -1
    }
  }

  private toNextToken(): void {
    const { source } = this
    if (source.mark().index === 0 && source.char() === '\ufeff') source.skip()
    for (;;) {
      while (source.char() === ' ' || (source.char() === '\t' && (this.flow || !this.keyAllowed))) source.skip()
      if (source.char() === '#') while (!source.isBreakOrEnd()) source.skip()
      if (!source.isBreak()) return
      source.skipLine()
      if (!this.flow) this.keyAllowed = true
    }
  }

  private fetch(): void {
    this.toNextToken()
    const { source } = this
    const at = source.mark()
    this.unroll(at.column)
    const char = source.char()
    const blankNext = source.isBlankOrEnd(1)
    if (char === undefined) this.end()
    else if (at.column === 0 && char === '%') this.alone(() => this.queue.push(scanDirective(source)))
    else if (at.column === 0 && source.isIndicator('---')) this.alone(() => this.indicator('document-start', 3))
    else if (at.column === 0 && source.isIndicator('...')) this.alone(() => this.indicator('document-end', 3))
    else if (char === '[' || char === '{') this.open(char)
    else if (char === ']' || char === '}') this.close(char)
    else if (char === ',') this.afterKey(true, () => this.indicator(',', 1))
    else if (char === '-' && blankNext) this.entry(at)
    else if (char === '?' && (this.flow || blankNext)) this.key(at)
    else if (char === ':' && (this.flow || blankNext)) this.value(at)
    else if (char === '*' || char === '&') this.keyed(() => this.queue.push(scanAnchor(source)))
    else if (char === '!') this.keyed(() => this.queue.push(scanTag(source)))
    else if ((char === '|' || char === '>') && !this.flow)
      this.afterKey(true, () => this.scalar(at, scanBlockScalar(source, this.indent), false))
    else if (char === "'" || char === '"') this.keyed(() => this.scalar(at, scanQuoted(source), false))
    else if (this.isPlain(char)) this.keyed(() => this.plain(at))
    else throw source.fault('found character that cannot start any token')
  }

  private plain(at: Mark): void {
    const { text, lines } = scanPlain(this.source, this.flow, this.indent + 1)
    this.scalar(at, text, true)
    if (lines) this.keyAllowed = true
  }

  private isPlain(char: string): boolean {
    if (char === '-') return !this.source.isBlank(1)
    if (char === '?' || char === ':') return !this.flow && !this.source.isBlankOrEnd(1)
    return !/[ \t\r\n\u0085\u2028\u2029,[\]{}#&*!|>'"%@`]/.test(char)
  }

  private end(): void {
    this.source.endLine()
    this.unroll(-1)
    this.dropKey()
    this.keyAllowed = false
    this.queue.push({ kind: 'stream-end', at: this.source.mark() })
    this.ended = true
  }

  private indicator(kind: Token['kind'], length: number): void {
    this.queue.push({ kind, at: this.source.mark() })
    for (let i = 0; i < length; i++) this.source.skip()
  }

  private scalar(at: Mark, text: string, plain: boolean): void {
    this.queue.push({ kind: 'scalar', at, text, plain })
  }

  /** A token that ends all collections. */
  private alone(scan: () => void): void {
    this.unroll(-1)
    this.afterKey(false, scan)
  }

  /** A token that cannot begin a key. */
  private afterKey(keyAllowed: boolean, scan: () => void): void {
    this.dropKey()
    this.keyAllowed = keyAllowed
    scan()
  }

  /** A token that may begin a key. */
  private keyed(scan: () => void): void {
    this.saveKey()
    this.keyAllowed = false
    scan()
  }

  private open(kind: '[' | '{'): void {
    this.saveKey()
    this.last.push(this.taken + this.queue.length)
    this.keys.push(undefined)
    this.keyAllowed = true
    this.indicator(kind, 1)
  }

  private close(kind: ']' | '}'): void {
    this.dropKey()
    if (this.flow) {
      this.keys.pop()
      // So that empty brackets are handed over before it is known whether they are a key.
      this.levels.delete(this.last.pop() ?? -1)
    }
    this.keyAllowed = false
    this.indicator(kind, 1)
  }

  private entry(at: Mark): void {
    if (!this.flow) {
      if (!this.keyAllowed) throw this.source.fault('block sequence entries are not allowed in this context')
      this.roll(at, 'sequence-start')
    }
    this.afterKey(true, () => this.indicator('entry', 1))
  }

  private key(at: Mark): void {
    if (!this.flow) {
      if (!this.keyAllowed) throw this.source.fault('mapping keys are not allowed in this context')
      this.roll(at, 'mapping-start')
    }
    this.afterKey(!this.flow, () => this.indicator('key', 1))
  }

  private value(at: Mark): void {
    const level = this.keys.length - 1
    if (this.isPossible(level)) {
      const key = this.keys[level] as PossibleKey
      const place = key.token - this.taken
      this.insert(place, { kind: 'key', at: key.at })
      this.roll(key.at, 'mapping-start', place)
      this.forgetKey(level, key)
      this.keyAllowed = false
    } else {
      if (!this.flow) {
        if (!this.keyAllowed) throw this.source.fault('mapping values are not allowed in this context')
        this.roll(at, 'mapping-start')
      }
      this.keyAllowed = !this.flow
    }
    this.indicator('value', 1)
  }
}
