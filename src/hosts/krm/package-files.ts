import { map } from '../../components/words.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { MeshObject } from '../../pipeline.ts'
import { operatorName } from '../../stages/1-read.ts'
import type { Document } from '../../yaml/document.ts'
import { annotationsOf, fileOf, indexAnnotations, ownerAnnotation, pathAnnotations } from './annotations.ts'
import type { Item } from './resource-list.ts'

/** Rendered objects with an owner and a place in the package: a file a component, beside the IstioOperator. */
export function placeInFiles(
  objects: readonly MeshObject[],
  operators: readonly Document[],
  kept: readonly Item[],
): KubeObject[] {
  const next = new Map<string, number>()
  for (const { value } of kept) {
    const annotations = annotationsOf(value)
    const path = String(fileOf(value))
    const index = Number(annotations[indexAnnotations[0]] ?? annotations[indexAnnotations[1]] ?? 0)
    next.set(path, Math.max(next.get(path) ?? 0, index + 1))
  }
  return objects.map(({ object, owner, component }) => {
    const file = operators.find(({ value }) => operatorName(value) === owner)?.file ?? ''
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
    const path = `${folder}${folderName(owner)}/${fileNames[component]}.yaml`
    const index = next.get(path) ?? 0
    next.set(path, index + 1)
    const annotations = {
      ...map(object.metadata.annotations),
      ...Object.fromEntries(indexAnnotations.map((name) => [name, String(index)])),
      ...Object.fromEntries(pathAnnotations.map((name) => [name, path])),
      [ownerAnnotation]: owner,
    }
    return { ...object, metadata: { ...object.metadata, annotations } }
  })
}

/** The name of an owner as that of a folder, which stays below the folder that it is put in whatever the name holds. */
function folderName(owner: string): string {
  return owner.slice(owner.indexOf('/') + 1).replace(/^\.+|[^\w.-]+/g, '-')
}

const fileNames: { readonly [Component in MeshObject['component']]: string } = {
  Base: 'base',
  Pilot: 'istiod',
  Cni: 'cni',
  Ztunnel: 'ztunnel',
  IngressGateways: 'ingress-gateways',
  EgressGateways: 'egress-gateways',
}
