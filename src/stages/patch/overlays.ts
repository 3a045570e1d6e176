import { map } from '../../components/words.ts'
import type { Fields, KubeObject } from '../../k8s/object.ts'
import { applyPatches, type OverlayPatch } from '../../k8s/overlay.ts'
import { nearest } from '../../problem.ts'
import { isNamed, type PatchContext, spoilt } from './target.ts'

/**
 * The objects with a component's overlays applied, in order, each patch upon what the one before it left.
 *
 * An overlay names its object by kind and name; the namespace and the apiVersion don't count. What the installer drops
 * in silence is reported, and the result is still what the installer would make of it.
 */
export function applyOverlays(
  objects: readonly KubeObject[],
  overlays: unknown,
  { report }: PatchContext,
): readonly KubeObject[] {
  if (!Array.isArray(overlays)) return objects
  let result = objects
  overlays.map(map).forEach((overlay, number) => {
    const place = ['overlays', number]
    const { kind, name } = overlay
    // What names nothing is told by the schema.
    if (typeof kind !== 'string' || typeof name !== 'string') return
    if (!result.some((object) => isNamed(object, kind, name))) {
      report('error', 'overlay-miss', [...place, 'name'], ...noSuchObject(kind, name, result))
      return
    }
    const patches = (Array.isArray(overlay.patches) ? overlay.patches.map(map) : []).map(asPatch)
    const told = new Set<number>()
    result = result.map((object) => {
      if (!isNamed(object, kind, name)) return object
      const { object: changed, misses } = applyPatches(object, patches)
      misses.forEach((miss, index) => {
        if (!miss || told.has(index)) return
        told.add(index)
        const at = [...place, 'patches', index, 'path']
        report('error', 'overlay-miss', at, ...noSuchPath(patches[index]?.path ?? '', miss))
      })
      const needed = spoilt(changed, object)
      if (needed === undefined) return changed as KubeObject
      report('error', 'bad-patch', place, `the overlay must leave ${needed}`)
      return object
    })
  })
  return result
}

function asPatch({ path, value }: Fields): OverlayPatch {
  return { path: typeof path === 'string' ? path : '', value }
}

function noSuchObject(kind: string, name: string, objects: readonly KubeObject[]) {
  const known = objects.map((object) => `${object.kind} "${object.metadata.name}"`)
  const [close] = nearest(`${kind} "${name}"`, known)
  const sameKind = objects.filter((object) => object.kind === kind).map((object) => `"${object.metadata.name}"`)
  const kinds = [...new Set(objects.map((object) => object.kind))]
  const all = sameKind.length > 0 ? `${kind} ${sameKind.join(', ')}` : kinds.join(', ') || 'no object'
  return [
    `the overlay must name an object of this component; there is no ${kind} "${name}"`,
    close ? `did you mean ${close}? The component renders ${all}.` : `the component renders ${all}.`,
  ] as const
}

function noSuchPath(path: string, miss: { message: string; candidates: readonly string[]; segment: string }) {
  const [, selected = miss.segment] = /^\[[^:]*:(.*)\]$/.exec(miss.segment) ?? []
  const [close] = nearest(selected, miss.candidates)
  const all =
    miss.candidates.length > 0 ? `There: ${miss.candidates.map((name) => `"${name}"`).join(', ')}.` : undefined
  return [
    `\`path\` "${path}" must lead somewhere: ${miss.message}`,
    close ? `did you mean "${close}"? ${all}` : all,
  ] as const
}
