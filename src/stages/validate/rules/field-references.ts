import { nearest, type Path } from '../../../problem.ts'
import { display } from '../../order/display.ts'
import type { Rendered } from '../../stage.ts'
import { blame } from './blame.ts'
import type { Mesh, MeshTell } from './mesh.ts'
import { quote } from './rule.ts'

/** Fields of a pod that files may hold, and those that variables may. */
const inFiles = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels', 'metadata.annotations']
const inVariables = [
  ...inFiles.slice(0, 3),
  ...['spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
]
const member = /^metadata\.(?:labels|annotations)\['[^']+'\]$/

const resources = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`])
const hugePages = /^(?:limits|requests)\.hugepages-./

type Fields = { readonly [field: string]: unknown }

/** Reports `not-allowed-value` where a variable or a file is to hold a field of the pod that the API doesn't hand out. */
export function fieldReference(
  mesh: Mesh,
  item: Rendered,
  { apiVersion, fieldPath }: Fields,
  path: Path,
  tell: MeshTell,
): void {
  const known = path.includes('env') ? inVariables : inFiles
  if (typeof apiVersion === 'string' && !['', 'v1'].includes(apiVersion)) {
    const place = blame(mesh, item, [...path, 'apiVersion'], apiVersion)
    refuse(item, place, 'refer to fields of pods of version "v1"', apiVersion, 'leave `apiVersion` out.', tell)
  }
  // The old name of the node is still taken.
  if (fieldPath === 'spec.host' && known === inVariables) return
  if (typeof fieldPath !== 'string' || known.includes(fieldPath) || member.test(fieldPath)) return
  const place = blame(mesh, item, [...path, 'fieldPath'], fieldPath)
  const what = known === inFiles ? 'a file of a volume' : 'a variable'
  const all = `${what} can hold ${known.join(', ')}, and members such as metadata.labels['app']`
  const [close] = nearest(fieldPath, known)
  const hint = close ? `did you mean "${close}"?` : `${all}.`
  refuse(item, place, 'refer to a field of pods that is handed out', fieldPath, hint, tell)
}

/** Reports `not-allowed-value` where a variable or a file is to hold a resource that containers don't have. */
export function resourceReference(
  mesh: Mesh,
  item: Rendered,
  { resource: name }: Fields,
  path: Path,
  tell: MeshTell,
): void {
  if (typeof name !== 'string' || resources.includes(name) || hugePages.test(name)) return
  const place = blame(mesh, item, [...path, 'resource'], name)
  const [close] = nearest(name, resources)
  const hint = close ? `did you mean "${close}"?` : `there are ${resources.join(', ')}, and hugepages.`
  refuse(item, place, 'refer to a resource of containers', name, hint, tell)
}

function refuse(item: Rendered, path: Path, must: string, value: string, hint: string, tell: MeshTell): void {
  tell(item, {
    grade: 'mistake',
    code: 'not-allowed-value',
    path,
    must: `${must}; ${display(item.object)} would refer to ${quote(value)}`,
    hint,
  })
}
