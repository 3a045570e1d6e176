import { map, sorted } from '../components/words.ts'
import { obsoleteMeshFields } from '../istio/obsolete-mesh-fields.ts'
import { isMap } from '../k8s/object.ts'
import { dotted, type Path, type Report } from '../problem.ts'
import type { Resolved } from './2-resolve.ts'

/**
 * Stage 3, as far as the render itself depends on it: settings that are rendered although they can't be meant as they
 * are written. Reports `obsolete-mesh-field` and `env-not-text`.
 */
export function validate(resolved: Resolved, report: Report): void {
  for (const rule of [obsoleteMesh, envNotText]) rule(resolved, report)
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
