/** Classes of characters, as RE2 names them. */

import type { Test } from './node.ts'

export function inRange(from: number, to: number): Test {
  return from === to ? (code) => code === from : (code) => from <= code && code <= to
}

export function either(tests: readonly Test[]): Test {
  const [only] = tests
  return tests.length === 1 && only ? only : (code) => tests.some((test) => test(code))
}

export function not(test: Test): Test {
  return (code) => !test(code)
}

/** A class of the characters in a text, where `a-z` stands for a range. */
function ascii(ranges: string): Test {
  const members = new Set<number>()
  for (const [range] of ranges.matchAll(/[\s\S](?:-[\s\S])?/g))
    for (let code = range.charCodeAt(0); code <= range.charCodeAt(range.length - 1); code++) members.add(code)
  return (code) => members.has(code)
}

const named: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\0-\x7f',
  blank: '\t ',
  cntrl: '\0-\x1f\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@[-`{-~',
  space: '\t\n\v\f\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

/** What stands between `[:` and `:]`. */
export function namedClass(name: string): Test | undefined {
  return Object.hasOwn(named, name) ? ascii(named[name] ?? '') : undefined
}

const escapes: Readonly<Record<string, string>> = { d: '0-9', s: '\t\n\f\r ', w: '0-9A-Za-z_' }

/** What `\d` and its like stand for. */
export function escapeClass(letter: string): Test | undefined {
  const ranges = escapes[letter.toLowerCase()]
  if (ranges === undefined) return undefined
  return letter < 'a' ? not(ascii(ranges)) : ascii(ranges)
}

/** Whether a character belongs to a word, for which only ASCII counts. */
export const isWord: Test = (code) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95

/** Accepts a character in any case. */
export function folding(test: Test): Test {
  return (code) => test(code) || foldsOf(code).some(test)
}

/** The other forms of a character; some have more than two. */
function foldsOf(code: number): readonly number[] {
  const extra = unusualFolds[code]
  const character = String.fromCodePoint(code)
  const forms = [character.toLowerCase(), character.toUpperCase(), ...(extra ?? '')]
  return forms.flatMap((form) => ([...form].length === 1 ? [form.codePointAt(0) ?? code] : []))
}

/** Characters that fold to letters of ASCII and back, which changing the case does not tell: the long s, the kelvin. */
const unusualFolds: Readonly<Record<number, string>> = { 83: 'ſ', 115: 'ſ', 75: 'K', 107: 'K' }

const categories = /^(C[cfos]?|L[lmotu]?|LC|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|Cn|Any|ASCII|Assigned)$/

/** What stands behind `\p`: a category, by its short or its long name, or a script. */
export function unicodeClass(name: string): Test | undefined {
  for (const form of formsOf(name)) {
    const property = categories.test(form) ? form : /^[a-z_]+$/i.test(form) ? `General_Category=${form}` : ''
    const syntax = property === '' ? undefined : (compiled(property) ?? compiled(`Script=${form}`))
    if (syntax) return (code) => syntax.test(String.fromCodePoint(code))
  }
  return undefined
}

/** A name is found in any case, and without regard to the blanks, hyphens and underscores in it. */
function formsOf(name: string): string[] {
  const words = name.split(/[ _-]+/).filter((word) => word !== '')
  const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('_')
  const upper = name.toUpperCase()
  return [name, title, ...(upper === 'ASCII' || upper === 'LC' ? [upper] : [])]
}

function compiled(property: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${property}}`, 'u')
  } catch {
    return undefined
  }
}
