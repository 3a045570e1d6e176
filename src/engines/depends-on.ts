import { groupOf } from '../k8s/group.ts'
import type { KubeObject } from '../k8s/object.ts'

/** The annotation by which `kpt live apply` learns what an object waits for. */
export const dependsOn = 'config.kubernetes.io/depends-on'

/** How that annotation names an object: `group/namespaces/namespace/Kind/name`, or `group/Kind/name`. */
export function reference(object: KubeObject): string {
  const { namespace, name } = object.metadata
  const scope = namespace ? `namespaces/${namespace}/` : ''
  return `${groupOf(object)}/${scope}${object.kind}/${name}`
}

/** A reference taken apart, as `identity` writes it: `group/Kind/namespace/name`; nothing when it has another form. */
export function identityOfReference(text: string): string | undefined {
  const parts = text.split('/')
  const [group, second, namespace] = parts
  if (parts.length === 3) return parts[1] && parts[2] ? `${group}/${parts[1]}//${parts[2]}` : undefined
  if (parts.length !== 5 || second !== 'namespaces' || !namespace || !parts[3] || !parts[4]) return undefined
  return `${group}/${parts[3]}/${namespace}/${parts[4]}`
}
