import { items, map } from '../../../components/words.ts'
import type { Path } from '../../../problem.ts'
import { quote } from './rule.ts'

/** `meshConfig.localityLbSetting`, as far as it is looked at. */
export interface Locality {
  readonly distribute?: unknown
  readonly failover?: unknown
  readonly failoverPriority?: unknown
  readonly failover_priority?: unknown
}

interface Mistake {
  readonly path: Path
  readonly must: string
}

const topology = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']

/**
 * What istiod refuses in the setting, by the path below it: traffic is distributed or fails over, weights add up to 100,
 * and no locality is spoken of twice.
 */
export function localityMistakes(setting: Locality): Mistake[] {
  const distribute = items(setting.distribute)
  const failover = items(setting.failover)
  const priority = items(setting.failoverPriority ?? setting.failover_priority)
  if (distribute.length > 0 && failover.length > 0) {
    return [{ path: ['failover'], must: 'not be given beside `distribute`: traffic is distributed or fails over' }]
  }
  const label = priority.find((name) => topology.includes(String(name)))
  if (failover.length > 0 && label !== undefined) {
    return [{ path: ['failover'], must: `not be given beside the label "${label}" in \`failoverPriority\`` }]
  }
  return [
    ...overlaps(
      distribute.map((rule) => map(rule).from),
      (index) => ['distribute', index, 'from'],
    ),
    ...distribute.flatMap((rule, index) => targets(map(rule).to, ['distribute', index, 'to'])),
    ...failover.flatMap((rule, index) => regions(map(rule), ['failover', index])),
  ]
}

function targets(to: unknown, path: Path): Mistake[] {
  const weights = Object.entries(map(to))
  const wrong = weights.find(([, weight]) => !(Number(weight) >= 1 && Number(weight) <= 100))
  if (wrong) {
    return [{ path: [...path, wrong[0]], must: `be a weight, 1 to 100; it is ${quote(wrong[1])}` }]
  }
  const total = weights.reduce((sum, [, weight]) => sum + Number(weight), 0)
  if (total !== 100) return [{ path, must: `hold weights that add up to 100; they add up to ${total}` }]
  return overlaps(
    weights.map(([name]) => name),
    (index) => [...path, weights[index]?.[0] ?? ''],
  )
}

/** Localities in the form region/zone/subzone, each spoken of once. */
function overlaps(localities: readonly unknown[], pathOf: (index: number) => Path): Mistake[] {
  const seen: string[][] = []
  for (const [index, locality] of localities.entries()) {
    const name = typeof locality === 'string' ? locality : ''
    const parts = name.split('/')
    const steps = [...parts.slice(0, 2), ...(parts.length > 2 ? [parts.slice(2).join('/')] : [])]
    const stars = name.split('*').length - 1
    const must =
      stars > 1 || (stars === 1 && !name.endsWith('*'))
        ? `have "*" at its end only; it is ${quote(name)}`
        : steps.some((step) => step === '')
          ? `be a region, with a zone and a subzone if need be; it is ${quote(name)}`
          : seen.some((other) => meet(other, steps))
            ? `not lie in a locality that stands there already; ${quote(name)} does`
            : undefined
    if (must) return [{ path: pathOf(index), must }]
    seen.push(steps)
  }
  return []
}

/** Whether what is said of a locality covers one that comes later, or a part of it. */
function meet(before: readonly string[], later: readonly string[]): boolean {
  for (let level = 0; level < Math.min(before.length, later.length); level++) {
    if (before[level] === '*') return true
    if (before[level] !== later[level]) return false
  }
  return true
}

function regions({ from, to }: { readonly from?: unknown; readonly to?: unknown }, path: Path): Mistake[] {
  const names = [
    ['from', from],
    ['to', to],
  ] as const
  for (const [field, name] of names) {
    if (typeof name === 'string' && /[/*]/.test(name)) {
      return [{ path: [...path, field], must: `be a region, without "/" and "*"; it is ${quote(name)}` }]
    }
  }
  if ((from ?? '') === (to ?? ''))
    return [{ path: [...path, 'to'], must: `be another region than \`from\`; both are ${quote(to ?? '')}` }]
  return []
}
