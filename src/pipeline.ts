import type { ChartSource } from './charts/package.ts'
import type { Phase } from './engines/phases.ts'
import { activeChanges, changeMesh } from './gitops/index.ts'
import { bundle } from './istio/bundle.ts'
import type { KubeObject } from './k8s/object.ts'
import type { Problem } from './problem.ts'
import { judge, type Suppressed } from './problems/judge.ts'
import type { Settings } from './settings.ts'
import { type Plane, type Resolved, resolve } from './stages/2-resolve.ts'
import { validate, validateMesh } from './stages/3-validate.ts'
import { render } from './stages/4-render.ts'
import { patch } from './stages/5-patch.ts'
import { arrange, inDialect } from './stages/6-order.ts'
import { applyMeshPatches } from './stages/patch/patches.ts' // on demand
import type { ProfileSource } from './stages/resolve/profiles.ts'
import type { Rendered } from './stages/stage.ts'
import { ofCharted, validateCharted } from './stages/validate/charted.ts' // on demand
import { elsewhere } from './stages/validate/echoes.ts' // on demand

/** What a run works on: hosts read it (stage 1) and write the answer (stage 7). */
export interface Request {
  /** The control planes, each from one or more IstioOperators. */
  readonly planes: readonly Plane[]
  readonly settings: Settings
  readonly profiles: ProfileSource
  /** Where charts come from that the user names; without one no charts are read. */
  readonly charts?: ChartSource | undefined
  /** Objects that the input holds besides, which nobody renders again. */
  readonly present: readonly KubeObject[]
}

/** An object of the mesh with where it comes from. */
export interface MeshObject {
  readonly object: KubeObject
  /** The control plane that it was rendered for; the first one of several that share it. */
  readonly owner: string
  readonly component: Rendered['component']
  /** The level of readiness that it belongs to. */
  readonly phase: Phase
}

export interface Answer {
  /** The mesh in the order in which it is applied; empty when anything is wrong. */
  readonly objects: readonly MeshObject[]
  readonly problems: readonly Problem[]
  /** What the user accepts, and why. */
  readonly suppressed: readonly Suppressed[]
}

/** The journey: resolve → validate → render → patch → order, each stage on what the one before it made. */
export function renderMesh({ planes, settings, profiles, charts, present }: Request): Answer {
  const { problems, suppressed, report, failed, blocked } = judge(settings)
  const nothing = { objects: [], problems, suppressed }
  const resolved = planes.map((plane) => resolve(plane, settings, profiles, report, charts))
  // What is wrong with the way that leads to it doesn't hide what is wrong with the rest.
  const surroundings = { settings, version: bundle.version }
  for (const meant of resolved) {
    if (meant.charts) validateCharted(meant, report, surroundings)
    else validate(meant, report, surroundings)
  }
  // A misspelt field, say, is passed over, and what is rendered without it may hold mistakes of its own.
  if (blocked()) return nothing
  const rest = failed() ? elsewhere(problems, settings, report) : report
  const entries = resolved.map((meant) => render(meant, settings, bundle, rest))
  if (blocked()) return nothing
  const own = resolved.flatMap((meant, index) => patch(entries[index] ?? [], meant, rest))
  const patched = settings.patches.length > 0 ? applyMeshPatches(own, settings.patches, rest) : own
  const told = resolved.some(({ charts }) => charts) ? ofCharted(resolved, rest) : rest
  validateMesh({ ...surroundings, rendered: patched, planes: resolved, present }, told)
  if (failed()) return nothing

  const mesh = changeMesh(patched, resolved, present, activeChanges(settings))
  const ordered = arrange(mesh, settings, report)
  if (ordered.length === 0 && !settings.allowEmpty) report(emptyMesh(resolved[0]))
  const objects = ordered.map((placed) => ({
    object: inDialect(placed, settings.engine),
    owner: placed.item.owner,
    component: placed.item.component,
    phase: placed.phase,
  }))
  return { objects: failed() ? [] : objects, problems, suppressed }
}

/** An empty answer with exit code 0 would make a pruning engine delete the mesh. */
function emptyMesh(resolved: Resolved | undefined): Problem {
  return {
    code: 'empty-mesh',
    severity: 'error',
    message: 'the IstioOperator must enable at least one component; this one renders no object',
    path: 'spec.components',
    at: resolved?.locate(['spec', 'components']),
    hint: 'enable a component, or set `allowEmpty: true` if an empty mesh is meant.',
  }
}
