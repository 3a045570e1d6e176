import { isBefore } from '../charts/release.ts'
import { map, valueAt } from '../components/words.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { dotted, type Path, type Report } from '../problem.ts'
import type { Resolved } from './2-resolve.ts'
import type { RenderedEntry } from './4-render.ts'
import { applyOverlays } from './patch/overlays.ts' // on demand
import { applySettings } from './patch/settings.ts' // on demand
import type { PatchContext, Target } from './patch/target.ts'
import type { Rendered } from './stage.ts'

/**
 * Stage 5: what the user asks for under `k8s` of each component, laid over the objects of that component: the settings
 * first, as strategic merge patches, then the overlays in order.
 *
 * Reports `overlay-miss`, `patch-without-target` and `ignored-setting`, all of which the installer passes over in
 * silence.
 */
export function patch(entries: readonly RenderedEntry[], resolved: Resolved, report: Report): Rendered[] {
  return entries.flatMap(({ entry, objects }) => {
    const k8s = entry.settings.k8s
    if (!isMap(k8s)) return objects
    const path: Path = [...entry.path, 'k8s']
    const context: PatchContext = {
      path,
      report: (severity, code, below, message, hint, part = 'value') => {
        const full = [...path, ...below]
        report({ code, severity, message, path: dotted(full), at: resolved.locate(full, part), hint })
      },
    }
    const bare = objects.map(({ object }) => object)
    const set = applySettings(bare, applied(k8s, entry, resolved), targetOf(entry, resolved), context)
    const patched = applyOverlays(set, k8s.overlays, context)
    return objects.map((rendered, index) => ({ ...rendered, object: patched[index] ?? rendered.object }))
  })
}

/** Before 1.24 the installer left the replicas alone where the values, those of a profile too, ask for an autoscaler. */
function applied(k8s: Fields, { component }: RenderedEntry['entry'], { charts, spec }: Resolved): Fields {
  if (!isBefore(charts?.of(component.spec)?.release, 24)) return k8s
  const own = valueAt(spec.values, component.valuesRoot)
  if (component.workload?.kind !== 'Deployment' || map(own).autoscaleEnabled !== true) return k8s
  const { replicaCount: _, ...others } = k8s
  return others
}

/** By name: the revision counts, but not the word `default`, under which the installer misses its own object. */
function targetOf({ component, settings }: RenderedEntry['entry'], resolved: Resolved): Target | undefined {
  const { workload } = component
  if (!workload) return undefined
  const gateway = component.many !== undefined
  const own = gateway && typeof settings.name === 'string' && settings.name !== '' ? settings.name : undefined
  const revision = component.name === 'Pilot' && !['', 'default'].includes(resolved.revision)
  return {
    kind: workload.kind,
    name: own ?? (revision ? `${workload.name}-${resolved.revision}` : workload.name),
    container: workload.container,
    keepsPorts: gateway,
  }
}
