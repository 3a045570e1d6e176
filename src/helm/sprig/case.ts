/** Texts in another case, and split into words by it. */

import { bytesOf, hasSurrogates } from '../../gotemplate/utf8.ts'
import {
  isDigit,
  isLetter,
  isLower,
  isNumber,
  isPunctuation,
  isSpace,
  isTitle,
  isUpper,
  toLower,
  toTitle,
  toUpper,
} from './characters.ts'

/** A text with each word's first letter in title case; words end at what is neither letter, digit nor underscore. */
export function titled(text: string): string {
  let before = ' '
  let out = ''
  for (const character of text) {
    out += isSeparator(before) ? toTitle(character) : character
    before = character
  }
  return out
}

function isSeparator(character: string): boolean {
  if (character < '\x80') return !/[\w]/.test(character)
  return !isLetter(character) && !isDigit(character) && isSpace(character)
}

/** A text whose words, which white space separates, begin in lower case. */
export function uncapitalized(text: string): string {
  return onWords(text, (character, first) => (first ? toLower(character) : character))
}

/** A text in which upper and lower case are exchanged; a word begins in upper case if it began in lower case. */
export function swapCase(text: string): string {
  return onWords(text, (character, first) => {
    if (isUpper(character) || isTitle(character)) return toLower(character)
    if (isLower(character)) return first ? toTitle(character) : toUpper(character)
    return character
  })
}

/** The first bytes of a text's words, each as a character of its own. */
export function initials(text: string): string {
  let out = ''
  onWords(String.fromCharCode(...bytesOf(text)), (character, first) => {
    if (first && !isSpace(character)) out += character
    return character
  })
  return out
}

/** Maps the characters of a text; `first` is said of those at the start and behind white space. */
function onWords(text: string, map: (character: string, first: boolean) => string): string {
  let first = true
  let out = ''
  for (const character of text) {
    out += map(character, first)
    first = isSpace(character)
  }
  return out
}

// Words joined by capitals

/**
 * Words that blanks, hyphens or underscores separate, put together in upper camel case. Separators in a row leave one
 * less than there were, those before the first word stay, and a word in capitals becomes one with a single capital.
 */
export function toPascalCase(text: string): string {
  const characters = [...text]
  let at = 0
  while (at < characters.length - 1 && isConnector(characters[at] ?? '')) at++
  let out = characters.slice(0, at).join('')
  const lead = characters[at]
  if (lead === undefined) return out
  // Of a text of nothing but connectors, the last one is written twice.
  if (isConnector(lead)) return `${text}${lead}`
  let inCapitals = isUpper(lead)
  let pending = toUpper(lead)
  for (const character of characters.slice(at + 1)) {
    let next = character
    const behindConnector = isConnector(pending)
    if (behindConnector && isConnector(next)) {
      out += pending
      pending = next
      continue
    }
    if (behindConnector) {
      inCapitals = isUpper(next)
      next = toUpper(next)
    } else {
      if (inCapitals && isUpper(next)) next = toLower(next)
      else inCapitals = false
      out += pending
    }
    pending = next
  }
  return out + pending
}

function isConnector(character: string): boolean {
  return character === '-' || character === '_' || isSpace(character)
}

// Words split by capitals

export function toSnakeCase(text: string): string {
  return lowerWords(text, '_')
}

export function toKebabCase(text: string): string {
  return lowerWords(text, '-')
}

type WordKind = 'none' | 'number' | 'upper' | 'lower' | 'connector' | 'punctuation' | 'other'

interface Word {
  readonly kind: WordKind
  readonly text: string
}

const noWord: Word = { kind: 'none', text: '' }

/** Most names: letters, perhaps with a number at the end, which belongs to the last word. */
const letters = /^[A-Za-z]+\d*$/

