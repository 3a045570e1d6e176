import type { ErrorCode } from 'yaml'

/** A text with the message and the hint for a syntax error. */
export interface Wording {
  readonly message: string
  readonly hint?: string
}

/** Our words for what the parser found at `offset` of `text`; `detail` is the parser's own sentence. */
export function wording(code: ErrorCode, detail: string, text: string, offset: number): Wording {
  const exact = details.find(([pattern]) => pattern.test(detail))
  if (exact) return exact[1]
  const words = wordings[code] ?? other
  const char = text.slice(offset, offset + (code === 'BAD_DQ_ESCAPE' ? 2 : 1)).trim()
  const message = words.message.replace('…', char === '' ? 'this' : JSON.stringify(char))
  if (code !== 'UNEXPECTED_TOKEN') return { ...words, message }
  return { message, hint: char === '-' ? ownLine : /[^\w"']/.test(char) ? quote : neighbours }
}

/** How the parser says that a quote, brace or bracket is open at the place of the error. */
export const unclosedQuote = /^Missing closing/
export const unclosedBracket = /and end with a [\]}]/

/** What to say of text whose closing quote is missing, or is an escaped one. */
export const unclosed: Wording = { message: 'text in quotes must be closed by the same quote' }

/** What to say of a tab that stands before a key or an item. */
export const tabs: Wording = { message: 'lines must be indented with spaces, not with tabs' }

/** What to say of an escape between double quotes that Go does not know. */
export function wrongEscape(found: string): Wording {
  const words = wordings.BAD_DQ_ESCAPE ?? other
  return { ...words, message: words.message.replace('…', JSON.stringify(found)) }
}

/** What to say of a question mark in text between braces or brackets. */
export const questionMark: Wording = {
  message: 'text between braces or brackets that contains "?" must be quoted',
}

const other: Wording = { message: 'the text must be valid YAML' }
const ownLine = 'a list must begin on a line of its own, below its key'
const neighbours = 'check how this line is indented, and where the value before it ends'
const quote = 'put text that begins with a special character between quotes'

// `…` stands for the character at the place of the error.
const wordings: { readonly [code in ErrorCode]?: Wording } = {
  ALIAS_PROPS: { message: 'an alias must not have an anchor or a tag of its own' },
  BAD_ALIAS: { message: 'an anchor or alias must have a name', hint: quote },
  BAD_COLLECTION_TYPE: { message: 'a tag must fit the value it stands before' },
  BAD_DIRECTIVE: { message: 'a line that begins with "%" must be a directive: `%YAML 1.2` or `%TAG`', hint: quote },
  BAD_DQ_ESCAPE: {
    message: 'a backslash between double quotes must begin an escape, but … is none',
    hint: 'write `\\\\` for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    message: 'the line must be indented like the lines it belongs to',
    hint: 'align keys of one map, and items of one list, in one column',
  },
  BAD_PROP_ORDER: { message: 'an anchor or tag must stand behind the indicator of its value' },
  BAD_SCALAR_START: { message: 'text must not begin with … unless it is quoted', hint: quote },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a map or list must begin on a line of its own, below its key',
    hint: 'put text that contains ": " between quotes',
  },
  BLOCK_IN_FLOW: {
    message: 'items between braces or brackets must be separated by ",", and lists between them be in brackets too',
  },
  KEY_OVER_1024_CHARS: { message: 'a key must have at most 1024 characters' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key must stand on one line and end with ":"',
    hint: 'is there a ":" missing on this line or on the line above?',
  },
  MULTIPLE_ANCHORS: { message: 'a value must have one anchor at most' },
  MULTIPLE_DOCS: { message: 'there must be a single document' },
  MULTIPLE_TAGS: { message: 'a value must have one tag at most' },
  TAB_AS_INDENT: tabs,
  TAG_RESOLVE_FAILED: { message: 'a tag must be declared before it is used', hint: quote },
  UNEXPECTED_TOKEN: { message: '… must not stand here' },
}

/** What the parser says in several ways under one code, by words of its sentence. */
const details: readonly (readonly [RegExp, Wording])[] = [
  [unclosedQuote, unclosed],
  [/space after :/, { message: 'there must be a space behind ":"' }],
  [/white space/, { message: 'an anchor or tag must be separated by a space from what follows' }],
  [/^Block collection cannot/, { message: 'a map or list must begin on the line below `---`' }],
  [/directives-end/, { message: 'directives must be followed by a `---` line' }],
  [/^Sequence item/, { message: 'each item of a list must begin with "- "' }],
  [/followed by map values|^Implicit map keys/, { message: 'a key must be followed by ":"' }],
  [/indentation indicator/, { message: 'the first lines of a text block must not be indented deeper than the text' }],
  [unclosedBracket, { message: 'a brace or bracket must be closed' }],
  [/, or :|Missing ,/, { message: 'items between braces or brackets must be separated by ","' }],
]
