/**
 * Plain texts to trees, in one go. Nearly all templates are made of actions whose words one regular expression finds;
 * for these a tree takes less time than the tokens of `lex.ts` alone would. What is written in any other way, and every
 * mistake, is left to `careful.ts`: the trees are the same ones, whichever of the two makes them.
 */

import { isFunction } from './builtins.ts'
import { isExhaustion } from './error.ts'
import { constant, unquote } from './literal.ts'
import {
  type Command,
  type Control,
  type Identifier,
  isLiteral,
  type List,
  type Operand,
  type Pipe,
  type Statement,
  type Tree,
  type Variable,
} from './node.ts'
import { isSpace, keywords, withoutTrailingSpace } from './syntax.ts'

export interface PlainOptions {
  readonly functions: Readonly<Record<string, unknown>>
  /** How deeply conditions, loops and parentheses may stand within each other. */
  readonly nesting: number
}

/** The trees of a text by their names, its own one last; undefined unless it is plain and free of mistakes. */
export function parsePlain(name: string, text: string, options: PlainOptions): ReadonlyMap<string, Tree> | undefined {
  try {
    return new PlainParser(name, text, options).parse()
  } catch (thrown) {
    if (thrown === elsewhere || isExhaustion(thrown)) return undefined
    throw thrown
  }
}

/** Ends the parsing of a text that isn't plain. */
const elsewhere = Symbol('not plain')

/**
 * The words of an action: white space; a name, with the fields behind it; a text; a number; a mark. A text that lacks its
 * end, as the action was cut off inside of it, takes all that is left.
 */
