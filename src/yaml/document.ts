import type { Path, Position } from '../problem.ts'

/** One document of a YAML stream: its value as plain JavaScript data, and where each part of it stands. */
export interface Document {
  /** Objects, arrays, strings, float64 numbers, booleans and null; keys in the order of the text. */
  readonly value: unknown
  readonly file: string
  /** Where the document's content begins. */
  readonly at: Position
  /**
   * The place of the value at `path` (or, with `'key'`, of the key it stands under). When nothing stands there, the
   * place of the nearest ancestor that exists. Aliases and merge keys lead to where the value is really written. A number
   * below a text is the index of a character in it.
   */
  locate(path: Path, part?: 'key' | 'value'): Position | undefined
}

/** What a text held: its documents, and how many more it had that were empty or nothing but comments. */
export interface Stream {
  readonly documents: readonly Document[]
  readonly blanks: number
}
