import { quote } from '../../gotemplate/quote.ts'
import { compareText } from '../../gotemplate/value.ts'
import { isTimestamp } from '../../yaml/go-timestamp.ts'
import { keyOfFloat, resolveKey, resolvePlain, shortestFloat } from '../../yaml/scalar.ts'
import { put } from '../value/members.ts'
import { type AliasNode, coreTags, type MapNode, type Node, type ScalarNode } from './parser.ts'
import { YamlFault } from './source.ts'

/** As many values as goyaml.v2 lets aliases repeat, which is most of a text that is short. */
const freeSteps = 400_000
const mostSteps = 4_000_000

function allowedRatio(steps: number): number {
  if (steps <= freeSteps) return 0.99
  return steps >= mostSteps ? 0.1 : 0.99 - (0.89 * (steps - freeSteps)) / (mostSteps - freeSteps)
}

/**
 * The data that a document stands for, as goyaml.v2 and a trip through JSON give it. Throws a YamlFault, in Go's words,
 * at what goyaml can't make of it, and behind that at what JSON can't hold.
 */
export function dataOf(root: Node): unknown {
  const maker = new Maker()
  const value = maker.value(root)
  if (maker.badKey) throw new YamlFault(`unsupported map key of type: ${maker.badKey.text}`)
  if (maker.hasInfinite) refuseInfinite(value)
  return value
}

class Maker {
  /** The first key for which JSON has no name, which is found when all values are made: the last value of it is told. */
  badKey: { readonly of: object; readonly key: unknown; readonly text: string } | undefined
  hasInfinite = false
  /** Aliases whose values are being made. */
  private readonly open = new Set<AliasNode>()
  private steps = 0
  private repeated = 0

  value(node: Node): unknown {
    this.count()
    switch (node.kind) {
      case 'alias':
        return this.alias(node, (target) => this.value(target))
      case 'scalar': {
        const value = resolved(node)
        if (typeof value === 'number' && !Number.isFinite(value)) this.hasInfinite = true
        return value
      }
      case 'list':
        return node.items.map((item) => this.value(item))
      case 'map':
        return this.map(node, {})
    }
  }

  private count(): void {
    this.steps++
    if (this.open.size > 0) this.repeated++
    const isMuch = this.repeated > 100 && this.steps > 1000
    if (isMuch && this.repeated / this.steps > allowedRatio(this.steps))
      throw new YamlFault('yaml: document contains excessive aliasing')
  }

  private alias<T>(node: AliasNode, make: (target: Node) => T): T {
    if (this.open.has(node)) throw new YamlFault(`yaml: anchor '${node.name}' value contains itself`)
    this.open.add(node)
    const made = make(node.target())
    this.open.delete(node)
    return made
  }

  private map(node: MapNode, out: Record<string, unknown>): Record<string, unknown> {
    for (const [key, value] of node.pairs) {
      if (isMerge(key)) {
        this.merge(value, out)
        continue
      }
      const name = this.name(key, value, out)
      const made = this.value(value)
      if (name !== undefined) put(out, name, made)
    }
    return out
  }

  /** Adds the members of a map or of several, of which the first that has a key counts. */
  private merge(source: Node, out: Record<string, unknown>): void {
    const one = (node: Node): void => {
      const target = node.kind === 'alias' ? node.target() : node
      if (target.kind !== 'map') throw new YamlFault('yaml: map merge requires map or sequence of maps as the value')
      this.count()
      if (node.kind !== 'alias') this.map(target, out)
      else
        this.alias(node, () => {
          this.count()
          this.map(target, out)
        })
    }
    for (const node of source.kind === 'list' ? source.items.toReversed() : [source]) one(node)
  }

  /** The name that a key has in JSON; undefined for one that has none. */
  private name(key: Node, value: Node, out: object): string | undefined {
    const node = key.kind === 'alias' ? this.alias(key, (target) => target) : key
    if (node.kind !== 'scalar') {
      // What is wrong inside comes first.
      this.value(key)
      throw new YamlFault(`yaml: invalid map key: ${goSyntax(key)}`)
    }
    this.count()
    const made = resolved(node)
    if (typeof made !== 'number') {
      if (made !== null) return String(made)
      this.refuse(out, null, `%!s(<nil>), key: <nil>, value: ${shown(value)}`)
      return undefined
    }
    if (node.tag === `${coreTags}float`) return keyOfFloat(made)
    const name = resolveKey(node.text)
    if (made < 2 ** 63 || name === undefined || !/^\d+$/.test(name)) return name
    this.refuse(out, made, `uint64, key: ${wholeText(name)}, value: ${shown(value)}`)
    return undefined
  }

