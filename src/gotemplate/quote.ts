/** Text as Go source would write it: `%q`, and the quoted names in error messages. */

/**
 * The double-quoted Go string constant of a text, as `%q` prints it. With `ascii` every character above U+007F is
 * escaped too, as `%+q` does.
 */
export function quote(text: string, ascii = false): string {
  if (plain.test(text)) return `"${text}"`
  let quoted = ''
  for (const character of text) quoted += escaped(character, '"', ascii)
  return `"${quoted}"`
}

/** What is the same within quotes. */
const plain = /^[ !#-[\]-~]*$/

/** The single-quoted Go character constant of a code point, as `%q` prints an integer. */
export function quoteRune(rune: number, ascii = false): string {
  return `'${escaped(String.fromCodePoint(isRune(rune) ? rune : 0xfffd), "'", ascii)}'`
}

/** Whether a raw string in back-quotes can hold the text. */
export function canBackquote(text: string): boolean {
  for (const character of text) {
    const rune = character.codePointAt(0) ?? 0
    if ((rune < 0x20 && rune !== 9) || rune === 0x60 || rune === 0x7f || rune === 0xfeff || !isRune(rune)) return false
  }
  return true
}

/** Whether a number is a character: in Unicode's range and no surrogate. */
export function isRune(rune: number): boolean {
  return rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff)
}

/** Whether Go prints the character as it is: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(character: string): boolean {
  const unit = character.charCodeAt(0)
  if (unit < 0x7f) return unit >= 0x20
  return characterMatches('^[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]', character)
}

/**
 * Whether a character beyond ASCII is in the classes of the pattern. Such a pattern is no literal because an engine reads
 * literals, and with them Unicode's tables, when it loads the program, although few programs meet these characters.
 */
export function characterMatches(pattern: string, character: string): boolean {
  return new RegExp(pattern, 'u').test(character)
}

const short: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

function escaped(character: string, mark: string, ascii: boolean): string {
  if (character === mark) return `\\${mark}`
  const known = short[character]
  if (known !== undefined) return known
  const rune = character.codePointAt(0) ?? 0
  if (rune < 0x80 ? isPrintable(character) : !ascii && isPrintable(character)) return character
  if (rune < 0x80) return `\\x${hex(rune, 2)}`
  // A stray byte, see `utf8.ts`.
  if (!isRune(rune)) return `\\x${hex(rune & 0xff, 2)}`
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0')
}