const words =
  /[ \t\r\n]+|[.$]?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\$(?:\.[A-Za-z_]\w*)*|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"|`[^`]*`|["`][\s\S]*|[+-]?\d[\w.]*|:=|[\s\S]/g

/** So many right delimiters may stand in the texts of an action. */
const mostEnds = 9
/** Parentheses within each other. */
const mostParentheses = 99

const dot = 0x2e
const dollar = 0x24
const backquote = 0x60
const doubleQuote = 0x22
const open = 0x28
const close = 0x29
const pipe = 0x7c

const noVariables: readonly Variable[] = []

/** How a list of statements ended. */
type Ending = 'eof' | 'end' | 'else'

class PlainParser {
  readonly name: string
  readonly text: string
  readonly functions: Readonly<Record<string, unknown>>
  readonly trees = new Map<string, Tree>()
  /** The names of fields by what is written, as most are written more than once. */
  readonly fields = new Map<string, readonly string[]>()
  /** How much deeper what is open may nest. */
  left: number
  /** Where the text goes on. */
  place = 0
  /** The words of the current action, the number of the next one and the offset at which it stands. */
  words: readonly string[] = []
  index = 0
  at = 0
  variables: string[] = ['$']
  ranges = 0
  parentheses = 0
  ending: Ending = 'eof'

  constructor(name: string, text: string, { functions, nesting }: PlainOptions) {
    this.name = name
    this.text = text
    this.functions = functions
    this.left = nesting
  }

  parse(): ReadonlyMap<string, Tree> {
    const body = this.list(true)
    if (this.ending !== 'eof') throw elsewhere
    this.add(this.name, body)
    return this.trees
  }

  add(name: string, body: List) {
    if (this.trees.has(name)) throw elsewhere
    this.trees.set(name, { name, source: this.name, text: this.text, body })
  }

  // Statements

  /** The statements up to what ends them; only outside of all others can templates be defined. */
  list(isOutermost = false): List {
    const { text } = this
    const nodes: Statement[] = []
    let first = -1
    for (;;) {
      const start = this.place
      const left = text.indexOf('{{', start)
      const trims = left >= 0 && text.charCodeAt(left + 2) === 0x2d && isSpace(text.charCodeAt(left + 3))
      const end = left < 0 ? text.length : trims ? withoutTrailingSpace(text, start, left) : left
      if (end > start) {
        if (first < 0) first = start
        nodes.push({ kind: 'text', at: start, text: text.slice(start, end) })
      }
      if (left < 0) {
        this.ending = 'eof'
        return { kind: 'list', at: first < 0 ? end : first, nodes }
      }
      const inside = trims ? left + 4 : left + 2
      if (text.startsWith('/*', inside)) {
        this.comment(inside + 2)
        continue
      }
      if (first < 0) first = left
      this.action(inside)
      const word = this.words[this.index] as string
      if (word === 'end' || word === 'else') {
        this.take(word)
        this.ending = word
        return { kind: 'list', at: first, nodes }
      }
      if (word !== 'define') nodes.push(this.statement(word))
      else if (isOutermost) this.define()
      else throw elsewhere
    }
  }

  comment(from: number) {
    const close = this.text.indexOf('*/', from)
    if (close < 0) throw elsewhere
    this.goOn(close + 2, true)
  }

  /** Lets the text go on behind the right delimiter, perhaps with a trim marker, that stands at the offset. */
  goOn(at: number, mayTrim: boolean) {
    const { text } = this
    if (text.startsWith('}}', at)) this.place = at + 2
    else {
      if (!mayTrim || !text.startsWith('-}}', at + 1) || !isSpace(text.charCodeAt(at))) throw elsewhere
      let end = at + 4
      while (isSpace(text.charCodeAt(end))) end++
      this.place = end
    }
  }

  /** Takes in the words of the action whose delimiter ends at `start`, and where it ends. */
  action(start: number) {
    const { text } = this
    let close = text.indexOf('}}', start)
    let found: readonly string[] | null
    let trims: boolean
    for (let tries = mostEnds; ; tries--) {
      if (close < 0 || tries === 0) throw elsewhere
      trims = text.charCodeAt(close - 1) === 0x2d && close - start > 1 && isSpace(text.charCodeAt(close - 2))
      found = text.slice(start, trims ? close - 2 : close).match(words)
      if (found === null) throw elsewhere
      if (!isCutOff(found[found.length - 1] as string)) break
      // The delimiter was part of a text.
      close = text.indexOf('}}', close + 1)
    }
    this.words = found
    this.index = 0
    this.at = start
    this.goOn(trims ? close - 2 : close, trims)
    this.skipSpace()
  }

  statement(word: string): Statement {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        this.keyword(word)
        return this.control(word)
      case 'template':
        return this.call()
      case 'break':
      case 'continue': {
        const { at } = this
        this.take(word)
        if (this.ranges === 0 || isFunction(this.functions, word)) throw elsewhere
        return { kind: word, at }
      }
      default: {
        const { at } = this
        return { kind: 'action', at, pipe: this.pipeline() }
      }
    }
  }

  nest() {
    if (--this.left < 0) throw elsewhere
  }

  control(kind: Control['kind']): Control {
    this.nest()
    const visible = this.variables.length
    const pipe = this.pipeline(false, kind === 'range' ? 2 : 1)
    if (kind === 'range') this.ranges++
    const body = this.list()
    if (kind === 'range') this.ranges--
    let otherwise: List | undefined
    if (this.ending === 'else') {
      if (this.index < this.words.length) {
        // The chain shares one end, which the inner control reads.
        if (kind === 'range' || this.words[this.index] !== kind) throw elsewhere
        const { at } = this
        this.keyword(kind)
        otherwise = { kind: 'list', at, nodes: [this.control(kind)] }
      } else {
        otherwise = this.list()
        this.expectEnd()
      }
    } else this.expectEnd()
    this.variables.length = visible
    this.left++
    return { kind, at: pipe.at, pipe, body, otherwise }
  }

  expectEnd() {
    if (this.ending !== 'end') throw elsewhere
  }

  call(): Statement {
    this.keyword('template')
    const { at } = this
    const name = this.string()
    return { kind: 'template', at, name, pipe: this.index < this.words.length ? this.pipeline() : undefined }
  }

  define() {
    const { variables, ranges } = this
    this.keyword('define')
    const name = this.string()
    if (this.index < this.words.length) throw elsewhere
    this.variables = ['$']
    this.ranges = 0
    const body = this.list()
    this.expectEnd()
    this.add(name, body)
    this.variables = variables
    this.ranges = ranges
  }

  // Words

  /** Reads a word and the space behind it. */
  step(word: string) {
    this.index++
    this.at += word.length
    this.skipSpace()
  }

  /** Reads a word that needs a space behind it, or the parenthesis of what it is about. */
  keyword(word: string) {
    const next = this.words[this.index + 1]
    if (next !== undefined && next !== '(' && !isSpace(next.charCodeAt(0))) throw elsewhere
    this.step(word)
  }

  /** Reads `end`, `else` and the like; only an `if` or a `with` may follow an `else`. */
  take(word: string) {
    this.step(word)
    if (this.index < this.words.length && word !== 'else') throw elsewhere
  }

  skipSpace() {
    const word = this.words[this.index]
    if (word === undefined || !isSpace(word.charCodeAt(0))) return
    this.index++
    this.at += word.length
  }

  /** Reads a text, as the name of a template is one, and the space behind it. */
  string(): string {
    const word = this.words[this.index]
    const unit = word?.charCodeAt(0)
    if (word === undefined || (unit !== doubleQuote && unit !== backquote)) throw elsewhere
    this.step(word)
    return textOf(word)
  }

  // Expressions

  /**
   * A pipeline up to the end of the action or, when it is `within` parentheses, up to the closing one. So many variables
   * may it set at `most`.
   */
  pipeline(within = false, most = 1): Pipe {
    const { at } = this
    let variables = noVariables
    let assigns = false
    if (this.words[this.index]?.charCodeAt(0) === dollar) {
      const word = this.nextButSpace(this.index + 1)
      if (word === ':=' || word === '=' || word === ',') {
        variables = this.declared(most)
        assigns = this.words[this.index] === '='
        this.step(assigns ? '=' : ':=')
      }
    }
    let commands: readonly Command[] = [this.command()]
    while (this.words[this.index] === '|') {
      this.step('|')
      const command = this.command()
      if (isLiteral(command.words[0] as Operand)) throw elsewhere
      commands = withOneMore(commands, command)
    }
    if ((this.words[this.index] === ')') !== within) throw elsewhere
    return { kind: 'pipe', at, variables, assigns, commands }
  }

  nextButSpace(index: number): string | undefined {
    const word = this.words[index]
    return word !== undefined && isSpace(word.charCodeAt(0)) ? this.words[index + 1] : word
  }

  /** `$x` or, in a range, `$i, $x` in front of `:=` or `=`. */
  declared(most: number): readonly Variable[] {
    const variables: Variable[] = []
    for (;;) {
      const word = this.words[this.index]
      if (word?.charCodeAt(0) !== dollar || word.includes('.')) throw elsewhere
      variables.push({ kind: 'variable', at: this.at, name: word, names: [] })
      this.variables.push(word)
      // No name ends at an equals sign.
      if (this.words[this.index + 1] === '=') throw elsewhere
      this.step(word)
      const mark = this.words[this.index]
      if (mark === ':=' || mark === '=') return variables
      if (mark !== ',' || variables.length === most) throw elsewhere
      this.step(mark)
    }
  }

  /** Operands up to a pipe character, a closing parenthesis or the end of the action, which are not read. */
  command(): Command {
    const { at } = this
    let operands: readonly Operand[] = [this.operand()]
    for (;;) {
      const word = this.words[this.index]
      if (word === undefined) break
      const unit = word.charCodeAt(0)
      if (unit === pipe || unit === close) break
      if (!isSpace(unit)) throw elsewhere
      this.index++
      this.at += word.length
      const next = this.words[this.index]
      if (next === undefined || next === '|' || next === ')') break
      operands = withOneMore(operands, this.operand())
    }
    return { kind: 'command', at, words: operands }
  }

  operand(): Operand {
    const word = this.words[this.index]
    if (word === undefined) throw elsewhere
    const { at } = this
    const unit = word.charCodeAt(0)
    this.index++
    this.at += word.length
    switch (unit) {
      case dot: {
        if (word.length === 1) return { kind: 'dot', at }
        return { kind: 'field', at: this.fieldAt(word, at), names: this.fieldsOf(word) }
      }
      case dollar:
        return this.variable(word, at)
      case doubleQuote:
      case backquote:
        return { kind: 'string', at, quoted: word, value: textOf(word) }
      case open:
        return this.parenthesized()
    }
    if (unit >= 0x41) return this.named(word, at)
    const value = constant(word, 'number')
    if ('why' in value) throw elsewhere
    return { kind: 'number', at, text: word, constant: value }
  }

  /** Go reports `.a.b` at its second field, if there is one. */
  fieldAt(word: string, at: number): number {
    const second = word.indexOf('.', 1)
    return second < 0 ? at : at + second
  }

  /** The names of `.a.b`. */
  fieldsOf(word: string): readonly string[] {
    let names = this.fields.get(word)
    if (names === undefined) {
      names = word.slice(1).split('.')
      this.fields.set(word, names)
    }
    return names
  }

  variable(word: string, at: number): Operand {
    const end = word.indexOf('.')
    const name = end < 0 ? word : word.slice(0, end)
    if (!this.variables.includes(name)) throw elsewhere
    if (end < 0) return { kind: 'variable', at, name, names: [] }
    return { kind: 'variable', at: at + end, name, names: this.fieldsOf(word.slice(end)) }
  }

  /** The operand that begins with a letter. */
  named(word: string, at: number): Operand {
    if (word === 'true' || word === 'false') return { kind: 'boolean', at, value: word === 'true' }
    if (word === 'nil') return { kind: 'nil', at }
    const end = word.indexOf('.')
    const name = end < 0 ? word : word.slice(0, end)
    if (keywords.has(name) || !isFunction(this.functions, name)) throw elsewhere
    const identifier: Identifier = { kind: 'identifier', at, name }
    return end < 0 ? identifier : { kind: 'chain', at: at + end, of: identifier, names: this.fieldsOf(word.slice(end)) }
  }

  parenthesized(): Operand {
    this.nest()
    if (++this.parentheses > mostParentheses) throw elsewhere
    this.skipSpace()
    const pipe = this.pipeline(true)
    this.parentheses--
    this.left++
    this.index++
    const at = ++this.at
    const word = this.words[this.index]
    if (word === undefined || word.charCodeAt(0) !== dot || word.length === 1) return pipe
    this.index++
    this.at += word.length
    return { kind: 'chain', at, of: pipe, names: this.fieldsOf(word) }
  }
}

/** The list with an item at its end. One that grows by `push` takes room for many more, which few ever need. */
function withOneMore<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 1) return [list[0] as T, item]
  if (list.length === 2) return [list[0] as T, list[1] as T, item]
  const longer = list as T[]
  longer.push(item)
  return longer
}

/** Whether a word is a text without its end, as what the pattern of a whole one does not match is. */
function isCutOff(word: string): boolean {
  const unit = word.charCodeAt(0)
  if (unit === doubleQuote) return !wholeText.test(word)
  return unit === backquote && (word.length === 1 || !word.endsWith('`'))
}

const wholeText = /^"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"$/

function textOf(quoted: string): string {
  const text = unquote(quoted)
  if (text === undefined) throw elsewhere
  return text
}
