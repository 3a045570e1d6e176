import { map } from '../components/words.ts'
import { type Phase, phases } from '../engines/phases.ts'
import type { KubeObject } from '../k8s/object.ts'
import type { MeshObject } from '../pipeline.ts'
import { writeDocuments, writeYaml } from '../yaml/write.ts'
import { type FluxSource, fluxKustomizations } from './flux-kustomizations.ts'

/** The files of a folder: their texts by path, in the order in which a reader goes through them. */
export type Files = ReadonlyMap<string, string>

const note = '# Written by render-istio. Change the IstioOperator, and render again.\n'

/**
 * A mesh as a folder: a sub-folder for each phase that has objects, in it a file for each object and a kustomization
 * that names them in their order. Names say kind, namespace and name, and nothing of what else is in the mesh, so that
 * a change shows up in the files of the objects that it is about.
 *
 * The kustomization at the top has all of them, or for Flux a Kustomization for each phase that waits for the one
 * before it.
 */
export function phaseFolders(mesh: readonly MeshObject[], flux: FluxSource | undefined): Files {
  const files = new Map<string, string>()
  const folders: { name: string; phase: Phase }[] = []
  for (const [index, phase] of phases.entries()) {
    const members = mesh.filter((one) => one.phase === phase)
    if (members.length === 0) continue
    const name = `${String(index).padStart(2, '0')}-${phase}`
    folders.push({ name, phase })
    const byFile = new Map<string, KubeObject[]>()
    for (const { object } of members) {
      const file = fileName(object)
      byFile.set(file, [...(byFile.get(file) ?? []), object])
    }
    for (const [file, objects] of byFile) files.set(`${name}/${file}`, writeDocuments(objects))
    files.set(`${name}/kustomization.yaml`, kustomization([...byFile.keys()]))
  }
  if (flux) files.set('flux.yaml', writeDocuments(fluxKustomizations(folders, flux)))
  files.set('kustomization.yaml', kustomization(flux ? ['flux.yaml'] : folders.map(({ name }) => name)))
  return files
}

/** Resources in this order; kustomize would sort them by kind, and put webhooks behind what they are for. */
function kustomization(resources: readonly string[]): string {
  return (
    note +
    writeYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources,
      sortOptions: { order: 'fifo' },
    })
  )
}

/**
 * `deployment_istio-system_istiod.yaml`. Neither kinds nor namespaces hold an underscore. What no file may be called on
 * every system is a dash; should two objects get the same name by that, they share the file.
 */
function fileName({ kind, metadata }: KubeObject): string {
  const { namespace, name } = map(metadata)
  const parts = [kind, ...(namespace ? [namespace] : []), name]
  return `${parts
    .map((part) =>
      String(part)
        .toLowerCase()
        .replace(/[^a-z0-9._-]/g, '-'),
    )
    .join('_')}.yaml`
}
