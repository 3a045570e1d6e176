import { type KubeObject, list, object } from '../../k8s/object.ts'
import { first, pullSecrets, truth } from '../words.ts'
import { labels } from './labels.ts'
import type { CniContext } from './values.ts'

/** The account of the node agent. */
export function account(context: CniContext): KubeObject {
  return object(
    'ServiceAccount',
    { name: 'istio-cni', namespace: context.namespace, labels: { app: 'istio-cni', ...labels(context) } },
    { imagePullSecrets: pullSecrets(context.values.global.imagePullSecrets) },
  )
}

/** What the node agent may do: watch pods, mend those that started before it, and enrol pods into ambient mode. */
export function clusterAccess(context: CniContext): KubeObject[] {
  const { repair, ambient } = context.values
  return list(
    ...grant(context, 'istio-cni', 'istio-cni', { app: 'istio-cni' }, baseRules(context)),
    ...(truth(repair.enabled)
      ? grant(context, 'istio-cni-repair-role', 'istio-cni-repair-rolebinding', mending, repairRules(context))
      : []),
    ...(truth(ambient.enabled) ? grant(context, 'istio-cni-ambient', 'istio-cni-ambient', mending, ambientRules) : []),
  )
}

/** The bindings of both optional roles carry the label of the repair controller, as the charts have it. */
const mending = { 'k8s-app': 'istio-cni-repair' }

function grant(
  context: CniContext,
  role: string,
  binding: string,
  bindingLabel: { readonly [label: string]: string },
  rules: readonly unknown[],
): KubeObject[] {
  return [
    object('ClusterRole', { name: role, labels: { app: 'istio-cni', ...labels(context) } }, { rules }),
    object(
      'ClusterRoleBinding',
      { name: binding, labels: { ...bindingLabel, ...labels(context) } },
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
        subjects: [{ kind: 'ServiceAccount', name: 'istio-cni', namespace: context.namespace }],
      },
    ),
  ]
}

function baseRules({ values: v }: CniContext) {
  return list(
    { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['get', 'list', 'watch'] },
    first(v.platform, v.global.platform) === 'openshift' && {
      apiGroups: ['security.openshift.io'],
      resources: ['securitycontextconstraints'],
      resourceNames: ['privileged'],
      verbs: ['use'],
    },
  )
}

/** Mending in place needs no right over pods; deleting and labelling do, and deleting comes first. */
function repairRules({ values: { repair } }: CniContext) {
  const way = truth(repair.repairPods) ? 'repair' : truth(repair.deletePods) ? 'delete' : 'label'
  return list(
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['watch', 'get', 'list'] },
    way === 'delete' && { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
    way === 'label' &&
      truth(repair.labelPods) && { apiGroups: [''], resources: ['pods/status'], verbs: ['patch', 'update'] },
  )
}

const ambientRules = [
  { apiGroups: [''], resources: ['pods/status'], verbs: ['patch', 'update'] },
  { apiGroups: ['apps'], resources: ['daemonsets'], resourceNames: ['istio-cni-node'], verbs: ['get'] },
]
