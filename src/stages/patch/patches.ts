import { applyPatch, JsonPatchError, type Operation } from 'fast-json-patch'
import { kindType, strategicMerge } from '../../k8s/merge.ts'
import { isMap, type KubeObject } from '../../k8s/object.ts'
import { isOfType, stepsTo, typeInWords, walkTyped } from '../../k8s/walk.ts'
import { dotted, nearest, type Path, type Report } from '../../problem.ts'
import type { MeshPatch } from '../../settings.ts'
import type { Rendered } from '../stage.ts'
import { read } from '../validate/read.ts'
import { shown } from '../validate/shown.ts'
import { spoilt } from './target.ts'

/**
 * The mesh with the patches of `RenderIstio.spec.patches`, in order, each upon what the one before left: a map is a
 * strategic merge patch with the API's merge keys, a list the operations of a JSON patch.
 *
 * Reports `patch-miss` for a target that nothing matches, with the names that are there, and for an operation whose
 * path leads nowhere; `bad-patch` for a patch that can't be applied at all, or that puts another type
 * somewhere than the API has there.
 */
export function applyMeshPatches(
  rendered: readonly Rendered[],
  patches: readonly MeshPatch[],
  report: Report,
): readonly Rendered[] {
  return patches.reduce<readonly Rendered[]>((mesh, { target, patch, optional, place }, index) => {
    const tell = (code: 'patch-miss' | 'bad-patch', below: Path, message: string, hint?: string) =>
      report({
        code,
        severity: 'error',
        message,
        path: dotted(['spec', 'patches', index, ...below]),
        at: place(below),
        hint,
      })
    if (!mesh.some(({ object }) => isMeant(object, target))) {
      if (!optional) tell('patch-miss', ['target'], ...noTarget(target, mesh))
      return mesh
    }
    return mesh.map((one) => {
      if (!isMeant(one.object, target)) return one
      const object = Array.isArray(patch)
        ? operated(one.object, patch, (message) => optional || tell('patch-miss', ['patch'], message))
        : merged(one.object, patch, (path, message, hint) => tell('bad-patch', ['patch', ...path], message, hint))
      const needed = spoilt(object, one.object) ?? mistyped(object, one.object)
      if (needed === undefined) return { ...one, object }
      tell('bad-patch', ['patch'], `the patch must leave ${needed}`)
      return one
    })
  }, rendered)
}

function isMeant({ kind, metadata }: KubeObject, target: MeshPatch['target']): boolean {
  return (
    kind === target.kind &&
    (target.name === undefined || metadata.name === target.name) &&
    (target.namespace === undefined || metadata.namespace === target.namespace)
  )
}

function merged(
  object: KubeObject,
  patch: unknown,
  tell: (path: Path, message: string, hint: string | undefined) => void,
): KubeObject {
  return strategicMerge(kindType(object.apiVersion, object.kind), object, patch, ({ path, message, hint }) =>
    tell(path, message, hint),
  ) as KubeObject
}

/** An object after the operations; as it was when one of them can't be done, as a JSON patch is all or nothing. */
function operated(object: KubeObject, operations: readonly unknown[], tell: (message: string) => unknown): KubeObject {
  try {
    return applyPatch(object, operations as Operation[], true, false).newDocument as KubeObject
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error
    const { index = 0 } = error
    const { op, path } = (isMap(operations[index]) ? operations[index] : {}) as Partial<Operation>
    tell(`operation ${index} (\`${op}\` at "${path}") must be possible on ${object.kind} "${object.metadata.name}"`)
    return object
  }
}

/** What a patch must leave as text, a number and so on in an object, as the end of "must leave …". */
function mistyped(patched: KubeObject, before: KubeObject): string | undefined {
  let found: string | undefined
  walkTyped(patched, (value, shape, place) => {
    if (found !== undefined || isOfType(value, shape)) return
    const path = stepsTo(place)
    if (read(before, path) === value) return
    const { kind, metadata } = patched
    found = `${kind} "${metadata.name}" with \`${dotted(path)}\` as ${typeInWords(shape)}; it would be ${shown(value, path)}`
  })
  return found
}

function noTarget({ kind, name = '', namespace }: MeshPatch['target'], mesh: readonly Rendered[]) {
  const names = [
    ...new Set(mesh.filter(({ object }) => object.kind === kind).map(({ object }) => String(object.metadata.name))),
  ]
  const kinds = [...new Set(mesh.map(({ object }) => object.kind))].sort()
  const [close] = names.length > 0 ? nearest(name, names) : nearest(kind, kinds)
  const there = names.length > 0 ? `of that kind there are ${names.join(', ')}.` : `there are ${kinds.join(', ')}.`
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`
  return [
    `the patch must meet an object; there is no ${kind} "${name}"${where}`,
    close ? `did you mean "${close}"? ${there.replace(/^./, (letter) => letter.toUpperCase())}` : there,
  ] as const
}
