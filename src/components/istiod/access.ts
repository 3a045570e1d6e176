import { type Fields, type KubeObject, object } from '../../k8s/object.ts'
import { isReaderWanted } from '../reader.ts'
import { given, map, print, pullSecrets, raw } from '../words.ts'
import { gatewayControllerRules, istiodRules, namespaceRules, readerRules } from './access-rules.ts'
import { namedLabels, placed, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** istiod's account and what it may do in its own namespace. */
export function namespaceAccess(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  const name = revisioned('istiod', v)
  // Not where istiod runs, but where Istio's configuration has its root.
  const metadata = { name, namespace: raw(v.global.istioNamespace), labels: labelsOf('istiod', context) }
  return [
    object(
      'ServiceAccount',
      { ...metadata, annotations: given(v.serviceAccountAnnotations) },
      { imagePullSecrets: pullSecrets(v.global.imagePullSecrets) },
    ),
    object('Role', metadata, { rules: namespaceRules }),
    object('RoleBinding', metadata, { roleRef: roleRef('Role', name), subjects: [account(name, v)] }),
  ]
}

/** What istiod may do across the cluster. */
export function clusterAccess(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  return granted(context, 'istiod-clusterrole', 'istiod', revisioned('istiod', v), istiodRules(v))
}

/** Whether istiod creates the workloads of Gateways; the switch is text in the charts, so `false` and "false" are one. */
export function deploysGateways(v: IstiodValues): boolean {
  return print(map(v.env).PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER) !== 'false'
}

/** What istiod needs to create the workloads of Gateways. */
export function gatewayControllerAccess(context: IstiodContext): KubeObject[] {
  const { values: v } = context
  return granted(context, 'istiod-gateway-controller', 'istiod', revisioned('istiod', v), gatewayControllerRules)
}

/** Whether istiods of other clusters may read this one. */
export function isReadable(v: IstiodValues): boolean {
  return isReaderWanted(v.global.enableReaderRBAC)
}

/** What the istiods of other clusters may read here, through an account that the base component owns. */
export function readerAccess(context: IstiodContext): KubeObject[] {
  const rules = readerRules(context.values)
  return granted(context, 'istio-reader-clusterrole', 'istio-reader', 'istio-reader-service-account', rules)
}

/** A ClusterRole and its binding to an account. */
function granted(
  context: IstiodContext,
  role: string,
  app: string,
  accountName: unknown,
  rules: readonly unknown[],
): KubeObject[] {
  const { values: v, namespace } = context
  const name = placed(role, v, namespace)
  const metadata = { name, labels: labelsOf(app, context) }
  return [
    object('ClusterRole', metadata, { rules }),
    object('ClusterRoleBinding', metadata, {
      roleRef: roleRef('ClusterRole', name),
      subjects: [account(accountName, v)],
    }),
  ]
}

function labelsOf(app: string, context: IstiodContext): Fields {
  return { app, release: 'istio', ...namedLabels(context), 'app.kubernetes.io/name': app }
}

function roleRef(kind: 'Role' | 'ClusterRole', name: unknown): Fields {
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name }
}

function account(name: unknown, v: IstiodValues): Fields {
  return { kind: 'ServiceAccount', name, namespace: raw(v.global.istioNamespace) }
}
