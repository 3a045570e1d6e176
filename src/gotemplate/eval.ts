/**
 * Expressions to values. Evaluation stops at the first error, whose place is the node that was being evaluated last; it
 * follows Go in which node that is, so that messages agree to the column.
 */

import { builtins } from './builtins.ts'
import { CallError, type Frame, FunctionError, placeOf, type TemplateError, WithheldError } from './error.ts'
import {
  accepts,
  anything,
  type GoFunction,
  goTypes,
  inInterface,
  literalRefusal,
  nilOf,
  type Parameter,
  refusal,
  type Signature,
} from './function.ts'
import { type Meter, startMeter } from './meter.ts'
import {
  type Chain,
  type Command,
  type Field,
  type Identifier,
  type Node,
  type NumberLiteral,
  type Operand,
  type Pipe,
  show,
  type TemplateCall,
  type Tree,
  type Variable,
} from './node.ts'
import { quote } from './quote.ts'
import { wellFormed } from './utf8.ts'
import { holdsInterfaces, isObject, isPlain, truth, typeName, typeOf } from './value.ts'
import { Withheld, type Withholding } from './withheld.ts'

/** How a template is executed. */
export interface ExecuteOptions {
  /** The functions with which the template was parsed. One named like a built-in function replaces it. */
  readonly functions?: Readonly<Record<string, GoFunction>>
  /** What `.key` gives when a map lacks the key: no value (`default`), Go's zero value, or an error. */
  readonly missingKey?: 'default' | 'zero' | 'error'
  readonly meter?: Meter
  /** Functions, by their names, that take values which others withheld. */
  readonly withholding?: Withholding
  /** Is told of what each statement writes, before it is written; `node` is the statement, which is one of `tree`. */
  readonly onWrite?: ((text: string, node: Node, tree: Tree) => void) | undefined
}

/** What ends an evaluation; `execute` catches it. */
export class Halt {
  readonly error: TemplateError
  constructor(error: TemplateError) {
    this.error = error
  }
}

/** Stands for the value of an earlier stage of the pipeline where there is none; nil and no value are values. */
const absent = Symbol('absent')

/** The steps that texts take are counted from here on; no limit on their length is lower. */
const shortText = 0xff

interface Binding {
  readonly name: string
  value: unknown
  /** The value was an element of a list or map, whose type Go calls `interface {}` in messages. */
  boxed: boolean
}

interface Caller {
  readonly tree: Tree
  readonly node: TemplateCall
  readonly caller: Caller | undefined
}

const nothing: readonly Operand[] = []

/** The functions that do not get all of their arguments evaluated before. */
const { and: andFunction, or: orFunction, call: callFunction } = builtins

/** Everything that evaluating an expression needs to know, and where it is. */
export class Evaluation {
  readonly functions: Readonly<Record<string, GoFunction>>
  readonly missingKey: 'default' | 'zero' | 'error'
  readonly meter: Meter
  readonly withholding: Withholding
  tree: Tree
  /** The node being evaluated: where an error is. */
  node: Node
  dot: unknown
  dotIsBoxed = false
  /** The value evaluated last is that of a variable that holds an element of a list or map. */
  isBoxed = false
  /** The value that held the one evaluated last, if that was a field of it. */
  box: unknown
  /** How many names of an expression have been followed, and the value before the last of them. */
  followed = 0
  holder: unknown
  bindings: Binding[]
  caller: Caller | undefined = undefined

  constructor(
    tree: Tree,
    data: unknown,
    { functions = {}, missingKey = 'default', meter = startMeter(), withholding = {} }: ExecuteOptions,
  ) {
    this.tree = tree
    this.node = tree.body
    this.dot = data
    this.functions = functions
    this.missingKey = missingKey
    this.meter = meter
    this.withholding = withholding
    this.bindings = [{ name: '$', value: data, boxed: false }]
  }

  // Errors and limits

  fail(message: string, kind?: TemplateError['kind'], cause?: TemplateError): never {
    throw new Halt(this.error(message, kind, cause))
  }

  /** Fails with the error of a value that was withheld. */
  mustHave(value: unknown) {
    if (this.meter.withholds && value instanceof Withheld) throw new Halt(value.error)
  }

  /** As `fail`, at a field of `node` that the value does not have. */
  failField(node: Field | Chain | Variable, value: unknown, field: string, message: string): never {
    const { names } = node
    const expression = show({ ...node, names: names.slice(0, this.followed) }) || '.'
    const held = typeof this.holder === 'object' && this.holder !== null && this.followed > 0
    const from = held ? { holder: this.holder as object, name: names[this.followed - 1] } : {}
    throw new Halt({ ...this.error(message), subject: { expression, value, field, ...from } })
  }

