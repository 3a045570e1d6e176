import { map, merged } from '../../components/words.ts'
import { printed } from '../../gotemplate/value.ts'
import { typeValue } from '../../istio/set.ts'
import { type Fields, isMap } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'
import type { Settings } from '../../settings.ts'
import { has } from './layers.ts'

/** A setting as the installer takes it over into the values: printed, as if it came by `--set`. */
const asText = (value: unknown) => printed(value).trim()

/** As `asText`, and typed anew, so that the text `5` becomes a number. */
export const asSet = (value: unknown) => typeValue(asText(value))

/**
 * Fields of the spec that the installer copies into the values before any chart reads them (the facts' section on
 * top-level translation). What the user says at the target itself wins over the copy.
 */
const copies = [
  { from: 'hub', to: ['global', 'hub'], as: asSet },
  { from: 'tag', to: ['global', 'tag'], as: asText },
  { from: 'revision', to: ['revision'], as: asSet },
  { from: 'compatibilityVersion', to: ['compatibilityVersion'], as: asText },
] as const

/** Values that always follow from which components are on, whatever the user wrote there. */
const switches = [
  { component: 'pilot', to: ['pilot', 'enabled'] },
  { component: 'cni', to: ['pilot', 'cni', 'enabled'] },
] as const

/**
 * The values that the charts are handed, from the merged spec.
 *
 * `said` are the documents that somebody wrote for this mesh, lowest first, without the built-in profiles: the
 * uppermost of them that speaks of a copied field decides whether the field or the value counts. A null takes the
 * profile's word away; to istioctl it is the text `<nil>`.
 */
export function deriveValues(spec: Fields, said: readonly unknown[], compat?: Settings['compat']): Fields {
  let values: unknown = spec.values
  for (const { from, to, as } of copies) {
    const value = spec[from]
    if (value === undefined || (value === null && !compat) || saidAsValue(said, from, to)) continue
    values = put(values, to, as(value))
  }
  // Of the values, a null has the last word: they are laid over the copy once more.
  if (spec.meshConfig !== undefined && map(values).meshConfig !== null) {
    const mesh = isMap(spec.meshConfig) ? merged(map(values).meshConfig, spec.meshConfig) : printed(spec.meshConfig)
    values = put(values, ['meshConfig'], mesh)
  }
  for (const { component, to } of switches) {
    values = put(values, to, map(map(spec.components)[component]).enabled === true)
  }
  return isMap(spec.unvalidatedValues) ? map(merged(map(values), spec.unvalidatedValues)) : map(values)
}

/** The other paths at which the user may have written what is a value at this one, the strongest first. */
export function sourcesOf(path: Path): Path[] {
  return sourceGroups(path).flat()
}

/** The same in groups: which one of a group counts is up to the layers that they stand in, the first one when in doubt. */
export function sourceGroups(path: Path): Path[][] {
  const [spec, values, ...rest] = path
  if (spec !== 'spec' || values !== 'values' || rest.length === 0) return []
  const copied = copies.filter(({ to }) => to.length === rest.length && to.every((step, index) => step === rest[index]))
  return [
    [['spec', 'unvalidatedValues', ...rest]],
    rest[0] === 'meshConfig' ? [['spec', ...rest]] : [],
    [path, ...copied.map(({ from }) => ['spec', from])],
  ]
}

function saidAsValue(said: readonly unknown[], from: string, to: Path): boolean {
  const last = said.findLast((document) => has(document, ['spec', from]) || has(document, ['spec', 'values', ...to]))
  return last !== undefined && has(last, ['spec', 'values', ...to])
}

/** The tree with a value at the path; what stands below something that isn't a map is lost, as the installer loses it. */
export function put(tree: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (tree !== undefined && !isMap(tree)) return tree
  return { ...tree, [key]: put(tree?.[key], rest, value) }
}
