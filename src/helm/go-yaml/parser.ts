import { maxDepth } from '../../yaml/limits.ts'
import { Scanner, type Token } from './scan.ts'
import { faultAt, YamlFault } from './source.ts'

/** A text with what is known of it: how it stands there, and the tag before it. */
export interface ScalarNode {
  readonly kind: 'scalar'
  readonly text: string
  /** It has no quotes, or the tag `!`. */
  readonly plain: boolean
  readonly tag: string
}

/** An alias, with what it stands for. */
export interface AliasNode {
  readonly kind: 'alias'
  readonly name: string
  readonly target: () => Node
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

export interface MapNode {
  readonly kind: 'map'
  readonly pairs: readonly (readonly [Node, Node])[]
}

export type Node = AliasNode | ScalarNode | ListNode | MapNode

const empty: ScalarNode = { kind: 'scalar', text: '', plain: true, tag: '' }

/** What the tags of YAML's own types begin with. */
export const coreTags = 'tag:yaml.org,2002:'

/** Builds the first document of a text in the way of goyaml.v2. Throws a YamlFault at what is wrong with its syntax. */
export class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, { node?: Node }>()
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', coreTags],
  ])
  private readonly declared = new Set<string>()
  private depth = 0

  constructor(text: string) {
    this.scanner = new Scanner(text)
  }

  /** The root of the first document; nothing when there is none. */
  document(): Node | undefined {
    const first = this.scanner.peek()
    if (first.kind === 'stream-end') return undefined
    const isExplicit = first.kind === 'directive' || first.kind === 'document-start'
    if (isExplicit) {
      this.directives()
      const start = this.scanner.peek()
      if (start.kind !== 'document-start') throw wrong(start, 'did not find expected <document start>')
      this.scanner.next()
    }
    const root = this.nodeUnless(
      isExplicit ? ['directive', 'document-start', 'document-end', 'stream-end'] : [],
      true,
      false,
    )
    // What follows may be anything that is a token.
    this.scanner.peek()
    return root
  }

  private directives(): void {
    let versions = 0
    for (let token = this.scanner.peek(); token.kind === 'directive'; token = this.scanner.peek()) {
      const [name, word = ''] = (token.text ?? '').split(' ')
      if (name === 'TAG') {
        if (this.declared.has(word)) throw wrong(token, 'found duplicate %TAG directive')
        this.declared.add(word)
        this.handles.set(word, token.suffix ?? '')
      } else {
        if (versions++ > 0) throw wrong(token, 'found duplicate %YAML directive')
        if (word !== '1.1') throw wrong(token, 'found incompatible YAML document')
      }
      this.scanner.next()
    }
  }

  private node(block: boolean, indentless: boolean): Node {
    const { scanner } = this
    const first = scanner.peek()
    if (first.kind === 'alias') {
      scanner.next()
      return this.alias(first.text ?? '')
    }
    let anchor: string | undefined
    let tag: string | undefined
    let tagAt = first
    for (let token = first; ; token = scanner.peek()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.text ?? ''
      else if (token.kind === 'tag' && tag === undefined) {
        tag = this.tag(token)
        tagAt = token
      } else break
      scanner.next()
    }
    if (tag === '') throw wrong(tagAt, 'found undefined tag handle')
    const named: { node?: Node } = {}
    if (anchor !== undefined) this.anchors.set(anchor, named)
    named.node = this.content(block, indentless, tag ?? '', anchor !== undefined || tag !== undefined)
    return named.node
  }

  private alias(name: string): AliasNode {
    const anchor = this.anchors.get(name)
    if (anchor === undefined) throw new YamlFault(`yaml: unknown anchor '${name}' referenced`)
    // A map or list in which the alias stands has no node before it is read to its end.
    return { kind: 'alias', name, target: () => anchor.node ?? empty }
  }

  /** A tag in full; empty where its handle stands for nothing. */
  private tag({ text = '', suffix = '' }: Token): string {
    if (text === '') return suffix
    const prefix = this.handles.get(text)
    return prefix === undefined ? '' : prefix + suffix
  }

  private content(block: boolean, indentless: boolean, tag: string, announced: boolean): Node {
    const token = this.scanner.peek()
    if (++this.depth > maxDepth + 1)
      throw faultAt(token.at.line + 1, `maps and lists must not be nested deeper than ${maxDepth} levels`)
    try {
      if (token.kind === 'entry' && indentless) return this.indentless()
      if (token.kind === 'scalar') {
        this.scanner.next()
        return { kind: 'scalar', text: token.text ?? '', plain: isPlain(token, tag), tag }
      }
      if (token.kind === '[') return this.flowList()
      if (token.kind === '{') return this.flowMap()
      if (token.kind === 'sequence-start' && block) return this.blockList()
      if (token.kind === 'mapping-start' && block) return this.blockMap()
      if (announced) return { ...empty, plain: tag === '', tag }
      throw wrong(token, 'did not find expected node content')
    } finally {
      this.depth--
    }
  }

  /** The node before one of these tokens, or none. */
  private nodeUnless(ends: readonly Token['kind'][], block: boolean, indentless: boolean): Node {
    return ends.includes(this.scanner.peek().kind) ? empty : this.node(block, indentless)
  }

  private takes(kind: Token['kind']): boolean {
    if (this.scanner.peek().kind !== kind) return false
    this.scanner.next()
    return true
  }

  private blockList(): ListNode {
    this.scanner.next()
    const items: Node[] = []
    while (this.takes('entry')) items.push(this.nodeUnless(['entry', 'block-end'], true, false))
    if (!this.takes('block-end')) throw wrong(this.scanner.peek(), `did not find expected '-' indicator`)
    return { kind: 'list', items }
  }

  private indentless(): ListNode {
    const items: Node[] = []
    while (this.takes('entry')) items.push(this.nodeUnless(['entry', 'key', 'value', 'block-end'], true, false))
    return { kind: 'list', items }
  }

  private blockMap(): MapNode {
    this.scanner.next()
    const pairs: (readonly [Node, Node])[] = []
    const ends = ['key', 'value', 'block-end'] as const
    while (this.takes('key')) {
      const key = this.nodeUnless(ends, true, true)
      pairs.push([key, this.takes('value') ? this.nodeUnless(ends, true, true) : empty])
    }
    if (!this.takes('block-end')) throw wrong(this.scanner.peek(), 'did not find expected key')
    return { kind: 'map', pairs }
  }

  private flowList(): ListNode {
    this.scanner.next()
    const items: Node[] = []
    for (let first = true; this.scanner.peek().kind !== ']'; first = false) {
      if (!first && !this.takes(',')) throw wrong(this.scanner.peek(), `did not find expected ',' or ']'`)
      if (this.takes('key')) {
        const key = this.nodeUnless(['value', ',', ']'], false, false)
        // A key that is not there takes the token with it that follows.
        if (key === empty) this.scanner.next()
        const value = this.takes('value') ? this.nodeUnless([',', ']'], false, false) : empty
        items.push({ kind: 'map', pairs: [[key, value]] })
      } else if (this.scanner.peek().kind !== ']') items.push(this.node(false, false))
    }
    this.scanner.next()
    return { kind: 'list', items }
  }

  private flowMap(): MapNode {
    this.scanner.next()
    const pairs: (readonly [Node, Node])[] = []
    for (let first = true; this.scanner.peek().kind !== '}'; first = false) {
      if (!first && !this.takes(',')) throw wrong(this.scanner.peek(), `did not find expected ',' or '}'`)
      if (this.takes('key')) {
        const key = this.nodeUnless(['value', ',', '}'], false, false)
        pairs.push([key, this.takes('value') ? this.nodeUnless([',', '}'], false, false) : empty])
      } else if (this.scanner.peek().kind !== '}') pairs.push([this.node(false, false), empty])
    }
    this.scanner.next()
    return { kind: 'map', pairs }
  }
}

/** Whether a text is resolved by its form: one without quotes that has no tag, or any with the tag `!`. */
function isPlain(token: Token, tag: string): boolean {
  return tag === '' ? token.plain === true : tag === '!'
}

/** A fault of the parser's, whose lines are counted from 0. */
function wrong({ at }: Token, problem: string): YamlFault {
  return faultAt(at.line, problem)
}
