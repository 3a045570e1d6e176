import { type Fields, isMap } from './object.ts'

/** What merging two lists needs to know of its surroundings. */
export interface ListContext {
  /** Merges the patch's item, the one at `index`, into the item that has the same key. */
  readonly merge: (before: Fields, change: Fields, index: number) => Fields
  /** The patch's item as a new item. */
  readonly create: (item: Fields) => Fields
  /** Reports a mistake in the patch: of the item at `index`, or of the whole list. */
  readonly mistake: (message: string, index?: number) => undefined
}

/** A merged list, not yet in order. */
export interface Merged {
  readonly items: readonly unknown[]
  /** Keys that decide the order of items that the patch speaks of, and those of the others. */
  readonly patchOrder: readonly unknown[]
  readonly serverOrder: readonly unknown[]
}

/** The merge key of an item, or of a scalar the scalar itself. */
export function keyOf(item: unknown, key: string | undefined): unknown {
  return key === undefined || !isMap(item) || !Object.hasOwn(item, key) ? item : item[key]
}

/**
 * The lists merged by `key`: an item of the patch goes into the first item with the same key, or is new; items with
 * `$patch: delete` remove, and an item with `$patch: replace` drops everything the patch does not hold. `undefined`
 * after a mistake.
 */
export function mergeKeyed(
  original: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  { merge, create, mistake }: ListContext,
): Merged | undefined {
  if (!original.every((item) => isMap(item) && isKey(item[key]))) {
    return mistake(`every item must have \`${key}\`, but the object has one without it`)
  }
  const deleted = new Set<unknown>()
  let replace = false
  const changes: { item: Fields; index: number }[] = []
  for (const [index, item] of patch.entries()) {
    if (!isMap(item)) return mistake('an item must be a map', index)
    const directive = Object.hasOwn(item, '$patch') ? item.$patch : undefined
    if (directive === 'replace') replace = true
    else if (!isKey(item[key])) return mistake(`an item must have \`${key}\`, by which the list is merged`, index)
    else if (directive === 'delete') deleted.add(item[key])
    else if (directive !== undefined) {
      return mistake(`\`$patch\` in an item must be "delete" or "replace", not "${directive}"`, index)
    } else changes.push({ item, index })
  }
  if (replace) {
    const items = changes.map(({ item }) => create(item))
    return { items, patchOrder: [], serverOrder: items.map((item) => item[key]) }
  }
  const kept = (original as readonly Fields[]).filter((item) => !deleted.has(item[key]))
  const items = [...kept]
  const places = firstPlaces(items.map((item) => item[key]))
  for (const { item, index } of changes) {
    const place = places.get(item[key])
    const before = place === undefined ? undefined : items[place]
    if (place === undefined || before === undefined) {
      places.set(item[key], items.length)
      items.push(create(item))
    } else {
      const merged = merge(before, item, index)
      if (!isKey(merged[key])) return mistake(`an item must keep its \`${key}\``, index)
      items[place] = merged
    }
  }
  return { items, patchOrder: changes.map(({ item }) => item[key]), serverOrder: kept.map((item) => item[key]) }
}

/** The scalars of both lists, each once; `undefined` after a mistake. */
export function mergeScalars(
  original: readonly unknown[],
  patch: readonly unknown[],
  { mistake }: Pick<ListContext, 'mistake'>,
): Merged | undefined {
  const all = [...original, ...patch]
  if (!all.every((item) => isScalar(item) && typeof item === typeof all[0])) {
    return mistake('the items must be scalars of one type, like those of the object')
  }
  return { items: [...new Set(all)], patchOrder: patch, serverOrder: original }
}

/**
 * The items in the order that an API server gives them: those that the patch speaks of in the patch's order, the others
 * in their own, and of the two next in line one of the others goes first only where it stood before the patch's item
 * already. So what is new comes before what the patch leaves alone.
 */
export function inOrder({ items, patchOrder, serverOrder }: Merged, key: string | undefined): unknown[] {
  const patchPlaces = firstPlaces(patchOrder)
  const serverPlaces = firstPlaces(serverOrder)
  const sorted = (chosen: readonly unknown[], places: ReadonlyMap<unknown, number>) =>
    [...chosen].sort((a, b) => (places.get(keyOf(a, key)) ?? 0) - (places.get(keyOf(b, key)) ?? 0))
  const spoken = sorted(
    items.filter((item) => patchPlaces.has(keyOf(item, key))),
    patchPlaces,
  )
  const others = sorted(
    items.filter((item) => !patchPlaces.has(keyOf(item, key))),
    serverPlaces,
  )
  const result: unknown[] = []
  let next = 0
  for (const item of spoken) {
    const place = serverPlaces.get(keyOf(item, key)) ?? Number.NEGATIVE_INFINITY
    while (next < others.length && (serverPlaces.get(keyOf(others[next], key)) ?? Number.POSITIVE_INFINITY) < place) {
      result.push(others[next++])
    }
    result.push(item)
  }
  return [...result, ...others.slice(next)]
}

/** Where each value stands first. */
function firstPlaces(values: readonly unknown[]): Map<unknown, number> {
  const places = new Map<unknown, number>()
  values.forEach((value, index) => {
    if (!places.has(value)) places.set(value, index)
  })
  return places
}

/** Whether a value can tell items apart. Even null can: an environment variable that is named so is rendered so. */
export function isKey(value: unknown): boolean {
  return value === null || isScalar(value)
}

export function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
