import { describe, expect, it } from 'vitest'
import { at, istiod, one } from '../../../test/components/istiod.ts'
import type { Fields, KubeObject } from '../../k8s/object.ts'
import { readDocuments } from '../../yaml/read.ts'

function mesh(values: Fields): Fields {
  const { data } = one(istiod(values).filter(isMesh), 'ConfigMap')
  return read((data as { mesh: string }).mesh)
}

const isMesh = ({ data }: KubeObject) => at(data, ['mesh']) !== undefined

function read(text: string): Fields {
  const [document] = readDocuments(text, 'mesh', (problem) => expect.fail(problem.message))
  return document?.value as Fields
}

describe('the mesh configuration', () => {
  const rows: [rule: string, values: Fields, expected: Fields][] = [
    ['has its root where Istio is', { global: { istioNamespace: 'root' } }, { rootNamespace: 'root' }],
    ['has its root where it says', { meshConfig: { rootNamespace: 'r' } }, { rootNamespace: 'r' }],
    [
      'takes what is known and what is not',
      { meshConfig: { trustDomain: 'td', x: [1] } },
      { trustDomain: 'td', x: [1] },
    ],
    ['reports to Prometheus', {}, { defaultProviders: { metrics: ['prometheus'] } }],
    [
      'reports to Stackdriver too',
      { telemetry: { v2: { stackdriver: { enabled: true } } } },
      { defaultProviders: { metrics: ['prometheus', 'stackdriver'], accessLogging: ['stackdriver'] } },
    ],
    ['reports nowhere', { telemetry: { v2: { enabled: false } } }, { defaultProviders: undefined }],
    [
      'takes only `true` for true',
      { telemetry: { v2: { prometheus: { enabled: 'yes' } } } },
      { defaultProviders: undefined },
    ],
    [
      'reports where it says',
      { meshConfig: { defaultProviders: { tracing: ['t'] } } },
      { defaultProviders: { tracing: ['t'] } },
    ],
    [
      'reports as usual below {}',
      { meshConfig: { defaultProviders: {} } },
      { defaultProviders: { metrics: ['prometheus'] } },
    ],
  ]
  it.each(rows)('%s', (_, values, expected) => {
    expect(mesh(values)).toEqual({
      defaultConfig: { discoveryAddress: 'istiod.istio-system.svc:15012' },
      defaultProviders: { metrics: ['prometheus'] },
      enablePrometheusMerge: true,
      rootNamespace: 'istio-system',
      trustDomain: 'cluster.local',
      ...expected,
    })
  })

  const proxyRows: [rule: string, values: Fields, expected: Fields][] = [
    ['knows the mesh', { global: { meshID: 5 } }, { meshId: '5' }],
    [
      'chooses a variant of the image',
      { global: { variant: 'a', proxy: { variant: 'b' } } },
      { image: { imageType: 'b' } },
    ],
    [
      'takes an address and a token for lightstep',
      { global: { proxy: { tracer: 'lightstep' }, tracer: { lightstep: { address: 'a:1', accessToken: '007' } } } },
      { tracing: { lightstep: { address: 'a:1', accessToken: 7 } } },
    ],
    [
      'finds zipkin beside istiod',
      { global: { istioNamespace: 'n', proxy: { tracer: 'zipkin' } } },
      { tracing: { zipkin: { address: 'zipkin.n:9411' } } },
    ],
    [
      'finds datadog on the node',
      { global: { proxy: { tracer: 'datadog' } } },
      { tracing: { datadog: { address: '$(HOST_IP):8126' } } },
    ],
    [
      'asks stackdriver for the usual',
      { global: { proxy: { tracer: 'stackdriver' } } },
      {
        tracing: {
          stackdriver: {
            debug: false,
            maxNumberOfAttributes: 200,
            maxNumberOfAnnotations: 200,
            maxNumberOfMessageEvents: 200,
          },
        },
      },
    ],
    ['knows no other tracer', { global: { proxy: { tracer: 'constructor' } } }, { tracing: null }],
    ['finds its own revision', { revision: 'a' }, { discoveryAddress: 'istiod-a.istio-system.svc:15012' }],
    [
      'finds a remote istiod without a revision',
      { revision: 'a', global: { remotePilotAddress: 'x.y' } },
      { discoveryAddress: 'istiod.istio-system.svc:15012' },
    ],
    [
      'finds a remote istiod beside the local one',
      {
        revision: 'a',
        global: { remotePilotAddress: 'x.y' },
        istiodRemote: { enabled: true, enabledLocalInjectorIstiod: true },
      },
      { discoveryAddress: 'istiod-remote.istio-system.svc:15012' },
    ],
    [
      'has the last word',
      { revision: 'a', meshConfig: { defaultConfig: { discoveryAddress: 'mine', concurrency: 2 } } },
      { discoveryAddress: 'mine', concurrency: 2 },
    ],
  ]
  it.each(proxyRows)('%s (proxies)', (_, values, expected) => {
    expect(mesh(values).defaultConfig).toEqual({ discoveryAddress: 'istiod.istio-system.svc:15012', ...expected })
  })
})

it('lists the networks', () => {
  const networks = (meshNetworks: Fields) => {
    const { data } = one(istiod({ global: { meshNetworks } }).filter(isMesh), 'ConfigMap')
    return (data as { meshNetworks: string }).meshNetworks
  }
  expect(networks({})).toBe('networks: {}')
  expect(networks({ net: { gateways: [{ port: 443 }] } })).toBe('networks:\n  net:\n    gateways:\n    - port: 443')
})
