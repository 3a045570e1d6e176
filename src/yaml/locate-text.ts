import { type CST, isScalar, type Scalar } from 'yaml'

/**
 * The offset in `source` of the character at `index` of a scalar's text, whatever style the scalar is written in.
 *
 * Styles differ in their white space alone: indentation is cut off, line breaks are folded, escapes make some. So the
 * place is found by counting what is no white space, in the text and in the source. White space itself, and the end of
 * the text, are where the character before them ends.
 */
export function offsetInText(node: unknown, source: string, text: string, index: number): number | undefined {
  const token = isScalar(node) ? (node as Scalar).srcToken : undefined
  if (token === undefined) return undefined
  const [from, to] = contentOf(token, node as Scalar, source)
  const wanted = inkIn(text.slice(0, index))
  const isInk = index < text.length && !blank.test(text.charAt(index))
  const unit = new RegExp(escaped[token.type] ?? plain, 'gs')
  unit.lastIndex = from
  let count = 0
  let behind = from
  for (let match = unit.exec(source); match !== null && match.index < to; match = unit.exec(source)) {
    const size = inkOf(match[0], token.type)
    if (isInk && size > 0 && count + size > wanted) return match.index
    if (!isInk && count >= wanted) break
    count += size
    if (size > 0) behind = match.index + match[0].length
  }
  return behind
}

const blank = /[ \t\n]/

function inkIn(text: string): number {
  return text.replace(/[ \t\n]+/g, '').length
}

const plain = /[^ \t\n]/

/** What stands for one character of the text, by the type of the token, where that is not each character alone. */
const escaped: { readonly [type: string]: RegExp | undefined } = {
  'single-quoted-scalar': /''|[^ \t\n]/,
  'double-quoted-scalar': /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[^ \t\n]/,
}

/** How much text, white space apart, the piece of source stands for. */
function inkOf(piece: string, type: string): number {
  if (type !== 'double-quoted-scalar' || piece[0] !== '\\') return 1
  if (piece.length === 2) return /[nt \t\n]/.test(piece.charAt(1)) ? 0 : 1
  const code = Number.parseInt(piece.slice(2), 16)
  return code === 0x20 || code === 0x09 || code === 0x0a ? 0 : code > 0xffff ? 2 : 1
}

/** Where the text itself begins and ends, without its quotes or its header. */
function contentOf(token: CST.Token, node: Scalar, source: string): [from: number, to: number] {
  if (token.type === 'block-scalar') {
    const header = token.props.find(({ type }) => type === 'block-scalar-header')
    return [source.indexOf('\n', header?.offset) + 1 || source.length, node.range?.[2] ?? source.length]
  }
  const length = 'source' in token ? token.source.length : 0
  const quotes = token.type === 'scalar' ? 0 : 1
  return [token.offset + quotes, token.offset + length - quotes]
}
