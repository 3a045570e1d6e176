import { list, map, obj, req, str, strings, uint32 } from '../../k8s/schema.ts'
import { define } from './definition.ts'
import { serverTls } from './server-tls.ts'

/** The servers that a proxy at the edge of the mesh opens. */
export const gateway = define({
  group: 'networking.istio.io',
  kind: 'Gateway',
  plural: 'gateways',
  shortNames: ['gw'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  spec: () =>
    obj({
      selector: map(str),
      servers: list(
        obj(
          {
            bind: str,
            defaultEndpoint: str,
            hosts: strings,
            name: str,
            port: obj(
              { name: str, number: uint32, protocol: str, targetPort: uint32 },
              req('number', 'protocol', 'name'),
            ),
            tls: serverTls,
          },
          req('port', 'hosts'),
        ),
      ),
    }),
})
