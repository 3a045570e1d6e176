import { apiType } from '../../k8s/api-type.ts'
import { type Matching, namesIn, type TypeOf, type TypeSource, type Types } from '../../k8s/json-schema.ts'
import { extensionProviderGroups, extensionProviderTypes } from './extension-providers.ts'
import { meshConfigGroups, meshConfigTypes, meshSelectorTypes } from './mesh-config.ts'
import { meshNetworksGroups, meshNetworksTypes } from './mesh-networks.ts'
import { operatorGroups, operatorTypes } from './operator.ts'
import { proxyConfigGroups, proxyConfigTypes } from './proxy-config.ts'
import { renderIstioGroups, renderIstioTypes } from './render-istio.ts'
import { valuesTypes } from './values/index.ts'
import type { Area, Groups } from './words.ts'

/** The areas of what users write, with how the decoder of each one matches the names of fields. */
const areas: readonly { readonly types: () => Area; readonly groups?: Groups; readonly matching: Matching }[] = [
  { types: operatorTypes, groups: operatorGroups, matching: 'fold' },
  { types: valuesTypes, matching: 'exact' },
  { types: meshConfigTypes, groups: meshConfigGroups, matching: 'snake' },
  { types: meshSelectorTypes, matching: 'exact' },
  { types: proxyConfigTypes, groups: proxyConfigGroups, matching: 'snake' },
  { types: extensionProviderTypes, groups: extensionProviderGroups, matching: 'snake' },
  { types: meshNetworksTypes, groups: meshNetworksGroups, matching: 'snake' },
  { types: renderIstioTypes, groups: renderIstioGroups, matching: 'exact' },
]

/**
 * All types that users write, Istio's and those of the Kubernetes API that they hold, by name. The program itself gets
 * them as a text (`scripts/validators.mjs`), so that a run without mistakes doesn't even parse them.
 */
export function schemaTypes(): TypeSource {
  const found = areas.map(({ types, groups = {}, matching }) => ({ fields: types(), groups, matching }))
  return (name) => {
    for (const { fields, groups, matching } of found) {
      const own: Area = fields
      if (Object.hasOwn(own, name)) return { fields: own[name] ?? {}, matching, ...groups[name] }
    }
    return apiType(name)
  }
}

/** The types that `roots` reach, as data. */
export function typesFrom(roots: readonly string[]): Types {
  const source = schemaTypes()
  const found: { [name: string]: TypeOf } = {}
  const open = [...roots]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = source(name)
    if (!type || Object.hasOwn(found, name)) continue
    found[name] = type
    open.push(...Object.values(type.fields).flatMap(({ holds }) => namesIn(holds)))
  }
  return found
}
