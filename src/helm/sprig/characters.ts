/** Classes of characters as Go's `unicode` package has them. Patterns beyond ASCII are compiled when first needed. */

import { characterMatches } from '../../gotemplate/quote.ts'

/** Whether a character is white space to Go. */
export function isSpace(character: string): boolean {
  return /^[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(character)
}

/** A text without the white space around it. */
export function trimSpace(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isSpace(text.charAt(from))) from++
  while (to > from && isSpace(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

export function isUpper(character: string): boolean {
  return character < '\x80' ? /^[A-Z]/.test(character) : characterMatches('^\\p{Lu}', character)
}

/** Whether a character is a digraph whose first letter alone is a capital. */
export function isTitle(character: string): boolean {
  return character >= '\x80' && characterMatches('^\\p{Lt}', character)
}

export function isLower(character: string): boolean {
  return character < '\x80' ? /^[a-z]/.test(character) : characterMatches('^\\p{Ll}', character)
}

/** Whether a character is one that Go calls a letter. */
export function isLetter(character: string): boolean {
  return character < '\x80' ? /^[A-Za-z]/.test(character) : characterMatches('^\\p{L}', character)
}

export function isDigit(character: string): boolean {
  return character < '\x80' ? /^\d/.test(character) : characterMatches('^\\p{Nd}', character)
}

export function isNumber(character: string): boolean {
  return character < '\x80' ? /^\d/.test(character) : characterMatches('^\\p{N}', character)
}

/** Punctuation in Unicode's sense: `$`, `+` and `<` are symbols. */
export function isPunctuation(character: string): boolean {
  return character < '\x80' ? /^[!-#%-*,-/:;?@[-\]_{}]/.test(character) : characterMatches('^\\p{P}', character)
}

export function toUpper(character: string): string {
  return alone(character.toUpperCase(), character)
}

export function toLower(character: string): string {
  return alone(character.toLowerCase(), character)
}

/** The title case of a character, which only some digraphs have beside the upper one. */
export function toTitle(character: string): string {
  const digraph = 'ǄǅǆǇǈǉǊǋǌǱǲǳ'.indexOf(character)
  return digraph >= 0 ? ('ǅǈǋǲ'[Math.floor(digraph / 3)] ?? character) : toUpper(character)
}

/** A character that would become several stays as it is. */
function alone(changed: string, character: string): string {
  return [...changed].length === 1 ? changed : character
}
