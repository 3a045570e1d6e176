import { atMostOne, int32, list, map, obj, req, rule, str, where } from '../../k8s/schema.ts'
import { age, define } from './definition.ts'
import { filled, headerName, port } from './scalars.ts'
import { workloadTemplate } from './workload.ts'

/** A template for the entries of workloads that register themselves. */
export const workloadGroup = define({
  group: 'networking.istio.io',
  kind: 'WorkloadGroup',
  plural: 'workloadgroups',
  shortNames: ['wg'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  columns: [age],
  specRequired: true,
  spec() {
    const labels = map(str, { maxProperties: 256 })
    return obj(
      { metadata: obj({ annotations: labels, labels }), probe: probe(), template: workloadTemplate() },
      req('template'),
    )
  },
})

/** How a workload's health is probed, as in a Pod. */
function probe() {
  const count = where(int32, { minimum: 0 })
  return obj(
    {
      exec: obj({ command: list(filled) }, req('command')),
      failureThreshold: count,
      grpc: obj({ port, service: str }),
      httpGet: obj(
        {
          host: str,
          httpHeaders: list(obj({ name: headerName, value: str })),
          path: str,
          port,
          scheme: where(str, rule('self in ["", "HTTP", "HTTPS"]', 'scheme must be one of [HTTP, HTTPS]')),
        },
        req('port'),
      ),
      initialDelaySeconds: count,
      periodSeconds: count,
      successThreshold: count,
      tcpSocket: obj({ host: str, port }, req('port')),
      timeoutSeconds: count,
    },
    atMostOne('httpGet', 'tcpSocket', 'exec', 'grpc'),
  )
}
