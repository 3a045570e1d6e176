import type { Report } from '../problem.ts'
import { type QuickStream, readBlock } from './block.ts'
import type { Document, Stream } from './document.ts'
import { readJson } from './json.ts'
import { maxInput } from './limits.ts'
import { parse } from './parse.ts' // on demand

export { decodeText } from './decode.ts'
export type { Document, Stream } from './document.ts'

/**
 * Every document of `text`, leaving out those that are blank and those that have an error.
 *
 * Reports what is wrong at its line and column: `invalid-text`, `input-too-large`, `yaml-syntax`, `yaml-too-deep`,
 * `yaml-alias`, `yaml-alias-limit`, `yaml-key`, `yaml-number`, `yaml-tag`, and as a warning `duplicate-key`. Text is
 * understood as goyaml.v2 does it: YAML 1.1, and JSON within it.
 */
export function readDocuments(text: string, file: string, report: Report): Document[] {
  return [...readStream(text, file, report).documents]
}

/**
 * The values of a text's documents where it is of the plain kind that every reader of YAML understands alike, and how many
 * documents it has, blank ones among them; undefined for any other text, be it wrong or not.
 */
export function readPlain(text: string): { readonly values: readonly unknown[]; readonly count: number } | undefined {
  // Where other characters break lines, readers differ.
  if (text.length > maxInput || unreadable.test(text) || /[\u2028\u2029]/.test(text)) return undefined
  const clean = withUnixLines(text)
  const quick = readJson(clean) ?? readBlock(clean)
  return quick && { values: quick.documents.map(({ value }) => value), count: quick.documents.length + quick.blanks }
}

/** As `readDocuments`, and counts the blank documents as well. */
export function readStream(text: string, file: string, report: Report): Stream {
  if (text.length > maxInput) {
    const message = `the input must have at most ${maxInput / 1024 / 1024} MiB`
    report({ code: 'input-too-large', severity: 'error', message, at: { file, line: 1, col: 1 } })
    return { documents: [], blanks: 0 }
  }
  const clean = withUnixLines(text)
  if (!isText(clean, file, report)) return { documents: [], blanks: 0 }
  const quick = readJson(clean) ?? readBlock(clean)
  return quick ? withPositions(quick, clean, file) : readFully(clean, file, report)
}

/** The only way to the complete parser, so that it can be loaded when it is first needed. */
function readFully(text: string, file: string, report: Report): Stream {
  return parse(text, file, report)
}

/** Documents that were read without positions: the complete parser finds these, when the first one is asked for. */
function withPositions(quick: QuickStream, text: string, file: string): Stream {
  let parsed: Stream | undefined
  let line = 1
  let lineStart = 0
  const documents = quick.documents.map(({ value, offset }, index): Document => {
    for (let end = text.indexOf('\n', lineStart); end >= 0 && end < offset; end = text.indexOf('\n', lineStart)) {
      line++
      lineStart = end + 1
    }
    return {
      value,
      file,
      at: { file, line, col: offset - lineStart + 1 },
      locate(path, part) {
        parsed ??= readFully(text, file, () => {})
        return parsed.documents[index]?.locate(path, part)
      },
    }
  })
  return { documents, blanks: quick.blanks }
}

/** The text without a byte order mark, and with `\n` for every kind of line break that YAML 1.1 makes equal to it. */
function withUnixLines(text: string): string {
  const marked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return /[\r\u0085]/.test(marked) ? marked.replace(/\r\n?|\u0085/g, '\n') : marked
}

const unreadable = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Whether all characters are ones that YAML allows; reports the first other one as `invalid-text`. */
function isText(text: string, file: string, report: Report): boolean {
  const match = unreadable.exec(text)
  if (match === null) return true
  const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const before = text.slice(0, match.index).split('\n')
  report({
    code: 'invalid-text',
    severity: 'error',
    message: `the text must be Unicode without control characters, but U+${code} is in it`,
    at: { file, line: before.length, col: (before.at(-1)?.length ?? 0) + 1 },
  })
  return false
}
