import type { ztunnelDefaults } from '../../istio/defaults/ztunnel.ts'
import { type Fields, isMap } from '../../k8s/object.ts'
import type { Context, ValuesOf } from '../context.ts'

/** The values of ztunnel's chart: its defaults, the globals beside them, and what it reads besides. */
export type ZtunnelValues = ValuesOf<typeof ztunnelDefaults> & {
  readonly platform?: unknown
  readonly ownerName?: unknown
  readonly trustBundleName?: unknown
  readonly nodeSelector?: unknown
  readonly affinity?: unknown
}

export type ZtunnelContext = Context<ZtunnelValues>

/**
 * The values that ztunnel's chart is handed: the members of `ztunnel` over the settings of the mesh that are no maps
 * (such as `revision`) and `global`. So `meshConfig` stays behind. Without a map in `ztunnel` the values stay as
 * they are.
 */
export function flattenZtunnel(values: Fields): Fields {
  if (!isMap(values.ztunnel)) return values
  const shared = Object.entries(values).filter(([key, value]) => key === 'global' || !isMap(value))
  return { ...Object.fromEntries(shared), ...values.ztunnel }
}
