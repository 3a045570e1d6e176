import { items } from '../../../components/words.ts'
import type { Resolved } from '../../2-resolve.ts'
import type { Rendered } from '../../stage.ts'
import type { Mesh, MeshRule } from './mesh.ts'
import { planeOf } from './mesh.ts'
import { quote } from './rule.ts'

/**
 * Reports `two-defaults` where several control planes serve pods that name no revision, and `duplicate-item` where two
 * have the same tag, or one has a tag that is another one's revision: each of them would inject the same pods.
 */
export const defaults: MeshRule = (mesh, tell) => {
  const planes = controlPlanes(mesh)
  const isDefault = (plane: Resolved) =>
    plane.revision === '' ||
    tagsOf(plane).includes('default') ||
    (plane.revision !== '' && plane.values.defaultRevision === plane.revision)
  const [first, ...others] = planes.filter(({ plane }) => isDefault(plane))
  for (const { plane, item } of others) {
    tell(item, {
      grade: 'mistake',
      code: 'two-defaults',
      path: defaultPath(plane),
      must: `not make a second control plane the default one: ${quote(first?.plane.owner)} is it already`,
      hint: 'give one of them a `revision`, and one of them alone the tag "default".',
    })
  }
  const names = new Map<string, Resolved>(
    planes.flatMap(({ plane }) => (plane.revision ? [[plane.revision, plane]] : [])),
  )
  for (const { plane, item } of planes) {
    for (const [index, tag] of tagsOf(plane).entries()) {
      const other = typeof tag === 'string' && tag !== 'default' ? names.get(tag) : undefined
      if (other) {
        tell(item, {
          grade: 'mistake',
          code: 'duplicate-item',
          path: ['spec', 'values', 'revisionTags', index],
          must: `not repeat ${quote(tag)}, which ${quote(other.owner)} ${other.revision === tag ? 'has as its revision' : 'has as a tag'} already`,
          hint: 'a tag points at one revision; move it by taking it out of the other one.',
        })
      } else if (typeof tag === 'string') names.set(tag, plane)
    }
  }
}

/** The planes of which an injector is rendered, each with an object of it. */
function controlPlanes(mesh: Mesh): { readonly plane: Resolved; readonly item: Rendered }[] {
  const seen = new Map<Resolved, Rendered>()
  for (const item of mesh.rendered) {
    const plane =
      item.component === 'Pilot' && item.object.kind === 'MutatingWebhookConfiguration' && planeOf(mesh, item)
    if (plane && !seen.has(plane)) seen.set(plane, item)
  }
  return [...seen].map(([plane, item]) => ({ plane, item }))
}

function tagsOf({ values }: Resolved): readonly unknown[] {
  return items(values.revisionTags)
}

/** What makes a plane the default one; the whole plane where it is only that nothing is said. */
function defaultPath(plane: Resolved) {
  if (plane.revision === '') return ['spec']
  const index = tagsOf(plane).indexOf('default')
  return index >= 0 ? ['spec', 'values', 'revisionTags', index] : ['spec', 'values', 'defaultRevision']
}
