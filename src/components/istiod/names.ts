import type { Fields } from '../../k8s/object.ts'
import { commonLabels, map, ownerLabels, print, quoted, raw, withRevision } from '../words.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** A name that every revision has of its own: `istiod-canary`. */
export function revisioned(name: string, v: IstiodValues): unknown {
  return raw(withRevision(name, v.revision))
}

/** A name that every revision has of its own in each place, such as its namespace: `istiod-clusterrole-canary-mesh`. */
export function placed(name: string, v: IstiodValues, place: unknown): unknown {
  return raw(`${withRevision(name, v.revision)}-${print(place)}`)
}

/** The labels of what belongs to istiod by name only. */
export function namedLabels({ version }: IstiodContext): Fields {
  return { 'app.kubernetes.io/name': 'istiod', ...commonLabels('istiod', version) }
}

/** The labels of what belongs to one revision of istiod. */
export function istiodLabels(context: IstiodContext): Fields {
  return { ...ownerLabels('Pilot', context.values), release: 'istio', ...namedLabels(context) }
}

/** What Services and budgets find istiod's pods by. The default istiod must not catch those of a canary. */
export function podSelector(v: IstiodValues): Fields {
  return { app: 'istiod', ...(v.revision === '' ? { istio: 'pilot' } : { 'istio.io/rev': quoted(v.revision) }) }
}

/** The value of the label by which objects choose this istiod: its revision, or `default`. */
export function chosenAs(v: IstiodValues): unknown {
  return v.revision === '' ? 'default' : v.revision
}

/** Whether istiod hands its root certificate out as a ClusterTrustBundle; only the boolean `true` says so. */
export function usesTrustBundles(env: unknown): boolean {
  return map(env).ENABLE_CLUSTER_TRUST_BUNDLE_API === true
}
