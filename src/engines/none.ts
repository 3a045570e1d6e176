import type { Annotations } from './placed.ts'

/** No engine: the objects stay what they are. */
export function none(): Annotations {
  return {}
}
