import type { CrdDefinition } from './crds/definition.ts'
import { crdDefinitions } from './crds/index.ts'
import { injectionTemplates } from './injection/index.ts'

/** What the renderers of one Istio release bring along besides their code. */
export interface Bundle {
  /** The full version of the release. */
  readonly version: string
  readonly crds: readonly CrdDefinition[]
  /** Go templates that istiod injects with, by name, in the order in which they stand in the ConfigMap. */
  readonly injectionTemplates: { readonly [name: string]: string }
}

export const bundle: Bundle = { version: '1.30.3', crds: crdDefinitions, injectionTemplates }
