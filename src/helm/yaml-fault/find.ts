import { quote } from '../../gotemplate/quote.ts'
import { resolvePlain } from '../../yaml/scalar.ts'
import { Scanner, type Token } from './scan.ts'
import { faultAt, YamlFault } from './source.ts'

/** A node of the text: a scalar with its value, a collection, or an alias of one. */
type Node =
  | { readonly kind: 'alias'; readonly name: string; readonly target: () => Node | undefined }
  | { readonly kind: 'scalar'; readonly value: unknown; readonly plain: boolean }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [Node, Node])[] }

const empty: Node = { kind: 'scalar', value: null, plain: true }
/** Deeper than this, the reader has refused the text before. */
const deepest = 600

/**
 * How goyaml.v2, which reads for Helm, finds the first document of `text`: the sentence in which it tells what is wrong
 * (`yaml: line 3: did not find expected key`, and the like), or the text as far as it reads. Tags that don't fit their
 * values, and limits, are not told here.
 *
 * Charts print the sentence where they use `fromYaml` on what is no YAML, so it has to be the same to the letter.
 */
export function firstDocument(text: string): { readonly fault: string } | { readonly text: string } {
  try {
    const strange = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u
    if (strange.test(text.replace(/^\ufeff/, ''))) throw new YamlFault('yaml: control characters are not allowed')
    const parser = new Parser(text)
    const end = parser.document((root) => {
      checkValues(root)
      checkNames(root)
    })
    return { text: [...text].slice(0, end).join('') }
  } catch (fault) {
    if (fault instanceof YamlFault) return { fault: fault.message }
    throw fault
  }
}

