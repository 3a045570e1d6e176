import { syncWave } from '../../engines/argocd.ts'
import { type Phase, type WaveNumbers, waveOf } from '../../engines/phases.ts'
import { isMap } from '../../k8s/object.ts'
import type { Report } from '../../problem.ts'
import type { Rendered } from '../stage.ts'
import { display } from './display.ts'
import type { ObjectEdge } from './edges.ts'

/** What the waves are made from. */
export interface Waved {
  /** Topological sets of the objects. */
  readonly sets: readonly (readonly Rendered[])[]
  readonly needs: ReadonlyMap<Rendered, readonly ObjectEdge[]>
  readonly phaseOf: (item: Rendered) => Phase
  readonly numbers: WaveNumbers
  /** Whether numbers that the user wrote count; they mean nothing to an engine that has no waves. */
  readonly ownNumbers: boolean
}

/**
 * The number of every object's wave: that of its phase, or a later one where something that it needs comes later. A
 * number that the user gave an object (an overlay's `sync-wave` annotation) stands, and moves what depends on it.
 *
 * What may never become healthy has to be in the last wave of all, so scaling moves with it when others come later.
 *
 * Reports `wave-before-dependency` when the user's number puts an object before what it needs, `invalid-sync-wave` when
 * it is no number.
 */
export function waves({ sets, needs, phaseOf, numbers, ownNumbers }: Waved, report: Report): Map<Rendered, number> {
  const result = new Map<Rendered, number>()
  const pinned = new Set<Rendered>()
  const needed = new Set<Rendered>()
  for (const item of sets.flat()) {
    const bounds = (needs.get(item) ?? []).map((edge) => {
      needed.add(edge.to)
      return { edge, wave: (result.get(edge.to) ?? 0) + (edge.healthy ? numbers.step : 0) }
    })
    const own = ownNumbers ? ownWave(item, report) : undefined
    const wave = own ?? Math.max(waveOf(phaseOf(item), numbers), ...bounds.map((bound) => bound.wave))
    const broken = bounds.find((bound) => bound.wave > wave)
    if (own !== undefined) pinned.add(item)
    if (broken) report(tooEarly(item, wave, broken.edge, broken.wave))
    result.set(item, wave)
  }
  const last = Math.max(...result.values())
  for (const item of result.keys()) {
    if (phaseOf(item) === 'scaling' && !pinned.has(item) && !needed.has(item)) result.set(item, last)
  }
  return result
}

function ownWave(item: Rendered, report: Report): number | undefined {
  const { annotations } = item.object.metadata
  const text = isMap(annotations) ? annotations[syncWave] : undefined
  if (text === undefined || text === null) return undefined
  if (/^[+-]?\d{1,9}$/.test(String(text))) return Number(text)
  report({
    code: 'invalid-sync-wave',
    severity: 'error',
    message: `\`${syncWave}\` of ${display(item.object)} must be a whole number; it is "${text}"`,
    path: item.path,
    at: item.place?.(),
    hint: 'correct the annotation, or take it out: every object gets a wave without it.',
  })
  return undefined
}

function tooEarly({ object, path, place }: Rendered, wave: number, { to, reason }: ObjectEdge, least: number) {
  return {
    code: 'wave-before-dependency',
    severity: 'warning',
    message: `${display(object)} must come in wave ${least} or later, as it ${reason} ${display(to.object)}; its own \`${syncWave}\` says ${wave}`,
    path,
    at: place?.(),
    hint: `set it to ${least} or more, or take the annotation out.`,
  } as const
}
