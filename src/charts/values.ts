import { map, merged } from '../components/words.ts'
import { type Fields, isMap } from '../k8s/object.ts'

/** What the values of a chart follow from. */
export interface Handed {
  /** The key of the component under `spec.components`. */
  readonly component: string
  /** The values that the newest installer hands the chart. */
  readonly values: Fields
  /** The values of the whole mesh, before one component's were made of them. */
  readonly whole: Fields
  /** The namespaces of the components, by key, and which of them are on. */
  readonly namespaces: { readonly [component: string]: string }
  readonly on: ReadonlySet<string>
}

/** Where the components of 1.20 to 1.23 found their own settings. */
const roots: { readonly [component: string]: string } = {
  base: 'global',
  pilot: 'pilot',
  cni: 'cni',
  ztunnel: 'ztunnel',
}

/**
 * The values that istioctl 1.20 to 1.23 handed the charts of its release: below those of the user, whether each component
 * is on and where it goes (the CNI is called `istio_cni` for the others), and where istiod is. To ztunnel it handed what
 * is no map, over that the members of `global`, and over them those of `ztunnel`.
 */
export function valuesBefore24({ component, values, whole, namespaces, on }: Handed): Fields {
  const below: { [root: string]: unknown } = { istio_cni: { enabled: on.has('cni') } }
  for (const [name, root] of Object.entries(roots)) {
    below[root] = { ...(name !== 'cni' && { enabled: on.has(name) }), namespace: namespaces[name] }
  }
  below.global = { ...map(below.global), istioNamespace: namespaces.pilot }
  if (component !== 'ztunnel') return map(merged(below, values))
  const all = map(merged(below, whole))
  const shared = Object.entries(all).filter(([, value]) => !isMap(value))
  const { hub, tag } = values
  const own = { ...map(all.ztunnel), ...(hub !== undefined && { hub }), ...(tag !== undefined && { tag }) }
  return { ...Object.fromEntries(shared), ...map(all.global), ...own }
}
