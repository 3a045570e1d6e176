/** What both parsers know of the language. */

export const keywords: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
])

/** The white space that Go's own syntax knows. */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 9 || unit === 13 || unit === 10
}

/** Where the text between two offsets ends without the white space at its end. */
export function withoutTrailingSpace(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--
  return at
}
