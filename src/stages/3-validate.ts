import { map, sorted } from '../components/words.ts'
import { bundle } from '../istio/bundle.ts'
import { obsoleteMeshFields } from '../istio/obsolete-mesh-fields.ts'
import { isMap } from '../k8s/object.ts'
import { dotted, type Path, type Problem, type Report } from '../problem.ts'
import type { Resolved } from './2-resolve.ts'
import { checkMesh, checkRules } from './validate/rules/index.ts'
import type { Mesh } from './validate/rules/mesh.ts'
import type { Surroundings } from './validate/rules/rule.ts'
import { checkSchema } from './validate/schema.ts'

/** A run without any settings. */
const standard: Surroundings = { settings: {}, version: bundle.version }

/**
 * Stage 3, for one control plane: what is wrong with it as it is written. Reports `obsolete-mesh-field`, `env-not-text`,
 * and what the rules in `validate/rules` say of themselves. After `--force` none of it is an error but what istioctl
 * reads a second time, when it renders.
 */
export function validate(resolved: Resolved, report: Report, surroundings: Surroundings = standard): void {
  const tell = surroundings.settings.force ? softened(report) : report
  checkSchema(resolved.written, (problem) => (isReadAgain(problem) ? report : tell)(problem))
  for (const rule of [obsoleteMesh, envNotText]) rule(resolved, tell)
  checkRules(resolved, surroundings, tell)
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
    for (const [field, { instead }] of Object.entries(obsoleteMeshFields)) {
      const path: Path = [...base, ...field.split('.')]
      if (read({ spec }, path) === undefined) continue
      report({
        code: 'obsolete-mesh-field',
        severity: 'warning',
        message: `\`${dotted(path)}\` must not be set any more: istiod takes no notice of it`,
        path: dotted(path),
        at: locate(path, 'key'),
        hint: instead,
      })
    }
  }
}

/** Environment variables are text; a chart prints other values, and large numbers not as they were written. */
function envNotText({ spec, locate }: Resolved, report: Report): void {
  for (const component of ['pilot', 'cni', 'ztunnel'] as const) {
    for (const [name, value] of sorted(map(map(spec.values)[component]).env)) {
      if (typeof value === 'string' || value === null || isTrustBundleSwitch(name, value)) continue
      const path = ['spec', 'values', component, 'env', name]
      report({
        code: 'env-not-text',
        severity: 'warning',
        message: `\`${dotted(path)}\` must be text; it is ${JSON.stringify(value)}`,
        path: dotted(path),
        at: locate(path, 'value'),
        hint: isMap(value) || Array.isArray(value) ? 'write it as text.' : `write \`${name}: "${value}"\`.`,
      })
    }
  }
}

/** The one variable that the charts read as a boolean, and in which they take nothing else. */
function isTrustBundleSwitch(name: string, value: unknown): boolean {
  return name === 'ENABLE_CLUSTER_TRUST_BUNDLE_API' && typeof value === 'boolean'
}

function read(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, step) => map(here)[step], tree)
}
