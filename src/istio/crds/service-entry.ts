import { choice, exclusive, keyedBy, list, obj, orElse, req, rule, str, strings, where } from '../../k8s/schema.ts'
import { age, column, define } from './definition.ts'
import { port } from './scalars.ts'
import { endpoint } from './workload.ts'
import { networkingSelector } from './workload-selector.ts'

/** Hosts that join the registry of the mesh without a Kubernetes Service. */
export const serviceEntry = define({
  group: 'networking.istio.io',
  kind: 'ServiceEntry',
  plural: 'serviceentries',
  shortNames: ['se'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  columns: [
    column('Hosts', '.spec.hosts'),
    column('Location', '.spec.location'),
    column('Resolution', '.spec.resolution'),
    age,
  ],
  specRequired: true,
  spec: () =>
    obj(
      {
        addresses: list(where(str, { maxLength: 64 }), { maxItems: 256 }),
        endpoints: list(endpoint(), { maxItems: 4096 }),
        exportTo: strings,
        hosts: list(where(str, rule('self != "*"', 'hostname cannot be wildcard')), { maxItems: 256, minItems: 1 }),
        location: choice('MESH_EXTERNAL', 'MESH_INTERNAL'),
        ports: ports(),
        resolution: choice('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'),
        subjectAltNames: strings,
        workloadSelector: networkingSelector,
      },
      req('hosts'),
      exclusive('only one of WorkloadSelector or Endpoints can be set', 'workloadSelector', 'endpoints'),
      rule(
        `!(${orElse('addresses', '[]')}.exists(k, k.contains("/")) && !(${orElse('resolution', '"NONE"')} in ["STATIC", "NONE"]))`,
        'CIDR addresses are allowed only for NONE/STATIC resolution types',
      ),
      rule(
        `(${orElse('resolution', '"NONE"')} == "NONE") ? !has(self.endpoints) : true`,
        'NONE mode cannot set endpoints',
      ),
      rule(
        `(${orElse('resolution', '""')} == "DNS_ROUND_ROBIN") ? (${orElse('endpoints', '[]')}.size() <= 1) : true`,
        'DNS_ROUND_ROBIN mode cannot have multiple endpoints',
      ),
    ),
})

function ports() {
  const word = where(str, { maxLength: 256 })
  return list(
    obj({ name: word, number: port, protocol: word, targetPort: port }, req('number', 'name')),
    { maxItems: 256 },
    keyedBy('name'),
    rule('self.all(l1, self.exists_one(l2, l1.number == l2.number))', 'port number cannot be duplicated'),
  )
}
