import type { Bundle } from '../istio/bundle.ts'
import type { Fields, KubeObject } from '../k8s/object.ts'
import type { Report } from '../problem.ts'
import { baseBlocks, baseChart, checkBase, renderBase } from './base.ts'
import { checkCni, cniBlocks, cniChart, renderCni } from './cni/index.ts'
import type { ComponentName, Context } from './context.ts'
import {
  checkEgressGateway,
  checkIngressGateway,
  egressGatewayBlocks,
  egressGatewayChart,
  ingressGatewayBlocks,
  ingressGatewayChart,
  renderEgressGateway,
  renderIngressGateway,
} from './gateway/index.ts'
import { checkIstiod, istiodBlocks, istiodChart, renderIstiod } from './istiod/index.ts'
import type { Chart } from './values.ts'
import { checkZtunnel, flattenZtunnel, renderZtunnel, ztunnelBlocks, ztunnelChart } from './ztunnel/index.ts'

/** What any renderer may read: the merged values of its chart, the cluster's version, and what the release brings. */
export type AnyContext = Context<never> & Bundle & { readonly kubeVersion: string }

/** A part of the mesh: how it is called, when it is on, and who renders it. */
export interface Component {
  readonly name: ComponentName
  /** Its key under `spec.components`. */
  readonly spec: string
  /** Whether it is on where nobody says anything. */
  readonly enabled: boolean
  /** The gateway's name under `values.gateways`, for a component of which there can be many. */
  readonly many?: string
  /** Where its own hub and tag go in the values. */
  readonly valuesRoot: readonly string[]
  /** What its `k8s` settings patch. */
  readonly workload?: { readonly kind: 'Deployment' | 'DaemonSet'; readonly name: string; readonly container: string }
  readonly chart: Chart
  /** Blocks of the values, by dotted path, that the renderer reads without asking whether they are there. */
  readonly blocks: readonly string[]
  /** What happens to the values before the chart gets them. */
  readonly handed?: (values: Fields) => Fields
  readonly checks: (context: AnyContext, report: Report) => void
  readonly render: (context: AnyContext) => KubeObject[]
}

/** Every component that the installer knows, in the order in which it renders them. */
export const components: readonly Component[] = [
  {
    name: 'Base',
    spec: 'base',
    enabled: true,
    valuesRoot: ['global'],
    chart: baseChart,
    blocks: baseBlocks,
    checks: checkBase,
    render: renderBase,
  },
  {
    name: 'Pilot',
    spec: 'pilot',
    enabled: true,
    valuesRoot: ['pilot'],
    workload: { kind: 'Deployment', name: 'istiod', container: 'discovery' },
    chart: istiodChart,
    blocks: istiodBlocks,
    checks: checkIstiod,
    render: renderIstiod,
  },
  {
    name: 'IngressGateways',
    spec: 'ingressGateways',
    enabled: true,
    many: 'istio-ingressgateway',
    valuesRoot: ['gateways', 'istio-ingressgateway'],
    workload: { kind: 'Deployment', name: 'istio-ingressgateway', container: 'istio-proxy' },
    chart: ingressGatewayChart,
    blocks: ingressGatewayBlocks,
    checks: checkIngressGateway,
    render: renderIngressGateway,
  },
  {
    name: 'EgressGateways',
    spec: 'egressGateways',
    enabled: false,
    many: 'istio-egressgateway',
    valuesRoot: ['gateways', 'istio-egressgateway'],
    workload: { kind: 'Deployment', name: 'istio-egressgateway', container: 'istio-proxy' },
    chart: egressGatewayChart,
    blocks: egressGatewayBlocks,
    checks: checkEgressGateway,
    render: renderEgressGateway,
  },
  {
    name: 'Cni',
    spec: 'cni',
    enabled: false,
    valuesRoot: ['cni'],
    workload: { kind: 'DaemonSet', name: 'istio-cni-node', container: 'install-cni' },
    chart: cniChart,
    blocks: cniBlocks,
    checks: checkCni,
    render: renderCni,
  },
  {
    name: 'Ztunnel',
    spec: 'ztunnel',
    enabled: false,
    valuesRoot: ['ztunnel'],
    workload: { kind: 'DaemonSet', name: 'ztunnel', container: 'istio-proxy' },
    chart: ztunnelChart,
    blocks: ztunnelBlocks,
    handed: flattenZtunnel,
    checks: checkZtunnel,
    render: renderZtunnel,
  },
]
