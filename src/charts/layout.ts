import type { ChartPackage, PackagedChart } from './package.ts'

/** Where Istio keeps the chart of a component below `charts/`, and what the chart calls itself. */
interface Home {
  readonly folder: string
  readonly names: readonly string[]
}

/**
 * The charts of the components, by the component's key under `spec.components`; the folders have been the same in every
 * release since 1.20. A chart is known by its name, so that one that was downloaded by itself is found as well.
 */
export const homes: { readonly [component: string]: Home } = {
  base: { folder: 'base', names: ['base'] },
  pilot: { folder: 'istio-control/istio-discovery', names: ['istiod', 'istio-discovery'] },
  ingressGateways: { folder: 'gateways/istio-ingress', names: ['istio-ingress'] },
  egressGateways: { folder: 'gateways/istio-egress', names: ['istio-egress'] },
  cni: { folder: 'istio-cni', names: ['cni', 'istio-cni'] },
  ztunnel: { folder: 'ztunnel', names: ['ztunnel'] },
  istiodRemote: { folder: 'istiod-remote', names: ['istiod-remote'] },
}

/** The chart for gateways of people who install with Helm; its values are others than those of the gateways above. */
export const gatewayChart = 'gateway'

/**
 * The charts of a package that are made for a component; more than one is one too many. Where one lies in the place in
 * which istioctl looks for it, copies that other charts bring along, such as `ambient`, don't count.
 */
export function chartsFor({ charts, place }: ChartPackage, component: string): readonly PackagedChart[] {
  const { names = [], folder = '' } = homes[component] ?? {}
  const found = charts.filter(({ name }) => names.includes(name))
  const root = place.replace(/^(?:\.\/+)+|\/+$/g, '')
  const roots = /(?:^|\/)charts$/.test(root) ? [root] : ['manifests/charts', 'charts'].map((path) => below(root, path))
  const isAtHome = roots.some((path) => found.some((chart) => chart.place === below(path, folder)))
  const isCopy = (chart: PackagedChart) =>
    roots.some((path) => chart.place.startsWith(`${path}/`) && /\/charts\/[^/]+$/.test(chart.place.slice(path.length)))
  const own = isAtHome ? found.filter((chart) => !isCopy(chart)) : found
  const isGateway = component === 'ingressGateways' || component === 'egressGateways'
  return own.length > 0 || !isGateway ? own : charts.filter(({ name }) => name === gatewayChart)
}

function below(folder: string, path: string): string {
  return folder === '.' || folder === '' ? path : `${folder}/${path}`
}

/** Whether a chart is one of those that Istio is installed with. */
export function isIstioChart(name: string): boolean {
  return name === gatewayChart || Object.values(homes).some(({ names }) => names.includes(name))
}
