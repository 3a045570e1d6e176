/** What the source of a scalar says, line breaks and escapes resolved as goyaml.v2 does it. Line breaks are `\n`. */

const fold = /[ \t]*\n[ \t\n]*/g

/** Lines joined: one break is a space, of more breaks the first one falls away. */
function folded(breaks: string): string {
  return '\n'.repeat(breaks.split('\n').length - 2) || ' '
}

/** The text of an unquoted scalar, which may span lines. */
export function plainText(source: string): string {
  return source.includes('\n') ? source.replace(fold, folded) : source
}

/** The text between single quotes; undefined when a quote in it is not doubled. */
export function singleQuotedText(source: string): string | undefined {
  if (!source.includes("'")) return plainText(source)
  return source.replaceAll("''", '').includes("'") ? undefined : plainText(source).replaceAll("''", "'")
}

/** What a letter behind a backslash stands for between double quotes. */
export const escapes: { readonly [letter: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

const special = /\\(?:\n[ \t\n]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])|[ \t]*\n[ \t\n]*/g

/** An escape of JSON that is none for Go: a slash, or half of a character that JSON writes as two. */
export const escapeOfJson = /\\(?:\/|u[dD][89a-fA-F][0-9a-fA-F]{2})/

/** The text between double quotes; undefined when an escape does not exist (for Go) or is cut off. */
export function doubleQuotedText(source: string): string | undefined {
  if (!/[\\\n]/.test(source)) return source
  let sound = true
  if (/^(?:[^\\]|\\[\s\S])*\\$/.test(source)) return undefined
  const text = source.replace(special, (found) => {
    if (found[0] !== '\\') return folded(found)
    // A break behind a backslash is none, but those behind it count in full.
    if (found[1] === '\n') return '\n'.repeat(found.split('\n').length - 2)
    const code = found.length > 2 ? Number.parseInt(found.slice(2), 16) : -1
    const isCharacter = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    const char = isCharacter ? String.fromCodePoint(code) : escapes[found.slice(1)]
    sound &&= char !== undefined
    return char ?? found
  })
  return sound ? text : undefined
}

/** How a block scalar ends: `-` without line breaks, `+` with all of them, else with one. */
export type Chomp = '' | '-' | '+'

/**
 * The text of a block scalar, whose `source` is all that stands below its header, cut to `indent` columns.
 *
 * Text may end without a line break at the end of the input; then not even `+` adds one.
 */
export function blockText(source: string, indent: number, isFolded: boolean, chomp: Chomp): string {
  const usual = isFolded ? undefined : usualText(source, indent, chomp)
  if (usual !== undefined) return usual
  const lines = source.split('\n')
  const open = lines.pop() ?? ''
  if (open !== '') lines.push(open)
  let text = ''
  let end = ''
  let blanks = ''
  let wasDeeper = false
  for (const [i, line] of lines.entries()) {
    const breaks = open === '' || i < lines.length - 1 ? '\n' : ''
    if (line.length <= indent && line.trimStart() === '') {
      blanks += breaks
      continue
    }
    const content = line.slice(indent)
    const isDeeper = content[0] === ' ' || content[0] === '\t'
    if (isFolded && end !== '' && !wasDeeper && !isDeeper) text += blanks || ' '
    else text += end + blanks
    text += content
    blanks = ''
    end = breaks
    wasDeeper = isDeeper
  }
  return chomp === '-' ? text : chomp === '+' ? text + end + blanks : text + end
}

/** The text of a literal block without tabs, and without blank lines of fewer spaces than the indentation to be cut. */
function usualText(source: string, indent: number, chomp: Chomp): string | undefined {
  const pad = ' '.repeat(indent)
  if (!source.startsWith(pad) || source.includes('\t')) return undefined
  if (indent > 1 && /^ +$/m.test(source) && new RegExp(`^ {1,${indent - 1}}$`, 'm').test(source)) return undefined
  const text = source.slice(indent).split(`\n${pad}`).join('\n')
  if (chomp === '+') return text
  let end = text.length
  while (text.charAt(end - 1) === '\n') end--
  if (end === 0) return undefined
  return text.slice(0, chomp === '-' ? end : end + 1)
}
