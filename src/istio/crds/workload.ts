import { map, obj, orElse, rule, str, uint32, where } from '../../k8s/schema.ts'
import { port } from './scalars.ts'

/** A workload that can be reached: the spec of a WorkloadEntry, and an endpoint of a ServiceEntry. */
export function endpoint() {
  return obj(workload(), rule('has(self.address) || has(self.network)', 'Address is required'), socketWithoutPorts)
}

/** What is known of a workload before it has an address: the template of a WorkloadGroup. */
export function workloadTemplate() {
  return obj(workload(), socketWithoutPorts)
}

const socketWithoutPorts = rule(
  `${orElse('address', '""')}.startsWith("unix://") ? !has(self.ports) : true`,
  'UDS may not include ports',
)

function workload() {
  return {
    address: where(
      str,
      { maxLength: 256 },
      rule(
        'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true',
        'UDS must be an absolute path or abstract socket',
      ),
      rule('self.startsWith("unix://") ? !self.endsWith("/") : true', 'UDS may not be a dir'),
    ),
    labels: map(str, { maxProperties: 256 }),
    locality: where(str, { maxLength: 2048 }),
    network: where(str, { maxLength: 2048 }),
    ports: map(
      port,
      { maxProperties: 128 },
      rule(
        'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))',
        'port name must be valid',
      ),
    ),
    serviceAccount: where(str, { maxLength: 253 }),
    weight: uint32,
  }
}
