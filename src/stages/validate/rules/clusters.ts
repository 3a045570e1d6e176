import { items, map, truth } from '../../../components/words.ts'
import type { Fields } from '../../../k8s/object.ts'
import { nearest } from '../../../problem.ts'
import { isDomain, isIP } from './address.ts'
import { at, each, find, firstWritten, quote, type Rule, type Subject, type Tell } from './rule.ts'

/**
 * Reports what can't work between the clusters of a mesh: `remote-without-address` where there is no way to the istiod of
 * the other cluster, `remote-incomplete` where the cluster can't be told from others, `invalid-address` of that istiod,
 * and `network-mismatch` where a gateway or the mesh's networks speak of another network than the cluster's.
 */
export const clusters: Rule = (subject, tell) => {
  const istiod = subject.effective('pilot')
  if (istiod && truth(map(istiod.istiodRemote).enabled)) remote(subject, istiod, tell)
  networks(subject, tell)
}

function remote(subject: Subject, istiod: Fields, tell: Tell): void {
  const { spec } = subject
  const global = map(istiod.global)
  const address = global.remotePilotAddress
  const path = firstWritten(
    subject.resolved,
    ['spec', 'values', 'istiodRemote', 'enabled'],
    ['spec', 'values', 'pilot', 'istiodRemote', 'enabled'],
    ['spec', 'profile'],
    ['spec', 'values', 'profile'],
  )
  const direct = truth(map(map(istiod.meshConfig).defaultConfig).discoveryAddress)
  const own = truth(map(istiod.istiodRemote).enabledLocalInjectorIstiod)
  if (!truth(address) && !direct) {
    const injected = truth(map(istiod.istiodRemote).injectionURL)
    tell({
      grade: injected || own ? 'warning' : 'mistake',
      code: 'remote-without-address',
      path,
      must: `come with the address of the istiod that serves this cluster: ${injected ? 'sidecars' : 'neither webhooks nor sidecars'} would ${injected ? 'not ' : ''}find it`,
      hint: 'set `values.global.remotePilotAddress`.',
    })
  } else if (typeof address === 'string' && address !== '' && !isDomain(address) && !isIP(address)) {
    tell({
      grade: 'mistake',
      code: 'invalid-address',
      path: at(spec, 'values', 'global', 'remotePilotAddress').path,
      must: `be an IP address or a host name, without scheme and port; it is ${quote(address)}`,
      hint: 'the ports are 15012 and 15017.',
    })
  }
  for (const { field, value, why } of [
    { field: 'network', value: global.network, why: 'pods of networks that differ are reached over gateways' },
    {
      field: 'multiCluster.clusterName',
      value: map(global.multiCluster).clusterName,
      why: 'without it every cluster is called "Kubernetes"',
    },
  ]) {
    if (truth(value)) continue
    tell({
      grade: 'warning',
      code: 'remote-incomplete',
      path: truth(address) ? ['spec', 'values', 'global', 'remotePilotAddress'] : path,
      must: `come with \`values.global.${field}\`: ${why}`,
      hint: `set \`values.global.${field}\`, even if it is that of the other cluster.`,
    })
  }
}

const networkLabel = 'topology.istio.io/network'

function networks({ spec, entries, resolved }: Subject, tell: Tell): void {
  const network = map(resolved.values.global).network
  const known = Object.keys(map(map(resolved.values.global).meshNetworks))
  if (typeof network === 'string' && network !== '' && known.length > 0 && !known.includes(network)) {
    const [close] = nearest(network, known)
    tell({
      grade: 'warning',
      code: 'network-mismatch',
      path: ['spec', 'values', 'global', 'network'],
      must: `be one of the networks in \`values.global.meshNetworks\`; ${quote(network)} is none`,
      hint: `${close ? `did you mean "${close}"? ` : ''}Known are ${known.map(quote).join(', ')}.`,
    })
  }
  for (const { component, path, settings } of entries) {
    if (component.many === undefined) continue
    const below = path.slice(1)
    const said = [
      at(spec, ...below, 'label', networkLabel),
      ...items(map(settings.k8s).env).flatMap((variable, index) =>
        map(variable).name === 'ISTIO_META_REQUESTED_NETWORK_VIEW'
          ? [at(spec, ...below, 'k8s', 'env', index, 'value')]
          : [],
      ),
      ...find(at(spec, 'values', 'gateways', component.many, 'env'), ['ISTIO_META_REQUESTED_NETWORK_VIEW']),
    ]
    for (const { path: place, value } of said) {
      if (typeof value !== 'string' || value === '' || value === network) continue
      tell({
        grade: 'warning',
        code: 'network-mismatch',
        path: place,
        must: `be the network of the cluster, which is ${truth(network) ? quote(network) : 'not named'}; it is ${quote(value)}`,
        hint: truth(network) ? undefined : `set \`values.global.network: ${value}\`.`,
      })
    }
  }
  for (const { path, value } of each(at(spec, 'values', 'global', 'meshNetworks'))) {
    for (const gateway of find({ path, value }, ['gateways', '*'])) {
      const { address, port } = map(gateway.value)
      if (typeof address === 'string' && address !== '' && !isDomain(address) && !isIP(address)) {
        tell({
          grade: 'mistake',
          code: 'invalid-address',
          path: [...gateway.path, 'address'],
          must: `be an IP address or a host name; it is ${quote(address)}`,
          hint: 'the port is a field of its own.',
        })
      }
      if (port === undefined) {
        tell({
          grade: 'mistake',
          code: 'missing-field',
          path: gateway.path,
          must: 'have the field `port`',
          hint: 'it is 15443 as a rule.',
        })
      }
    }
  }
}
