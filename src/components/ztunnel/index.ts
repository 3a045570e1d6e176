import { ztunnelDefaults } from '../../istio/defaults/ztunnel.ts'
import { type KubeObject, list, object } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import { checkShapes, type Demand } from '../shape.ts'
import type { Chart } from '../values.ts'
import {
  admit,
  commonLabels,
  first,
  inScope,
  map,
  nodeCriticalPods,
  ownerLabels,
  print,
  pullSecrets,
  raw,
  tcp,
  truth,
  withRevision,
} from '../words.ts'
import { daemonSet } from './daemon-set.ts'
import { annotations, labels, metadata, resourceName } from './metadata.ts'
import type { ZtunnelContext, ZtunnelValues } from './values.ts'

export { flattenZtunnel, type ZtunnelContext, type ZtunnelValues } from './values.ts'

export const ztunnelChart: Chart = { defaults: ztunnelDefaults, flat: true }

/** The blocks of values whose children are read whatever the rest says. */
export const ztunnelBlocks: readonly string[] = ['global']

/** The node proxies of ambient mode with their account; rights they need on OpenShift only. */
export function renderZtunnel(context: ZtunnelContext): KubeObject[] {
  const { values: v, namespace } = context
  const local = inScope(v.resourceScope, 'namespace')
  return list(
    ...(local
      ? [
          object('ServiceAccount', metadata(context), { imagePullSecrets: pullSecrets(v.imagePullSecrets) }),
          daemonSet(context),
        ]
      : []),
    ...(inScope(v.resourceScope, 'cluster') && v.platform === 'openshift' ? openShiftAccess(context) : []),
    local &&
      truth(v.resourceQuotas.enabled) &&
      object(
        'ResourceQuota',
        { name: resourceName(v), namespace, labels: labels(context) },
        { spec: nodeCriticalPods(v.resourceQuotas.pods) },
      ),
    truth(map(v.global.networkPolicy).enabled) && networkPolicy(context),
  )
}

/** OpenShift lets no pod have ztunnel's capabilities without its privileged security constraints. */
function openShiftAccess({ values: v, namespace, version }: ZtunnelContext): KubeObject[] {
  const name = resourceName(v)
  const metadata = {
    name,
    labels: {
      app: 'ztunnel',
      release: name,
      'install.operator.istio.io/owning-resource': raw(first(v.ownerName, 'unknown')),
      'app.kubernetes.io/name': 'ztunnel',
      ...commonLabels('ztunnel', version),
    },
    annotations: annotations(v),
  }
  return [
    object('ClusterRole', metadata, {
      rules: [
        {
          apiGroups: ['security.openshift.io'],
          resources: ['securitycontextconstraints'],
          resourceNames: ['privileged'],
          verbs: ['use'],
        },
      ],
    }),
    object('ClusterRoleBinding', metadata, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  ]
}

function networkPolicy({ values: v, namespace, version }: ZtunnelContext): KubeObject {
  return object(
    'NetworkPolicy',
    {
      name: raw(withRevision(print(first(v.resourceName, 'ztunnel')), v.revision)),
      namespace,
      labels: {
        app: 'ztunnel',
        'app.kubernetes.io/name': 'ztunnel',
        ...ownerLabels('Ztunnel', v),
        release: 'istio',
        ...commonLabels('ztunnel', version),
      },
    },
    {
      spec: admit(
        { app: 'ztunnel' },
        ...[15021, 15020, 15000, 15008, 15001, 15006].map((port) => [tcp(port)]),
        // DNS comes over both.
        [tcp(15053), { protocol: 'UDP', port: 15053 }],
      ),
    },
  )
}

/** Reports `unrenderable-value` for each value at which ztunnel's chart would stop. */
export function checkZtunnel({ values: v }: ZtunnelContext, report: Report): void {
  checkShapes(v, demands(v), written, report)
}

/** Of the flattened values, where the user writes the one at a path. */
function written(path: string): string {
  if (path === 'revision' || path === 'global') return `values.${path}`
  return path === 'resourceScope' ? `values.global.${path}` : `values.ztunnel.${path}`
}

function demands(v: ZtunnelValues): Demand[] {
  const local = inScope(v.resourceScope, 'namespace')
  return [
    ['resourceScope', 'text or nothing'],
    ['revision', 'text or nothing', local || truth(map(v.global.networkPolicy).enabled)],
    ['image', 'text', local],
    ['imagePullSecrets', 'members if any', local],
    ['labels', 'map or nothing', local],
    ['annotations', truth(v.revision) ? 'map' : 'map or nothing', local],
    ['podLabels', 'map or nothing', local],
    ['podAnnotations', 'map or nothing', local],
    ['nodeSelector', 'map or nothing', local],
    ['env', 'map or nothing', local],
    ['env.ENABLE_CLUSTER_TRUST_BUNDLE_API', 'true or false', local],
    ['meshConfig', 'map', local],
    ['meshConfig.defaultConfig', 'map', local],
    ['multiCluster', 'map', local],
    ['peerCaCrl', 'map', local],
    ['resourceQuotas', 'map', local],
    ['volumeMounts', 'list or nothing', local],
    ['volumes', 'list or nothing', local],
  ]
}
