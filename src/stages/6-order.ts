import { annotate } from '../engines/annotate.ts'
import { engines } from '../engines/index.ts'
import { defaultWaves, type Phase, phaseOf as phaseOfWave } from '../engines/phases.ts'
import type { Placed } from '../engines/placed.ts'
import { builtInGroups, groupOf } from '../k8s/group.ts'
import type { KubeObject } from '../k8s/object.ts'
import type { Problem, Report } from '../problem.ts'
import { type ComponentDependency, componentDependencies, componentSets } from './order/components.ts'
import { display } from './order/display.ts'
import { withoutDuplicates } from './order/duplicates.ts'
import { edgesOf, type ObjectEdge } from './order/edges.ts'
import { type Edge, topologicalSets } from './order/graph.ts'
import { lookUp } from './order/lookup.ts'
import { ownDependencies } from './order/own-dependencies.ts'
import { isLoadBalancer, phaseOfObject } from './order/phase.ts'
import { sequence } from './order/sequence.ts'
import { waves } from './order/waves.ts'
import type { EngineName, Rendered } from './stage.ts'

/** What the order depends on besides the objects. */
export interface OrderSettings {
  readonly engine: EngineName
  readonly waves?: { readonly start?: number | undefined; readonly step?: number | undefined }
  /** Dependencies between components besides Istio's own. */
  readonly dependencies?: readonly ComponentDependency[]
}

/** The engines whose dialect numbers waves. */
const numbered: ReadonlySet<EngineName> = new Set(['argocd', 'kpt'])

/** An object with its place, and with what it was rendered for. */
export interface Arranged extends Placed {
  readonly item: Rendered
  readonly phase: Phase
}

/**
 * Stage 6: the objects in the order in which they are applied, with that order written in the engine's dialect.
 *
 * Reports what `arrange` does.
 */
export function order(rendered: readonly Rendered[], settings: OrderSettings, report: Report): readonly KubeObject[] {
  return arrange(rendered, settings, report).map((placed) => inDialect(placed, settings.engine))
}

/** The object with its place written down for that engine. */
export function inDialect(placed: Placed, engine: EngineName): KubeObject {
  return annotate(placed.object, engines[engine](placed))
}

/**
 * The objects in their order, each with its place in it, before any dialect.
 *
 * Every object has a wave, the level of readiness it belongs to. Whatever one object needs of another is an edge with a
 * reason (`edges.ts`): edges move waves, order what is inside of one (`sequence.ts`), and are what kpt is told. The
 * result does not depend on the order of the input.
 *
 * Reports `duplicate-object`, `dependency-cycle`, `blocking-load-balancer`, and what `ownDependencies` and `waves` do.
 */
export function arrange(rendered: readonly Rendered[], settings: OrderSettings, report: Report): Arranged[] {
  const items = withoutDuplicates(rendered, report)
  const lookup = lookUp(items)
  const numbers = {
    start: settings.waves?.start ?? defaultWaves.start,
    step: settings.waves?.step ?? defaultWaves.step,
  }
  const dependencies = [...componentDependencies, ...(settings.dependencies ?? [])]
  const components = componentSets(
    items.map(({ component }) => component),
    dependencies,
  )
  if (components.cycle) report(cycle(components.cycle, String))
  const levels = new Map(components.sets.flatMap((set, level) => set.map((component) => [component, level])))

  // A component on a cycle would lead its workloads round it too, and has been told.
  const sound = dependencies.filter(({ from, to }) => levels.has(from) && levels.has(to))
  const edges = [...edgesOf(lookup, sound), ...ownDependencies(lookup, settings.engine, report)]
  const sorted = topologicalSets(items, edges)
  if (sorted.cycle) report(cycle(sorted.cycle, ({ object }) => display(object), sorted.cycle[0]?.from))
  const needs = sorted.cycle ? new Map<Rendered, ObjectEdge[]>() : groupedByFrom(edges)
  const sets = sorted.cycle ? [items] : sorted.sets

  const called = new Set(items.filter(isWebhook).flatMap((item) => lookup.calledBy(item)))
  const phaseOf = (item: Rendered) => phaseOfObject(item, called)
  const waveOf = waves({ sets, needs, phaseOf, numbers, ownNumbers: numbered.has(settings.engine) }, report)
  if (settings.engine === 'argocd') {
    for (const item of items.filter(isLoadBalancer)) if (phaseOf(item) === 'access') report(blocking(item))
  }

  const late = (item: Rendered) => needs.get(item)?.some(({ healthy }) => healthy) ?? false
  return sequence(sets, needs, waveOf, levels).map((item) => {
    const wave = waveOf.get(item) ?? 0
    const dependencies = (needs.get(item) ?? []).map(({ to, healthy }) => ({
      object: to.object,
      healthy,
      late: late(to),
    }))
    const kindMayBeMissing = !builtInGroups.has(groupOf(item.object)) && !lookup.definitionOf(item)
    const { object, component } = item
    return { item, object, component, wave, phase: phaseOfWave(wave, numbers), dependencies, kindMayBeMissing }
  })
}

function isWebhook({ object }: Rendered): boolean {
  return object.kind.endsWith('WebhookConfiguration')
}

function groupedByFrom(edges: readonly ObjectEdge[]): Map<Rendered, ObjectEdge[]> {
  const result = new Map<Rendered, ObjectEdge[]>()
  for (const edge of edges) {
    const own = result.get(edge.from)
    if (own) own.push(edge)
    else result.set(edge.from, [edge])
  }
  return result
}

function cycle<Node>(edges: readonly Edge<Node>[], name: (node: Node) => string, first?: Rendered): Problem {
  return {
    code: 'dependency-cycle',
    severity: 'error',
    message: `dependencies must not form a cycle: ${edges.map(({ from, to, reason }) => `${name(from)} ${reason} ${name(to)}`).join(', ')}`,
    path: first?.path,
    at: first?.place?.(),
    hint: 'take out one of these dependencies.',
  }
}

function blocking({ object, path, place }: Rendered): Problem {
  return {
    code: 'blocking-load-balancer',
    severity: 'warning',
    message: `${display(object)} must get its load balancer's address before anything that calls it can be synced, as webhooks and proxies need it`,
    path,
    at: place?.(),
    hint: 'leave it a ClusterIP and expose istiod through a gateway, unless the cluster always gives addresses.',
  }
}
