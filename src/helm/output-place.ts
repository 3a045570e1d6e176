/** Which part of a template wrote a place of its output. */

import { type Place, placeOf } from '../gotemplate/error.ts'
import type { Node, Tree } from '../gotemplate/node.ts'
import type { Position } from '../problem.ts'
import { type Chart, fileOf } from './chart/chart.ts'
import type { RenderOptions } from './engine.ts'
import type { OutputSpot } from './manifests.ts'

/** What one statement wrote, in the order of the output. */
interface Piece {
  readonly text: string
  readonly node: Node
  readonly tree: Tree
}

/** Renders the chart once more, with somebody who watches a template, and gives what that template makes then. */
export type RenderAgain = (watch: NonNullable<RenderOptions['watch']>) => string | undefined

/**
 * The place in a chart's files of the statement that wrote the spot of a template's output; nothing where another
 * rendering gives another output. Rendering again takes as long as before, and spares all runs that go well the notes.
 */
export function outputPlace(spot: OutputSpot, output: string, again: RenderAgain, chart: Chart): Position | undefined {
  const pieces: Piece[] = []
  const onWrite = (text: string, node: Node, tree: Tree) => {
    if (text !== '') pieces.push({ text, node, tree })
  }
  if (again({ path: spot.path, onWrite }) !== output) return undefined
  const place = placeIn(pieces, spot)
  return place && { file: fileOf(place.template, chart), line: place.line, col: place.column }
}

function placeIn(pieces: readonly Piece[], { line, column }: OutputSpot): Place | undefined {
  const lines = pieces
    .map(({ text }) => text)
    .join('')
    .split('\n')
  const found = lines[line]
  if (found === undefined) return undefined
  // Where a value was missing, words stood that have been taken out since.
  const at = found.includes('<no value>') ? found.search(/\S|$/) : column
  let left = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0)
  left += Math.max(Math.min(at, found.length - 1), 0)
  for (const { text, node, tree } of pieces) {
    if (left < text.length) return placeOf(tree.source, tree.text, offsetIn(node, tree, left))
    left -= text.length
  }
  return undefined
}

/** Where in the text of a template its statement stands; of a text, the character that is so far in it. */
function offsetIn(node: Node, tree: Tree, characters: number): number {
  if (node.kind === 'action') return node.pipe.at
  if (node.kind !== 'text') return node.at
  // Blanks before it may have been trimmed.
  return Math.max(tree.text.indexOf(node.text, node.at), node.at) + characters
}
