import { age, column, define } from './definition.ts'
import { endpoint } from './workload.ts'

/** A workload outside of Kubernetes, such as a virtual machine. */
export const workloadEntry = define({
  group: 'networking.istio.io',
  kind: 'WorkloadEntry',
  plural: 'workloadentries',
  shortNames: ['we'],
  versions: ['v1', 'v1alpha3', 'v1beta1'],
  columns: [age, column('Address', '.spec.address')],
  specRequired: true,
  spec: endpoint,
})