  /** An error at the node that was being evaluated last. */
  error(message: string, kind: TemplateError['kind'] = 'execute', cause?: TemplateError): TemplateError {
    const frames: Frame[] = []
    for (let up = this.caller; up; up = up.caller)
      frames.unshift({ ...place(up.tree, up.node), executing: up.tree.name, expression: show(up.node) })
    return {
      kind,
      message: wellFormed(message),
      template: this.tree.source,
      at: place(this.tree, this.node),
      executing: this.tree.name,
      // The whole body is where an execution starts; quoting it would help nobody.
      expression: this.node.kind === 'list' ? '' : show(this.node),
      frames,
      cause,
    }
  }

  charge(steps: number) {
    this.meter.steps += steps
    const limit = this.meter.limits.steps
    if (this.meter.steps > limit) this.fail(`the template takes more than ${limit} steps`, 'limit')
  }

  chargeText(text: string) {
    const limit = this.meter.limits.output
    if (text.length > limit) this.fail(`a value is longer than ${limit} characters`, 'limit')
    this.charge(text.length >> 8)
  }

  /** What a function has to read before it can do anything: texts whole, lists at least their length. */
  chargeArguments(args: readonly unknown[]) {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]
      if (typeof arg === 'string') {
        if (arg.length > shortText) this.chargeText(arg)
      } else if (typeof arg === 'object') {
        if (Array.isArray(arg)) this.charge(arg.length >> 8)
        else this.chargeMap(arg)
      }
    }
  }

  /** Even whether a map is empty takes longer the more keys it has. */
  chargeMap(value: unknown) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      this.charge(Object.keys(value).length >> 3)
  }

  /** Printing visits every value inside; lists that hold one list many times can be larger than memory. */
  chargePrinting(value: unknown) {
    if (typeof value !== 'object' || value === null) return
    const count = weight(value, this.meter.limits.steps)
    if (count === Number.POSITIVE_INFINITY) this.fail(`a value nests deeper than ${deepest} levels`, 'limit')
    this.charge(count)
  }

  enter() {
    const limit = this.meter.limits.depth
    if (this.meter.depth >= limit) this.fail(`exceeded maximum template depth (${limit})`, 'limit')
    this.meter.depth++
  }

  /** Goes one level deeper for something of so many steps. */
  begin(steps: number) {
    const { meter } = this
    if (++meter.nesting > meter.limits.nesting) this.fail('the template nests too deeply', 'limit')
    meter.steps += steps
    if (meter.steps > meter.limits.steps) this.charge(0)
  }

  // Variables

  binding(name: string): Binding {
    for (let i = this.bindings.length - 1; i >= 0; i--) {
      const found = this.bindings[i]
      if (found?.name === name) return found
    }
    return this.fail(`undefined variable: ${name}`)
  }

  assign(variable: Variable, value: unknown, boxed: boolean) {
    const found = this.binding(variable.name)
    found.value = value
    found.boxed = boxed
  }

  /** Gives a loop's own variable, the n-th from the top, its value for this turn. */
  rebind(n: number, value: unknown, boxed: boolean) {
    const found = this.bindings[this.bindings.length - n]
    if (found === undefined) return
    found.value = value
    found.boxed = boxed
  }

  // Expressions

  evalPipe(pipe: Pipe): unknown {
    this.node = pipe
    const { commands, variables } = pipe
    this.begin(commands.length)
    let value: unknown = absent
    for (let i = 0; i < commands.length; i++) {
      value = this.evalCommand(commands[i] as Command, value)
      // From one stage to the next a nil inside an interface loses the interface.
      if (value === null) value = undefined
    }
    this.meter.nesting--
    for (let i = 0; i < variables.length; i++) {
      const variable = variables[i] as Variable
      if (pipe.assigns) this.assign(variable, value, false)
      else this.bindings.push({ name: variable.name, value, boxed: false })
    }
    return value
  }

  evalCommand(command: Command, final: unknown): unknown {
    const { words } = command
    const first = words[0] as Operand
    // The most frequent ones come first.
    switch (first.kind) {
      case 'identifier':
        return this.evalFunction(first, command, words, final)
      case 'field':
        return this.evalField(first, words, final)
      case 'chain':
        return this.evalChain(first, words, final)
      case 'variable':
        return this.evalVariable(first, words, final)
      case 'pipe':
        this.refuseArguments(words, final)
        return this.evalPipe(first)
    }
    this.node = first
    this.refuseArguments(words, final)
    switch (first.kind) {
      case 'dot':
        return this.dot
      case 'nil':
        return this.fail('nil is not a command')
      case 'number':
        return this.number(first)
      default:
        return first.value
    }
  }

  refuseArguments(words: readonly Operand[], final: unknown) {
    if (words.length > 1 || final !== absent)
      this.fail(`can't give argument to non-function ${words[0] ? show(words[0]) : ''}`)
  }

  number(literal: NumberLiteral): unknown {
    this.node = literal
    return literal.constant.value ?? this.fail(`${literal.text} overflows int`)
  }

  evalField(field: Field, words: readonly Operand[], final: unknown): unknown {
    this.node = field
    return this.follow(field, this.dot, this.dotIsBoxed, field.names, words, final)
  }

  evalChain(chain: Chain, words: readonly Operand[], final: unknown): unknown {
    this.node = chain
    // What a pipeline gives has left its interface, what `index` and the host's functions give has not.
    const boxed = chain.of.kind === 'identifier' && isBoxing(chain.of.name)
    this.node = chain.of
    const value =
      chain.of.kind === 'pipe' ? this.evalPipe(chain.of) : this.evalFunction(chain.of, chain.of, nothing, absent)
    return this.follow(chain, value, boxed, chain.names, words, final)
  }

  evalVariable(variable: Variable, words: readonly Operand[], final: unknown): unknown {
    this.node = variable
    const { value, boxed } = this.binding(variable.name)
    if (variable.names.length > 0) return this.follow(variable, value, boxed, variable.names, words, final)
    this.refuseArguments(words, final)
    this.isBoxed = boxed
    this.box = undefined
    return value
  }

  /** The value at the end of `.a.b.c`; only the last name can be a method that takes the arguments. */
  follow(
    node: Field | Chain | Variable,
    start: unknown,
    boxed: boolean,
    names: readonly string[],
    words: readonly Operand[],
    final: unknown,
  ): unknown {
    let value = start
    const last = names.length - 1
    const takesNone = words.length < 2 && final === absent
    let holder: unknown
    for (let i = 0; i <= last; i++) {
      const receiver = value
      const name = names[i] as string
      const isLast = i === last
      value = takesNone || !isLast ? plainMember(receiver, name) : absent
      if (value === absent) {
        this.followed = i
        this.holder = holder
        value = isLast
          ? this.member(node, receiver, boxed, name, words, final)
          : this.member(node, receiver, boxed, name, nothing, absent)
      }
      holder = receiver
    }
    this.isBoxed = false
    this.box = holder
    return value
  }

  /** What a value has under a name, which is the one at `followed` in `node`; `boxed` is about the first of them. */
  member(
    node: Field | Chain | Variable,
    receiver: unknown,
    boxed: boolean,
    name: string,
    words: readonly Operand[],
    final: unknown,
  ): unknown {
    if (receiver === undefined) {
      if (this.missingKey === 'error') this.fail(`nil data; no entry for key ${quote(name)}`)
      return undefined
    }
    if (receiver === null) this.failField(node, receiver, name, `nil pointer evaluating interface {}.${name}`)
    if (this.meter.withholds && receiver instanceof Withheld && receiver.fields.includes(name) && words.length < 2)
      return new Withheld(receiver.error)
    this.mustHave(receiver)
    const type = typeof receiver === 'object' ? typeOf(receiver) : undefined
    if (type?.methods && Object.hasOwn(type.methods, name))
      return this.call(type.methods[name] as GoFunction, name, node, words, final)
    if (isObject(receiver)) {
      const known = Object.hasOwn(receiver, name)
      const value = known ? receiver[name] : undefined
      if (typeof value === 'function')
        return this.call(value as GoFunction & ((...args: unknown[]) => unknown), name, node, words, final)
      if (known || !type?.struct) {
        if (words.length > 1 || final !== absent)
          this.fail(
            type?.struct
              ? `${name} has arguments but cannot be invoked as function`
              : `${name} is not a method but has arguments`,
          )
        if (known) return value
        if (this.missingKey === 'error') this.fail(`map has no entry for key ${quote(name)}`)
        return this.missingKey === 'zero' ? (type?.zero ?? null) : undefined
      }
    }
    const isElement = this.followed > 0 ? isHeld(this.holder) : boxed
    const seen = isElement ? 'interface {}' : typeName(receiver)
    return this.failField(node, receiver, name, `can't evaluate field ${name} in type ${seen}`)
  }

  evalFunction(identifier: Identifier, node: Node, words: readonly Operand[], final: unknown): unknown {
    this.node = identifier
    const { name } = identifier
    if (Object.hasOwn(this.functions, name))
      return this.call(this.functions[name] as GoFunction, name, node, words, final)
    const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined
    if (builtin === undefined) this.fail(`${quote(name)} is not a defined function`)
    return this.call(builtin, name, node, words, final)
  }

  // Calls

  call(fn: GoFunction, name: string, node: Node, words: readonly Operand[], final: unknown): unknown {
    const signature: Omit<Signature, 'call'> = typeof fn === 'function' ? anything : fn
    const { parameters, rest } = signature
    const isCall = fn === callFunction
    const wanted = parameters.length
    const given = words.length > 1 ? words.length - 1 : 0
    const count = final === absent ? given : given + 1
    if (rest === undefined) {
      if (count !== wanted) this.fail(`wrong number of args for ${name}: want ${wanted} got ${count}`)
    } else {
      if (count < wanted) this.fail(`wrong number of args for ${name}: want at least ${wanted} got ${given}`)
      if (fn === andFunction || fn === orFunction) return this.decide(fn === orFunction, words, final)
    }
    // A list that grows takes room for many more.
    const args = new Array<unknown>(count)
    for (let i = 0; i < given; i++) {
      const word = words[i + 1] as Operand
      const type = (i < wanted ? parameters[i] : rest) as Parameter
      args[i] = type === 'bare' ? this.bareArgument(word) : this.argument(word, type, i === 0 && isCall)
    }
    if (final !== absent) args[given] = this.accept(final, (given < wanted ? parameters[given] : rest) as Parameter)
    if (this.meter.withholds) {
      const held = args.find((arg) => arg instanceof Withheld)
      const way = held && Object.hasOwn(this.withholding, name) ? this.withholding[name] : undefined
      if (way === 'passes') return held
      if (way === undefined) this.mustHave(held)
    }
    if (signature.deep) for (let i = 0; i < count; i++) this.chargePrinting(args[i])
    if (isCall) return this.callValue(words[1], args, node, final)
    return this.invoke(typeof fn === 'function' ? fn : fn.call, name, node, args)
  }

  /** `and` and `or` give back the argument that decides, and evaluate none behind it. */
  decide(until: boolean, words: readonly Operand[], final: unknown): unknown {
    let value: unknown
    for (let i = 1; i < words.length; i++) {
      value = this.argument(words[i] as Operand, 'value')
      this.chargeMap(value)
      if (truth(value) === until) return value
    }
    return final === absent ? value : final
  }

  callValue(word: Operand | undefined, [fn, ...args]: readonly unknown[], node: Node, final: unknown): unknown {
    // Go names a function that came through the pipeline by its value.
    const name = word ? show(word) : typeof final === 'string' ? final : `<${typeName(final)} Value>`
    if (fn === undefined || fn === null) this.failCall('call', node, 'call of nil')
    if (typeof fn !== 'function') this.failCall('call', node, `non-function ${name} of type ${typeName(fn)}`)
    return this.invoke(
      fn as (...args: unknown[]) => unknown,
      'call',
      node,
      args.map((arg) => arg ?? null),
    )
  }

  invoke(fn: (...args: unknown[]) => unknown, name: string, node: Node, args: readonly unknown[]): unknown {
    this.chargeArguments(args)
    try {
      // Spreading takes longer than most functions.
      const value = args.length === 1 ? fn(args[0]) : args.length === 2 ? fn(args[0], args[1]) : fn(...args)
      if (typeof value === 'string') {
        if (value.length > shortText) this.chargeText(value)
      } else if (Array.isArray(value)) this.charge(value.length >> 2)
      return value === undefined ? null : value
    } catch (thrown) {
      if (thrown instanceof WithheldError) {
        this.node = node
        this.meter.withholds = true
        return new Withheld(this.error(`error calling ${name}: ${thrown.message}`), thrown.fields)
      }
      if (thrown instanceof CallError) return this.fail(thrown.message)
      if (thrown instanceof FunctionError) return this.failCall(name, node, thrown.message, thrown.inner)
      throw thrown
    }
  }

  failCall(name: string, node: Node, message: string, cause?: TemplateError): never {
    this.node = node
    return this.fail(`error calling ${name}: ${message}`, cause?.kind === 'limit' ? 'limit' : 'execute', cause)
  }

  // Arguments

  /** An argument as a value of the parameter's type. `asValue` keeps a function under a key from being called. */
  argument(word: Operand, type: Parameter, asValue = false): unknown {
    this.node = word
    switch (word.kind) {
      case 'string':
      case 'boolean':
        return accepts(type, word.value) ? word.value : this.fail(literalRefusal(type, show(word)))
      case 'dot':
        return this.accept(this.dot, type)
      case 'nil':
        return type in nilOf ? nilOf[type] : this.fail(`cannot assign nil to ${goTypes[type]}`)
      case 'field':
        return this.accept(asValue ? this.functionAt(word) : this.evalField(word, nothing, absent), type)
      case 'variable':
        return this.accept(this.evalVariable(word, nothing, absent), type)
      case 'pipe':
        return this.accept(this.evalPipe(word), type)
      case 'identifier':
        return this.accept(this.evalFunction(word, word, nothing, absent), type)
      case 'chain':
        return this.accept(this.evalChain(word, nothing, absent), type)
      case 'number':
        return this.numberArgument(word, type)
    }
  }

  /** A literal takes the type of the parameter where that loses nothing: `1.0` can be an int, `1` a float64. */
  numberArgument(word: NumberLiteral, type: Parameter): unknown {
    const { int, float } = word.constant
    if ((type === 'int' || type === 'duration') && int !== undefined) return int
    if (type === 'float64' && float !== undefined) return float
    return type === 'any' || type === 'value' || type === 'bare'
      ? this.number(word)
      : this.fail(literalRefusal(type, word.text))
  }

  /** An argument for a parameter that can tell an element of a list or map from other values. */
  bareArgument(word: Operand): unknown {
    const value = this.argument(word, 'bare')
    return value !== undefined && this.isInInterface(word) ? inInterface : value
  }

  /** Whether the operand, which was just evaluated, gave an element of a list or map or the result of a function. */
  isInInterface(word: Operand): boolean {
    switch (word.kind) {
      case 'dot':
        return this.dotIsBoxed
      case 'identifier':
        return isBoxing(word.name)
      case 'field':
      case 'variable':
      case 'chain':
        return this.box === undefined ? this.isBoxed : isHeld(this.box)
      default:
        return false
    }
  }

  /** What a field holds, be it a function: `call .f` calls it with its own arguments. */
  functionAt(field: Field): unknown {
    this.node = field
    const path = field.names.slice(0, -1)
    const name = field.names.at(-1) ?? ''
    const receiver = path.length > 0 ? this.follow(field, this.dot, this.dotIsBoxed, path, nothing, absent) : this.dot
    const value = isObject(receiver) && Object.hasOwn(receiver, name) ? receiver[name] : undefined
    return typeof value === 'function' ? value : this.evalField(field, nothing, absent)
  }

  /** A value as an argument of the type, or Go's error that it is none. */
  accept(value: unknown, type: Parameter): unknown {
    if (value === undefined && type in nilOf) return nilOf[type]
    if (this.meter.withholds && value instanceof Withheld) return value
    return accepts(type, value) ? value : this.fail(refusal(type, value))
  }
}

