import { items, map } from '../../../components/words.ts'
import { isMap } from '../../../k8s/object.ts'
import type { Path } from '../../../problem.ts'
import { at, each, find, type Node, quote, type Rule, type Tell } from './rule.ts'

interface Unique {
  /** Below `spec`; `*` stands for each item of a list. */
  readonly path: Path
  /** What tells two items apart: a field, or the item itself. */
  readonly by?: string
  /** What happens otherwise. */
  readonly else: string
}

const workloads: readonly Path[] = [
  ...['pilot', 'cni', 'ztunnel'].map((name): Path => ['components', name, 'k8s']),
  ['components', 'ingressGateways', '*', 'k8s'],
  ['components', 'egressGateways', '*', 'k8s'],
]

const oneCounts = 'only one of the two counts'

/** Lists in which nothing may stand twice. */
const lists: readonly Unique[] = [
  ...workloads.map((path): Unique => ({ path: [...path, 'env'], by: 'name', else: oneCounts })),
  { path: ['meshConfig', 'extensionProviders'], by: 'name', else: oneCounts },
  { path: ['values', 'meshConfig', 'extensionProviders'], by: 'name', else: oneCounts },
  { path: ['meshConfig', 'configSources'], by: 'address', else: 'istiod would read it twice' },
  { path: ['values', 'revisionTags'], else: 'its objects would be rendered twice' },
  { path: ['values', 'global', 'imagePullSecrets'], else: 'the API server refuses that' },
  { path: ['values', 'pilot', 'volumes'], by: 'name', else: 'the API server refuses that' },
  { path: ['values', 'pilot', 'volumeMounts'], by: 'mountPath', else: 'the API server refuses that' },
  {
    path: ['values', 'gateways', 'istio-ingressgateway', 'secretVolumes'],
    by: 'name',
    else: 'the API server refuses that',
  },
  {
    path: ['values', 'gateways', 'istio-ingressgateway', 'configVolumes'],
    by: 'name',
    else: 'the API server refuses that',
  },
  {
    path: ['values', 'gateways', 'istio-egressgateway', 'secretVolumes'],
    by: 'name',
    else: 'the API server refuses that',
  },
  {
    path: ['values', 'gateways', 'istio-egressgateway', 'configVolumes'],
    by: 'name',
    else: 'the API server refuses that',
  },
]

/** Reports `duplicate-item` for items of which there can be one: variables, providers, tags, hosts, volumes. */
export const uniqueItems: Rule = ({ spec }, tell) => {
  for (const { path, by, else: otherwise } of lists) {
    for (const list of find({ path: ['spec'], value: spec }, path)) {
      if (!Array.isArray(list.value)) continue
      const seen = new Map<unknown, number>()
      list.value.forEach((item, index) => {
        const key = by === undefined ? item : isMap(item) ? item[by] : undefined
        if (typeof key !== 'string' || key === '') return
        const before = seen.get(key)
        if (before === undefined) seen.set(key, index)
        else twice([...list.path, index, ...(by === undefined ? [] : [by])], key, before, otherwise, tell)
      })
    }
  }
  hosts(at(spec, 'meshConfig', 'serviceSettings'), tell)
}

/** A host's settings are those of the first entry that names it. */
function hosts(settings: Node, tell: Tell): void {
  const seen = new Map<unknown, number>()
  for (const [index, { path, value }] of each(settings).entries()) {
    for (const [number, host] of items(map(value).hosts).entries()) {
      const before = seen.get(host)
      if (before === undefined) seen.set(host, index)
      else twice([...path, 'hosts', number], String(host), before, oneCounts, tell)
    }
  }
}

function twice(path: Path, key: string, before: number, otherwise: string, tell: Tell): void {
  tell({
    grade: 'mistake',
    code: 'duplicate-item',
    path,
    must: `not repeat ${quote(key)}, which stands at [${before}] already: ${otherwise}`,
    hint: 'keep the one that is meant.',
  })
}
