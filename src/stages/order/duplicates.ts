import { identity, isMap } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import type { Rendered } from '../stage.ts'
import { display } from './display.ts'

/**
 * The objects in an order that is not that of the input, each one once: what several control planes share (the CRDs,
 * the reader's account) is kept once as long as they agree on it.
 *
 * Reports `duplicate-object` where they don't, and where one control plane renders the same object twice; then all of
 * them stay, because that is what istioctl prints and its leniency may be asked for.
 */
export function withoutDuplicates(rendered: readonly Rendered[], report: Report): Rendered[] {
  const byIdentity = new Map<string, Rendered[]>()
  for (const item of rendered) {
    const key = identity(item.object)
    const same = byIdentity.get(key)
    if (same) same.push(item)
    else byIdentity.set(key, [item])
  }
  const clashes: Clash[] = []
  const kept = [...byIdentity].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, same]) => merged(same, clashes))
  for (const [, together] of groupBy(clashes, placesOf)) report(duplicate(together))
  return kept
}

/** Two that render the same object. */
interface Clash {
  readonly first: Rendered
  readonly other: Rendered
  readonly equal: boolean
}

function merged(same: readonly Rendered[], clashes: Clash[]): readonly Rendered[] {
  if (same.length === 1) return same
  const texts = new Map(same.map((item) => [item, canonical(item.object)]))
  const key = (item: Rendered) => [item.revision, item.owner, item.path, texts.get(item)].join('\n')
  const [first, ...others] = [...same].sort((a, b) => (key(a) < key(b) ? -1 : 1)) as [Rendered, ...Rendered[]]
  const rivals = others.filter((other) => ofOnePlane(first, other) || texts.get(other) !== texts.get(first))
  for (const other of rivals) clashes.push({ first, other, equal: texts.get(first) === texts.get(other) })
  return [first, ...rivals]
}

function ofOnePlane(a: Rendered, b: Rendered): boolean {
  return a.owner === b.owner && a.revision === b.revision
}

/** One problem for all that the same two components render twice: the user mends it in one place. */
function duplicate(clashes: readonly [Clash, ...Clash[]]) {
  const [{ first, other, equal }, ...more] = clashes
  const next = more.slice(0, 2).map((clash) => display(clash.other.object))
  const rest = more.length - next.length
  const also = [...next, ...(rest > 0 ? [`${rest} more ${rest === 1 ? 'object' : 'objects'}`] : [])]
    .map((name) => `, ${name}`)
    .join('')
  return {
    code: 'duplicate-object',
    severity: 'error',
    message: `${display(other.object)}${also} must be rendered once; ${placesOf({ first, other })}${equal ? '' : ', with different content'}`,
    path: other.path,
    at: other.place?.(),
    hint: ofOnePlane(first, other)
      ? 'give one of the two another name or namespace, or take it out.'
      : 'give one of the two another name, namespace or revision, or make both render it alike.',
  } as const
}

function placesOf({ first, other }: Pick<Clash, 'first' | 'other'>): string {
  const place = ({ path, owner, revision }: Rendered) => {
    if (ofOnePlane(first, other)) return `\`${path}\``
    return `\`${path}\` of "${owner}"${revision === '' ? '' : `, revision "${revision}",`}`
  }
  return place(first) === place(other)
    ? `${place(first)} renders it twice`
    : `${place(first)} and ${place(other)} both render it`
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): [string, [T, ...T[]]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return [...groups]
}

/** A text that two values share exactly when they mean the same: keys sorted, members that are `undefined` left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isMap(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
  }
  return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null')
}
