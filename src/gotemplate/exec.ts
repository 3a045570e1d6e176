/** Trees to text: walking a statement writes, the values in it come from `eval.ts`. */

import { isExhaustion, type TemplateError } from './error.ts'
import { Evaluation, type ExecuteOptions, Halt } from './eval.ts'
import { type Control, type List, type Statement, show, type TemplateCall, type Tree } from './node.ts'
import type { Template } from './parse.ts'
import { quote } from './quote.ts'
import { wellFormed } from './utf8.ts'
import {
  holdsInterfaces,
  Integer,
  isObject,
  kindOf,
  printed,
  Sequence,
  sortedKeys,
  truth,
  typeName,
  typeOf,
} from './value.ts'

export type Executed = { readonly output: string } | { readonly error: TemplateError }

/**
 * The text that a template makes of `data`, or the error that ended it: a mistake in the template or the data, one that
 * a function reported with FunctionError, or a limit. Anything else that a function throws goes through to the caller.
 */
export function execute(template: Template, data: unknown, options: ExecuteOptions = {}): Executed {
  const { name, trees } = template
  const tree = trees.get(name)
  if (tree === undefined) {
    const message = `${quote(name)} is an incomplete or empty template`
    return { error: { kind: 'execute', message, template: name, frames: [] } }
  }
  const Kind = options.onWrite ? Watched : Execution
  const execution = new Kind(trees, tree, data ?? undefined, options)
  const { meter } = execution
  const { depth, nesting } = meter
  try {
    execution.enter()
    execution.begin(0)
    execution.walk(tree.body)
    return { output: wellFormed(execution.output) }
  } catch (thrown) {
    if (thrown instanceof Halt) return { error: thrown.error }
    if (isExhaustion(thrown)) return { error: execution.error('the template nests too deeply', 'limit') }
    throw thrown
  } finally {
    meter.depth = depth
    meter.nesting = nesting
  }
}

/** How a list of statements ended. */
type Flow = 'on' | 'break' | 'continue'

class Execution extends Evaluation {
  readonly trees: ReadonlyMap<string, Tree>
  output = ''

  constructor(trees: ReadonlyMap<string, Tree>, tree: Tree, data: unknown, options: ExecuteOptions) {
    super(tree, data, options)
    this.trees = trees
  }

  write(text: string) {
    this.output += text
    this.meter.output += text.length
    const limit = this.meter.limits.output
    if (this.meter.output > limit) this.fail(`the template writes more than ${limit} characters`, 'limit')
  }

