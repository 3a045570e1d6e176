import { argocd } from './argocd.ts'
import { dependsOn, reference } from './depends-on.ts'
import type { Annotations, Placed } from './placed.ts'

/** `kpt live apply` puts these before what needs them without being told. */
const implied: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition'])

/**
 * kpt: what an object waits for, besides Argo CD's annotations (neither disturbs the other).
 *
 * Inside a set kpt sorts by kind, which is enough for a workload's account and configuration; only what must be healthy
 * first is written, and what would itself come too late for the sort.
 */
export function kpt(placed: Placed): Annotations {
  const targets = placed.dependencies
    .filter(({ object, healthy, late }) => (healthy || late) && !implied.has(object.kind) && object.metadata.name)
    .map(({ object }) => reference(object))
  const unique = [...new Set(targets)].sort()
  return { ...argocd(placed), ...(unique.length > 0 ? { [dependsOn]: unique.join(',') } : {}) }
}
