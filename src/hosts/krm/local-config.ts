import { map } from '../../components/words.ts'
import { isMap } from '../../k8s/object.ts'
import { writeYaml } from '../../yaml/write.ts'
import { annotationsOf, localConfig } from './annotations.ts'
import { type ItemText, isTextOf } from './items.ts'

/**
 * An item's text with the annotation that keeps it from being applied, and otherwise as it was: its comments are the
 * user's, and kpt's setters live in them. Where the text is laid out in another way than people lay it out, the item is
 * written anew from its value.
 */
export function withLocalConfig(text: ItemText | undefined, value: unknown): ItemText {
  const item = map(value)
  const annotations = { ...annotationsOf(value), [localConfig]: 'true' }
  const marked = { ...item, metadata: { ...map(item.metadata), annotations } }
  const inserted = text === undefined ? undefined : insert(text, item)
  if (inserted !== undefined && isTextOf(inserted, marked)) return inserted
  return writeYaml([marked]).trimEnd()
}

function insert(text: ItemText, { metadata }: { readonly [field: string]: unknown }): ItemText | undefined {
  const lines = text.split('\n')
  if (metadata === undefined)
    return placedBehind(lines, lastInk(lines, lines.length), ['  metadata:', ...annotationsAt(4)])
  const metadataLine = lines.findIndex((line) => /^(?:- | {2})metadata:\s*(?:#.*)?$/.test(line))
  if (metadataLine < 0) return undefined
  const fields = block(lines, metadataLine, 2)
  const fieldIndent = indentOf(lines[fields.first])
  const { annotations } = map(metadata)
  if (annotations === undefined) return placedBehind(lines, fields.last, annotationsAt(fieldIndent))
  const isHead = (line: string) => indentOf(line) === fieldIndent && /^\s*annotations:\s*(?:#.*)?$/.test(line)
  const annotationsLine = lines.findIndex((line, index) => index > metadataLine && index <= fields.last && isHead(line))
  if (annotationsLine < 0 || !isMap(annotations)) return undefined
  const own = block(lines, annotationsLine, fieldIndent)
  const said = lines.findIndex(
    (line, index) => index >= own.first && index <= own.last && line.trimStart().startsWith(`${localConfig}:`),
  )
  const comment = said < 0 ? undefined : /\s#.*$/.exec(lines[said] ?? '')?.[0]
  const line = `${' '.repeat(indentOf(lines[own.first]))}${localConfig}: "true"${comment ?? ''}`
  return said < 0 ? placedBehind(lines, own.last, [line]) : lines.toSpliced(said, 1, line).join('\n')
}

/** The lines below a key: the first one and the last one that belong to it, comments behind its last member left out. */
function block(lines: readonly string[], key: number, indent: number): { first: number; last: number } {
  const isInk = (line: string) => /^\s*[^\s#]/.test(line)
  const first = lines.findIndex((line, index) => index > key && isInk(line))
  const end = lines.findIndex((line, index) => index > key && isInk(line) && indentOf(line) <= indent)
  return { first, last: lastInk(lines, end < 0 ? lines.length : end) }
}

/** The last line before `end` that holds more than a comment. */
function lastInk(lines: readonly string[], end: number): number {
  return lines.findLastIndex((line, index) => index < end && /^\s*[^\s#]/.test(line))
}

function annotationsAt(indent: number): string[] {
  return [`${' '.repeat(indent)}annotations:`, `${' '.repeat(indent + 2)}${localConfig}: "true"`]
}

function indentOf(line = ''): number {
  return line.search(/\S|$/)
}

function placedBehind(lines: readonly string[], after: number, added: readonly string[]): ItemText {
  return lines.toSpliced(after + 1, 0, ...added).join('\n')
}
