import { components } from '../../../components/index.ts'
import { items, map } from '../../../components/words.ts'
import type { KubeObject } from '../../../k8s/object.ts'
import type { Path, Report } from '../../../problem.ts'
import type { Resolved } from '../../2-resolve.ts'
import type { Rendered } from '../../stage.ts'
import { isWritten, type Surroundings, type Told, teller } from './rule.ts'

/** All control planes together, with the objects that they became after the user's patches. */
export interface Mesh extends Surroundings {
  readonly rendered: readonly Rendered[]
  readonly planes: readonly Resolved[]
  /** Objects that the input holds besides. */
  readonly present: readonly KubeObject[]
}

/** Says something of an object, in the document of the control plane that it comes from. */
export type MeshTell = (item: Rendered, told: Told) => void

/** Something that must hold among the objects of a mesh. */
export type MeshRule = (mesh: Mesh, tell: MeshTell) => void

/** Makes problems of what rules say about objects. */
export function meshTeller(mesh: Mesh, report: Report): MeshTell {
  return (item, told) => {
    const plane = planeOf(mesh, item)
    if (plane) teller(plane, report)(told)
  }
}

/** The control plane that an object was rendered for. */
export function planeOf({ planes }: Pick<Mesh, 'planes'>, { owner, revision }: Rendered): Resolved | undefined {
  return planes.find((plane) => plane.owner === owner && plane.revision === revision)
}

/** Where the user may have written what ended up in an object. */
export interface Sources {
  /** A word in the path of overlays that speak of it. */
  readonly overlay?: string
  /** What else such an overlay must hold, in its path or its value. */
  readonly about?: string
  /** Below `k8s` of the component. */
  readonly k8s?: readonly Path[]
  /** Below the component's own part of the values. */
  readonly own?: readonly Path[]
  /** Below `spec`. */
  readonly spec?: readonly Path[]
}

/** The place that is to blame for what an object says: overlays come last and so first, then settings, then values. */
export function culprit(
  mesh: Mesh,
  item: Rendered,
  { overlay, about = '', k8s = [], own = [], spec = [] }: Sources,
): Path {
  const plane = planeOf(mesh, item)
  const entry = entryPath(item)
  const root = components.find(({ name }) => name === item.component)?.valuesRoot ?? []
  const candidates: Path[] = [
    ...(overlay === undefined ? [] : overlays(plane, item, overlay, about)),
    ...k8s.map((path) => [...entry, 'k8s', ...path]),
    ...own.map((path) => ['spec', 'values', ...root, ...path]),
    ...spec.map((path) => ['spec', ...path]),
  ]
  return candidates.find((path) => plane && isWritten(plane, path)) ?? entry
}

/** The steps of the path under which a component stands. */
export function entryPath({ path }: Rendered): Path {
  return path.split('.').flatMap((part) => {
    const [, name = part, index] = /^(.*)\[(\d+)\]$/.exec(part) ?? []
    return index === undefined ? [name] : [name, Number(index)]
  })
}

/** The patches of overlays on an object whose path holds a word, and which speak of something, last first. */
function overlays(plane: Resolved | undefined, item: Rendered, word: string, about: string): Path[] {
  const path = [...entryPath(item), 'k8s', 'overlays']
  const list = path.reduce<unknown>((here, step) => (Array.isArray(here) ? here[Number(step)] : map(here)[step]), {
    spec: plane?.spec,
  })
  const { kind, metadata } = item.object
  return items(list)
    .flatMap((overlay, index) =>
      map(overlay).kind === kind && map(overlay).name === metadata.name
        ? items(map(overlay).patches).flatMap((patch, number) =>
            String(map(patch).path).includes(word) && JSON.stringify(patch).includes(about)
              ? [[...path, index, 'patches', number, 'value']]
              : [],
          )
        : [],
    )
    .reverse()
}
