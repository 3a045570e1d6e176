import { choice, map, obj, rule } from '../../k8s/schema.ts'
import { age, column, define } from './definition.ts'
import { workloadSelector } from './workload-selector.ts'

/** Whether a workload takes mutual TLS, plain text or both. */
export const peerAuthentication = define({
  group: 'security.istio.io',
  kind: 'PeerAuthentication',
  plural: 'peerauthentications',
  shortNames: ['pa'],
  versions: ['v1', 'v1beta1'],
  columns: [column('Mode', '.spec.mtls.mode'), age],
  spec() {
    const mtls = obj({ mode: choice('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT') })
    const matchLabels = '((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {})'
    return obj(
      {
        mtls,
        portLevelMtls: map(
          mtls,
          { minProperties: 1 },
          rule('self.all(key, 0 < int(key) && int(key) <= 65535)', 'port must be between 1-65535'),
        ),
        selector: workloadSelector,
      },
      rule(`has(self.portLevelMtls) ? (${matchLabels}.size() > 0) : true`, 'portLevelMtls requires selector'),
    )
  },
})
