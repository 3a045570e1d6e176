import { cniDefaults } from '../../istio/defaults/cni.ts'
import { type KubeObject, list, object } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import { checkShapes, type Demand } from '../shape.ts'
import type { Chart } from '../values.ts'
import { admit, inScope, map, nodeCriticalPods, ownerLabels, raw, tcp, truth, withRevision } from '../words.ts'
import { account, clusterAccess } from './access.ts'
import { config } from './config.ts'
import { daemonSet } from './daemon-set.ts'
import { nameLabels } from './labels.ts'
import type { CniContext, CniValues } from './values.ts'

export type { CniContext, CniValues } from './values.ts'

export const cniChart: Chart = { defaults: cniDefaults, lifts: 'cni' }

/** The blocks of values whose children are read whatever the rest says; all but `global` stand under `cni`. */
export const cniBlocks: readonly string[] = ['global', 'ambient', 'repair']

/** The agent on every node that sets up the network of pods, in place of privileged init containers. */
export function renderCni(context: CniContext): KubeObject[] {
  const { values: v } = context
  const local = inScope(v.global.resourceScope, 'namespace')
  return list(
    ...(local ? [account(context), config(context), daemonSet(context)] : []),
    ...(inScope(v.global.resourceScope, 'cluster') ? clusterAccess(context) : []),
    local && v.provider === 'multus' && multusAttachment(context),
    local && truth(v.resourceQuotas.enabled) && quota(context),
    truth(map(v.global.networkPolicy).enabled) && networkPolicy(context),
  )
}

/** Pods ask Multus for the plugin by this name; those of every namespace may refer to what lies in `default`. */
function multusAttachment(context: CniContext): KubeObject {
  return object('NetworkAttachmentDefinition', {
    name: 'istio-cni',
    namespace: 'default',
    labels: { 'operator.istio.io/component': 'Cni', ...nameLabels(context) },
  })
}

function quota(context: CniContext): KubeObject {
  return object(
    'ResourceQuota',
    { name: 'istio-cni-resource-quota', namespace: context.namespace, labels: nameLabels(context) },
    { spec: nodeCriticalPods(context.values.resourceQuotas.pods) },
  )
}

function networkPolicy(context: CniContext): KubeObject {
  const { values: v, namespace } = context
  return object(
    'NetworkPolicy',
    {
      name: raw(withRevision('istio-cni', v.revision)),
      namespace,
      labels: { 'k8s-app': 'istio-cni-node', release: 'istio', ...ownerLabels('Cni', v), ...nameLabels(context) },
    },
    { spec: admit({ 'k8s-app': 'istio-cni-node' }, [tcp(15014)], [tcp(8000)]) },
  )
}

/** Reports `unrenderable-value` for each value at which the CNI's chart would stop. */
export function checkCni({ values: v }: CniContext, report: Report): void {
  checkShapes(v, demands(v), (path) => (sharedPath.test(path) ? `values.${path}` : `values.cni.${path}`), report)
}

const sharedPath = /^(?:global|revision)\b/

function demands(v: CniValues): Demand[] {
  const local = inScope(v.global.resourceScope, 'namespace')
  return [
    ['global.resourceScope', 'text or nothing'],
    ['revision', 'text or nothing', truth(map(v.global.networkPolicy).enabled)],
    ['global.logging', 'map', local],
    ['global.imagePullSecrets', 'members if any', local],
    ['logging', 'map', local],
    ['resourceQuotas', 'map', local],
    ['image', 'text', local],
    ['provider', 'text or nothing', local],
    ['daemonSetLabels', 'map or nothing', local],
    ['podLabels', 'map or nothing', local],
    ['podAnnotations', 'map or nothing', local],
    ['seLinuxOptions', 'map or nothing', local],
    ['excludeNamespaces', 'members or nothing', local],
    ['env', 'map or nothing', local],
  ]
}
