import { components } from '../../../components/index.ts'
import { items, map } from '../../../components/words.ts'
import { isMap } from '../../../k8s/object.ts'
import { selector, splitPath } from '../../../k8s/path.ts'
import type { Path } from '../../../problem.ts'
import type { Rendered } from '../../stage.ts'
import { read } from '../read.ts'
import { entryPath, type Mesh, planeOf } from './mesh.ts'
import { isWritten } from './rule.ts'

/** Fields of objects that come from settings of another name. */
const otherNames: { readonly [field: string]: readonly string[] } = { containerPort: ['targetPort', 'port'] }

/**
 * Where the user wrote what stands at a path of an object: the value of an overlay's patch, or what in it goes there;
 * else a setting of that name and value, the nearest to the component first; else the component.
 */
export function blame(mesh: Mesh, item: Rendered, place: Path, value: unknown): Path {
  const plane = planeOf(mesh, item)
  const entry = entryPath(item)
  if (!plane) return entry
  const spec = { spec: plane.spec }
  const root = components.find(({ name }) => name === item.component)?.valuesRoot ?? []
  const field = String(place.findLast((step) => typeof step === 'string'))
  const names = [field, ...(Object.hasOwn(otherNames, field) ? (otherNames[field] ?? []) : [])]
  const candidates = [
    ...patchesOf(spec, item).flatMap(({ at, patch }) => written(patch, place, value).map((path) => [...at, ...path])),
    ...patchesOf(spec, item).flatMap(({ at, patch }) => (speaksOf(patch, field, value) ? [[...at, 'value']] : [])),
    ...[[...entry, 'k8s'], entry, ['spec', 'values', ...root], ['spec', 'values']].flatMap((path) =>
      names.flatMap((name) => saying(read(spec, path), name, value).map((below) => [...path, ...below])),
    ),
  ]
  return candidates.find((path) => isWritten(plane, path)) ?? entry
}

/** The patches of the overlays on an object, the last one first. */
function patchesOf(spec: unknown, { object, ...item }: Rendered) {
  const at = [...entryPath({ object, ...item }), 'k8s', 'overlays']
  return items(read(spec, at))
    .flatMap((overlay, index) => {
      const { kind, name, patches } = map(overlay)
      if (kind !== object.kind || name !== object.metadata.name) return []
      return items(patches).map((patch, number) => ({ at: [...at, index, 'patches', number], patch: map(patch) }))
    })
    .reverse()
}

/** Where in a patch the value stands, if the patch puts it at that place. */
function written(patch: { readonly [field: string]: unknown }, place: Path, value: unknown): Path[] {
  const last = typeof patch.path === 'string' ? splitPath(patch.path).at(-1)?.text : undefined
  if (last === undefined) return []
  const isList = selector(last) !== undefined
  return place.flatMap((step, index) => {
    const below = place.slice(index + 1)
    const meant = typeof step === 'number' ? isList : step === last
    return meant && isSame(read(patch.value, below), value) ? [['value', ...below]] : []
  })
}

/** Whether a patch has both the name of a field and a value somewhere in it, perhaps in a text that is read as YAML. */
function speaksOf(patch: { readonly [field: string]: unknown }, field: string, value: unknown): boolean {
  const text = JSON.stringify(patch).replaceAll('\\', '')
  return text.includes(field) && (typeof value === 'object' || text.includes(String(value)))
}

/** The paths at which a tree has a field of that name and value, apart from overlays. */
function saying(tree: unknown, field: string, value: unknown): Path[] {
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(tree)
    ? [...tree.entries()]
    : Object.entries(map(tree)).filter(([key]) => key !== 'overlays')
  return members.flatMap(([key, member]) => [
    ...(key === field && isSame(member, value) ? [[key]] : []),
    ...saying(member, field, value).map((path) => [key, ...path]),
  ])
}

function isSame(a: unknown, b: unknown): boolean {
  return a !== undefined && (Object.is(a, b) || (isMap(a) && JSON.stringify(a) === JSON.stringify(b)))
}
