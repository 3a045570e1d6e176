import type { Path } from '../../../problem.ts'
import { at, find, isWritten, type Rule } from './rule.ts'

const gateway = ['istio-ingressgateway', 'istio-egressgateway']

/** Fields that the API knows and nothing reads, and what to do instead. */
export const ignoredFields: readonly { readonly path: Path; readonly instead: string }[] = [
  { path: ['namespace'], instead: 'set `values.global.istioNamespace`.' },
  { path: ['components', 'istiodRemote'], instead: 'use `profile: remote` and `values.global.remotePilotAddress`.' },
  { path: ['components', 'ingressGateways', '*', 'hub'], instead: 'gateways use `spec.hub`.' },
  { path: ['components', 'egressGateways', '*', 'hub'], instead: 'gateways use `spec.hub`.' },
  { path: ['values', 'cni', 'rollingMaxUnavailable'], instead: 'use an overlay with the path `spec.updateStrategy`.' },
  { path: ['values', 'cni', 'privileged'], instead: 'take it out.' },
  { path: ['values', 'cni', 'logLevel'], instead: 'set `values.cni.logging.level`.' },
  {
    path: ['values', 'cni', 'pspClusterRole'],
    instead: 'take it out: Kubernetes has no PodSecurityPolicies any more.',
  },
  { path: ['values', 'cni', 'repair', 'hub'], instead: 'set `values.cni.hub`.' },
  { path: ['values', 'cni', 'repair', 'tag'], instead: 'set `values.cni.tag`.' },
  { path: ['values', 'cni', 'repair', 'image'], instead: 'set `values.cni.image`.' },
  { path: ['values', 'cni', 'repair', 'createEvents'], instead: 'take it out.' },
  { path: ['values', 'cni', 'ambient', 'configDir'], instead: 'take it out.' },
  { path: ['values', 'gateways', 'enabled'], instead: 'set `enabled` of each gateway in `components`.' },
  ...gateway.flatMap((name) => [
    { path: ['values', 'gateways', name, 'memory'], instead: 'use `hpaSpec` in the `k8s` settings of the gateway.' },
    { path: ['values', 'gateways', name, 'name'], instead: 'set `name` of the gateway in `components`.' },
    { path: ['values', 'gateways', name, 'labels'], instead: 'set `label` of the gateway in `components`.' },
  ]),
  { path: ['values', 'global', 'jwtPolicy'], instead: 'take it out.' },
  { path: ['values', 'global', 'podDNSSearchNamespaces'], instead: 'take it out.' },
  { path: ['values', 'global', 'multiCluster', 'globalDomainSuffix'], instead: 'take it out.' },
  { path: ['values', 'global', 'multiCluster', 'includeEnvoyFilter'], instead: 'take it out.' },
  {
    path: ['values', 'global', 'multiCluster', 'enabled'],
    instead: 'take it out: `clusterName` and `network` say it all.',
  },
  { path: ['values', 'global', 'proxy', 'enableCoreDump'], instead: 'take it out.' },
  {
    path: ['values', 'global', 'waypoint', 'toleration'],
    instead: 'set `unvalidatedValues.global.waypoint.tolerations`.',
  },
  { path: ['values', 'base', 'enableIstioConfigCRDs'], instead: 'set `values.base.excludedCRDs`.' },
  { path: ['values', 'base', 'validateGateway'], instead: 'take it out.' },
  { path: ['values', 'istioCni'], instead: 'set `values.pilot.cni` and `components.cni.enabled`.' },
  { path: ['values', 'pilot', 'cni', 'chained'], instead: 'set `values.cni.chained`.' },
  { path: ['values', 'sidecarInjectorWebhook', 'injectionURL'], instead: 'set `values.istiodRemote.injectionURL`.' },
]

/**
 * Reports `ignored-setting` for fields that istioctl takes and nothing reads, and `unsuitable-setting` for those that
 * land where the API has no such field.
 */
export const ignored: Rule = ({ spec, resolved }, tell) => {
  for (const { path, instead } of ignoredFields) {
    for (const { path: place, value } of find({ path: ['spec'], value: spec }, path)) {
      if (value === null || (path[0] === 'namespace' && value === resolved.namespace)) continue
      // Charts of an older release come with profiles that set what they read themselves.
      if (resolved.charts?.profiles && !isWritten(resolved, place)) continue
      const must = 'not be set: nothing reads it'
      tell({ grade: 'warning', code: 'ignored-setting', path: place, must, hint: instead, part: 'key' })
    }
  }
  for (const component of ['cni', 'ztunnel']) {
    for (const { field, hint } of notForDaemonSets) {
      const { path, value } = at(spec, 'components', component, 'k8s', field)
      if (value === undefined || value === null) continue
      const must = 'not be set here: a DaemonSet has no such field, and the API server refuses it'
      tell({ grade: 'mistake', code: 'unsuitable-setting', path, must, hint, part: 'key' })
    }
  }
}

/** What the installer writes into any workload, and only a Deployment has. */
const notForDaemonSets = [
  { field: 'replicaCount', hint: 'take it out: one pod runs on each node.' },
  { field: 'strategy', hint: 'use an overlay with the path `spec.updateStrategy`.' },
]
