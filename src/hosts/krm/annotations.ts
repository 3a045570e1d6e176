import { map } from '../../components/words.ts'
import type { Fields } from '../../k8s/object.ts'

/** Who rendered an object: the function replaces what it finds under the owners that it renders for. */
export const ownerAnnotation = 'render-istio.dev/owner'

/** What carries this stays in the package and is never applied. */
export const localConfig = 'config.kubernetes.io/local-config'

/** Where an item stands in the package, under the present key and the legacy one: hosts want both to say the same. */
export const pathAnnotations = ['internal.config.kubernetes.io/path', 'config.kubernetes.io/path'] as const
export const indexAnnotations = ['internal.config.kubernetes.io/index', 'config.kubernetes.io/index'] as const

/** An item's annotations; none when it has no such map. */
export function annotationsOf(value: unknown): Fields {
  return map(map(map(value).metadata).annotations)
}

/** How a functionConfig of kustomize says which program it is for; kpt has that in its Kptfile. */
const functionAnnotations = ['config.kubernetes.io/function', 'config.k8s.io/function'] as const

/** Whether a functionConfig names its function itself, as kustomize wants it. */
export function namesFunction(functionConfig: unknown): boolean {
  const annotations = annotationsOf(functionConfig)
  return functionAnnotations.some((name) => annotations[name] !== undefined)
}

/** The file of the package that an item stands in. */
export function fileOf(value: unknown): string | undefined {
  const annotations = annotationsOf(value)
  const file = annotations[pathAnnotations[0]] ?? annotations[pathAnnotations[1]]
  return file === undefined ? undefined : String(file)
}
