import type { KubeObject } from '../../src/k8s/object.ts'

/** One object is applied. Between two gates the engine waits until everything applied before is healthy. */
export interface Step {
  readonly object: KubeObject
  readonly gate: number
}

/** What an engine does, in the order in which it does it. */
export type Timeline = readonly Step[]

/** Values for a sort: the first difference decides, texts by code unit. */
export function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] as string | number
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Where a kind stands in a list of kinds; kinds that are not in it come after all. */
export function position(kinds: readonly string[], kind: string): number {
  const index = kinds.indexOf(kind)
  return index < 0 ? kinds.length : index
}

// Words for reading objects; on purpose not those of `src`, which these simulators are to judge.

type Fields = { readonly [field: string]: unknown }

export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((here, step) => (here as Fields | null | undefined)?.[step], value)
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`
}

export function groupOf({ apiVersion }: KubeObject): string {
  return apiVersion.split('/').slice(0, -1).join('')
}

export function annotation({ metadata }: KubeObject, key: string): string | undefined {
  const value = at(metadata, 'annotations', key)
  return value === undefined || value === null ? undefined : String(value)
}
