import { isMap } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'

/** The steps of a JSON pointer into the document. */
export function pathOf(pointer: string, document: unknown): Path {
  const path: (string | number)[] = []
  let here = document
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(here) ? Number(name) : name
    path.push(step)
    here = read(here, [step])
  }
  return path
}

/** What stands at the path; `undefined` where nothing does. */
export function read(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)]
    return isMap(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }, tree)
}
