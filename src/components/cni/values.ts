import type { cniDefaults } from '../../istio/defaults/cni.ts'
import type { Context, ValuesOf } from '../context.ts'

type Defaults = ValuesOf<typeof cniDefaults>

/** The values of the CNI's chart: its defaults, and what it reads besides if a user sets it. */
export type CniValues = Defaults & {
  readonly platform?: unknown
  readonly global: { readonly platform?: unknown }
}

export interface CniContext extends Context<CniValues> {
  /** The version that the cluster gives itself, e.g. `v1.32.4-gke.100`. */
  readonly kubeVersion?: string | undefined
}
