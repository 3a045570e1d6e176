import { bundle } from '../../src/istio/bundle.ts'
import { renderMesh } from '../../src/pipeline.ts'
import type { Problem } from '../../src/problem.ts'
import { defaultSettings, type Settings } from '../../src/settings.ts'
import { readOperator } from '../../src/stages/1-read.ts'
import { type Plane, resolve } from '../../src/stages/2-resolve.ts'
import { checkRules } from '../../src/stages/validate/rules/index.ts'

const profiles = { find: () => undefined, names: [] }

/** An IstioOperator with that `spec`, as a control plane of its own. */
function planeOf(spec: string, name = 'mesh'): Plane {
  const indented = spec.replace(/^(?=.)/gm, '  ')
  const text = `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: ${name}}\nspec:\n${indented}\n`
  const document = readOperator(text, `${name}.yaml`, (problem) => {
    throw new Error(problem.message)
  })
  return { owner: `istio-system/${name}`, documents: document ? [document] : [] }
}

/** What the rules say of a `spec`, before anything is rendered. */
export function problemsOf(spec: string, settings: Partial<Settings> = {}): Problem[] {
  const problems: Problem[] = []
  const report = (problem: Problem) => problems.push(problem)
  const all = { ...defaultSettings, ...settings }
  const resolved = resolve(planeOf(spec), all, profiles, report)
  checkRules(resolved, { settings: all, version: bundle.version }, report)
  return problems
}

/** What rendering the meshes of one or more `spec`s says. */
export function meshProblems(specs: readonly string[], settings: Partial<Settings> = {}): readonly Problem[] {
  const planes = specs.map((spec, index) => planeOf(spec, `mesh-${index + 1}`))
  return renderMesh({ planes, settings: { ...defaultSettings, ...settings }, profiles, present: [] }).problems
}

/** A problem in short: how grave, what, and of which field. */
export function short({ severity, istioctl, code, path }: Problem): string {
  return `${istioctl ? `${severity}/${istioctl}` : severity} ${code} ${path}`
}
