import type { Fields } from '../../k8s/object.ts'
import { commonLabels, first, ownerLabels, raw } from '../words.ts'
import type { CniContext } from './values.ts'

/** What the chart calls itself and everything that it installs. */
export function nameLabels({ version }: CniContext): Fields {
  return { 'app.kubernetes.io/name': 'istio-cni', ...commonLabels('cni', version) }
}

/** The labels of the CNI's objects; a revision that reads as a number is a number here. */
export function labels(context: CniContext): Fields {
  const { values: v } = context
  return {
    release: 'istio',
    ...ownerLabels('Cni', v),
    'istio.io/rev': raw(first(v.revision, 'default')),
    ...nameLabels(context),
  }
}
