/**
 * The complete reader, on top of the `yaml` package: it knows every construct, every position and every mistake.
 *
 * It is the only way to that package, which takes long to load and to run; `read.ts` comes here only when it must.
 */
import {
  Composer,
  type CST,
  isScalar,
  LineCounter,
  type Node,
  Parser,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml'
import type { Position, Report } from '../problem.ts'
import type { Document, Stream } from './document.ts'
import { evaluate, offsetOf, type ReportAt } from './evaluate.ts'
import { freeLexer } from './free-lexer.ts'
import { maxDepth, maxParsed, maxProblems } from './limits.ts'
import { locate } from './locate.ts'
import { unclosedBracket, unclosedQuote, wording } from './syntax.ts'

/**
 * The documents of `text`, whose line breaks must be `\n`. Those with an error are reported and left out.
 *
 * Reports `yaml-syntax`, `yaml-too-deep`, `input-too-large` and what `evaluate` does.
 */
export function parse(text: string, file: string, report: Report): Stream {
  const lines = new LineCounter()
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { file, line: Math.max(line, 1), col: Math.max(col, 1) }
  }
  /** Whether the parser has lost count, so that what it says stands elsewhere: it does behind some errors. */
  const isAdrift = (offset: number): boolean => {
    const at = Math.min(offset, text.length)
    const { line, col } = lines.linePos(at)
    const before = text.slice(0, at)
    return line !== before.split('\n').length || col !== at - before.lastIndexOf('\n')
  }
  let errors = 0
  let told = 0
  const reportAt: ReportAt = (offset, problem) => {
    if (problem.severity === 'error') errors++
    if (told++ < maxProblems) report({ ...problem, at: position(offset) })
  }
  if (text.length > maxParsed) {
    const message = `input that is not plain block style or JSON must have at most ${maxParsed / 1024 / 1024} MiB`
    reportAt(0, { code: 'input-too-large', severity: 'error', message })
    return { documents: [], blanks: 0 }
  }
  const documents: Document[] = []
  let blanks = 0
  const composer = new Composer({
    version: '1.1',
    // Scalars stay text here, because they are resolved as Go does it.
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: true,
  })
  const tokens = tokenize(text, lines, reportAt)
  for (const document of tokens ? composer.compose(tokens, false, text.length) : []) {
    const before = errors
    const isLost = reportErrors([...document.errors, ...document.warnings], document.contents, text, reportAt, isAdrift)
    // The parser has lost count of where it is.
    if (isLost) break
    if (errors > before) continue
    const root = document.contents
    if (isBlank(root)) {
      blanks++
      continue
    }
    const { value, targets } = evaluate(root, text, reportAt)
    if (errors > before) continue
    documents.push({
      value,
      file,
      at: position(offsetOf(root)),
      locate: (path, part = 'value') => position(locate({ root, targets, text, value }, path, part)),
    })
  }
  if (documents.length + blanks === 0) {
    const { errors: loose, warnings } = composer.streamInfo()
    reportErrors([...loose, ...warnings], null, text, reportAt, isAdrift)
  }
  return { documents, blanks }
}

/** The syntax trees of the text; nothing when it nests so deep that composing it could exhaust the stack. */
function tokenize(text: string, lines: LineCounter, report: ReportAt): CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  lines.addNewLine(0)
  for (const lexeme of freeLexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    // The stack holds the document too, and the scalar at hand.
    if (parser.stack.length > maxDepth + 2) {
      report(parser.offset, {
        code: 'yaml-too-deep',
        severity: 'error',
        message: `maps and lists must not be nested deeper than ${maxDepth} levels`,
      })
      return undefined
    }
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

/**
 * Reports each line's first syntax error: what follows it on the line comes from the same mistake, and behind a quote
 * or bracket that is never closed, or behind something that the parser finds no place for, nothing is what it seems.
 * Tells whether it came to the last of these.
 */
function reportErrors(
  errors: readonly (YAMLParseError | YAMLWarning)[],
  root: Node | null,
  text: string,
  report: ReportAt,
  isAdrift: (offset: number) => boolean,
): boolean {
  const found = errors
    .filter((error) => counts(error, text))
    .sort((a, b) => a.pos[0] - b.pos[0])
    .slice(0, maxProblems)
    .map((error) => ({ error, ...place(error, root, text) }))
  const firstOpen = Math.min(...found.filter(({ isOpen }) => isOpen).map(({ offset }) => offset))
  const reported = new Set<number>()
  let isLost = false
  for (const { error, offset } of found.sort((a, b) => a.offset - b.offset || Number(b.isOpen) - Number(a.isOpen))) {
    const line = text.lastIndexOf('\n', offset - 1)
    isLost ||= reported.size > 0 && isAdrift(offset)
    if (isLost || offset > firstOpen || reported.has(line)) continue
    isLost = error.code === 'UNEXPECTED_TOKEN'
    reported.add(line)
    report(offset, { code: 'yaml-syntax', severity: 'error', ...wording(error.code, error.message, text, offset) })
  }
  return isLost
}

/**
 * Whether it is an error for Go too. A directive that is not known may be text that begins with `%`; and Go takes two
 * things that YAML forbids: a comment that touches other text, and `\'` between double quotes.
 */
function counts({ name, code, message, pos }: YAMLParseError | YAMLWarning, text: string): boolean {
  if (name === 'YAMLWarning') return code === 'BAD_DIRECTIVE'
  return !/^Comment/.test(message) && !(code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", pos[0]))
}

/** Where the mistake is: the parser tells of an open quote or bracket where the text of it ends. */
function place({ message, pos }: YAMLParseError | YAMLWarning, root: Node | null, text: string) {
  let offset = Math.min(pos[0], text.length)
  const isQuote = unclosedQuote.test(message)
  const isOpen = isQuote || unclosedBracket.test(message)
  const end = offset
  if (isOpen)
    visit(root, {
      Node(_, node) {
        const [from = 0, to] = (node as Node).range ?? []
        if (to !== end || !(isQuote ? isScalar(node) : /[[{]/.test(text.charAt(from)))) return undefined
        offset = from
        return visit.BREAK
      },
    })
  return { offset, isOpen }
}

/** Whether a document holds nothing: no node, or one that is not even written as `null`. */
function isBlank(root: unknown): root is null {
  return (
    root === null ||
    (isScalar(root) && root.type === 'PLAIN' && root.source === '' && root.tag === undefined && !root.anchor)
  )
}
