/**
 * The tree of a parsed template. Every node knows where it stands (`at`, an offset into the text) and can be printed as
 * the language writes it, which is what error messages quote.
 */

import type { Constant } from './literal.ts'
import { quote } from './quote.ts'

/** One parsed template: the text it came from is kept for the places in errors. */
export interface Tree {
  readonly name: string
  /** Name under which `text` was parsed; differs from `name` in what `define` and `block` make. */
  readonly source: string
  readonly text: string
  readonly body: List
}

export interface List {
  readonly kind: 'list'
  readonly at: number
  readonly nodes: readonly Statement[]
}

export interface Text {
  readonly kind: 'text'
  readonly at: number
  readonly text: string
}

export interface Action {
  readonly kind: 'action'
  readonly at: number
  readonly pipe: Pipe
}

/** `if`, `with` and `range` have the same shape. */
export interface Control {
  readonly kind: 'if' | 'with' | 'range'
  readonly at: number
  readonly pipe: Pipe
  readonly body: List
  readonly otherwise: List | undefined
}

export interface TemplateCall {
  readonly kind: 'template'
  readonly at: number
  readonly name: string
  readonly pipe: Pipe | undefined
}

export interface Jump {
  readonly kind: 'break' | 'continue'
  readonly at: number
}

export type Statement = Text | Action | Control | TemplateCall | Jump

export interface Pipe {
  readonly kind: 'pipe'
  readonly at: number
  /** The variables that receive the value; `assigns` tells `=` from `:=`. */
  readonly variables: readonly Variable[]
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

export interface Command {
  readonly kind: 'command'
  readonly at: number
  readonly words: readonly Operand[]
}

/** `.a.b` */
export interface Field {
  readonly kind: 'field'
  readonly at: number
  readonly names: readonly string[]
}

/** `$x.a.b`; the name includes the dollar sign. */
export interface Variable {
  readonly kind: 'variable'
  readonly at: number
  readonly name: string
  readonly names: readonly string[]
}

/** `(pipeline).a.b` or `function.a.b` */
export interface Chain {
  readonly kind: 'chain'
  readonly at: number
  readonly of: Pipe | Identifier
  readonly names: readonly string[]
}

/** The name of a function. */
export interface Identifier {
  readonly kind: 'identifier'
  readonly at: number
  readonly name: string
}

export interface Dot {
  readonly kind: 'dot' | 'nil'
  readonly at: number
}

export interface BooleanLiteral {
  readonly kind: 'boolean'
  readonly at: number
  readonly value: boolean
}

export interface NumberLiteral {
  readonly kind: 'number'
  readonly at: number
  readonly text: string
  readonly constant: Constant
}

export interface StringLiteral {
  readonly kind: 'string'
  readonly at: number
  readonly quoted: string
  readonly value: string
}

export type Operand =
  | Field
  | Variable
  | Chain
  | Identifier
  | Dot
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | Pipe

export type Node = List | Statement | Command | Operand

/** Whether an operand is a value that cannot take the result of the stage before it. */
export function isLiteral({ kind }: Operand): boolean {
  return kind === 'string' || kind === 'dot' || kind === 'number' || kind === 'boolean' || kind === 'nil'
}

/** Whether a list holds nothing but white space and comments. */
export function isEmpty({ nodes }: List): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '')
}

/** The node in the template language, e.g. `.Values.image | default "x"`. */
export function show(node: Node): string {
  switch (node.kind) {
    case 'list':
      return node.nodes.map(show).join('')
    case 'text':
      return node.text
    case 'action':
      return `{{${show(node.pipe)}}}`
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.otherwise ? `{{else}}${show(node.otherwise)}` : ''
      return `{{${node.kind} ${show(node.pipe)}}}${show(node.body)}${otherwise}{{end}}`
    }
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe ? ` ${show(node.pipe)}` : ''}}}`
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`
    case 'pipe': {
      const variables = node.variables.map(show).join(', ')
      const commands = node.commands.map(show).join(' | ')
      return variables === '' ? commands : `${variables} ${node.assigns ? '=' : ':='} ${commands}`
    }
    case 'command':
      return node.words.map(showOperand).join(' ')
    case 'field':
      return fields(node.names)
    case 'variable':
      return node.name + fields(node.names)
    case 'chain':
      return showOperand(node.of) + fields(node.names)
    case 'identifier':
      return node.name
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'boolean':
      return String(node.value)
    case 'number':
      return node.text
    case 'string':
      return node.quoted
  }
}

function showOperand(node: Operand): string {
  return node.kind === 'pipe' ? `(${show(node)})` : show(node)
}

function fields(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('')
}
