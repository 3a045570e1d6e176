import { map, sorted, valueAt } from '../components/words.ts'
import { bundle } from '../istio/bundle.ts'
import { obsoleteMeshField } from '../istio/obsolete-mesh-fields.ts'
import { dotted, type Path, type Problem, type Report } from '../problem.ts'
import type { Resolved } from './2-resolve.ts'
import { withoutEchoes } from './validate/echoes.ts'
import { checkMesh, checkRules } from './validate/rules/index.ts'
import type { Mesh } from './validate/rules/mesh.ts'
import type { Surroundings } from './validate/rules/rule.ts'
import { checkSchema } from './validate/schema.ts'
import { shown } from './validate/shown.ts'

/** A run without any settings. */
const standard: Surroundings = { settings: {}, version: bundle.version }

/**
 * Stage 3, for one control plane: what is wrong with it as it is written. Reports `obsolete-mesh-field`, `env-not-text`,
 * and what the rules in `validate/rules` say of themselves. After `--force` none of it is an error but what istioctl
 * reads a second time, when it renders.
 */
export function validate(resolved: Resolved, report: Report, surroundings: Surroundings = standard): void {
  const tell = surroundings.settings.force ? softened(report) : report
  const found: Problem[] = []
  checkSchema(resolved.written, (problem) => {
    found.push(problem)
    const how = isReadAgain(problem) ? report : tell
    how(problem)
  })
  const tellRest = withoutEchoes(found, surroundings.settings, tell)
  for (const rule of [obsoleteMesh, envNotText]) rule(resolved, tellRest)
  checkRules(resolved, surroundings, tellRest)
}

/**
 * The second half of stage 3, for all control planes and after the user's patches: what the API server would refuse in
 * the objects that they became, and parts of the mesh that don't find each other.
 */
export function validateMesh(mesh: Mesh, report: Report): void {
  checkMesh(mesh, mesh.settings.force ? softened(report) : report)
}

function softened(report: Report): Report {
  return (problem) => {
    const severity = problem.severity === 'error' ? 'warning' : problem.severity
    report({ ...problem, severity, istioctl: severity })
  }
}

/** Whether istioctl stops at it even after `--force`: the installer can't work with a component of other types. */
function isReadAgain({ code, path = '', severity, istioctl = severity }: Problem): boolean {
  return path.startsWith('spec.components') && istioctl === 'error' && code !== 'unknown-field'
}

/** Mesh settings that Istio knew once: they still reach istiod, which takes no notice of them. */
function obsoleteMesh({ spec, locate }: Resolved, report: Report): void {
  for (const base of [
    ['spec', 'meshConfig'],
    ['spec', 'values', 'meshConfig'],
  ] as const) {
    for (const below of fieldsOf(valueAt({ spec }, base))) {
      const obsolete = obsoleteMeshField(below)
      if (!obsolete) continue
      const path = [...base, ...below]
      report({
        code: 'obsolete-mesh-field',
        severity: 'warning',
        message: `\`${dotted(path)}\` must not be set any more: istiod takes no notice of it`,
        path: dotted(path),
        at: locate(path, 'key'),
        hint: obsolete.instead,
      })
    }
  }
}

/** The paths of the fields of a map, and of the maps in it. */
function fieldsOf(tree: unknown): Path[] {
  return Object.entries(map(tree)).flatMap(([name, value]) => [
    [name],
    ...Object.keys(map(value)).map((inner) => [name, inner]),
  ])
}

/** Environment variables are text; a chart prints other values, and large numbers not as they were written. */
function envNotText({ spec, locate }: Resolved, report: Report): void {
  for (const component of ['pilot', 'cni', 'ztunnel'] as const) {
    for (const [name, value] of sorted(map(map(spec.values)[component]).env)) {
      if (typeof value === 'string' || value === null || isTrustBundleSwitch(name, value)) continue
      const path = ['spec', 'values', component, 'env', name]
      const isScalar = typeof value !== 'object'
      report({
        code: 'env-not-text',
        severity: 'warning',
        message: `\`${dotted(path)}\` must be text; it is ${shown(value, path)}`,
        path: dotted(path),
        at: locate(path, 'value'),
        hint: isScalar ? `write \`${name}: "${value}"\`.` : 'write it as text.',
        ...(isScalar && { value, proposed: String(value) }),
      })
    }
  }
}

/** The one variable that the charts read as a boolean, and in which they take nothing else. */
function isTrustBundleSwitch(name: string, value: unknown): boolean {
  return name === 'ENABLE_CLUSTER_TRUST_BUNDLE_API' && typeof value === 'boolean'
}
