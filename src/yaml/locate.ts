import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Path } from '../problem.ts'
import { isMergeKey, offsetOf, type Targets } from './evaluate.ts'
import { offsetInText } from './locate-text.ts'
import { resolveKey } from './scalar.ts'

/** A document that was read: its nodes, the text they come from, and the data that they stand for. */
export interface Source {
  readonly root: Node
  readonly targets: Targets
  readonly text: string
  readonly value: unknown
}

/**
 * The offset of the value at `path`, or of the key (or list item) that it stands under; of the nearest ancestor when
 * nothing stands there. Aliases and merge keys are followed to where the value is written. A number below a text leads
 * to the character at that index of it.
 */
export function locate({ root, targets, text, value }: Source, path: Path, part: 'key' | 'value'): number {
  let node: unknown = follow(root, targets)
  let offset = offsetOf(node)
  let content = value
  for (const step of path) {
    if (typeof content === 'string' && typeof step === 'number')
      return offsetInText(node, text, content, step) ?? offset
    content = (content as { readonly [step: string]: unknown } | null | undefined)?.[step]
    const found = isMap(node)
      ? member(node, String(step), targets)
      : isSeq(node)
        ? { key: node.items[Number(step)], value: node.items[Number(step)] }
        : undefined
    if (found?.key === undefined) break
    node = follow(found.value, targets)
    offset = offsetOf(part === 'key' || isAbsent(node) ? found.key : node)
  }
  return offset
}

function follow(node: unknown, targets: Targets): unknown {
  let at = node
  while (isAlias(at)) {
    const target = targets.get(at)
    if (target === undefined) break
    at = target
  }
  return at
}

/** The pair that gives the map its member `name`: of those that could, the last one. */
function member(map: YAMLMap, name: string, targets: Targets): { key: unknown; value: unknown } | undefined {
  for (const { key, value } of map.items.toReversed() as Pair[]) {
    if (isMergeKey(key)) {
      const source = follow(value, targets)
      for (const item of isSeq(source) ? source.items : [source]) {
        const merged = follow(item, targets)
        const found = isMap(merged) ? member(merged, name, targets) : undefined
        if (found) return found
      }
    } else if (keyText(follow(key, targets)) === name) return { key, value }
  }
  return undefined
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined
  return key.type === 'PLAIN' && key.tag === undefined ? resolveKey(String(key.source)) : String(key.value)
}

function isAbsent(node: unknown): boolean {
  return node === null || (isScalar(node) && node.source === '' && node.type === 'PLAIN')
}
