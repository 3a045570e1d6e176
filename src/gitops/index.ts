import type { KubeObject } from '../k8s/object.ts'
import type { Settings } from '../settings.ts'
import type { Resolved } from '../stages/2-resolve.ts'
import type { Entry } from '../stages/render/entries.ts'
import type { Rendered } from '../stages/stage.ts'
import type { Change } from './change.ts'
import { defaultRevision } from './default-revision.ts'
import { failurePolicy } from './failure-policy.ts'
import { namespaces } from './namespaces.ts'
import { replicas } from './replicas.ts'
import { storedForm } from './stored-form.ts'

/** Every difference from istioctl, in the order in which they are made. */
export const changes: readonly Change[] = [defaultRevision, failurePolicy, replicas, storedForm, namespaces]

/** The changes that a run makes: none where istioctl's own objects are asked for. */
export function activeChanges({ engine, keep }: Settings): readonly Change[] {
  return engine === 'none' ? [] : changes.filter(({ name }) => !keep.includes(name))
}

/** The entry with the changes to its values. */
export function changeValues(entry: Entry, resolved: Resolved, active: readonly Change[]): Entry {
  const values = active.reduce((before, change) => change.values?.(before, entry, resolved) ?? before, entry.values)
  return { ...entry, values }
}

/** An object with the changes that come before the user's patches. */
export function changeObject(object: KubeObject, active: readonly Change[]): KubeObject {
  return active.reduce((before, change) => change.rendered?.(before) ?? before, object)
}

/** All control planes' objects with the changes that come after the user's patches. */
export function changeMesh(
  rendered: readonly Rendered[],
  resolved: readonly Resolved[],
  present: readonly KubeObject[],
  active: readonly Change[],
): readonly Rendered[] {
  return active.reduce((before, change) => change.mesh?.(before, resolved, present) ?? before, rendered)
}
