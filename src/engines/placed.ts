import type { KubeObject } from '../k8s/object.ts'

/** Something that an object needs first. */
export interface Dependency {
  readonly object: KubeObject
  /** Whether it must be healthy as well, not only exist. */
  readonly healthy: boolean
  /** Whether it waits for something itself, so that a sort by kind is no longer enough to have it first. */
  readonly late: boolean
}

/** An object with its place in the order, as a dialect sees it. */
export interface Placed {
  readonly object: KubeObject
  /** The name of the component that rendered it. */
  readonly component: string
  readonly wave: number
  readonly dependencies: readonly Dependency[]
  /** Whether its kind is an extension that nothing in this output defines. */
  readonly kindMayBeMissing: boolean
}

export type Annotations = { readonly [key: string]: string }

/** What an engine must be told about an object, as annotations. */
export type Dialect = (placed: Placed) => Annotations
