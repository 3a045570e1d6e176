import { commonLabels, first, ownerLabels, print, quoted, raw, sorted, text, truth } from '../words.ts'
import type { Form, Gateway } from './gateway.ts'
import { canonical, gatewayLabels } from './labels.ts'

/** The frame of a gateway pod: what is the gateway's own. Image, arguments and the mesh's volumes are injected. */
export function injected(gateway: Gateway): Form {
  const { settings: g, direction, values: v, version } = gateway
  const name = first(g.name, direction.app)
  return {
    name: raw(name),
    serviceAccountName: raw(`${print(name)}-service-account`),
    labels: gatewayLabels(gateway),
    podLabels: {
      ...ownerLabels(direction.component, v),
      'sidecar.istio.io/inject': 'true',
      // Which istiod injects the pod; without a revision the namespace decides.
      'istio.io/rev': truth(v.revision) ? raw(v.revision) : g.labels['istio.io/rev'],
      ...canonical(gateway),
      'app.kubernetes.io/name': direction.app,
      ...commonLabels(direction.chart, version),
    },
    podAnnotations: {
      'sidecar.istio.io/inject': 'true',
      'inject.istio.io/templates': text(g.injectionTemplate),
    },
    container: { image: 'auto' },
    env: [
      ...(truth(g.runAsRoot) ? [] : [{ name: 'ISTIO_META_UNPRIVILEGED_POD', value: 'true' }]),
      ...sorted(g.env).map(([key, value]) => ({ name: raw(key), value: quoted(value) })),
    ],
    volumeMounts: [],
    volumes: [],
  }
}
