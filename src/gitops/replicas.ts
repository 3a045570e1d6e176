import { map } from '../components/words.ts'
import type { KubeObject } from '../k8s/object.ts'
import type { Change } from './change.ts'

/**
 * A workload with an autoscaler says no `replicas`: two writers of one field take turns for ever (argo-cd#5105), and a
 * render would scale the mesh back.
 */
export const replicas: Change = {
  name: 'replicas',
  mesh: (rendered) => {
    const scaled = new Set(
      rendered.flatMap(({ object }) => {
        if (object.kind !== 'HorizontalPodAutoscaler') return []
        const { kind, name } = map(map(object.spec).scaleTargetRef)
        return [`${kind}/${object.metadata.namespace}/${name}`]
      }),
    )
    return rendered.map((one) => (scaled.has(key(one.object)) ? { ...one, object: withoutReplicas(one.object) } : one))
  },
}

function key({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`
}

function withoutReplicas(object: KubeObject): KubeObject {
  const { replicas: _, ...spec } = map(object.spec)
  return { ...object, spec }
}
