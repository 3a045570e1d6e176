import type { Position } from '../../problem.ts'
import type { Document } from '../../yaml/document.ts'
import { readDocuments } from '../../yaml/read.ts'
import { writeYaml } from '../../yaml/write.ts'

/**
 * The items of a ResourceList as pieces of its text.
 *
 * A KRM function must hand back what it doesn't own, comments and all. What is copied as text can't change, so the
 * items are cut out of the text where its layout allows: a block sequence below a top-level `items:`, as kpt, kustomize
 * and kyaml write it. A piece counts only if it reads as the item that it is taken for.
 */

/** One item's text with the list's own indentation taken away: `- apiVersion: …`, then its further lines. */
export type ItemText = string

/** The pieces, or nothing when the text is laid out otherwise (JSON, flow style). */
export function itemTexts(text: string, count: number): ItemText[] | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^items:\s*$/.test(line))
  if (start < 0) return undefined
  const first = lines.slice(start + 1).find((line) => /^ *- /.test(line))
  if (first === undefined) return undefined
  const indent = first.indexOf('-')
  const dash = `${' '.repeat(indent)}- `
  const items: string[][] = []
  let waiting: string[] = []
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith(dash)) {
      items.push([...waiting, line.slice(indent)])
      waiting = []
    } else if (line.trim() === '' || (line.trimStart().startsWith('#') && line.search(/\S/) <= indent)) {
      waiting.push(line.slice(Math.min(indent, line.search(/\S|$/))))
    } else if (line.search(/\S/) > indent) {
      items.at(-1)?.push(...waiting, line.slice(indent))
      waiting = []
    } else break
  }
  return items.length === count ? items.map((item) => item.join('\n')) : undefined
}

/** Whether a piece, read on its own, is that item: it isn't if it leans on an anchor elsewhere in the list. */
export function isTextOf(piece: ItemText, value: unknown): boolean {
  let sound = true
  const [document] = readDocuments(`${piece}\n`, '', () => {
    sound = false
  })
  return sound && JSON.stringify(document?.value) === JSON.stringify([value])
}

/** The text of the function's configuration, laid out as that of an item; nothing when it is in JSON or in flow style. */
export function configText(text: string): ItemText | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^functionConfig:\s*$/.test(line))
  if (start < 0) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^[^\s#]/.test(line))
  const own = end < 0 ? rest : rest.slice(0, end)
  const indent = own.find((line) => /^ +[^\s#]/.test(line))?.search(/\S/)
  if (indent === undefined) return undefined
  return own.map((line) => `  ${line.slice(Math.min(indent, line.search(/\S|$/)))}`).join('\n')
}

/** Annotations that kpt and kustomize add on the way in; their lines aren't in the user's file. */
const bookkeeping =
  /^\s+(internal\.)?config\.(kubernetes|k8s)\.io\/(path|index|id|seqindent|annotations-migration-resource-id|package-path):/

/**
 * An item's text as it stands in the user's file, for positions: without the dash, and without the lines that the host
 * added to its annotations.
 */
export function itemDocument(item: ItemText): string {
  const lines = item.split('\n').map((line) => (line.startsWith('- ') || line.startsWith('  ') ? line.slice(2) : line))
  const kept = lines.filter((line) => !bookkeeping.test(line))
  return kept.filter((line, index) => !isEmptied(line, kept[index + 1])).join('\n')
}

/** `annotations:` with nothing of the user's below it. */
function isEmptied(line: string, next: string | undefined): boolean {
  if (!/^\s*annotations:\s*$/.test(line)) return false
  return next === undefined || next.search(/\S|$/) <= line.search(/\S/)
}

/** Finds places in an item, or in the function's configuration; it is read again when the first one is asked for. */
export function locateInItem(
  value: unknown,
  text: ItemText | undefined,
  file: string,
  item: NonNullable<Position['item']>,
): Document['locate'] {
  let own: Document | undefined
  // The text of an item that leans on an anchor elsewhere in the list can't be read alone.
  const read = (text: string) => {
    let isSound = true
    const [document] = readDocuments(text, file, ({ severity }) => {
      isSound &&= severity !== 'error'
    })
    return isSound ? document : undefined
  }
  return (path, part) => {
    own ??= (text === undefined ? undefined : read(itemDocument(text))) ?? read(writeYaml(value))
    const at = own?.locate(path, part)
    return at && { ...at, item }
  }
}
