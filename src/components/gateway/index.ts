import { egressDefaults } from '../../istio/defaults/egress.ts'
import { ingressDefaults } from '../../istio/defaults/ingress.ts'
import type { KubeObject } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import type { Context } from '../context.ts'
import type { Chart } from '../values.ts'
import { access } from './access.ts'
import { availability } from './availability.ts'
import { checkGateway } from './checks.ts'
import { deployment } from './deployment.ts'
import type { Direction, Gateway, GatewaySettings, GatewayValues } from './gateway.ts'
import { networkPolicy } from './network-policy.ts'
import { service } from './service.ts'

export type { GatewayValues } from './gateway.ts'

const ingress: Direction = {
  chart: 'istio-ingress',
  app: 'istio-ingressgateway',
  component: 'IngressGateways',
  istio: 'ingressgateway',
  extraPorts: 'ingressPorts',
}

const egress: Direction = {
  chart: 'istio-egress',
  app: 'istio-egressgateway',
  component: 'EgressGateways',
  istio: 'egressgateway',
  extraPorts: 'egressPorts',
}

export const ingressGatewayChart: Chart = { defaults: ingressDefaults }
export const egressGatewayChart: Chart = { defaults: egressDefaults }

/** The blocks of values that either form of an ingress gateway reads. */
export const ingressGatewayBlocks = blocks(ingress)
/** The blocks of values that either form of an egress gateway reads. */
export const egressGatewayBlocks = blocks(egress)

/** One ingress gateway, whose name, labels, ports and tag already stand in the values. No scope leaves it out. */
export function renderIngressGateway(context: Context<GatewayValues>): KubeObject[] {
  return render(gatewayOf(context, ingress))
}

/** One egress gateway: as an ingress gateway, from the egress chart's defaults. */
export function renderEgressGateway(context: Context<GatewayValues>): KubeObject[] {
  return render(gatewayOf(context, egress))
}

/** Reports `unrenderable-value` for each value at which the ingress chart would stop; see `checkGateway`. */
export function checkIngressGateway(context: Context<GatewayValues>, report: Report): void {
  checkGateway(gatewayOf(context, ingress), report)
}

/** Reports `unrenderable-value` for each value at which the egress chart would stop; see `checkGateway`. */
export function checkEgressGateway(context: Context<GatewayValues>, report: Report): void {
  checkGateway(gatewayOf(context, egress), report)
}

function gatewayOf(context: Context<GatewayValues>, direction: Direction): Gateway {
  return { ...context, direction, settings: context.values.gateways[direction.app] as GatewaySettings }
}

function render(gateway: Gateway): KubeObject[] {
  return [
    ...access(gateway),
    deployment(gateway),
    ...service(gateway),
    ...availability(gateway),
    ...networkPolicy(gateway),
  ]
}

function blocks({ app }: Direction): readonly string[] {
  return [
    'gateways',
    `gateways.${app}`,
    `gateways.${app}.labels`,
    `gateways.${app}.serviceAccount`,
    'global',
    'global.defaultPodDisruptionBudget',
    'meshConfig',
  ]
}
