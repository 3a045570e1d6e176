import { items, map } from '../../../components/words.ts'
import { isMap } from '../../../k8s/object.ts'
import { display } from '../../order/display.ts'
import { podOf } from '../../order/pods.ts'
import { selects } from '../../order/selectors.ts'
import type { Rendered } from '../../stage.ts'
import { amount } from './amount.ts'
import { culprit, entryPath, type Mesh, type MeshRule, type MeshTell, planeOf } from './mesh.ts'
import { isWritten, quote } from './rule.ts'

type Fields = { readonly [field: string]: unknown }

/**
 * Reports what the API server refuses in Deployments and DaemonSets: `request-above-limit`, `duplicate-item` for
 * variables, volumes and mounts, `conflicting-fields`, `unknown-volume`, `selector-mismatch`, `negative-number`; and `overlapping-selectors` of
 * workloads that can't be told apart.
 */
export const workloads: MeshRule = (mesh, tell) => {
  for (const item of mesh.rendered) {
    const pod = podOf(item.object)
    if (!pod) continue
    const containers = [...items(pod.spec.initContainers), ...items(pod.spec.containers)].map(map)
    for (const container of containers) {
      resources(mesh, item, container, tell)
      variables(mesh, item, container, tell)
    }
    volumes(mesh, item, pod.spec, containers, tell)
    frame(mesh, item, pod.labels, tell)
  }
  overlaps(mesh, tell)
}

/** Services, budgets and autoscalers find pods by labels, and would take those of both workloads for one. */
function overlaps(mesh: Mesh, tell: MeshTell): void {
  const found = mesh.rendered.flatMap((item) => {
    const pod = podOf(item.object)
    return pod ? [{ item, labels: pod.labels, selector: map(item.object.spec).selector }] : []
  })
  found.forEach(({ item, labels, selector }, index) => {
    const other = found
      .slice(0, index)
      .find(
        (before) =>
          before.item.object.metadata.namespace === item.object.metadata.namespace &&
          before.item.object.metadata.name !== item.object.metadata.name &&
          (selects(before.selector, labels) || selects(selector, before.labels)),
      )
    if (!other) return
    const entry = entryPath(item)
    const plane = planeOf(mesh, item)
    tell(item, {
      grade: 'warning',
      code: 'overlapping-selectors',
      path: plane && isWritten(plane, [...entry, 'label']) ? [...entry, 'label'] : entry,
      must: `make ${display(item.object)} differ in its labels from ${display(other.item.object)}: Services and budgets take the pods of both for one`,
      hint: 'set `label` of each gateway, such as `label: {istio: NAME}`.',
    })
  })
}

function resources(mesh: Mesh, item: Rendered, { name, resources }: Fields, tell: MeshTell): void {
  const { requests, limits } = map(resources)
  for (const [resource, limit] of Object.entries(map(limits))) {
    const request = map(requests)[resource]
    const [wanted, most] = [amount(request), amount(limit)]
    if (wanted === undefined || most === undefined || wanted <= most) continue
    const below = (kind: string) => ['resources', kind, resource]
    tell(item, {
      grade: 'mistake',
      code: 'request-above-limit',
      path: culprit(mesh, item, {
        overlay: 'resources',
        about: resource,
        k8s: [below('requests'), below('limits')],
        own: [below('requests'), below('limits')],
        spec: [['values', 'global', 'defaultResources', 'requests', resource]],
      }),
      must: `leave the request for ${resource} below its limit; container ${quote(name)} asks for ${quote(request)} with a limit of ${quote(limit)}`,
      hint: 'raise the limit, or lower the request; the API server refuses such a pod.',
    })
  }
}

function variables(mesh: Mesh, item: Rendered, container: Fields, tell: MeshTell): void {
  const seen = new Set<unknown>()
  const place = (name: unknown) => {
    const index = items(map(settingsOf(mesh, item)).env).findIndex((one) => map(one).name === name)
    const metadata = ['meshConfig', 'defaultConfig', 'proxyMetadata', String(name)]
    return culprit(mesh, item, {
      overlay: 'env',
      about: String(name),
      k8s: [
        ['env', index, 'name'],
        ['env', index],
      ],
      own: [['env', String(name)]],
      spec: [['values', ...metadata], metadata],
    })
  }
  for (const variable of items(container.env).map(map)) {
    const { name, value, valueFrom } = variable
    if (seen.has(name)) {
      tell(item, {
        grade: 'mistake',
        code: 'duplicate-item',
        path: place(name),
        must: `not repeat ${quote(name)}, which container ${quote(container.name)} has already: server-side apply refuses that`,
        hint: 'change the variable that is there: `k8s.env` is merged by name.',
      })
    } else if (value !== undefined && value !== null && value !== '' && isMap(valueFrom)) {
      tell(item, {
        grade: 'mistake',
        code: 'conflicting-fields',
        path: place(name),
        must: `give ${quote(name)} a value or a source; with what is rendered it has both`,
        hint: 'set `value: null` beside `valueFrom`, or `valueFrom: null` beside `value`.',
      })
    }
    seen.add(name)
  }
}

