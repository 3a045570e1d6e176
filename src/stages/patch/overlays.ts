import { map } from '../../components/words.ts'
import type { KubeObject } from '../../k8s/object.ts'
import { applyOverlay } from '../../k8s/overlay.ts'
import { nearest } from '../../problem.ts'
import { isNamed, type PatchContext } from './target.ts'

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
    if (!result.some((object) => isNamed(object, kind, name))) {
      report('error', 'overlay-miss', [...place, 'name'], ...noSuchObject(String(kind), String(name), result))
      return
    }
    const patches = Array.isArray(overlay.patches) ? overlay.patches.map(map) : []
    const missed = new Set<number>()
    // The object is chosen once: a patch that renames it doesn't keep the next one from it.
    result = result.map((object) => {
      if (!isNamed(object, kind, name)) return object
      return patches.reduce<KubeObject>((before, patch, index) => {
        const { object: changed, miss } = applyOverlay(before, String(patch.path ?? ''), patch.value)
        if (miss && !missed.has(index)) {
          missed.add(index)
          report('error', 'overlay-miss', [...place, 'patches', index, 'path'], ...noSuchPath(String(patch.path), miss))
        }
        return changed as KubeObject
      }, object)
    })
  })
  return result
}

function noSuchObject(kind: string, name: string, objects: readonly KubeObject[]) {
  const known = objects.map((object) => `${object.kind} "${object.metadata.name}"`)
  const [close] = nearest(`${kind} "${name}"`, known)
  const sameKind = objects.filter((object) => object.kind === kind).map((object) => `"${object.metadata.name}"`)
  const all =
    sameKind.length > 0
      ? `The component renders ${kind} ${sameKind.join(', ')}.`
      : `The component renders ${[...new Set(objects.map((object) => object.kind))].join(', ')}.`
  return [
    `the overlay must name an object of this component; there is no ${kind} "${name}"`,
    close ? `did you mean ${close}? ${all}` : all,
  ] as const
}

function noSuchPath(path: string, miss: { message: string; candidates: readonly string[]; segment: string }) {
  const [close] = nearest(miss.segment, miss.candidates)
  const all =
    miss.candidates.length > 0 ? `There: ${miss.candidates.map((name) => `"${name}"`).join(', ')}.` : undefined
  return [
    `\`path\` "${path}" must lead somewhere: ${miss.message}`,
    close ? `did you mean "${close}"? ${all}` : all,
  ] as const
}