class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, { node?: Node }>()
  private readonly handles = new Set(['!', '!!', ''])
  private depth = 0

  constructor(text: string) {
    this.scanner = new Scanner(text)
  }

  /** Reads the first document, and tells where it ends. */
  document(check: (root: Node) => void): number {
    const first = this.scanner.peek()
    if (first.kind === 'stream-end') return first.at.index
    if (first.kind === 'directive' || first.kind === 'document-start') {
      this.directives()
      const start = this.scanner.peek()
      if (start.kind !== 'document-start') throw wrong(start, 'did not find expected <document start>')
      this.scanner.next()
    }
    const root = this.nodeUnless(
      first.kind === 'directive' || first.kind === 'document-start'
        ? ['directive', 'document-start', 'document-end', 'stream-end']
        : [],
      true,
      false,
    )
    const end = this.scanner.peek().at.index
    check(root)
    return end
  }

  private directives(): void {
    let versions = 0
    for (let token = this.scanner.peek(); token.kind === 'directive'; token = this.scanner.peek()) {
      const [name, word = ''] = (token.text ?? '').split(' ')
      if (name === 'TAG') {
        if (this.handles.has(word) && word !== '!' && word !== '!!')
          throw wrong(token, 'found duplicate %TAG directive')
        this.handles.add(word)
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
      const name = first.text ?? ''
      const anchor = this.anchors.get(name)
      if (anchor === undefined) throw new YamlFault(`yaml: unknown anchor '${name}' referenced`)
      return { kind: 'alias', name, target: () => anchor.node }
    }
    let anchor: string | undefined
    let tagged = false
    for (let token = first; ; token = scanner.peek()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.text ?? ''
      else if (token.kind === 'tag' && !tagged) {
        if (!this.handles.has(token.text ?? '')) throw wrong(first, 'found undefined tag handle')
        tagged = true
      } else break
      scanner.next()
    }
    const named: { node?: Node } = {}
    if (anchor !== undefined) this.anchors.set(anchor, named)
    named.node = this.content(block, indentless, tagged, anchor !== undefined)
    return named.node
  }

  private content(block: boolean, indentless: boolean, tagged: boolean, anchored: boolean): Node {
    const token = this.scanner.peek()
    if (++this.depth > deepest) throw new YamlFault('yaml: exceeded max depth of 10000')
    try {
      if (token.kind === 'entry' && indentless) return this.indentless()
      if (token.kind === 'scalar') {
        this.scanner.next()
        const text = token.text ?? ''
        return {
          kind: 'scalar',
          value: token.plain && !tagged ? resolvePlain(text) : text,
          plain: token.plain === true,
        }
      }
      if (token.kind === '[') return this.flowList()
      if (token.kind === '{') return this.flowMap()
      if (token.kind === 'sequence-start' && block) return this.blockList()
      if (token.kind === 'mapping-start' && block) return this.blockMap()
      if (tagged) return { kind: 'scalar', value: '', plain: false }
      if (anchored) return { kind: 'scalar', value: null, plain: true }
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

  private blockList(): Node {
    this.scanner.next()
    const items: Node[] = []
    while (this.takes('entry')) items.push(this.nodeUnless(['entry', 'block-end'], true, false))
    if (!this.takes('block-end')) throw wrong(this.scanner.peek(), `did not find expected '-' indicator`)
    return { kind: 'list', items }
  }

  private indentless(): Node {
    const items: Node[] = []
    while (this.takes('entry')) items.push(this.nodeUnless(['entry', 'key', 'value', 'block-end'], true, false))
    return { kind: 'list', items }
  }

  private blockMap(): Node {
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

  private flowList(): Node {
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

  private flowMap(): Node {
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

/** A fault of the parser's, whose lines are counted from 0. */
function wrong({ at }: Token, problem: string): YamlFault {
  return faultAt(at.line, problem)
}

/**
 * Throws at what is wrong with the values, in the order in which they are made. `checked` has the collections that were
 * looked at before, and says of each whether all of it was: aliases can lead to one more often than could be followed.
 */
function checkValues(node: Node, checked = new Map<Node, boolean>()): void {
  if (node.kind === 'alias') {
    const target = node.target()
    if (target === undefined || checked.get(target) === false)
      throw new YamlFault(`yaml: anchor '${node.name}' value contains itself`)
    checkValues(target, checked)
    return
  }
  if (node.kind === 'scalar' || checked.has(node)) return
  checked.set(node, false)
  if (node.kind === 'list') for (const item of node.items) checkValues(item, checked)
  else checkPairs(node.pairs, checked)
  checked.set(node, true)
}

function checkPairs(pairs: readonly (readonly [Node, Node])[], checked: Map<Node, boolean>): void {
  for (const [key, value] of pairs) {
    if (isMerge(key)) {
      const of = resolved(value)
      if ((of.kind === 'list' ? of.items : [of]).some((item) => resolved(item).kind !== 'map'))
        throw new YamlFault('yaml: map merge requires map or sequence of maps as the value')
    }
    checkValues(key, checked)
    if (resolved(key).kind !== 'scalar') throw new YamlFault(`yaml: invalid map key: ${goSyntax(key)}`)
    checkValues(value, checked)
  }
}

/** Throws at a key that JSON has none like, which is found when all values are made. */
function checkNames(node: Node): void {
  if (node.kind === 'list') node.items.forEach(checkNames)
  if (node.kind !== 'map') return
  for (const [key, value] of node.pairs) {
    const name = resolved(key)
    if (name.kind === 'scalar' && name.value === null) {
      const text = goSyntax(value)
      const shown = text === nil ? '<nil>' : text
      throw new YamlFault(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`)
    }
    checkNames(value)
  }
}

function resolved(node: Node): Node {
  return node.kind === 'alias' ? resolved(node.target() ?? empty) : node
}

function isMerge(key: Node): boolean {
  return key.kind === 'scalar' && key.plain && key.value === '<<'
}

const nil = 'interface {}(nil)'

/** Longer than this, nobody reads a value in a sentence; aliases can make one larger than memory. */
const mostShown = 10_000

/** A value as Go writes it in a program. */
function goSyntax(of: Node, left = { values: mostShown }): string {
  const node = resolved(of)
  if (--left.values < 0) return '...'
  const shown = (part: Node) => goSyntax(part, left)
  if (node.kind === 'list') return `[]interface {}{${node.items.map(shown).join(', ')}}`
  if (node.kind === 'map') {
    const pairs = node.pairs.map(([key, value]) => `${shown(key)}:${shown(value)}`)
    return `map[interface {}]interface {}{${pairs.sort().join(', ')}}`
  }
  const { value } = node as { readonly value?: unknown }
  if (value === null) return nil
  return typeof value === 'string' ? quote(value) : String(value)
}
