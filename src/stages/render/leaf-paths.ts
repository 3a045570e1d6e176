import { isMap } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'

/** The paths at which a tree holds a text that fits, in the order of the tree. */
export function leafPaths(tree: unknown, fits: (text: string) => boolean): Path[] {
  if (typeof tree === 'string') return fits(tree) ? [[]] : []
  const members: [string | number, unknown][] = Array.isArray(tree)
    ? tree.map((item, index) => [index, item])
    : isMap(tree)
      ? Object.entries(tree)
      : []
  return members.flatMap(([step, member]) => leafPaths(member, fits).map((path) => [step, ...path]))
}
