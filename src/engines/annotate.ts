import { isMap, type KubeObject } from '../k8s/object.ts'
import { syncOptions } from './argocd.ts'
import { dependsOn } from './depends-on.ts'
import type { Annotations } from './placed.ts'

/** Annotations that are lists: what the user wrote and what we add stand side by side. */
const lists: ReadonlySet<string> = new Set([syncOptions, dependsOn])

/**
 * The object with the annotations that an engine needs. What it carries already was put there by the user and stays:
 * a plain annotation as it is, a list with our items after the user's unless he set the same option.
 */
export function annotate(object: KubeObject, added: Annotations): KubeObject {
  if (Object.keys(added).length === 0) return object
  const own = isMap(object.metadata.annotations) ? object.metadata.annotations : {}
  const annotations: { [key: string]: unknown } = { ...own }
  for (const [key, value] of Object.entries(added)) {
    if (!(key in own)) annotations[key] = value
    else if (lists.has(key)) annotations[key] = union(String(own[key] ?? ''), value)
  }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** Two comma-separated lists as one; an item `key=value` of the first one hides the second one's of that key. */
function union(first: string, second: string): string {
  const items = (text: string) => text.split(',').flatMap((item) => item.trim() || [])
  const key = (item: string) => item.split('=')[0]
  const taken = new Set(items(first).map(key))
  return [...items(first), ...items(second).filter((item) => !taken.has(key(item)))].join(',')
}
