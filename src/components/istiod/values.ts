import type { istiodDefaults } from '../../istio/defaults/istiod.ts'
import type { Context, ValuesOf } from '../context.ts'
import type { ValidationSettings } from '../validation.ts'

type Defaults = ValuesOf<typeof istiodDefaults>

/** The values of istiod's chart: its defaults, and what it reads besides if a user sets it. */
export type IstiodValues = Defaults & {
  readonly platform?: unknown
  readonly crlConfigMapName?: unknown
  readonly trafficDistribution?: unknown
  readonly base: ValidationSettings
  readonly pdb: { readonly maxUnavailable?: unknown }
  readonly global: {
    readonly platform?: unknown
    readonly enableReaderRBAC?: unknown
    readonly trustBundleName?: unknown
    readonly tracer?: unknown
    readonly ipFamilyPolicy?: unknown
    readonly ipFamilies?: unknown
    readonly proxy: { readonly variant?: unknown }
  }
}

/** What istiod is rendered from. */
export interface IstiodContext extends Context<IstiodValues> {
  /** Go templates that istiod injects with, by name, in the order in which they are to be listed. */
  readonly injectionTemplates: { readonly [name: string]: string }
  /** The version of the cluster, which only init containers written as templates can ask for. */
  readonly kubeVersion: string
}