/** Words of a text, in lower case and joined: a capital, or a number behind letters, begins one. */
function lowerWords(text: string, connector: string): string {
  if (letters.test(text)) return text.replace(/[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, `$&${connector}`).toLowerCase()
  const words = wordsOf(text)
  let out = ''
  let at = 0
  const take = () => words[at++] ?? noWord
  const write = ({ kind, text }: Word) => {
    if (kind === 'connector') out += connector.repeat([...text].length)
    else out += kind === 'upper' ? lowerCapitals(text) : text
  }
  const connectUnless = (kind: WordKind, ...kinds: readonly WordKind[]) => {
    if (!kinds.includes(kind)) out += connector
  }
  const takeRun = (word: Word) => {
    let next = word
    while (next.kind === 'lower' || next.kind === 'number') {
      write(next)
      next = take()
    }
    return next
  }
  if (words.length === 0) return ''
  let word = take()
  while (at < words.length) {
    const before = word
    if (before.kind !== 'connector') write(before)
    word = take()
    if (before.kind === 'number') {
      word = takeRun(word)
      connectUnless(word.kind, 'none', 'punctuation', 'connector')
    } else if (before.kind === 'connector') write(before)
    else if (before.kind !== 'punctuation') {
      if (word.kind !== 'number') connectUnless(word.kind, 'connector', 'punctuation')
      else if (at < words.length) {
        const number = word
        word = take()
        // A number belongs to the letters before it, unless small letters follow: "Bld4Floor", but "HTTP2xx".
        if (word.kind !== 'lower') {
          write(number)
          connectUnless(word.kind, 'connector', 'punctuation')
        } else {
          out += connector
          write(number)
          word = takeRun(word)
          connectUnless(word.kind, 'none', 'connector', 'punctuation')
        }
      }
    }
  }
  write(word)
  return out
}

function lowerCapitals(text: string): string {
  if (/^[A-Za-z]*$/.test(text)) return text.toLowerCase()
  return Array.from(text, (character) => (isUpper(character) ? toLower(character) : character)).join('')
}

/** The characters of Chinese, Japanese and Korean scripts have no case and form no words with others. */
function isIdeograph(character: string): boolean {
  return /^[\u4e00-\u9fcc\u3400-\u4d85\u{20000}-\u{2b81d}]/u.test(character)
}

/** A text by characters, which it is itself unless some of them take two code units. */
type Characters = string | readonly string[]

function charactersOf(text: string): Characters {
  return hasSurrogates(text) ? [...text] : text
}

/** A text as words of one kind each; capitals before a small letter leave it their last one. */
function wordsOf(text: string): Word[] {
  const characters = charactersOf(text)
  const words: Word[] = []
  for (let at = 0; at < characters.length; ) {
    const kind = kindAt(characters, at)
    const end = kind === 'punctuation' ? punctuationEnd(characters, at + 1) : wordEnd(characters, at, kind)
    const word = characters.slice(at, end)
    words.push({ kind, text: typeof word === 'string' ? word : word.join('') })
    at = end
  }
  return words
}

function kindAt(characters: Characters, at: number): WordKind {
  const character = characters[at]
  return character === undefined ? 'none' : kindOf(character)
}

function kindOf(character: string): WordKind {
  const unit = character.charCodeAt(0)
  if (unit >= 0x61 && unit <= 0x7a) return 'lower'
  if (unit >= 0x41 && unit <= 0x5a) return 'upper'
  if (isConnector(character)) return 'connector'
  if (isPunctuation(character)) return 'punctuation'
  if (isUpper(character)) return 'upper'
  if (isLetter(character) && !isIdeograph(character)) return 'lower'
  return isNumber(character) ? 'number' : 'other'
}

/** A connector behind punctuation is more of it, unless it is a blank. */
function punctuationEnd(characters: Characters, from: number): number {
  let end = from
  while (end < characters.length && isPunctuation(characters[end] ?? '')) end++
  return end
}

function wordEnd(characters: Characters, start: number, kind: WordKind): number {
  const capitals = runEnd(characters, start + 1, kind)
  if (kind !== 'upper') return capitals
  if (capitals === start + 1) return runEnd(characters, capitals, 'lower')
  return kindAt(characters, capitals) === 'lower' ? capitals - 1 : capitals
}

function runEnd(characters: Characters, from: number, kind: WordKind): number {
  let end = from
  while (kindAt(characters, end) === kind) end++
  return end
}
