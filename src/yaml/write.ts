/**
 * A writer of plain data, for documents that every reader of YAML 1.1 or 1.2 reads back equal.
 *
 * It knows one layout: block style, two spaces, list items at the column of their key, text of many lines as literal
 * blocks, no folding, no anchors. What a reader could take for something else stands between double quotes.
 */
import { isAmbiguous } from './scalar.ts'

/** The keys written so far, each with its colon: documents repeat the same few keys. */
type Keys = Map<string, string>

/** Values by identity, with their text at one depth. */
type Shared = Map<object, string>

/**
 * The YAML of `value`, ending with a newline: keys in the order given, `undefined` members left out, and what JSON has
 * no form for (an infinity, a function) as null.
 */
export function writeYaml(value: unknown): string {
  return `${node(value, '\n', new Map())}\n`
}

/** The YAML of several documents, separated by `---` lines. */
export function writeDocuments(values: readonly unknown[]): string {
  const keys: Keys = new Map()
  let out = ''
  for (const value of values) out += `${out === '' ? '' : '---\n'}${node(value, '\n', keys)}\n`
  return out
}

/** A value whose first line is begun already: at the start of a document or behind a dash. */
function node(value: unknown, line: string, keys: Keys): string {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return value.length === 0 ? '[]' : list(value, line, '', keys)
    return map(value, line, '', keys) || '{}'
  }
  return typeof value === 'string' ? text(value, line) : other(value)
}

/** A value behind a key, with the space or the line break that separates the two. */
function member(value: unknown, line: string, keys: Keys): string {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return value.length === 0 ? ' []' : list(value, line, line, keys)
    const deeper = `${line}  `
    return map(value, deeper, deeper, keys) || ' {}'
  }
  return ` ${typeof value === 'string' ? text(value, `${line}  `) : other(value)}`
}

/** The text of a value that may have been written before, at the same depth. */
function memberOnce(value: unknown, line: string, keys: Keys, shared: Shared): string {
  if (typeof value !== 'object' || value === null) return member(value, line, keys)
  const known = shared.get(value)
  if (known !== undefined) return known
  const written = member(value, line, keys)
  shared.set(value, written)
  return written
}

/** Every member on a line of its own (`line` is a line break and the indentation), the first one behind `start`. */
function map(value: object, line: string, start: string, keys: Keys, shared?: Shared): string {
  let out = ''
  let lead = start
  // Data has no inherited keys, and a list of entries would take more memory than the text.
  for (const key in value) {
    const content = (value as { readonly [key: string]: unknown })[key]
    if (content === undefined) continue
    // Readers look for the colon of a key within 1024 bytes, unless a question mark announces the key.
    if (key.length > 300) out += `${lead}? ${quoted(key)}${line}: ${node(content, `${line}  `, keys)}`
    else {
      let head = keys.get(key)
      if (head === undefined) {
        head = `${isPlain(key) ? key : quoted(key)}:`
        keys.set(key, head)
      }
      out += lead + head + (shared ? memberOnce(content, line, keys, shared) : member(content, line, keys))
    }
    lead = line
  }
  return out
}

function list(value: readonly unknown[], line: string, start: string, keys: Keys): string {
  const deeper = `${line}  `
  // What items share by reference stands at one depth in each: it is written once (a CRD's versions share their schema).
  const shared: Shared | undefined = value.length > 1 && typeof value[0] === 'object' ? new Map() : undefined
  let out = ''
  let lead = start
  for (let i = 0; i < value.length; i++) {
    const item = value[i]
    const isMap = typeof item === 'object' && item !== null && !Array.isArray(item)
    out += `${lead}- ${isMap ? map(item, deeper, '', keys, shared) || '{}' : node(item, deeper, keys)}`
    lead = line
  }
  return out
}

function other(value: unknown): string {
  if (typeof value === 'number') return number(value)
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : 'null'
}

/** A number in a form that all readers take for the same float64: an exponent only behind a dot, and zero's sign kept. */
function number(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  if (Object.is(value, -0)) return '-0.0'
  const digits = String(value)
  return digits.includes('e') && !digits.includes('.') ? digits.replace('e', '.0e') : digits
}

/** `line` is the line break and the indentation of the text, should it become a literal block. */
function text(value: string, line: string): string {
  if (isPlain(value)) return value
  return value.includes('\n') && line.length > 1 && isLiteral(value) ? literal(value, line) : quoted(value)
}

const safe = /^[A-Za-z0-9_/.($][\w/.,()$@+=<>&*!?|{}[\]'"%^~;-]*$/
/** Besides, words may be separated by spaces, hold `:` and `#` inside, begin with dashes, and be of any script. */
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /^(?:[^A-Za-z0-9_/.($\-^+;\xa1-\ud7ff]|-[^A-Za-z-]|---|--$|\.\.\.)|[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|:(?: |$)| #| $/

/** Whether the text may stand without quotes, as a key too. */
function isPlain(value: string): boolean {
  return (safe.test(value) ? !value.startsWith('...') : value !== '' && !unsafe.test(value)) && !isAmbiguous(value)
}

/** Whether a literal block can hold the text: it must be printable and must not end in lines of white space. */
function isLiteral(value: string): boolean {
  if (unprintable.test(value) || (surrogate.test(value) && loneSurrogate.test(value))) return false
  const end = lastInk(value)
  return end > 0 && !/\n[ \t]/.test(value.slice(end))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/
const surrogate = /[\ud800-\udfff]/
const loneSurrogate = /\p{Cs}/u

/** The offset behind the last character that is no white space. */
function lastInk(value: string): number {
  let end = value.length
  while (end > 0 && ' \t\n'.includes(value.charAt(end - 1))) end--
  return end
}

function literal(value: string, line: string): string {
  let body = value.length
  while (value.charAt(body - 1) === '\n') body--
  const breaks = value.length - body
  const hint = ' \t\n'.includes(value.charAt(0)) ? '2' : ''
  const chomp = breaks === 0 ? '-' : breaks === 1 ? '' : '+'
  let out = `|${hint}${chomp}`
  for (let from = 0; from < body; ) {
    let end = value.indexOf('\n', from)
    if (end < 0 || end > body) end = body
    out += end === from ? '\n' : line + value.slice(from, end)
    from = end + 1
  }
  return breaks > 1 ? out + '\n'.repeat(breaks - 1) : out
}

function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
