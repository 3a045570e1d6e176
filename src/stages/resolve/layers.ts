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
  readonly origin: (path: Path) => { readonly layer: Layer; readonly path: Path } | undefined
}

type Tree = { [key: string]: unknown }

/** Where the items of a combined list come from: per item the layers that have it, uppermost first. */
type Moves = Map<string, { layer: number; index: number }[][]>

/**
 * The layers merged, lowest first, as the installer merges: maps into maps, anything else replaces, null too. Lists
 * follow the strategy of their path, `replace` being what istioctl does.
 *
 * Where a value came from is not tracked on the way: it is found again by asking the layers from the top, so that a
 * run without problems pays nothing for it. Only lists that were combined need a record.
 */
export function mergeLayers(layers: readonly Layer[], strategy: Strategy): Merged {
  const moves: Moves = new Map()

  const combine = (base: unknown, over: unknown, path: Path, layer: number): unknown => {
    if (isMap(base) && isMap(over)) {
      const result: Tree = { ...base }
      for (const [key, value] of Object.entries(over)) {
        result[key] = Object.hasOwn(base, key) ? combine(base[key], value, [...path, key], layer) : value
      }
      return result
    }
    if (!Array.isArray(base) || !Array.isArray(over)) return over
    const how = strategy(dotted(path))
    if (how !== 'replace') return join(base, over, path, how, layer)
    moves.delete(dotted(path))
    return over
  }

  const join = (
    base: readonly unknown[],
    over: readonly unknown[],
    path: Path,
    how: 'append' | 'merge',
    layer: number,
  ) => {
    const name = dotted(path)
    const below = layers.findLastIndex((lower, number) => number < layer && has(lower.value, path))
    const from = moves.get(name) ?? base.map((_, index) => [{ layer: below, index }])
    const key = listKeys[String(path.at(-1))] ?? 'name'
    const result = [...base]
    over.forEach((item, index) => {
      const at = how === 'append' ? -1 : result.findIndex((other) => sameItem(other, item, key))
      if (at < 0) {
        result.push(item)
        from.push([{ layer, index }])
      } else {
        result[at] = combine(result[at], item, [...path, at], layer)
        from[at] = [{ layer, index }, ...(from[at] ?? [])]
      }
    })
    moves.set(name, from)
    return result
  }

  const value = layers.reduce<unknown>((base, layer, number) => combine(base, layer.value, [], number), {})
  return { value, origin: (path) => find(path, layers, moves) }
}

/** The keys by which the Kubernetes API tells list items apart, where it isn't `name`. */
const listKeys: { readonly [list: string]: string } = {
  ports: 'port',
  tolerations: 'key',
  topologySpreadConstraints: 'topologyKey',
  volumeMounts: 'mountPath',
  hostAliases: 'ip',
  patches: 'path',
}

function sameItem(a: unknown, b: unknown, key: string): boolean {
  if (!isMap(a) || !isMap(b)) return a === b
  return a[key] !== undefined && a[key] === b[key]
}

/** The uppermost layer in which something stands at the path. */
function find(path: Path, layers: readonly Layer[], moves: Moves): ReturnType<Merged['origin']> {
  for (let step = 0; step < path.length; step++) {
    const index = path[step]
    const from = typeof index === 'number' ? moves.get(dotted(path.slice(0, step)))?.[index] : undefined
    for (const { layer, index: there } of from ?? []) {
      const own = [...path.slice(0, step), there, ...path.slice(step + 1)]
      const found = layers[layer]
      if (found && has(found.value, own)) return { layer: found, path: own }
    }
    if (from) return undefined
  }
  const layer = layers.findLast(({ value }) => has(value, path))
  return layer && { layer, path }
}

/** Whether something, be it null, stands at the path. */
export function has(value: unknown, path: Path): boolean {
  let here = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false
    here = (here as Tree)[step]
  }
  return true
}
