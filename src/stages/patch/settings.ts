import { kindType, strategicMerge } from '../../k8s/merge.ts'
import { type Fields, isMap, type KubeObject } from '../../k8s/object.ts'
import { isNamed, type PatchContext, type Target } from './target.ts'

/** Where a field of `k8s` belongs: which object, and the patch that puts it there. */
interface Setting {
  readonly field: string
  /** The kind that is patched; the component's workload when there is none. */
  readonly kind?: string
  readonly patch: (value: unknown, target: Target) => Fields
}

const onPod = (field: string): Setting => ({
  field,
  patch: (value) => ({ spec: { template: { spec: { [field]: value } } } }),
})

const onContainer = (field: string): Setting => ({
  field,
  patch: (value, { container }) => ({
    spec: { template: { spec: { containers: [{ name: container, [field]: value }] } } },
  }),
})

const settings: readonly Setting[] = [
  ...['affinity', 'nodeSelector', 'tolerations', 'priorityClassName', 'securityContext'].map(onPod),
  ...['env', 'imagePullPolicy', 'readinessProbe', 'resources'].map(onContainer),
  { field: 'podAnnotations', patch: (value) => ({ spec: { template: { metadata: { annotations: value } } } }) },
  { field: 'replicaCount', patch: (value) => ({ spec: { replicas: value } }) },
  { field: 'strategy', patch: (value) => ({ spec: { strategy: value } }) },
  { field: 'hpaSpec', kind: 'HorizontalPodAutoscaler', patch: (value) => ({ spec: value }) },
  { field: 'podDisruptionBudget', kind: 'PodDisruptionBudget', patch: (value) => ({ spec: value }) },
  {
    field: 'service',
    kind: 'Service',
    patch: (value, { keepsPorts }) => ({ spec: keepsPorts && isMap(value) ? { ...value, ports: [] } : value }),
  },
  { field: 'serviceAnnotations', kind: 'Service', patch: (value) => ({ metadata: { annotations: value } }) },
]

/** Fields that the API knows and the installer never applies. */
const ignored = ['volumes', 'volumeMounts']

/**
 * The objects with a component's `k8s` settings merged in. A setting changes what is there and creates nothing; in this
 * `null` counts as a value, which removes the field that it names.
 */
export function applySettings(
  objects: readonly KubeObject[],
  k8s: Fields,
  target: Target | undefined,
  { path, report }: PatchContext,
): readonly KubeObject[] {
  let result = objects
  for (const { field, kind, patch } of settings) {
    if (!Object.hasOwn(k8s, field)) continue
    const wanted = target && { kind: kind ?? target.kind, name: target.name }
    if (!wanted || !objects.some((object) => isNamed(object, wanted.kind, wanted.name))) {
      report('warning', 'patch-without-target', [field], ...withoutTarget(field, path.join('.'), wanted), 'key')
      continue
    }
    const change = patch(k8s[field], target)
    result = result.map((object) =>
      isNamed(object, wanted.kind, wanted.name) ? settled(mergeInto(object, change)) : object,
    )
  }
  for (const field of ignored) {
    if (!Object.hasOwn(k8s, field)) continue
    const hint = "use an overlay with the path `spec.template.spec.volumes` or the component's values instead."
    report('warning', 'ignored-setting', [field], `\`${field}\` must not be set here: it is never applied`, hint, 'key')
  }
  return result
}

function mergeInto(object: KubeObject, change: Fields): KubeObject {
  return strategicMerge(kindType(object.apiVersion, object.kind), object, change) as KubeObject
}

/** A budget can't have both limits: as in the installer, `maxUnavailable` silences the chart's `minAvailable`. */
function settled(object: KubeObject): KubeObject {
  const spec = object.spec
  if (object.kind !== 'PodDisruptionBudget' || !isMap(spec)) return object
  if (spec.maxUnavailable === undefined || spec.minAvailable === undefined) return object
  return { ...object, spec: { ...spec, minAvailable: null } }
}

function withoutTarget(field: string, path: string, wanted: { kind: string; name: string } | undefined) {
  const message = wanted
    ? `\`${field}\` must have an object to change; there is no ${wanted.kind} "${wanted.name}"`
    : `\`${field}\` must not be set here: \`${path}\` has no workload`
  const hints: { readonly [kind: string]: string } = {
    HorizontalPodAutoscaler:
      'switch autoscaling on (`autoscaleEnabled`, `autoscaleMin`, `autoscaleMax` in the values).',
    PodDisruptionBudget: 'a budget is rendered for two and more replicas: raise `autoscaleMin` or `replicaCount`.',
  }
  return [message, (wanted && hints[wanted.kind]) ?? 'remove it, or switch on what it belongs to.'] as const
}
