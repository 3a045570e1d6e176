/**
 * Any text to trees, by its tokens. Parsing knows which functions and variables exist, so that a misspelt name is found
 * even where the template would not get to it.
 */

import { isFunction } from './builtins.ts'
import { isExhaustion, placeOf, type TemplateError } from './error.ts'
import { lex, type Token } from './lex.ts'
import { constant, unquote } from './literal.ts'
import { defaultLimits } from './meter.ts'
import {
  type Chain,
  type Command,
  type Control,
  type Field,
  type Identifier,
  isEmpty,
  isLiteral,
  type List,
  type NumberLiteral,
  type Operand,
  type Pipe,
  type Statement,
  show,
  type Tree,
  type Variable,
} from './node.ts'
import type { Parsed, ParseOptions } from './parse.ts'
import { quote } from './quote.ts'
import { byteLength } from './utf8.ts'

/** As `parse`. */
export function parseCarefully(name: string, text: string, options: ParseOptions = {}): Parsed {
  const parser = new Parser(name, text, options)
  try {
    return { template: { name, trees: parser.parse() } }
  } catch (thrown) {
    if (thrown instanceof Mistake) return { error: thrown.error }
    if (isExhaustion(thrown)) return { error: parser.error('actions nest too deeply', 'limit') }
    throw thrown
  }
}

class Mistake {
  readonly error: TemplateError
  constructor(error: TemplateError) {
    this.error = error
  }
}

/** What belongs to the template being parsed: `define` and `block` start a new one inside the text. */
interface Scope {
  readonly name: string
  variables: string[]
  /** Index of the furthest token that this template has read: where its mistakes are reported. */
  latest: number
  /** Offset of the action being read, told when it lacks its end. */
  action: number | undefined
  ranges: number
  parentheses: number
}

const noVariables: { readonly variables: readonly Variable[]; readonly assigns: boolean } = {
  variables: [],
  assigns: false,
}

/** What ends a list of statements. */
type Ending = { readonly kind: 'end'; readonly at: number } | { readonly kind: 'else'; readonly at: number }

/** Parentheses deeper than this are a mistake; Go allows more, but no person writes them. */
const deepestParentheses = 400

class Parser {
  readonly name: string
  readonly text: string
  readonly functions: Readonly<Record<string, unknown>>
  readonly tokens: readonly Token[]
  readonly trees = new Map<string, Tree>()
  index = 0
  /** Index of the furthest token that any template of this text has read. */
  furthest = -1
  /** How much deeper what is open may nest. */
  left: number
  scope: Scope

  constructor(
    name: string,
    text: string,
    { functions = {}, delimiters: [left, right] = ['', ''], nesting = defaultLimits.nesting }: ParseOptions,
  ) {
    this.name = name
    this.text = text
    this.functions = functions
    this.left = nesting
    this.tokens = lex(text, {
      delimiters: [left || '{{', right || '}}'],
      freed: (word) => (word === 'break' || word === 'continue') && isFunction(functions, word),
    })
    this.scope = newScope(name)
  }

  parse(): ReadonlyMap<string, Tree> {
    const at = this.peek().at
    const nodes: Statement[] = []
    while (this.peek().kind !== 'eof') {
      if (this.startsDefine()) {
        this.define()
        continue
      }
      const node = this.statement()
      if (node.kind === 'end' || node.kind === 'else') this.fail(`unexpected {{${node.kind}}}`)
      else nodes.push(node)
    }
    this.add({ kind: 'list', at, nodes })
    return this.trees
  }

  // Tokens

  /** The token to be read next; looking at it counts as reading where mistakes are reported. */
  peek(): Token {
    const { index } = this
    if (index > this.furthest) {
      this.furthest = index
      this.scope.latest = index
    }
    return this.tokens[index] as Token
  }

  /** The last token, `eof` or `error`, can be read again and again. */
  next(): Token {
    const token = this.peek()
    if (this.index < this.tokens.length - 1) this.index++
    return token
  }

  nextWord(): Token {
    const token = this.peekWord()
    if (this.index < this.tokens.length - 1) this.index++
    return token
  }

