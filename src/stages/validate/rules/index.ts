import type { Report } from '../../../problem.ts'
import type { Resolved } from '../../2-resolve.ts'
import { enabledEntries } from '../../render/entries.ts'
import { apis } from './apis.ts'
import { certificates } from './certificates.ts'
import { clusters } from './clusters.ts'
import { cni } from './cni.ts'
import { compatibility } from './compatibility.ts'
import { defaults } from './defaults.ts'
import { deprecated } from './deprecated.ts'
import { gatewayPorts } from './gateway-ports.ts'
import { ignored } from './ignored.ts'
import { images } from './images.ts'
import { injectedResources } from './injected-resources.ts'
import { injectionTemplates } from './injection-templates.ts'
import { interception } from './interception.ts'
import { uniqueItems } from './lists.ts'
import { type Mesh, type MeshRule, meshTeller } from './mesh.ts'
import { meshConfig } from './mesh-config.ts'
import { names } from './names.ts'
import { objectNames } from './object-names.ts'
import { objectTypes } from './object-types.ts'
import { overridden } from './overridden.ts'
import { partners } from './partners.ts'
import { providers } from './providers.ts'
import { effectiveValues, type Rule, type Surroundings, teller } from './rule.ts'
import { scaling } from './scaling.ts'
import { scheduling } from './scheduling.ts'
import { services } from './services.ts'
import { upgrade } from './upgrade.ts'
import { workloads } from './workloads.ts'

/** What must hold in the document of one control plane. */
const rules: readonly Rule[] = [
  images,
  names,
  gatewayPorts,
  interception,
  meshConfig,
  providers,
  certificates,
  scheduling,
  uniqueItems,
  injectedResources,
  injectionTemplates,
  clusters,
  cni,
  overridden,
  ignored,
  deprecated,
  compatibility,
  upgrade,
]

/** What must hold among the objects of all control planes. */
const meshRules: readonly MeshRule[] = [
  objectTypes,
  workloads,
  scaling,
  services,
  objectNames,
  partners,
  defaults,
  apis,
]

/** Holds one control plane against every rule. */
export function checkRules(resolved: Resolved, surroundings: Surroundings, report: Report): void {
  const { spec } = resolved
  const tell = teller(resolved, report)
  const entries = enabledEntries(resolved)
  const subject = { ...surroundings, resolved, spec, entries, effective: effectiveValues(entries) }
  for (const rule of rules) rule(subject, tell)
}

/** Holds the rendered and patched objects of all control planes against every rule. */
export function checkMesh(mesh: Mesh, report: Report): void {
  const tell = meshTeller(mesh, report)
  for (const rule of meshRules) rule(mesh, tell)
}
