import type { ingressDefaults } from '../../istio/defaults/ingress.ts'
import type { Fields } from '../../k8s/object.ts'
import type { Context, ValuesOf } from '../context.ts'

/** What differs between the chart of ingress gateways and that of egress gateways. */
export interface Direction {
  readonly chart: string
  /** The key of the settings under `values.gateways`, and the application's name on every label. */
  readonly app: 'istio-ingressgateway' | 'istio-egressgateway'
  readonly component: 'IngressGateways' | 'EgressGateways'
  /** The label `istio` of the NetworkPolicy, whatever the gateway's own labels are. */
  readonly istio: string
  /** The setting with further ports of the Service. */
  readonly extraPorts: 'ingressPorts' | 'egressPorts'
}

type Chart = ValuesOf<typeof ingressDefaults>

/** The settings of one gateway. The egress chart has no defaults for some of them but reads them all the same. */
export type GatewaySettings = Chart['gateways']['istio-ingressgateway'] & {
  readonly labels: { readonly [label: string]: unknown }
  readonly replicaCount?: unknown
  readonly tag?: unknown
  readonly egressPorts?: unknown
}

export type GatewayValues = Omit<Chart, 'gateways' | 'global'> & {
  readonly gateways: { readonly [App in Direction['app']]?: GatewaySettings }
  readonly global: Omit<Chart['global'], 'proxy'> & {
    readonly proxy: Chart['global']['proxy'] & { readonly variant?: unknown }
    readonly platform?: unknown
    readonly trustBundleName?: unknown
  }
  readonly platform?: unknown
  readonly pilot?: unknown
}

/** One gateway on its way into objects: the values of its chart, and in them its own settings. */
export interface Gateway extends Context<GatewayValues> {
  readonly direction: Direction
  readonly settings: GatewaySettings
}

/** What depends on who writes the proxy's container: this chart, or istiod when it injects the pod. */
export interface Form {
  readonly name: unknown
  readonly serviceAccountName: unknown
  readonly labels: Fields
  readonly podLabels: Fields
  readonly podAnnotations: Fields
  readonly container: Fields
  readonly env: readonly unknown[]
  readonly volumeMounts: readonly unknown[]
  readonly volumes: readonly unknown[]
}