  walk(list: List): Flow {
    let flow: Flow = 'on'
    const { nodes } = list
    this.begin(nodes.length)
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Statement
      this.node = node
      flow = this.statement(node)
      if (flow !== 'on') break
    }
    this.meter.nesting--
    return flow
  }

  statement(node: Statement): Flow {
    switch (node.kind) {
      case 'text':
        this.write(node.text)
        return 'on'
      case 'action': {
        const value = this.evalPipe(node.pipe)
        if (node.pipe.variables.length === 0) {
          this.node = node
          this.print(node, value)
        }
        return 'on'
      }
      case 'if':
        return this.choose(node)
      case 'with':
        return this.choose(node)
      case 'range':
        return this.loop(node)
      case 'template':
        this.callTemplate(node)
        return 'on'
      default:
        return node.kind
    }
  }

  print(node: Statement, value: unknown) {
    if (typeof value === 'string') return this.write(value)
    this.mustHave(value)
    if (value === undefined || value === null) this.write('<no value>')
    else if (kindOf(value) === 'func') this.fail(`can't print ${show(node)} of type ${typeName(value)}`)
    else {
      this.chargePrinting(value)
      this.write((typeof value === 'object' && typeOf(value)?.textInPlace) || printed(value))
    }
  }

  choose(node: Control): Flow {
    const visible = this.bindings.length
    const value = this.evalPipe(node.pipe)
    this.chargeMap(value)
    let flow: Flow = 'on'
    if (!truth(value)) {
      if (node.otherwise) flow = this.walk(node.otherwise)
    } else if (node.kind === 'if') flow = this.walk(node.body)
    else flow = this.walkWith(value, false, node.body)
    this.bindings.length = visible
    return flow
  }

  walkWith(dot: unknown, boxed: boolean, list: List): Flow {
    const { dot: outer, dotIsBoxed } = this
    this.dot = dot
    this.dotIsBoxed = boxed
    const flow = this.walk(list)
    this.dot = outer
    this.dotIsBoxed = dotIsBoxed
    return flow
  }

  loop(node: Control): Flow {
    const visible = this.bindings.length
    const value = this.evalPipe(node.pipe)
    let flow: Flow = 'on'
    if (!this.turns(node, value) && node.otherwise) flow = this.walk(node.otherwise)
    this.bindings.length = visible
    // A `break` behind the else still belongs to this loop, a `continue` there to the one around it.
    return flow === 'break' ? 'on' : flow
  }

  /** Runs the body for each element; tells whether there was one. */
  turns(node: Control, value: unknown): boolean {
    this.mustHave(value)
    const kind = kindOf(value)
    if (Array.isArray(value)) {
      const boxed = holdsInterfaces(value)
      const counts = node.pipe.variables.length > 1
      for (let i = 0; i < value.length; i++)
        if (this.turn(node, counts ? BigInt(i) : undefined, value[i] ?? null, boxed)) break
      return value.length > 0
    }
    if (kind === 'map' && isObject(value)) {
      // Sorting is work even if the first turn breaks the loop.
      this.charge(Object.keys(value).length >> 3)
      const keys = sortedKeys(value)
      const boxed = holdsInterfaces(value)
      // The loop goes over what the map holds now, even if its body changes the map; only one of anything can change.
      const held = boxed ? keys.map((key) => value[key]) : undefined
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string
        if (this.turn(node, key, held ? held[i] : value[key], boxed)) break
      }
      return keys.length > 0
    }
    if (kind === 'int' || kind === 'uint') {
      if (node.pipe.variables.length > 1)
        this.fail(`can't use ${printed(value)} to iterate over more than one variable`)
      const type = value instanceof Integer ? value.type : undefined
      const end = value instanceof Integer ? value.value : (value as bigint)
      for (let i = 0n; i < end; i++) if (this.turn(node, undefined, type ? new Integer(type, i) : i, false)) break
      return end > 0n
    }
    if (value instanceof Sequence) return this.turnsOf(node, value)
    if (kind !== 'invalid') this.fail(`range can't iterate over ${printed(value)}`)
    return false
  }

  /** As `turns`, for a function; of pairs a single variable gets the first half, and so does dot. */
  turnsOf(node: Control, sequence: Sequence): boolean {
    const several = node.pipe.variables.length > 1
    if (several && !sequence.pairs) this.fail(`can't use ${printed(sequence)} iterate over more than one variable`)
    let turned = false
    for (const item of sequence.elements()) {
      turned = true
      const [key, element] = sequence.pairs ? (item as readonly [unknown, unknown]) : [item, item]
      if (several ? this.turn(node, key, element, true) : this.turn(node, undefined, key, true)) break
    }
    return turned
  }

  /** One run of a loop's body; tells whether it broke the loop. */
  turn(node: Control, key: unknown, element: unknown, boxed: boolean): boolean {
    this.charge(1)
    const { variables, assigns } = node.pipe
    const first = variables[0]
    const second = variables[1]
    const visible = this.bindings.length
    if (first && second) {
      if (assigns) {
        this.assign(first, key, false)
        this.assign(second, element, boxed)
      } else {
        this.rebind(1, element, boxed)
        this.rebind(2, key, false)
      }
    } else if (first) {
      if (assigns) this.assign(first, element, boxed)
      else this.rebind(1, element, boxed)
    }
    const flow = this.walkWith(element, boxed, node.body)
    this.bindings.length = visible
    return flow === 'break'
  }

  callTemplate(node: TemplateCall) {
    const tree = this.trees.get(node.name)
    if (tree === undefined) this.fail(`template ${quote(node.name)} not defined`)
    this.enter()
    const dot = node.pipe ? this.evalPipe(node.pipe) : undefined
    const { tree: outer, bindings, caller } = this
    this.caller = { tree: outer, node, caller }
    this.tree = tree
    this.bindings = [{ name: '$', value: dot, boxed: false }]
    this.walkWith(dot, false, tree.body)
    this.caller = caller
    this.tree = outer
    this.bindings = bindings
    this.meter.depth--
  }
}

/** As Execution, for somebody who is told of what is written; the others need not ask for whom. */
class Watched extends Execution {
  readonly onWrite: ExecuteOptions['onWrite']

  constructor(trees: ReadonlyMap<string, Tree>, tree: Tree, data: unknown, options: ExecuteOptions) {
    super(trees, tree, data, options)
    this.onWrite = options.onWrite
  }

  override write(text: string) {
    this.onWrite?.(text, this.node, this.tree)
    super.write(text)
  }
}
