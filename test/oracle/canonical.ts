import { createHash } from 'node:crypto'
import { parse, parseAllDocuments } from 'yaml'

/**
 * Objects compared by meaning: as `../shared/conformance/compare.py` does it. The order of documents and of keys doesn't
 * count, numbers compare by value, null differs from absent, and texts that are YAML or JSON themselves are parsed.
 */

type Tree = { [key: string]: unknown }

const embedded = ['mesh', 'meshNetworks', 'values', 'original-values', 'merged-values']

/** All objects of a stream but CRDs, as istioctl's expected output leaves them out. */
export function readObjects(text: string): Tree[] {
  return parseAllDocuments(text, { version: '1.2', schema: 'core' })
    .map((document) => document.toJS({ maxAliasCount: -1 }) as Tree | null)
    .filter((value): value is Tree => value !== null && value.kind !== 'CustomResourceDefinition')
}

/** `apiVersion kind namespace/name`. */
export function nameOf(object: Tree): string {
  const { namespace, name } = (object.metadata ?? {}) as Tree
  return `${object.apiVersion} ${object.kind} ${namespace ?? ''}/${name ?? ''}`
}

/** The object in a form in which equal meaning is equal text. */
export function canonical(object: Tree): string {
  return JSON.stringify(ordered(normalized(object)))
}

export function digest(object: Tree): string {
  return createHash('sha256').update(canonical(object)).digest('hex').slice(0, 16)
}

function normalized(object: Tree): Tree {
  if (object.kind !== 'ConfigMap' || typeof object.data !== 'object' || object.data === null) return object
  const data = { ...(object.data as Tree) }
  const injector = String((object.metadata as Tree).name).startsWith('istio-sidecar-injector')
  // The injection templates are texts of our own: only their place is compared here.
  if (injector && 'config' in data) data.config = '<opaque>'
  for (const key of embedded) {
    if (typeof data[key] === 'string') data[key] = { '<parsed>': parse(data[key], { version: '1.2', schema: 'core' }) }
  }
  return { ...object, data }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, ordered(member)]))
}
