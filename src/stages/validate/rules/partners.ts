import { items, map } from '../../../components/words.ts'
import { nearest, type Path } from '../../../problem.ts'
import { podOf } from '../../order/pods.ts'
import type { Rendered } from '../../stage.ts'
import { entryPath, type Mesh, type MeshRule, type MeshTell, planeOf } from './mesh.ts'
import { isWritten, quote } from './rule.ts'

type Fields = { readonly [field: string]: unknown }

/**
 * Reports parts of the mesh that don't find each other: `missing-component` where the partner isn't in the input (it may
 * be in another one), `revision-not-rendered` where a gateway belongs to a revision that isn't, and `ambient-conflict`
 * where the parts of ambient mode that are there can't work together.
 */
export const partners: MeshRule = (mesh, tell) => {
  gateways(mesh, tell)
  defaultRevision(mesh, tell)
  ambient(mesh, tell)
}

/** The names under which pods find an istiod of this mesh. */
export function served({ rendered, planes, present }: Mesh): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { object, component } of rendered) {
    const { kind, metadata } = object
    if (component === 'Pilot' && (kind === 'MutatingWebhookConfiguration' || isIstiod(object)))
      add(map(metadata.labels))
  }
  for (const { kind, metadata } of present) if (kind === 'MutatingWebhookConfiguration') add(map(metadata.labels))
  for (const { values, revision } of planes) {
    // What install makes of it, and what the default changes do.
    const name = values.defaultRevision
    if (typeof name === 'string' && name !== '' && (names.has(name) || name === revision)) names.add('default')
  }
  return names

  function add(labels: Fields): void {
    for (const label of ['istio.io/rev', 'istio.io/tag']) {
      const name = labels[label]
      if (typeof name === 'string' && name !== '') names.add(name)
    }
  }
}

function isIstiod({ kind, metadata }: Rendered['object']): boolean {
  return (kind === 'Deployment' || kind === 'Service') && String(metadata.name).startsWith('istiod')
}

function gateways(mesh: Mesh, tell: MeshTell): void {
  const names = served(mesh)
  const told = new Set<string>()
  for (const item of mesh.rendered) {
    if (!['IngressGateways', 'EgressGateways'].includes(item.component) || item.object.kind !== 'Deployment') continue
    const pod = podOf(item.object)
    const asked = pod?.labels['istio.io/rev']
    const revision = typeof asked === 'string' && asked !== '' ? asked : item.revision || 'default'
    const key = `${item.owner} ${item.revision} ${revision}`
    if (names.has(revision) || told.has(key)) continue
    told.add(key)
    const [close] = nearest(revision, names)
    if (names.size === 0) {
      tell(item, {
        grade: 'warning',
        code: 'missing-component',
        path: entryPath(item),
        must: `find an istiod of revision ${quote(revision)} in the cluster: none is rendered beside it`,
        hint: 'that is fine if another application installs it, and does so before the gateway.',
      })
    } else {
      tell(item, {
        grade: 'warning',
        code: 'revision-not-rendered',
        path: item.revision === revision ? ['spec', 'values', 'revision'] : entryPath(item),
        must: `find an istiod of revision ${quote(revision)} in the cluster; rendered are ${[...names].sort().map(quote).join(', ')}`,
        hint: close ? `did you mean "${close}"?` : 'add the revision, or a tag of that name to `values.revisionTags`.',
      })
    }
  }
}

/** The default validator calls the istiod of a revision that must be there. */
function defaultRevision(mesh: Mesh, tell: MeshTell): void {
  const names = served(mesh)
  for (const item of mesh.rendered) {
    if (item.component !== 'Base' || item.object.kind !== 'ValidatingWebhookConfiguration') continue
    const name = planeOf(mesh, item)?.values.defaultRevision
    if (typeof name !== 'string' || name === '' || name === 'default' || names.has(name) || names.size === 0) continue
    const [close] = nearest(name, names)
    tell(item, {
      grade: 'warning',
      code: 'revision-not-rendered',
      path: ['spec', 'values', 'defaultRevision'],
      must: `name a revision that is rendered; ${quote(name)} is none of ${[...names].sort().map(quote).join(', ')}`,
      hint: close ? `did you mean "${close}"?` : 'the validator of resources without a revision calls it.',
    })
  }
}

function ambient(mesh: Mesh, tell: MeshTell): void {
  const proxy = mesh.rendered.find(({ component, object }) => component === 'Ztunnel' && object.kind === 'DaemonSet')
  const agents = mesh.rendered.filter(({ component, object }) => component === 'Cni' && object.kind === 'ConfigMap')
  const agent = agents.find(({ object }) => map(object.data).AMBIENT_ENABLED === 'true')
  const istiods = mesh.rendered.filter(({ component, object }) => component === 'Pilot' && object.kind === 'Deployment')
  const missing = (item: Rendered, must: string, hint: string) =>
    tell(item, { grade: 'warning', code: 'missing-component', path: entryPath(item), must, hint })
  const conflict = (item: Rendered, path: Path, must: string, hint: string) =>
    tell(item, { grade: 'mistake', code: 'ambient-conflict', path, must, hint })
  const elsewhere = 'that is fine if another application installs it.'

  if (agent && !proxy) {
    missing(agent, 'come with ztunnel: in ambient mode it hands the traffic of pods over to it', elsewhere)
  }
  if (!proxy) return
  if (agents.length === 0) {
    missing(proxy, 'come with the CNI agent in ambient mode, which leads the traffic of pods to it', elsewhere)
  } else if (!agent) {
    conflict(
      proxy,
      entryPath(proxy),
      'come with a CNI agent in ambient mode; the one that is rendered has it switched off',
      'set `values.cni.ambient.enabled: true`, or use the profile "ambient".',
    )
  }
  for (const istiod of istiods) {
    const env = variablesOf(istiod)
    const name = quote(istiod.object.metadata.name)
    if (env.PILOT_ENABLE_AMBIENT !== 'true') {
      conflict(
        proxy,
        entryPath(proxy),
        `come with an istiod that speaks to it; Deployment ${name} has ambient mode switched off`,
        'set `values.pilot.env.PILOT_ENABLE_AMBIENT: "true"`, or use the profile "ambient".',
      )
      continue
    }
    const { namespace } = proxy.object.metadata
    const account = `${namespace}/${map(podOf(proxy.object)?.spec).serviceAccountName ?? 'default'}`
    const trusted = env.CA_TRUSTED_NODE_ACCOUNTS
    if (typeof trusted !== 'string' || trusted.split(',').includes(account)) continue
    const said = ['spec', 'values', 'pilot', 'trustedZtunnelNamespace']
    const plane = planeOf(mesh, istiod)
    const own = plane !== undefined && isWritten(plane, said)
    conflict(
      own ? istiod : proxy,
      own ? said : [...entryPath(proxy), 'namespace'],
      `make ${quote(account)} an account that may ask for the certificates of pods; Deployment ${name} trusts ${quote(trusted)}`,
      `set \`values.pilot.trustedZtunnelNamespace: ${namespace}\`.`,
    )
  }
}

/** The environment of a workload's containers, as far as it is text. */
function variablesOf({ object }: Rendered): Fields {
  const containers = items(podOf(object)?.spec.containers).map(map)
  return Object.fromEntries(
    containers.flatMap(({ env }) => items(env).map((variable) => [map(variable).name, map(variable).value])),
  )
}
