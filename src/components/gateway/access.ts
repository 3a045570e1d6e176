import { type KubeObject, object } from '../../k8s/object.ts'
import { given, print, pullSecrets, raw } from '../words.ts'
import type { Gateway } from './gateway.ts'
import { chartLabels, gatewayLabels } from './labels.ts'

/** The gateway's account, and its right to read the Secrets beside it, which hold the certificates it serves with. */
export function access(gateway: Gateway): KubeObject[] {
  const { settings: g, values: v, namespace } = gateway
  const account = raw(`${print(g.name)}-service-account`)
  const sds = { name: raw(`${print(g.name)}-sds`), namespace, labels: chartLabels(gateway) }
  return [
    object(
      'ServiceAccount',
      {
        name: account,
        namespace,
        labels: gatewayLabels(gateway),
        annotations: given(g.serviceAccount.annotations),
      },
      { imagePullSecrets: pullSecrets(v.global.imagePullSecrets) },
    ),
    object('Role', sds, { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }] }),
    object('RoleBinding', sds, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: sds.name },
      subjects: [{ kind: 'ServiceAccount', name: account }],
    }),
  ]
}
