import type { ComponentName } from '../stage.ts'
import { type Edge, type Sets, topologicalSets } from './graph.ts'

/** One component must be up before another one starts. */
export type ComponentDependency = Edge<ComponentName>

/** What the parts of a mesh need of each other; removal goes the other way round. */
export const componentDependencies: readonly ComponentDependency[] = [
  { from: 'Pilot', to: 'Base', reason: 'watches the kinds defined by' },
  { from: 'Cni', to: 'Base', reason: 'shares the cluster-wide objects of' },
  { from: 'Ztunnel', to: 'Base', reason: 'shares the cluster-wide objects of' },
  { from: 'Ztunnel', to: 'Cni', reason: 'gets its traffic from' },
  { from: 'Ztunnel', to: 'Pilot', reason: 'gets its configuration and certificates from' },
  { from: 'IngressGateways', to: 'Base', reason: 'shares the cluster-wide objects of' },
  { from: 'IngressGateways', to: 'Pilot', reason: 'gets its configuration and certificates from' },
  { from: 'EgressGateways', to: 'Base', reason: 'shares the cluster-wide objects of' },
  { from: 'EgressGateways', to: 'Pilot', reason: 'gets its configuration and certificates from' },
]

/** The components in sets, each set needing only those before it. */
export function componentSets(
  present: Iterable<ComponentName>,
  dependencies: readonly ComponentDependency[],
): Sets<ComponentName> {
  return topologicalSets([...new Set(present)].sort(), dependencies)
}