  private refuse(of: object, key: unknown, text: string): void {
    if (this.badKey === undefined || (this.badKey.of === of && this.badKey.key === key)) this.badKey = { of, key, text }
  }
}

function isMerge(key: Node): boolean {
  return key.kind === 'scalar' && key.text === '<<' && (key.plain || key.tag === `${coreTags}merge`)
}

// Scalars

const fitting: Readonly<Record<string, (type: string) => boolean>> = {
  null: (type) => type === 'null',
  bool: (type) => type === 'bool',
  int: (type) => type === 'int',
  float: (type) => type === 'float' || type === 'int',
  timestamp: (type) => type === 'timestamp',
}

function resolved({ text, plain, tag }: ScalarNode): null | boolean | number | string {
  if (tag === '') return plain ? resolvePlain(text) : text
  const type = tag.startsWith(coreTags) ? tag.slice(coreTags.length) : ''
  if (type === 'binary') return decoded(text)
  const fits = Object.hasOwn(fitting, type) ? fitting[type] : undefined
  if (fits === undefined) return text
  const found = typeOf(text, type === 'timestamp')
  // The largest integers are no floats to goyaml.
  if (!fits(found) || (type === 'float' && found === 'int' && Number(resolvePlain(text)) >= 2 ** 63))
    throw new YamlFault(`yaml: cannot decode !!${found} \`${text}\` as a !!${type}`)
  return type === 'timestamp' ? text : resolvePlain(text)
}

/** The type that a text would have without quotes. */
function typeOf(text: string, canBeTime: boolean): string {
  if (canBeTime && isTimestamp(text)) return 'timestamp'
  const value = resolvePlain(text)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  return isWhole(text) ? 'int' : 'float'
}

/** Whether a text that is a number is an integer, which has no fraction and fits into 64 bits. */
function isWhole(text: string): boolean {
  return !/[.eE]/.test(text.replace(/^[-+]?0[xX][\da-fA-F_]+$/, '')) && /^-?\d+$/.test(resolveKey(text) ?? '')
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function decoded(text: string): string {
  const plain = text.replace(/[\r\n]/g, '')
  if (!base64.test(plain)) throw new YamlFault('yaml: !!binary value contains invalid base64 data')
  const bytes = Uint8Array.from(atob(plain), (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

// What JSON can't hold

/** Throws at the first number that is infinite or none, in the order in which JSON would be written. */
function refuseInfinite(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
    throw new YamlFault(`json: unsupported value: ${text}`)
  }
  if (Array.isArray(value)) value.forEach(refuseInfinite)
  else if (typeof value === 'object' && value !== null) {
    const map = value as Readonly<Record<string, unknown>>
    for (const key of Object.keys(map).sort(compareText)) refuseInfinite(map[key])
  }
}

const nil = 'interface {}(nil)'

/** Longer than this, nobody reads a value in a sentence; aliases can make one larger than memory. */
const mostShown = 10_000

function shown(value: Node): string {
  const text = goSyntax(value)
  return text === nil ? '<nil>' : text
}

/** A value as Go writes it in a program. */
function goSyntax(of: Node, left = { values: mostShown }): string {
  const node = of.kind === 'alias' ? of.target() : of
  if (--left.values < 0) return '...'
  const part = (inner: Node) => goSyntax(inner, left)
  if (node.kind === 'list') return `[]interface {}{${node.items.map(part).join(', ')}}`
  if (node.kind === 'map') {
    const pairs = node.pairs.map(([key, value]) => `${part(key)}:${part(value)}`).sort()
    // Go has no key before the others.
    const [none, others] = [pairs.filter((pair) => pair.startsWith(nil)), pairs.filter((pair) => !pair.startsWith(nil))]
    return `map[interface {}]interface {}{${[...none, ...others].join(', ')}}`
  }
  if (node.kind === 'alias') return nil
  const value = resolved(node)
  if (value === null) return nil
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'boolean') return String(value)
  return isWhole(node.text) && !node.tag.endsWith(':float') ? wholeText(resolveKey(node.text) ?? '') : goFloat(value)
}

/** Integers above those that have a sign are of a type that is shown in hexadecimal digits. */
function wholeText(digits: string): string {
  const whole = BigInt(digits)
  return whole < 1n << 63n ? digits : `0x${whole.toString(16)}`
}

function goFloat(value: number): string {
  if (Number.isFinite(value)) return shortestFloat(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
