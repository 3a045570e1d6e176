import { map } from '../components/words.ts'
import { kinds } from '../k8s/kinds.ts'
import { type KubeObject, object } from '../k8s/object.ts'
import type { Resolved } from '../stages/2-resolve.ts'
import type { Rendered } from '../stages/stage.ts'
import type { Change } from './change.ts'

/** Namespaces that every cluster has already. */
const builtIn = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/**
 * `istioctl manifest generate` prints no Namespace, so that applying its output to a new cluster fails (istio/istio#24447).
 * Every namespace that the mesh uses is emitted, unless the cluster or the input has it. The one of a control plane in a
 * named network carries the label by which istiod knows that network.
 */
export const namespaces: Change = {
  name: 'namespaces',
  mesh: (rendered, resolved, present) => {
    const held = new Set(present.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name))
    const used = new Map<string, Rendered>()
    for (const one of rendered) {
      const name = namespaceOf(one.object)
      if (name !== undefined && !builtIn.has(name) && !held.has(name) && !used.has(name)) used.set(name, one)
    }
    const added = [...used].map(([name, user]) => ({
      ...user,
      object: object('Namespace', { name, labels: networkLabel(name, resolved) }),
    }))
    return [...added, ...rendered]
  },
}

function namespaceOf({ kind, metadata }: KubeObject): string | undefined {
  const clusterWide = Object.hasOwn(kinds, kind) && kinds[kind as keyof typeof kinds].scope === 'Cluster'
  return typeof metadata.namespace === 'string' && !clusterWide ? metadata.namespace : undefined
}

function networkLabel(namespace: string, resolved: readonly Resolved[]) {
  const home = resolved.find((plane) => plane.namespace === namespace && map(plane.values.global).network)
  return home && { 'topology.istio.io/network': map(home.values.global).network }
}
