import { gatewayValues } from '../../charts/gateway-values.ts'
import { gatewayChart } from '../../charts/layout.ts'
import { handsReplicas, isBefore } from '../../charts/release.ts'
import { renderChart } from '../../charts/render.ts'
import { valuesBefore24, withReplicas } from '../../charts/values.ts'
import { components } from '../../components/index.ts'
import { map } from '../../components/words.ts'
import type { KubeObject } from '../../k8s/object.ts'
import { dotted, type Report } from '../../problem.ts'
import type { Resolved } from '../2-resolve.ts'
import type { Rendering } from '../4-render.ts'
import { type Entry, enabledEntries, namespaceOf } from './entries.ts'

/** The objects of an entry from the user's chart. Reports what `renderChart` reports. */
export function renderCharted(entry: Entry, { resolved, settings }: Rendering, report: Report): readonly KubeObject[] {
  const { component, namespace, path } = entry
  const chart = resolved.charts?.of(component.spec)
  if (!chart) return []
  const isGateway = chart.name === gatewayChart
  const { name } = entry.settings
  return renderChart(
    {
      chart,
      values: isGateway ? gatewayValues(entry.values, component.many ?? '') : handed(entry, resolved, chart.release),
      release: isGateway && typeof name === 'string' && name !== '' ? name : 'istio',
      namespace,
      kubeVersion: settings.kubeVersion ?? '1.32.0',
      path: dotted(path),
      at: resolved.locate(path, 'key') ?? resolved.charts?.at(),
      placed: settings.engine !== 'none',
    },
    report,
  )
}

/**
 * What 1.20 to 1.23 had as a component of its own: istiod's part in a cluster whose istiod is elsewhere. It is istiod's to
 * everything else.
 */
export function remoteEntries(resolved: Resolved): Entry[] {
  const settings = map(map(resolved.spec.components).istiodRemote)
  const pilot = components.find(({ spec }) => spec === 'pilot')
  if (!pilot || settings.enabled !== true || !resolved.charts?.of('istiodRemote')) return []
  const { workload: _, ...others } = pilot
  return [
    {
      component: { ...others, spec: 'istiodRemote', enabled: false, valuesRoot: ['global'] },
      settings,
      path: ['spec', 'components', 'istiodRemote'],
      namespace: typeof settings.namespace === 'string' && settings.namespace ? settings.namespace : resolved.namespace,
      values: resolved.values,
    },
  ]
}

function handed({ component, settings, values }: Entry, resolved: Resolved, release: string | undefined) {
  if (!isBefore(release, 24)) {
    return handsReplicas(release) ? withReplicas(values, component.valuesRoot, settings.k8s) : values
  }
  const { spec } = resolved
  const where = (name: string) => namespaceOf(map(map(spec.components)[name]), resolved)
  const names = ['istiodRemote', 'base', 'pilot', 'cni', 'ztunnel']
  return valuesBefore24({
    component: component.spec,
    release,
    settings,
    spec,
    namespaces: Object.fromEntries(names.map((name) => [name, where(name)])),
    on: new Set(enabledEntries(resolved).map(({ component: { spec: key } }) => key)),
  })
}
