import type { KubeObject } from '../../k8s/object.ts'

/** An object as a message names it: `Deployment "istio-system/istiod"`. */
export function display({ kind, metadata: { namespace, name } }: KubeObject): string {
  return `${kind} "${namespace ? `${namespace}/` : ''}${name}"`
}