/** What a map has under a name, as nearly all names lead to; absent if it takes more to find out. */
function plainMember(receiver: unknown, name: string): unknown {
  if (typeof receiver !== 'object' || receiver === null || !isPlain(receiver)) return absent
  const methods = typeOf(receiver)?.methods
  if ((methods !== undefined && Object.hasOwn(methods, name)) || !Object.hasOwn(receiver, name)) return absent
  const value = (receiver as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'function' ? absent : value
}

/** Whether the function gives its result inside an interface. */
function isBoxing(name: string): boolean {
  return name === 'index' || !Object.hasOwn(builtins, name)
}

/** Whether what the value holds is in interfaces. */
function isHeld(holder: unknown): boolean {
  return typeof holder === 'object' && holder !== null && holdsInterfaces(holder)
}

/** Lists and maps within each other; whatever visits a value does so by recursion. */
const deepest = 250

/**
 * How many values there are in a value, itself included; infinitely many if they nest too deeply. A map that holds itself
 * a hundred times would be more than memory, so that counting ends beyond `limit`.
 */
function weight(value: unknown, limit: number, levels = deepest): number {
  if (typeof value !== 'object' || value === null) return 1
  if (levels === 0) return Number.POSITIVE_INFINITY
  let count = 1
  if (Array.isArray(value))
    for (let i = 0; i < value.length && count <= limit; i++) count += weight(value[i], limit - count, levels - 1)
  else
    for (const key in value) {
      count += weight((value as Readonly<Record<string, unknown>>)[key], limit - count, levels - 1)
      if (count > limit) break
    }
  return count
}

function place(tree: Tree, node: Node) {
  return placeOf(tree.source, tree.text, node.at)
}
