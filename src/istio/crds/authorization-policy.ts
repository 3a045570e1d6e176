import { atMostOne, choice, list, obj, req, rule, str, strings, where } from '../../k8s/schema.ts'
import { age, column, define } from './definition.ts'
import { attachedOnce, targetRef, targetRefs } from './target-reference.ts'
import { workloadSelector } from './workload-selector.ts'

/** Who may call a workload, and how. */
export const authorizationPolicy = define({
  group: 'security.istio.io',
  kind: 'AuthorizationPolicy',
  plural: 'authorizationpolicies',
  shortNames: ['ap'],
  versions: ['v1', 'v1beta1'],
  columns: [column('Action', '.spec.action'), age],
  spec: () =>
    obj(
      {
        action: choice('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
        provider: obj({ name: str }),
        rules: list(
          obj({
            from: list(obj({ source: source() }), { maxItems: 512 }),
            to: list(obj({ operation: operation() })),
            when: list(obj({ key: str, notValues: strings, values: strings }, req('key'))),
          }),
          { maxItems: 512 },
        ),
        selector: workloadSelector,
        targetRef,
        targetRefs,
      },
      atMostOne('provider'),
      attachedOnce,
    ),
})

/** Who calls. */
function source() {
  const serviceAccounts = list(where(str, { maxLength: 320 }), { maxItems: 16 })
  return obj(
    {
      ipBlocks: strings,
      namespaces: strings,
      notIpBlocks: strings,
      notNamespaces: strings,
      notPrincipals: strings,
      notRemoteIpBlocks: strings,
      notRequestPrincipals: strings,
      notServiceAccounts: serviceAccounts,
      notTrustDomains: strings,
      principals: strings,
      remoteIpBlocks: strings,
      requestPrincipals: strings,
      serviceAccounts,
      trustDomains: strings,
    },
    rule(
      '(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n' +
        '!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true',
      'Cannot set serviceAccounts with namespaces or principals',
    ),
  )
}

/** What is called. */
function operation() {
  return obj({
    hosts: strings,
    methods: strings,
    notHosts: strings,
    notMethods: strings,
    notPaths: strings,
    notPorts: strings,
    paths: strings,
    ports: strings,
  })
}
