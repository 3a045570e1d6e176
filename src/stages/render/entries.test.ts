import { expect, test } from 'vitest'
import type { Fields } from '../../k8s/object.ts'
import type { Resolved } from '../2-resolve.ts'
import { checkGatewayLists, enabledEntries } from './entries.ts'

function resolved(components: Fields, values: Fields = {}): Resolved {
  const spec = { components }
  const nowhere = () => undefined
  const written = { operator: { spec }, locate: nowhere }
  return { owner: 'a/b', written, spec, values, namespace: 'mesh', revision: '', locate: nowhere }
}

const alone = { base: { enabled: false }, pilot: { enabled: false }, ingressGateways: [], egressGateways: [] }

test.each<[settings: Fields, ztunnel: Fields]>([
  [{}, {}],
  [
    { hub: 'h', tag: '1.10' },
    { hub: 'h', tag: 1.1 },
  ],
  [{ tag: [1, 'a'] }, { tag: '[1 a]' }],
  // An empty tag takes the place of the mesh's; an empty hub and a null say nothing.
  [{ hub: '', tag: '' }, { tag: '' }],
  [{ hub: null, tag: null }, {}],
])('hands %j to the chart', (settings, ztunnel) => {
  const [entry] = enabledEntries(resolved({ ...alone, ztunnel: settings }, { ztunnel: {}, global: {} }))
  expect(entry).toMatchObject({ namespace: 'mesh' })
  expect(entry?.values).toEqual({ global: {}, ...ztunnel })
})

test('decodes names in any case, and the proper one counts', () => {
  const ingressGateways = [
    { Name: 'a', name: 'b', NAMESPACE: 'c' },
    { Enabled: false },
    { Enabled: false, enabled: true },
  ]
  const entries = enabledEntries(resolved({ ...alone, ingressGateways }))
  expect(entries.map(({ settings, namespace }) => [settings.name, namespace])).toEqual([
    ['b', 'c'],
    [undefined, 'mesh'],
  ])
})

test.each<[components: Fields, paths: string[]]>([
  [{}, []],
  [{ ingressGateways: [], egressGateways: [] }, []],
  [{ ingressGateways: null }, ['spec.components.ingressGateways']],
  [{ ingressGateways: {}, egressGateways: 'x' }, ['spec.components.ingressGateways', 'spec.components.egressGateways']],
  [{ ingressGateways: [{}, null] }, []],
  [{ pilot: null }, []],
])('finds what is no list of gateways in %j', (components, paths) => {
  const told: (string | undefined)[] = []
  checkGatewayLists(resolved(components), ({ path }) => told.push(path))
  expect(told).toEqual(paths)
})
