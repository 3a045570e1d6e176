import type { Fields } from '../../k8s/object.ts'
import { commonLabels, first, ownerLabels, quoted, raw } from '../words.ts'
import type { Gateway } from './gateway.ts'

/** The labels of the chart, which every object of a gateway carries. */
export function chartLabels({ direction, values, version }: Gateway): Fields {
  return {
    release: 'istio',
    ...ownerLabels(direction.component, values),
    'app.kubernetes.io/name': direction.app,
    ...commonLabels(direction.chart, version),
  }
}

/** The gateway's own labels below those of the chart. */
export function gatewayLabels(gateway: Gateway): Fields {
  return { ...gateway.settings.labels, ...chartLabels(gateway) }
}

/** The names under which telemetry groups the gateway's pods. */
export function canonical({ settings: g, values: v }: Gateway): Fields {
  return {
    'service.istio.io/canonical-name': raw(g.name),
    'service.istio.io/canonical-revision': quoted(
      first(g.labels['app.kubernetes.io/version'], g.labels.version, v.revision, 'latest'),
    ),
  }
}
