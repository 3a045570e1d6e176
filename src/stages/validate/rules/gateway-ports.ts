import { items, map, truth } from '../../../components/words.ts'
import type { Path } from '../../../problem.ts'
import { at, each, firstWritten, type Rule, type Tell } from './rule.ts'

const gateways = [
  { list: 'ingressGateways', values: 'istio-ingressgateway' },
  { list: 'egressGateways', values: 'istio-egressgateway' },
] as const

/**
 * Reports `privileged-port` for target ports below 1024 on which a gateway that isn't root can't listen.
 *
 * istioctl refuses them in the Services of gateways (whether they are on or not, unless the gateway runs as root) and in
 * `ingressPorts` (always). It lets those in the `ports` of the values through, with which the gateway fails alike.
 */
export const gatewayPorts: Rule = (subject, tell) => {
  const { spec } = subject
  for (const { list, values } of gateways) {
    const root = truth(at(spec, 'values', 'gateways', values, 'runAsRoot').value)
    if (!root) {
      for (const { path } of each(at(spec, 'components', list))) {
        check(at(spec, ...path.slice(1), 'k8s', 'service', 'ports'), 'rejected')
      }
    }
    const own = at(spec, 'values', 'gateways', values, 'ports')
    const used = subject.entries.some(
      ({ component, settings }) =>
        component.many === values && items(map(map(settings.k8s).service).ports).length === 0,
    )
    if (!root && used) check(own, 'mistake')
  }
  check(at(spec, 'values', 'gateways', 'istio-ingressgateway', 'ingressPorts'), 'rejected')

  function check(ports: { readonly path: Path; readonly value: unknown }, grade: Parameters<Tell>[0]['grade']) {
    for (const { path, value } of each(ports)) {
      const { port, targetPort, name } = map(value)
      const target = targetPort ?? 0
      // A name leads wherever the pod says; what is no port at all is told by the schema.
      if (typeof target !== 'number' || typeof (port ?? 0) !== 'number' || target >= 1024) continue
      if (target === 0 && Number(port) > 1024) continue
      const gateway = path.includes('egressGateways') || path.includes('istio-egressgateway') ? 'egress' : 'ingress'
      tell({
        grade,
        code: 'privileged-port',
        path: firstWritten(subject.resolved, [...path, 'targetPort'], [...path, 'port'], path),
        must: `lead to a port from 1024 on, as the gateway isn't root; ${named(name)} leads to ${target || port || 0}`,
        hint: `set \`targetPort\`, such as ${(Number(target || port) || 80) + 8000}, or \`values.gateways.istio-${gateway}gateway.runAsRoot: true\`.`,
      })
    }
  }
}

function named(name: unknown): string {
  return typeof name === 'string' && name !== '' ? `port "${name}"` : 'it'
}
