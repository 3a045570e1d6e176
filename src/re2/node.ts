/** The tree of a regular expression. */

/** Whether a character, by its code point, belongs to a class. */
export type Test = (code: number) => boolean

/** What must be so between two characters. */
export type Assertion = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'word' | 'notWord'

/** A pattern, or a part of it. */
export type Node =
  | { readonly kind: 'character'; readonly test: Test }
  | { readonly kind: 'assertion'; readonly that: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly item: Node }
  | Repeat

export interface Repeat {
  readonly kind: 'repeat'
  readonly item: Node
  readonly min: number
  /** Infinity when there is no end. */
  readonly max: number
  readonly greedy: boolean
  /** It was written as `{…}`. */
  readonly counted: boolean
}