/** The `k8s` settings of the component that an object belongs to. */
function settingsOf(mesh: Mesh, item: Rendered): unknown {
  const plane = mesh.planes.find(({ owner, revision }) => owner === item.owner && revision === item.revision)
  const [, , list = '', index] = item.path.split(/[.[\]]/)
  const entry = map(plane?.spec.components)[list]
  return map(Array.isArray(entry) ? entry[Number(index)] : entry).k8s
}

function volumes(mesh: Mesh, item: Rendered, pod: Fields, containers: readonly Fields[], tell: MeshTell): void {
  const names = items(pod.volumes)
    .map((volume) => map(volume).name)
    .filter((name): name is string => typeof name === 'string')
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  const sources = { overlay: 'olume', own: [['volumes'], ['secretVolumes'], ['configVolumes']] } as const
  if (repeated !== undefined) {
    tell(item, {
      grade: 'mistake',
      code: 'duplicate-item',
      path: culprit(mesh, item, { ...sources, about: String(repeated) }),
      must: `not repeat the volume ${quote(repeated)}, which the pod has already`,
      hint: 'give the volume another name.',
    })
  }
  // istiod adds volumes to the pods that it injects.
  const injected = containers.some(({ image }) => image === 'auto')
  for (const { name, volumeMounts } of containers) {
    const mounts = items(volumeMounts).map(map)
    const paths = mounts.map(({ mountPath }) => mountPath)
    const twice = paths.find((path, index) => paths.indexOf(path) < index)
    const unknown = injected ? undefined : mounts.find(({ name }) => typeof name === 'string' && !names.includes(name))
    const path = (about: unknown) =>
      culprit(mesh, item, { ...sources, about: String(about), own: [['volumeMounts'], ...sources.own] })
    if (twice !== undefined) {
      tell(item, {
        grade: 'mistake',
        code: 'duplicate-item',
        path: path(twice),
        must: `not repeat the mount at ${quote(twice)}, which container ${quote(name)} has already`,
      })
    }
    if (unknown) {
      tell(item, {
        grade: 'mistake',
        code: 'unknown-volume',
        path: path(unknown.name),
        must: `mount volumes that the pod has; container ${quote(name)} mounts ${quote(unknown.name)}, and there is none`,
        hint: `the pod has ${names.map(quote).join(', ') || 'none'}.`,
      })
    }
  }
}

/** What is around the pod. */
function frame(mesh: Mesh, item: Rendered, labels: Fields, tell: MeshTell): void {
  const { selector, strategy, replicas } = map(item.object.spec)
  if (!selects(selector, labels)) {
    tell(item, {
      grade: 'mistake',
      code: 'selector-mismatch',
      path: culprit(mesh, item, { overlay: 'label', k8s: [], own: [] }),
      must: 'leave the pods the labels by which their workload finds them; the API server refuses it otherwise',
      hint: 'change the selector and the labels of the pods alike.',
    })
  }
  const { type, rollingUpdate } = map(strategy)
  if (type === 'Recreate' && isMap(rollingUpdate)) {
    tell(item, {
      grade: 'mistake',
      code: 'conflicting-fields',
      path: culprit(mesh, item, { overlay: 'strategy', k8s: [['strategy', 'type'], ['strategy']] }),
      must: 'come with `rollingUpdate: null`: what is rendered has that field, which the API server refuses beside "Recreate"',
      hint: 'write `rollingUpdate: null` beside the type.',
    })
  }
  if (typeof replicas === 'number' && replicas < 0) {
    tell(item, {
      grade: 'mistake',
      code: 'negative-number',
      path: culprit(mesh, item, { overlay: 'replicas', k8s: [['replicaCount']] }),
      must: `be 0 or more; it is ${quote(replicas)}`,
    })
  }
}
