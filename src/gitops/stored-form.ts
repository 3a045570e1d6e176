import { isMap, type KubeObject } from '../k8s/object.ts'
import { storedQuantity } from '../k8s/quantity.ts'
import { unsetAsStored } from '../k8s/unset.ts'
import type { Change } from './change.ts'

/**
 * Values in the form in which the API server stores them. It turns `2048Mi` into `2Gi` and leaves out nulls and what
 * says no more than that nothing is set, and an engine that compares text sees a difference for ever (istio/istio#53001,
 * #56714).
 */
export const storedForm: Change = {
  name: 'stored-form',
  mesh: (rendered) => rendered.map((one) => ({ ...one, object: unsetAsStored(stored(one.object)) })),
}

/** Fields that hold a quantity, and maps whose members do, wherever they stand in the kinds that a mesh is made of. */
const quantities = new Set(['divisor', 'sizeLimit', 'averageValue', 'tolerance'])
const quantityMaps = new Set(['requests', 'limits', 'hard', 'overhead'])

/** The parts of an object that the API server keeps as the user writes them. */
const untouched = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition'])

function stored(object: KubeObject): KubeObject {
  if (untouched.has(object.kind)) return object
  return walk(object, '') as KubeObject
}

function walk(value: unknown, under: string): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, under))
  if (!isMap(value)) return value
  const members = Object.entries(value).flatMap(([key, member]) => {
    if (member === null) return []
    // What a metric is compared with; elsewhere `value` is any text.
    if (quantities.has(key) || (key === 'value' && under === 'target')) return [[key, storedQuantity(member)]]
    if (quantityMaps.has(key) && isMap(member)) return [[key, allStored(member)]]
    return [[key, walk(member, key)]]
  })
  return Object.fromEntries(members)
}

function allStored(amounts: { readonly [name: string]: unknown }) {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, storedQuantity(amount)]))
}
