import { isMap } from '../../k8s/object.ts'
import { dotted, type Path, type Position } from '../../problem.ts'
import type { ListStrategy } from '../../settings.ts'

/** One of the documents that are merged into a control plane's configuration. */
export interface Layer {
  /** An IstioOperator, or the part of one that this layer sets. */
  readonly value: unknown
  /** Who says it, for people: a file, a profile, a flag. */
  readonly source: string
  /** Where it says what stands at that path; nothing for what is built in. */
  readonly locate: (path: Path, part?: 'key' | 'value') => Position | undefined
}

/** Which strategy holds for the list at a path. */
export type Strategy = (path: string) => ListStrategy

export interface Merged {
  readonly value: unknown
  /** The layer that decided what stands at a path, and the path in that layer; nothing where nothing stands. */
  readonly origin: (path: Path) => Origin | undefined
}

export interface Origin {
  readonly layer: Layer
  readonly path: Path
  /** How many layers lie below that one. */
  readonly height: number
}

type Tree = { [key: string]: unknown }

/**
 * The layers merged, lowest first, as the installer merges: maps into maps, anything else replaces, null too. Lists
 * follow the strategy of their path, `replace` being what istioctl does.
 *
 * Where a value came from is not tracked on the way: it is found again by going down the layers side by side, so that a
 * run without problems pays nothing for it.
 */
export function mergeLayers(layers: readonly Layer[], strategy: Strategy): Merged {
  const value = layers.reduce<unknown>((base, layer) => combine(base, layer.value, [], strategy), {})
  return {
    value,
    origin: (path) => {
      const found = sourcesAt(path, layers, strategy)[0]
      return found && { layer: found.layer, path: found.path, height: layers.indexOf(found.layer) }
    },
  }
}

function combine(base: unknown, over: unknown, path: Path, strategy: Strategy): unknown {
  if (isMap(base) && isMap(over)) {
    const upper = Object.entries(over).map(([key, value]) => {
      return [key, Object.hasOwn(base, key) ? combine(base[key], value, [...path, key], strategy) : value]
    })
    return { ...base, ...Object.fromEntries(upper) }
  }
  if (!Array.isArray(base) || !Array.isArray(over)) return over
  const how = strategy(dotted(path))
  return how === 'replace' ? over : join(base, over, path, how, strategy).list
}

/**
 * Two lists made one, and the index that each item of the upper one has in it. An item of the lower list takes up one
 * of the upper at most, so that what the upper list says twice stays twice.
 */
function join(base: readonly unknown[], over: readonly unknown[], path: Path, how: ListStrategy, strategy: Strategy) {
  const same = identityIn(String(path.at(-1)))
  const list = [...base]
  const taken = new Set<number>()
  const places = over.map((item) => {
    const at = how === 'merge' ? base.findIndex((other, index) => !taken.has(index) && same(other, item)) : -1
    if (at < 0) return list.push(item) - 1
    taken.add(at)
    list[at] = combine(list[at], item, [...path, at], strategy)
    return at
  })
  return { list, places }
}

/** The keys by which the Kubernetes API tells list items apart, or the installer does, where it isn't `name`. */
const listKeys: { readonly [list: string]: readonly string[] } = {
  ports: ['port'],
  tolerations: ['key'],
  topologySpreadConstraints: ['topologyKey'],
  volumeMounts: ['mountPath'],
  hostAliases: ['ip'],
  overlays: ['kind', 'name'],
  patches: ['path'],
}

/** Gateways of one name may stand in several namespaces; one that names none is meant whatever it stands in. */
const withNamespace = new Set(['ingressGateways', 'egressGateways'])

function identityIn(list: string): (a: unknown, b: unknown) => boolean {
  const keys = listKeys[list] ?? ['name']
  return (a, b) => {
    if (!isMap(a) || !isMap(b)) return a === b
    if (withNamespace.has(list) && a.namespace && b.namespace && a.namespace !== b.namespace) return false
    return keys.every((key) => a[key] !== undefined && a[key] === b[key])
  }
}

/** What one layer has at a place of the result. */
interface Source {
  readonly layer: Layer
  readonly path: Path
  readonly value: unknown
}

/** What makes up the value at the path, uppermost first; nothing when nothing stands there. */
function sourcesAt(path: Path, layers: readonly Layer[], strategy: Strategy): readonly Source[] {
  let sources = layers.map((layer): Source => ({ layer, path: [], value: layer.value })).reverse()
  for (const [depth, step] of path.entries()) {
    const here = path.slice(0, depth)
    const maps = upTo(sources, isMap)
    const lists = maps.length === 0 ? upTo(sources, Array.isArray) : []
    const areCombined = lists.length > 1 && strategy(dotted(here)) !== 'replace'
    sources = areCombined
      ? (itemSources(lists, here, strategy)[Number(step)] ?? [])
      : (maps.length > 0 ? maps : sources.slice(0, 1)).flatMap((source) => below(source, step))
  }
  return sources
}

/** The sources down to the first one that doesn't fit: what lies lower was replaced. */
function upTo(sources: readonly Source[], fits: (value: unknown) => boolean): readonly Source[] {
  const end = sources.findIndex(({ value }) => !fits(value))
  return end < 0 ? sources : sources.slice(0, end)
}

function below({ layer, path, value }: Source, step: string | number): Source[] {
  if (!has(value, [step])) return []
  return [{ layer, path: [...path, step], value: (value as Tree)[step] }]
}

/** The sources of each item of a combined list. */
function itemSources(lists: readonly Source[], path: Path, strategy: Strategy): Source[][] {
  const result: Source[][] = []
  let list: readonly unknown[] = []
  for (const source of lists.toReversed()) {
    const over = source.value as readonly unknown[]
    const joined = join(list, over, path, strategy(dotted(path)), strategy)
    list = joined.list
    joined.places.forEach((place, index) => {
      result[place] = [...below(source, index), ...(result[place] ?? [])]
    })
  }
  return result
}

/** Whether something, be it null, stands at the path; a number below a text is a place in it. */
export function has(value: unknown, path: Path): boolean {
  let here = value
  for (const step of path) {
    if (typeof here === 'string' && typeof step === 'number') return true
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false
    here = (here as Tree)[step]
  }
  return true
}
