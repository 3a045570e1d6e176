import { items, truth } from '../components/words.ts'
import type { Change } from './change.ts'

/**
 * `istioctl install` makes a control plane the default one by creating objects that `manifest generate` never prints:
 * the validator for resources without a revision, and the `default` tag. Here they are part of the mesh: the plane
 * without a revision is the default one, and so is a revision that `values.defaultRevision` names.
 */
export const defaultRevision: Change = {
  name: 'default-revision',
  values: (values, { component }, { revision }) => {
    const named = values.defaultRevision
    if (component.name === 'Base' && !truth(named) && revision === '') return { ...values, defaultRevision: 'default' }
    const isDefault = truth(named) && named === revision
    const tags = items(values.revisionTags)
    if (component.name === 'Pilot' && isDefault && !tags.includes('default')) {
      return { ...values, revisionTags: [...tags, 'default'] }
    }
    return values
  },
}
