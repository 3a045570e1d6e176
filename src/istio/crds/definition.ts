import type { Column, CustomResourceDefinition, Schema } from '../../k8s/schema.ts'
import { crd, obj, req } from '../../k8s/schema.ts'
import { status } from './status.ts'

/** One of Istio's kinds. Its CRD is built when asked for, and carries no labels: they are the renderer's to choose. */
export interface CrdDefinition {
  /** `<plural>.<group>`: the name of the CRD. */
  readonly name: string
  /** The labels of a CRD that the base chart emits as a fixed file (`base.enableCRDTemplates` off). */
  readonly staticLabels: { readonly [name: string]: string }
  define(): CustomResourceDefinition
}

/** What one kind says of itself; all else is the same for all of Istio's kinds. */
interface Description {
  readonly group: Group
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
  /** All served, with one schema. */
  readonly versions: readonly [string, ...string[]]
  /** The version in which objects are stored: the first one, unless said. */
  readonly storage?: string
  readonly columns?: readonly Column[]
  /** Whether an object without any `spec` is refused. */
  readonly specRequired?: true
  spec(): Schema
}

type Group = keyof typeof groups

/** The API groups, each with the label that its CRDs carry besides those of the fixed file. */
const groups = {
  'extensions.istio.io': {},
  'networking.istio.io': {},
  'security.istio.io': { istio: 'security' },
  'telemetry.istio.io': { istio: 'telemetry' },
} as const

/** The column that every kind with columns has. */
export const age: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }

/** A column of text: `column('Host', '.spec.host')`. */
export function column(name: string, jsonPath: string): Column {
  return { name, type: 'string', jsonPath }
}

/** The definition of a kind as Istio publishes all of them: namespaced, with Istio's status, kept when the chart goes. */
export function define(description: Description): CrdDefinition {
  const { group, versions, storage = versions[0], specRequired, spec, ...names } = description
  return {
    name: `${description.plural}.${group}`,
    staticLabels: { app: 'istio-pilot', chart: 'istio', heritage: 'Tiller', ...groups[group], release: 'istio' },
    define: () =>
      crd({
        ...names,
        group,
        categories: ['istio-io', group.replaceAll('.', '-')],
        scope: 'Namespaced',
        versions,
        storage,
        annotations: { 'helm.sh/resource-policy': 'keep' },
        schema: obj({ spec: spec(), status }, specRequired ? req('spec') : {}),
      }),
  }
}
