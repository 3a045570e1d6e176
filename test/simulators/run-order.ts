import type { KubeObject } from '../../src/k8s/object.ts'
import type { Problem } from '../../src/problem.ts'
import { type OrderSettings, order } from '../../src/stages/6-order.ts'
import type { Rendered } from '../../src/stages/stage.ts'
import { annotation, nameOf } from './timeline.ts'

/** A mesh put in order, for Argo CD unless the settings name another engine, with what was reported. */
export function run(mesh: readonly Rendered[], settings: Partial<OrderSettings> = {}) {
  const problems: Problem[] = []
  const objects = order(mesh, { engine: 'argocd', ...settings }, (problem) => problems.push(problem))
  return { objects, problems, codes: problems.map(({ code }) => code) }
}

/** The object of that name, as `nameOf` gives it. */
export function find(objects: readonly KubeObject[], name: string): KubeObject {
  const found = objects.find((one) => nameOf(one) === name)
  if (!found) throw new Error(`no ${name} among ${objects.map(nameOf).join(', ')}`)
  return found
}

/** The number of an object's wave, as it is written. */
export function waveOf(objects: readonly KubeObject[], name: string): string | undefined {
  return annotation(find(objects, name), 'argocd.argoproj.io/sync-wave')
}

/** The mesh with annotations put on one of its objects, as an overlay would. */
export function annotated(mesh: readonly Rendered[], name: string, annotations: { [key: string]: string }): Rendered[] {
  return mesh.map((item) =>
    nameOf(item.object) === name
      ? { ...item, object: { ...item.object, metadata: { ...item.object.metadata, annotations } } }
      : item,
  )
}
