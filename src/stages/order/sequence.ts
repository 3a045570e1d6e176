import type { ComponentName, Rendered } from '../stage.ts'
import type { ObjectEdge } from './edges.ts'
import { rankOf } from './rank.ts'

/**
 * The objects in the order in which a stream lists them: by wave; inside a wave by the sets of their components and of
 * what they need there; inside a set by kind (`rank.ts`), then by namespace and name.
 */
export function sequence(
  sets: readonly (readonly Rendered[])[],
  needs: ReadonlyMap<Rendered, readonly ObjectEdge[]>,
  waves: ReadonlyMap<Rendered, number>,
  levels: ReadonlyMap<ComponentName, number>,
): Rendered[] {
  const depths = new Map<Rendered, number>()
  for (const item of sets.flat()) {
    const before = (needs.get(item) ?? []).map(({ to }) => to).filter((to) => waves.get(to) === waves.get(item))
    depths.set(item, Math.max(levels.get(item.component) ?? 0, ...before.map((to) => (depths.get(to) ?? 0) + 1)))
  }
  const key = (item: Rendered) => {
    const { kind, metadata } = item.object
    const place = [waves.get(item) ?? 0, depths.get(item) ?? 0, rankOf(kind)]
    return [...place, kind, String(metadata.namespace ?? ''), String(metadata.name)]
  }
  return [...depths.keys()]
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ item }) => item)
}

/** The first difference decides; texts by code unit. */
function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  const [left, right] = [a[at], b[at]]
  return left === undefined || right === undefined ? 0 : left < right ? -1 : 1
}
