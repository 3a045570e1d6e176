import { type Alias, type CST, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import type { Problem } from '../problem.ts'
import { maxCopies, maxDepth } from './limits.ts'
import { resolveKey, resolvePlain } from './scalar.ts'
import { blockText, doubleQuotedText, escapeOfJson, plainText, singleQuotedText } from './scalar-text.ts'
import { questionMark, tabs, unclosed, wrongEscape } from './syntax.ts'

/** Reports a problem at an offset of the text. */
export type ReportAt = (offset: number, problem: Omit<Problem, 'at'>) => void

/** What each alias stands for. */
export type Targets = ReadonlyMap<Alias, Node>

/**
 * The plain data that a document's nodes stand for, as goyaml.v2 and a trip through JSON give it.
 *
 * Reports `duplicate-key` (a warning: the last one wins), `yaml-key`, `yaml-tag`, `yaml-number`, `yaml-alias`,
 * `yaml-alias-limit` and `yaml-too-deep`.
 */
export function evaluate(
  root: Node,
  source: string,
  report: ReportAt,
): { readonly value: unknown; readonly targets: Targets } {
  const evaluator = new Evaluator(source, report)
  return { value: evaluator.value(root, 0), targets: evaluator.targets }
}

const core = 'tag:yaml.org,2002:'

class Evaluator {
  readonly targets = new Map<Alias, Node>()
  private readonly source: string
  private readonly report: ReportAt
  private readonly anchors = new Map<string, Node>()
  /** Nodes being evaluated that have an anchor: an alias to one of them would never end. */
  private readonly open = new Set<Node>()
  private readonly faulty = new Set<unknown>()
  /** How many aliases lead to the node at hand, and where the first of them stands. */
  private copying = 0
  private aliasOffset = 0
  private copies = 0
  private stopped = false
  /** Whether the node at hand stands between braces or brackets. */
  private isFlow = false

  constructor(source: string, report: ReportAt) {
    this.source = source
    this.report = report
  }

  value(node: unknown, depth: number): unknown {
    if (this.stopped) return null
    if (this.copying > 0 && ++this.copies > maxCopies)
      return this.stop(node, 'yaml-alias-limit', `aliases must not repeat more than ${maxCopies} values in a document`)
    if (depth > maxDepth)
      return this.stop(node, 'yaml-too-deep', `maps and lists must not be nested deeper than ${maxDepth} levels`)
    if (isAlias(node)) return this.alias(node, (target) => this.value(target, depth))
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null
    this.begin(node)
    const wasFlow = this.isFlow
    if (!isScalar(node)) this.isFlow = node.flow === true
    const value = isScalar(node)
      ? this.scalar(node)
      : isMap(node)
        ? this.map(node, {}, depth)
        : node.items.map((item) => this.value(item, depth + 1))
    this.isFlow = wasFlow
    this.open.delete(node)
    return value
  }

  private stop(node: unknown, code: Problem['code'], message: string): null {
    this.stopped = true
    this.report(this.copying > 0 ? this.aliasOffset : offsetOf(node), { code, severity: 'error', message })
    return null
  }

  /** Reports what is wrong with a node, once however many aliases lead to it. */
  private wrong(node: unknown, code: Problem['code'], message: string, hint?: string): null {
    if (!this.faulty.has(node)) this.report(offsetOf(node), { code, severity: 'error', message, hint })
    this.faulty.add(node)
    return null
  }

  private begin(node: Node & { anchor?: string }): void {
    if (node.anchor === undefined) return
    if (this.copying === 0) this.anchors.set(node.anchor, node)
    this.open.add(node)
  }

  /** Evaluates what the alias stands for; null when that is nothing. */
  private alias<T>(alias: Alias, evaluate: (target: Node) => T): T | null {
    const target = this.targets.get(alias) ?? this.anchors.get(alias.source)
    if (target === undefined || this.open.has(target)) {
      const name = JSON.stringify(`*${alias.source}`)
      const message =
        target === undefined
          ? `the alias ${name} must name an anchor that stands before it`
          : `the alias ${name} must not stand inside the value it names`
      return this.wrong(alias, 'yaml-alias', message, 'put text that begins with "*" between quotes')
    }
    this.targets.set(alias, target)
    if (this.copying++ === 0) this.aliasOffset = offsetOf(alias)
    const wasFlow = this.isFlow
    this.isFlow = false
    const value = evaluate(target)
    this.isFlow = wasFlow
    this.copying--
    return value
  }

  /** Adds the members of a map to `out`; what a merge key brings replaces what stands above it, as in Go. */
  private map(node: YAMLMap, out: Record<string, unknown>, depth: number): Record<string, unknown> {
    const seen = new Map<string, number>()
    for (const { key, value } of node.items) {
      if (isMergeKey(key)) {
        this.merge(value, out, depth)
        continue
      }
      const text = this.key(key)
      const content = this.value(value, depth + 1)
      if (text === undefined) continue
      const offset = offsetOf(key)
      if (seen.has(text) && this.copying === 0)
        this.report(offset, {
          code: 'duplicate-key',
          severity: 'warning',
          message: `the key ${JSON.stringify(text)} must stand only once in a map; the last one counts`,
        })
      seen.set(text, offset)
      put(out, text, content)
    }
    return out
  }

  private merge(source: unknown, out: Record<string, unknown>, depth: number): void {
    const one = (item: unknown, written = item): void => {
      if (isAlias(item)) this.alias(item, (target) => one(target, written))
      else if (isMap(item)) {
        this.begin(item)
        this.map(item, out, depth)
        this.open.delete(item)
      } else
        this.wrong(written ?? source, 'yaml-key', 'the value of the merge key `<<` must be a map or a list of maps')
    }
    // Earlier maps of a list win, so they are written last.
    for (const item of isSeq(source) ? source.items.toReversed() : [source]) one(item)
  }

  private key(node: unknown, written = node): string | undefined {
    if (isAlias(node)) return this.alias(node, (target) => this.key(target, written)) ?? undefined
    if (isScalar(node)) {
      this.begin(node)
      this.open.delete(node)
      const key = isPlain(node) ? resolveKey(this.text(node)) : this.scalar(node)
      if (key !== undefined && key !== null) return String(key)
    }
    if (node === null || isScalar(node)) this.wrong(written, 'yaml-key', 'a key must not be null')
    else {
      const hint = 'put text that begins with "{" or "[" between quotes'
      this.wrong(written, 'yaml-key', 'a key must be text, not a map or a list', hint)
    }
    return undefined
  }

  private scalar(node: Scalar): unknown {
    const text = this.text(node)
    const value = isPlain(node) ? resolvePlain(text) : this.tagged(node, text)
    if (typeof value !== 'number' || Number.isFinite(value)) return value
    const message = `a number must be finite, but ${JSON.stringify(text)} is not`
    return this.wrong(node, 'yaml-number', message, 'put it between quotes if it is meant as text')
  }

  /** The text of the scalar; the parser's own idea of it differs from Go's at the ends of lines. */
  private text(node: Scalar): string {
    const token = node.srcToken as CST.FlowScalar | CST.BlockScalar | undefined
    if (token === undefined) return ''
    if (token.type !== 'block-scalar') {
      const inner = token.source.slice(1, -1)
      if (token.type === 'scalar') {
        // There a question mark may begin a text, but is no part of one for Go.
        if (this.isFlow && token.source.indexOf('?') > 0)
          this.wrong(node, 'yaml-syntax', questionMark.message, questionMark.hint)
        return plainText(token.source)
      }
      const text = token.type === 'single-quoted-scalar' ? singleQuotedText(inner) : doubleQuotedText(inner)
      if (text === undefined) {
        const wrong = token.type === 'double-quoted-scalar' ? escapeOfJson.exec(inner)?.[0] : undefined
        const { message, hint } = wrong === undefined ? unclosed : wrongEscape(wrong)
        this.wrong(node, 'yaml-syntax', message, hint)
      }
      return text ?? ''
    }
    const header = token.props.find(({ type }) => type === 'block-scalar-header') as CST.SourceToken | undefined
    const [, mode, marks = ''] = /([|>])([-+0-9]*)/.exec(header?.source ?? '') ?? []
    const digit = /[1-9]/.exec(marks)
    const begin = this.source.indexOf('\n', header?.offset) + 1 || this.source.length
    // White space at the end counts where it is deeper than the text, which the parser's own end may leave out.
    const blank = /(?: *\n)*(?: *$)?/y
    blank.lastIndex = Math.max(begin, node.range?.[1] ?? 0)
    blank.test(this.source)
    const content = this.source.slice(begin, blank.lastIndex)
    const indent = digit ? Math.max(token.indent, 0) + Number(digit[0]) : textColumn(content)
    // YAML lets a document's only text begin in the first column; Go takes it for the next thing, and fails there.
    if (indent === 0 && /\S/.test(content))
      this.wrong(node, 'yaml-syntax', 'the lines of a text block must be indented')
    if (!digit && /^(?: *\n)* *\t/.test(content)) this.wrong(node, 'yaml-syntax', tabs.message)
    const chomp = marks.includes('-') ? '-' : marks.includes('+') ? '+' : ''
    return blockText(content, indent, mode === '>', chomp)
  }

  private tagged(node: Scalar, text: string): unknown {
    const tag = node.tag?.startsWith(core) ? node.tag.slice(core.length) : ''
    const fits = fitting.get(tag)
    if (fits === undefined) return tag === 'binary' ? this.binary(node, text) : text
    const value = resolvePlain(text)
    if (fits(value, text)) return value
    return this.misfit(node, text, tag)
  }

  private binary(node: Scalar, text: string): unknown {
    try {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    } catch {
      return this.misfit(node, text, 'binary')
    }
  }

  private misfit(node: Scalar, text: string, tag: string): null {
    const message = `a value with the tag \`!!${tag}\` must be of that type, but ${JSON.stringify(text)} is not`
    return this.wrong(node, 'yaml-tag', message)
  }
}

/** The column of a text block: that of its first line, or of a longer line of spaces before it. */
function textColumn(content: string): number {
  let column = 0
  for (let line = 0; line < content.length; ) {
    let at = line
    while (content.charAt(at) === ' ') at++
    column = Math.max(column, at - line)
    if (content.charAt(at) !== '\n') break
    line = at + 1
  }
  return column
}

/** Which resolved values the tags of YAML's own types allow. Scalars with any other tag are text. */
const fitting: ReadonlyMap<string, (value: unknown, text: string) => boolean> = new Map([
  ['null', (value: unknown) => value === null],
  ['bool', (value: unknown) => typeof value === 'boolean'],
  ['int', (value: unknown, text: string) => Number.isInteger(value) && !/^[^xX]*[.eE]/.test(text)],
  ['float', (value: unknown) => typeof value === 'number'],
])

function isPlain(node: Scalar): boolean {
  return node.type === 'PLAIN' && node.tag === undefined
}

/** Whether the key is `<<` without quotes, or is tagged as a merge key. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && (isPlain(key) || key.tag === `${core}merge`)
}

/** Sets a member as data, even one named `__proto__`. */
function put(out: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true })
  else out[key] = value
}

/** Where the node begins; 0 for an absent one. */
export function offsetOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0
}
