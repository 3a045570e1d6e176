import { int32, map, nullable, obj, str, where } from '../../k8s/schema.ts'
import { define } from './definition.ts'
import { workloadSelector } from './workload-selector.ts'

/** Settings with which the proxies of a mesh, namespace or workload start. */
export const proxyConfig = define({
  group: 'networking.istio.io',
  kind: 'ProxyConfig',
  plural: 'proxyconfigs',
  versions: ['v1beta1'],
  spec: () =>
    obj({
      concurrency: where(nullable(int32), { minimum: 0 }),
      environmentVariables: map(where(str, { maxLength: 2048 })),
      image: obj({ imageType: str }),
      selector: workloadSelector,
    }),
})
