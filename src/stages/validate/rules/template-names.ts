import type { Control, List, Operand, Pipe, Statement, TemplateCall, Tree } from '../../../gotemplate/node.ts'
import type { Template } from '../../../gotemplate/parse.ts'
import { podData } from '../../../istio/injection/vocabulary.ts'
import { nearest } from '../../../problem.ts'
import { quote } from './rule.ts'
import type { TemplateMistake } from './template-text.ts'

/**
 * Calls of templates that the text doesn't define, and, in a template for pods, fields of the data that are not there.
 * Fields are looked at only where it is certain that they are read from the data.
 */
export function unknownNames(template: Template, forPods: boolean): TemplateMistake[] {
  const found: TemplateMistake[] = []
  const called = new Set<string>()
  const main = template.trees.get(template.name)
  // `$` can be made to stand for something else.
  const readsData = forPods && !/\$\s*:?=/.test(main?.text ?? '')
  if (main) visit(main, true)
  for (const tree of template.trees.values()) if (!called.has(tree.name)) visit(tree, false)
  return found

  /** `onData`: whether the template was handed all of the data, so that dot and `$` are the data where it begins. */
  function visit(tree: Tree, onData: boolean): void {
    called.add(tree.name)
    list(tree.body, onData, onData)
  }

  function list({ nodes }: List, dot: boolean, dollar: boolean): void {
    for (const node of nodes) statement(node, dot, dollar)
  }

  function statement(node: Statement, dot: boolean, dollar: boolean): void {
    if (node.kind === 'action') pipe(node.pipe, dot, dollar)
    else if (node.kind === 'template') call(node, dot, dollar)
    else if ('body' in node) control(node, dot, dollar)
  }

  function control({ kind, pipe: condition, body, otherwise }: Control, dot: boolean, dollar: boolean): void {
    pipe(condition, dot, dollar)
    list(body, dot && kind === 'if', dollar)
    if (otherwise) list(otherwise, dot, dollar)
  }

  function call({ name, pipe: argument, at }: TemplateCall, dot: boolean, dollar: boolean): void {
    if (argument) pipe(argument, dot, dollar)
    const tree = template.trees.get(name)
    const [word, ...more] = argument?.commands.flatMap(({ words }) => words) ?? []
    if (tree === undefined) {
      found.push({
        code: 'unknown-template',
        at,
        must: `call templates that are defined in it; ${quote(name)} is none`,
        hint: 'each injection template stands alone: define it in this one.',
      })
    } else if (!called.has(name) && word && more.length === 0 && isData(word, dot, dollar)) visit(tree, true)
  }

  function pipe({ commands }: Pipe, dot: boolean, dollar: boolean): void {
    for (const { words } of commands) for (const word of words) operand(word, dot, dollar)
  }

  function operand(word: Operand, dot: boolean, dollar: boolean): void {
    if (word.kind === 'pipe') pipe(word, dot, dollar)
    else if (word.kind === 'chain' && word.of.kind === 'pipe') pipe(word.of, dot, dollar)
    // A chain of fields stands where its last one does.
    else if (word.kind === 'field' && dot) field(word.names, word.at - leading(word.names))
    else if (word.kind === 'variable' && word.name === '$' && dollar) field(word.names, word.at)
  }

  function field([name]: readonly string[], at: number): void {
    if (!readsData || name === undefined || podData.includes(name)) return
    const [close] = nearest(name, podData)
    found.push({
      code: 'template-field',
      at,
      must: `read what istiod gives to it; there is no \`.${name}\``,
      hint: close ? `did you mean \`.${close}\`?` : `there are ${podData.map((known) => `\`.${known}\``).join(', ')}.`,
    })
  }
}

/** How much stands before the last of several fields: `.a.b` of `.a.b.c`. */
function leading(names: readonly string[]): number {
  return names.slice(0, -1).reduce((length, name) => length + name.length + 1, 0)
}

function isData(word: Operand, dot: boolean, dollar: boolean): boolean {
  if (word.kind === 'dot') return dot
  return word.kind === 'variable' && word.name === '$' && word.names.length === 0 && dollar
}
