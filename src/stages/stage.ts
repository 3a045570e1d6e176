import type { ComponentName } from '../components/context.ts'
import type { KubeObject } from '../k8s/object.ts'
import type { Position } from '../problem.ts'

export type { ComponentName }

/** An object of the mesh on its way through the stages. */
export interface Rendered {
  readonly component: ComponentName
  /** `namespace/name` of the IstioOperator that it comes from. */
  readonly owner: string
  /** The revision of the control plane that it belongs to; empty for the default one. */
  readonly revision: string
  /** Where its component stands in the user's document, e.g. `spec.components.ingressGateways[1]`. */
  readonly path: string
  /** Finds where that stands in the user's file. */
  readonly place?: () => Position | undefined
  readonly object: KubeObject
}

/** Who applies the output, and in whose dialect order is written. */
export type EngineName = 'argocd' | 'kpt' | 'flux' | 'none'
