/**
 * The types of the Kubernetes API (as of 1.35) that a mesh is made of, as data: every field, what it holds, and how a
 * strategic merge patch treats its lists. Merge keys, the TypeScript types of manifests and the JSON Schemas of users'
 * `k8s.*` settings are all read from here. `status` stands for itself: nobody writes one in a manifest.
 */
import { access } from './types/access.ts'
import { admission } from './types/admission.ts'
import { container } from './types/container.ts'
import { core } from './types/core.ts'
import { meta } from './types/meta.ts'
import { network } from './types/network.ts'
import { pod } from './types/pod.ts'
import { scheduling } from './types/scheduling.ts'
import { volume } from './types/volume.ts'
import type { Additive, Atomic, Entries, List, Shape } from './types/words.ts'
import { workload } from './types/workload.ts'

export type { Shape } from './types/words.ts'

export const types = {
  ...meta,
  ...core,
  ...workload,
  ...pod,
  ...container,
  ...scheduling,
  ...volume,
  ...network,
  ...access,
  ...admission,
} as const satisfies { readonly [type: string]: { readonly [field: string]: Shape } }

type Types = typeof types

/** The name of an API type: the last part of its group, its version, its name in the API: `apps/v1.Deployment`. */
export type TypeName = keyof Types

/**
 * A value of that type as a renderer writes it: every field may be left out, a field that the API does not have is an
 * error in the editor, and a scalar may be whatever a user put into the values.
 */
export type Manifest<Name extends TypeName> = {
  readonly [Field in keyof Types[Name]]?: Value<Types[Name][Field]> | undefined
}

type Value<Of> = Of extends TypeName
  ? Manifest<Of>
  : Of extends List<infer Item>
    ? readonly Value<Item>[]
    : Of extends Additive
      ? readonly unknown[]
      : Of extends Entries<infer Item>
        ? { readonly [key: string]: Value<Item> }
        : Of extends Atomic<infer Whole>
          ? Value<Whole>
          : unknown

/** Group and version of an apiVersion as the names of types begin. A group that is not here is not Kubernetes' own. */
const groups: { readonly [apiVersion: string]: string } = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'discovery.k8s.io/v1': 'discovery/v1',
  'rbac.authorization.k8s.io/v1': 'rbac/v1',
  'admissionregistration.k8s.io/v1': 'admissionregistration/v1',
  'apiextensions.k8s.io/v1': 'apiextensions/v1',
}

/** The type of the objects of that kind; `undefined` for custom resources and kinds that no mesh has. */
export function kindType(apiVersion: unknown, kind: unknown): TypeName | undefined {
  const group = Object.hasOwn(groups, String(apiVersion)) ? groups[String(apiVersion)] : undefined
  const name = `${group}.${kind}`
  return isTypeName(name) && 'apiVersion' in types[name] && 'metadata' in types[name] ? name : undefined
}

/** Whether a shape is the name of a type, as opposed to a scalar. */
export function isTypeName(shape: unknown): shape is TypeName {
  return typeof shape === 'string' && Object.hasOwn(types, shape)
}

/** The fields of that type. */
export function fieldsOf(type: TypeName): { readonly [field: string]: Shape } {
  return types[type]
}

/** What the API has under that key of a map; `undefined` when it has nothing there, or is not known so far. */
export function fieldShape(owner: Shape | undefined, key: string): Shape | undefined {
  if (owner === undefined || owner === 'any') return owner
  if (typeof owner === 'object') {
    if ('map' in owner) return owner.map
    return 'atomic' in owner ? fieldShape(owner.atomic, key) : undefined
  }
  if (!isTypeName(owner)) return undefined
  const fields = fieldsOf(owner)
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** What the API has as items of a list; `undefined` when that is no list, or is not known so far. */
export function itemShape(list: Shape | undefined): Shape | undefined {
  if (typeof list !== 'object') return list === 'any' ? list : undefined
  return 'list' in list ? list.list : 'set' in list ? list.set : undefined
}

/** Whether the API has a scalar there. */
export function isScalar(shape: Shape | undefined): boolean {
  return typeof shape === 'string' && shape !== 'any' && !isTypeName(shape)
}
