/** Texts to trees: plain ones at once, others with care. */

import { parseCarefully } from './careful.ts' // on demand
import type { TemplateError } from './error.ts'
import { defaultLimits } from './meter.ts'
import { isEmpty, type Tree } from './node.ts'
import { parsePlain } from './plain.ts'

export interface ParseOptions {
  /** The functions that templates may name besides the built-in ones; only the names matter here. */
  readonly functions?: Readonly<Record<string, unknown>>
  /** What stands for `{{` and `}}`; an empty string keeps the usual one. */
  readonly delimiters?: readonly [left: string, right: string]
  /**
   * How deeply conditions, loops, blocks and parentheses may stand within each other. Whoever parses while a template is
   * executed gives what that one has left, as both take their part of one call stack.
   */
  readonly nesting?: number
}

/** A parsed text: its own tree under its name, and one for each template that it defines. Never changes. */
export interface Template {
  readonly name: string
  readonly trees: ReadonlyMap<string, Tree>
}

export type Parsed = { readonly template: Template } | { readonly error: TemplateError }

/** A template from its text, or the first mistake in it. */
export function parse(name: string, text: string, options: ParseOptions = {}): Parsed {
  const trees = plainTrees(name, text, options)
  return trees ? { template: { name, trees } } : parseCarefully(name, text, options)
}

function plainTrees(
  name: string,
  text: string,
  { functions = {}, delimiters: [left, right] = ['', ''], nesting = defaultLimits.nesting }: ParseOptions,
) {
  const isUsual = (left || '{{') === '{{' && (right || '}}') === '}}'
  return isUsual ? parsePlain(name, text, { functions, nesting }) : undefined
}

/**
 * One template that knows the definitions of all the given ones, so that they can call each other; its name is the
 * first one's. A later definition replaces an earlier one of the same name, unless it is empty.
 */
export function associate(first: Template, ...others: readonly Template[]): Template {
  const trees = new Map(first.trees)
  for (const other of others)
    for (const [name, tree] of other.trees) if (!isEmpty(tree.body) || !trees.has(name)) trees.set(name, tree)
  return { name: first.name, trees }
}