  /** The next token that is no space; the spaces before it are read. */
  peekWord(): Token {
    const { tokens } = this
    let { index } = this
    let token = tokens[index] as Token
    while (token.kind === 'space') token = tokens[++index] as Token
    this.index = index
    if (index > this.furthest) {
      this.furthest = index
      this.scope.latest = index
    }
    return token
  }

  isKeyword(word: string): boolean {
    const token = this.peek()
    return token.kind === 'keyword' && token.text === word
  }

  // Mistakes

  fail(message: string, token?: Token): never {
    throw new Mistake(this.error(message, 'parse', token))
  }

  /**
   * An error at the token, if one is given. Go names the line of the furthest token that the current template has read,
   * so when they are not on one line it is reported there.
   */
  error(message: string, kind: TemplateError['kind'], token?: Token): TemplateError {
    const latest = placeOf(this.name, this.text, this.tokens[this.scope.latest]?.at ?? 0)
    const exact = token ? placeOf(this.name, this.text, token.at) : latest
    return { kind, message, template: this.name, at: exact.line === latest.line ? exact : latest, frames: [] }
  }

  unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${shownToken(token)} in ${context}`, token)
    const line = (at: number) => placeOf(this.name, this.text, at).line
    const { action } = this.scope
    if (action === undefined || line(action) === line(token.at)) this.fail(token.text, token)
    const started = `started at ${this.name}:${line(action)}`
    this.fail(`${token.text} ${token.text.endsWith(' action') ? '' : 'in action '}${started}`, token)
  }

  expect(kind: Token['kind'], context: string): Token {
    const token = this.nextWord()
    return token.kind === kind ? token : this.unexpected(token, context)
  }

  // Definitions

  startsDefine(): boolean {
    if (this.peek().kind !== 'leftDelimiter') return false
    const start = this.index
    this.next()
    const token = this.nextWord()
    if (token.kind === 'keyword' && token.text === 'define') return true
    this.index = start
    return false
  }

  define() {
    const outer = this.scope
    this.scope = newScope('definition')
    const context = 'define clause'
    const name = this.string(this.expect('string', context))
    this.expect('rightDelimiter', context)
    const { list, ending } = this.list()
    if (ending.kind === 'else') this.fail(`unexpected {{else}} in ${context}`)
    this.scope = { ...this.scope, name }
    this.add(list)
    this.scope = outer
  }

  block(): Statement {
    const context = 'block clause'
    const token = this.nextWord()
    const name = this.templateName(token, context)
    const pipe = this.pipeline(context)
    const outer = this.scope
    const inner = newScope(name)
    this.scope = inner
    this.nest()
    const { list, ending } = this.list()
    this.left++
    this.scope = outer
    if (ending.kind === 'else') this.fail(`unexpected {{else}} in ${context}`)
    this.scope = inner
    this.add(list)
    this.scope = outer
    return { kind: 'template', at: token.at, name, pipe }
  }

  add(body: List) {
    const { name } = this.scope
    const known = this.trees.get(name)
    if (known === undefined || isEmpty(known.body))
      this.trees.set(name, { name, source: this.name, text: this.text, body })
    else if (!isEmpty(body)) this.fail(`template: multiple definition of template ${quote(name)}`)
  }

  // Statements

  list(): { list: List; ending: Ending } {
    const at = this.peekWord().at
    const nodes: Statement[] = []
    while (this.peekWord().kind !== 'eof') {
      const node = this.statement()
      if (node.kind === 'end' || node.kind === 'else') return { list: { kind: 'list', at, nodes }, ending: node }
      nodes.push(node)
    }
    return this.fail('unexpected EOF')
  }

  statement(): Statement | Ending {
    const token = this.nextWord()
    if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text }
    if (token.kind !== 'leftDelimiter') return this.unexpected(token, 'input')
    this.scope.action = token.at
    const node = this.action()
    this.scope.action = undefined
    return node
  }

  action(): Statement | Ending {
    const start = this.index
    const token = this.nextWord()
    if (token.kind === 'keyword')
      switch (token.text) {
        case 'block':
          return this.block()
        case 'break':
        case 'continue':
          return this.jump(token.text, token.at)
        case 'else':
          return this.otherwise()
        case 'end':
          return { kind: 'end', at: this.expect('rightDelimiter', 'end').at }
        case 'if':
        case 'range':
        case 'with':
          return this.control(token.text)
        case 'template':
          return this.call()
      }
    this.index = start
    const { at } = this.peekWord()
    return { kind: 'action', at, pipe: this.pipeline('command') }
  }

  jump(kind: 'break' | 'continue', at: number): Statement {
    const token = this.nextWord()
    if (token.kind !== 'rightDelimiter') this.unexpected(token, `{{${kind}}}`)
    if (this.scope.ranges === 0) this.fail(`{{${kind}}} outside {{range}}`)
    return { kind, at }
  }

  /** `{{else if …}}` leaves its `if` to be read by the control whose else it is. */
  otherwise(): Ending {
    const { at } = this.peekWord()
    if (this.isKeyword('if') || this.isKeyword('with')) return { kind: 'else', at }
    return { kind: 'else', at: this.expect('rightDelimiter', 'else').at }
  }

  nest() {
    if (--this.left < 0) throw new Mistake(this.error('actions nest too deeply', 'limit'))
  }

  control(kind: Control['kind']): Control {
    const { scope } = this
    this.nest()
    const visible = scope.variables.length
    const pipe = this.pipeline(kind)
    if (kind === 'range') scope.ranges++
    const { list: body, ending } = this.list()
    if (kind === 'range') scope.ranges--
    let otherwise: List | undefined
    if (ending.kind === 'else') {
      if (kind !== 'range' && this.isKeyword(kind)) {
        // The chain shares one {{end}}, which the inner control reads.
        this.next()
        otherwise = { kind: 'list', at: ending.at, nodes: [this.control(kind)] }
      } else {
        const rest = this.list()
        if (rest.ending.kind === 'else') this.fail('expected end; found {{else}}')
        otherwise = rest.list
      }
    }
    scope.variables.length = visible
    this.left++
    return { kind, at: pipe.at, pipe, body, otherwise }
  }

  call(): Statement {
    const context = 'template clause'
    const token = this.nextWord()
    const name = this.templateName(token, context)
    if (this.peekWord().kind === 'rightDelimiter') {
      this.next()
      return { kind: 'template', at: token.at, name, pipe: undefined }
    }
    return { kind: 'template', at: token.at, name, pipe: this.pipeline(context) }
  }

  templateName(token: Token, context: string): string {
    return token.kind === 'string' ? this.string(token) : this.unexpected(token, context)
  }

  // Expressions

  pipeline(context: string, end: Token['kind'] = 'rightDelimiter'): Pipe {
    const { at, kind } = this.peekWord()
    const { variables, assigns } = kind === 'variable' ? this.variables(context) : noVariables
    const commands: Command[] = []
    for (;;) {
      const token = this.peekWord()
      if (token.kind === end) {
        this.next()
        break
      }
      if (!startsOperand(token)) this.unexpected(this.next(), context)
      commands.push(this.command(token))
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    for (let stage = 1; stage < commands.length; stage++)
      if (isLiteral(commands[stage]?.words[0] as Operand))
        this.fail(`non executable command in pipeline stage ${stage + 1}`)
    return { kind: 'pipe', at, variables, assigns, commands }
  }

  /** `$x :=`, `$x =` and, for range, `$i, $x :=` in front of a pipeline. */
  variables(context: string): { variables: Variable[]; assigns: boolean } {
    const variables: Variable[] = []
    for (;;) {
      const start = this.index
      const token = this.peekWord()
      if (token.kind !== 'variable') return { variables, assigns: false }
      this.next()
      const next = this.nextWord()
      const comma = next.kind === 'mark' && next.text === ','
      if (next.kind !== 'declare' && next.kind !== 'assign' && !comma) {
        this.index = start
        return { variables, assigns: false }
      }
      variables.push({ kind: 'variable', at: token.at, name: token.text, names: [] })
      this.scope.variables.push(token.text)
      if (!comma) return { variables, assigns: next.kind === 'assign' }
      if (context !== 'range' || variables.length > 1) this.fail(`too many declarations in ${context}`)
      const { kind } = this.peekWord()
      if (kind !== 'variable' && kind !== 'rightDelimiter' && kind !== 'rightParenthesis')
        this.fail('range can only initialize variables')
    }
  }

  /** Operands up to a pipe character, which is read, or to the end of the pipeline, which is not. */
  command(first: Token): Command {
    const words: Operand[] = []
    let start = first
    for (;;) {
      if (startsOperand(start)) words.push(this.operand(start))
      const { kind } = this.peek()
      if (kind === 'rightDelimiter' || kind === 'rightParenthesis') break
      const token = this.next()
      if (kind === 'pipe') break
      if (kind !== 'space') this.unexpected(token, 'operand')
      start = this.peekWord()
    }
    if (words.length === 0) this.fail('empty command')
    return { kind: 'command', at: first.at, words }
  }

  /** The operand that starts with a token, which is the next one. */
  operand(start: Token): Operand {
    this.next()
    const term = this.term(start)
    // Go reports `.a.b` at the first field behind the term.
    const { kind, at } = this.peek()
    if (kind !== 'field') return term
    const names: string[] = []
    while (this.peek().kind === 'field') names.push(this.next().text.slice(1))
    switch (term.kind) {
      case 'field':
        return { kind: 'field', at, names: [...term.names, ...names] } satisfies Field
      case 'variable':
        return { kind: 'variable', at, name: term.name, names: [...term.names, ...names] } satisfies Variable
      case 'pipe':
      case 'identifier':
        return { kind: 'chain', at, of: term, names } satisfies Chain
    }
    return this.fail(`unexpected . after term ${quote(show(term))}`)
  }

  /** The first part of an operand, whose first token was read. */
  term(token: Token): Operand {
    const { at, text } = token
    switch (token.kind) {
      case 'identifier':
        if (!isFunction(this.functions, text)) this.fail(`function ${quote(text)} not defined`, token)
        return { kind: 'identifier', at, name: text } satisfies Identifier
      case 'field':
        return { kind: 'field', at, names: [text.slice(1)] }
      case 'variable':
        if (!this.scope.variables.includes(text)) this.fail(`undefined variable ${quote(text)}`, token)
        return { kind: 'variable', at, name: text, names: [] }
      case 'boolean':
        return { kind: 'boolean', at, value: text === 'true' }
      case 'string':
        return { kind: 'string', at, quoted: text, value: this.string(token) }
      case 'leftParenthesis':
        return this.parenthesized()
      case 'keyword':
        return { kind: text === 'nil' ? 'nil' : 'dot', at }
      default:
        return this.number(token)
    }
  }

  parenthesized(): Pipe {
    if (this.scope.parentheses >= deepestParentheses) this.fail('max expression depth exceeded')
    this.nest()
    this.scope.parentheses++
    const pipe = this.pipeline('parenthesized pipeline', 'rightParenthesis')
    this.scope.parentheses--
    this.left++
    return pipe
  }

  number(token: Token): NumberLiteral {
    const { kind, text, at } = token
    const value = constant(text, kind === 'character' || kind === 'complex' ? kind : 'number')
    return 'why' in value ? this.fail(value.why, token) : { kind: 'number', at, text, constant: value }
  }

  string(token: Token): string {
    return unquote(token.text) ?? this.fail('invalid syntax', token)
  }
}

function newScope(name: string): Scope {
  return { name, variables: ['$'], latest: 0, action: undefined, ranges: 0, parentheses: 0 }
}

const operandStarts: ReadonlySet<Token['kind']> = new Set([
  'boolean',
  'character',
  'complex',
  'field',
  'identifier',
  'leftParenthesis',
  'number',
  'string',
  'variable',
])

function startsOperand(token: Token): boolean {
  return operandStarts.has(token.kind) || (token.kind === 'keyword' && (token.text === '.' || token.text === 'nil'))
}

function shownToken(token: Token): string {
  if (token.kind === 'eof') return 'EOF'
  if (token.kind === 'keyword') return `<${token.text}>`
  return byteLength(token.text) > 10 ? `${quote([...token.text].slice(0, 10).join(''))}...` : quote(token.text)
}
