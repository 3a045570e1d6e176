import { map } from '../../components/words.ts'
import { kindType, type PatchReport, strategicMerge } from '../../k8s/merge.ts'
import { type Fields, isMap, type KubeObject } from '../../k8s/object.ts'
import { isNamed, type PatchContext, type Target } from './target.ts'

/** A step of a path into an object: a key, or the item of a list that has this name. */
type Step = string | { readonly name: string }

/** Where a field of `k8s` belongs: which object, and at which path in it. */
interface Setting {
  readonly field: string
  /** The kind that is patched; the component's workload when there is none. */
  readonly kind?: string
  readonly into: (target: Target) => readonly Step[]
}

const onPod = (field: string): Setting => ({ field, into: () => ['spec', 'template', 'spec', field] })

const onContainer = (field: string): Setting => ({
  field,
  into: ({ container }) => ['spec', 'template', 'spec', 'containers', { name: container }, field],
})

const settings: readonly Setting[] = [
  ...['affinity', 'nodeSelector', 'tolerations', 'priorityClassName', 'securityContext'].map(onPod),
  ...['env', 'imagePullPolicy', 'readinessProbe', 'resources'].map(onContainer),
  { field: 'podAnnotations', into: () => ['spec', 'template', 'metadata', 'annotations'] },
  { field: 'replicaCount', into: () => ['spec', 'replicas'] },
  { field: 'strategy', into: () => ['spec', 'strategy'] },
  { field: 'hpaSpec', kind: 'HorizontalPodAutoscaler', into: () => ['spec'] },
  { field: 'podDisruptionBudget', kind: 'PodDisruptionBudget', into: () => ['spec'] },
  { field: 'service', kind: 'Service', into: () => ['spec'] },
  { field: 'serviceAnnotations', kind: 'Service', into: () => ['metadata', 'annotations'] },
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
  for (const { field, kind, into } of settings) {
    if (!Object.hasOwn(k8s, field)) continue
    const wanted = target && { kind: kind ?? target.kind, name: target.name }
    if (!wanted || !objects.some((object) => isNamed(object, wanted.kind, wanted.name))) {
      report('warning', 'patch-without-target', [field], ...withoutTarget(field, path.join('.'), wanted), 'key')
      continue
    }
    const steps = into(target)
    const change = nested(steps, field === 'service' ? servicePatch(k8s.service, target) : k8s[field])
    const mistaken: PatchReport = ({ severity, path: at, message, hint }) =>
      report(severity, 'bad-patch', [field, ...at.slice(steps.length)], message, hint)
    result = result.map((object) => {
      if (!isNamed(object, wanted.kind, wanted.name)) return object
      return settled(strategicMerge(kindType(object.apiVersion, object.kind), object, change, mistaken) as KubeObject)
    })
  }
  for (const field of ignored) {
    if (!Object.hasOwn(k8s, field)) continue
    const hint = "use an overlay with the path `spec.template.spec.volumes` or the component's values instead."
    report('warning', 'ignored-setting', [field], `\`${field}\` must not be set here: it is never applied`, hint, 'key')
  }
  return result
}

function nested([step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value
  if (typeof step === 'string') return { [step]: nested(rest, value) }
  return [{ ...step, ...map(nested(rest, value)) }]
}

function servicePatch(service: unknown, { keepsPorts }: Target): unknown {
  return keepsPorts && isMap(service) ? { ...service, ports: [] } : service
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
