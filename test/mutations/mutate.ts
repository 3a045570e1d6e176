import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml'
import { typesFrom } from '../../src/istio/schema/index.ts'
import { type Form, formOf } from '../../src/k8s/forms.ts'
import type { Shape } from '../../src/k8s/json-schema.ts'
import type { Path } from '../../src/problem.ts'
import { trace } from '../../src/stages/validate/trace.ts'
import { pick } from './random.ts'

/** A text with one mistake in it. */
export interface Mutation {
  readonly text: string
  /** Where the mistake is; lines count from 1. */
  readonly line: number
  readonly path: Path
  /** What was there before. */
  readonly was: string
  readonly now: string
}

/** A field that somebody wrote: its key, its value, and what the schema says of it. */
export interface Site {
  readonly path: Path
  readonly key: Scalar
  readonly value: Node | null
  readonly shape: Shape
  /** The fields of the map that it is a member of, written or not. */
  readonly known: readonly string[]
}

const types = typesFrom(['IstioOperator'])
const source = (name: string) => (Object.hasOwn(types, name) ? types[name] : undefined)

/**
 * Every field of the document that the schema knows. Keys that users choose (labels, variables) can't be misspelled,
 * and `apiVersion` and `kind` are judged when the text is read, before there is an IstioOperator to speak of.
 */
export function sites(text: string): Site[] {
  const found: Site[] = []
  const walk = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index])
    if (!isMap(node)) return
    for (const { key, value } of node.items as Pair[]) {
      if (!isScalar(key) || typeof key.value !== 'string' || key.source === '<<') continue
      const inner = [...path, key.value]
      const { shape: type } = trace(path, 'IstioOperator', source)
      const { shape, steps } = trace(inner, 'IstioOperator', source)
      const own = typeof type === 'string' ? source(type) : undefined
      if (own && shape !== undefined && steps.at(-1)?.name === key.value && inner.length + path.length > 1) {
        found.push({ path: inner, key, value: value as Node | null, shape, known: Object.keys(own.fields) })
      }
      walk(value, inner)
    }
  }
  walk(parseDocument(text, { version: '1.1' }).contents, [])
  return found.filter(({ path }) => !['apiVersion', 'kind'].includes(String(path[0])))
}

const typos: readonly ((word: string, at: number) => string)[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => word.slice(0, at + 1) + word.slice(at),
  (word, at) => `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at]}${word.slice(at + 2)}`,
]

/** One key of the text with a letter dropped, doubled, or swapped with the next; nothing where that gives a known key. */
export function mistypeKey(text: string, next: () => number): Mutation | undefined {
  const { path, key, known } = pick(sites(text), next)
  const was = String(key.value)
  const now = pick(typos, next)(was, Math.floor(next() * was.length))
  const [start, end] = key.range ?? [0, 0]
  // What only differs in case is another kind of mistake, and what names another field is none.
  const other = known.some((name) => name.toLowerCase() === now.toLowerCase())
  if (now === '' || other || text.slice(start, end) !== was) return undefined
  return { ...changed(text, start, end, now), path: [...path.slice(0, -1), now], was, now }
}

/** One value of the text replaced by one of another type; nothing where the field takes anything. */
export function mistypeValue(text: string, next: () => number): Mutation | undefined {
  const { path, value, shape } = pick(sites(text), next)
  const wrong = wrongValues(shape)
  if (!value?.range || wrong.length === 0 || value.anchor !== undefined || text[value.range[0]] === '*')
    return undefined
  const [start, end] = value.range
  const now = pick(wrong, next)
  const rest = text.slice(start, end).endsWith('\n') ? '\n' : ''
  // A value on a line of its own must stand further in than its key.
  return { ...changed(text, start, end, `${' '.repeat(40)}${now}${rest}`), path, was: text.slice(start, end), now }
}

function wrongValues(shape: Shape): string[] {
  if (shape === 'any') return []
  if (typeof shape !== 'string') {
    if ('list' in shape) return ['wrong', '12', '{wrong: type}']
    return 'map' in shape ? ['wrong', '12', '[wrong]'] : ['[wrong]', '{wrong: type}', '1.5']
  }
  const form = formOf(shape)
  if (!form) return ['wrong', '12', '[wrong]']
  return ['[wrong]', '{wrong: type}', ...scalars(form)]
}

function scalars({ schema: { type } }: Form): string[] {
  const types = [type].flat()
  return [
    ...(types.includes('string') ? [] : ['wrong']),
    ...(types.includes('boolean') ? [] : ['true']),
    ...(types.some((one) => one === 'number') ? [] : ['1.5']),
  ]
}

function changed(text: string, start: number, end: number, now: string): { text: string; line: number } {
  const lines = new LineCounter()
  parseDocument(text, { lineCounter: lines })
  return { text: text.slice(0, start) + now + text.slice(end), line: lines.linePos(start).line }
}
