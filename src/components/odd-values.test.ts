import { describe, expect, it } from 'vitest'
import { isMap } from '../k8s/object.ts'
import * as cni from './cni/index.ts'
import * as gateway from './gateway/index.ts'
import { type Chart, chartValues } from './values.ts'
import { map, Unprintable } from './words.ts'
import * as ztunnel from './ztunnel/index.ts'

/** The paths of all settings that a chart has defaults for, blocks as well as leaves. */
function paths(tree: unknown): string[][] {
  return Object.entries(map(tree)).flatMap(([key, value]) => [[key], ...paths(value).map((path) => [key, ...path])])
}

function placed(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  return key === undefined ? value : { ...map(tree), [key]: placed(map(tree)[key], rest, value) }
}

const odd = [null, true, 0, 5, '', 'x', [], ['x'], [{}], {}, { x: 'x' }, { x: null }]

interface Part {
  readonly chart: Chart
  readonly blocks: readonly string[]
  readonly check: (context: never, report: () => void) => void
  readonly render: (context: never) => unknown
  readonly given?: unknown
}

const parts: [string, Part][] = [
  [
    'an ingress gateway',
    {
      chart: gateway.ingressGatewayChart,
      blocks: gateway.ingressGatewayBlocks,
      check: gateway.checkIngressGateway,
      render: gateway.renderIngressGateway,
    },
  ],
  [
    'an injected egress gateway',
    {
      chart: gateway.egressGatewayChart,
      blocks: gateway.egressGatewayBlocks,
      check: gateway.checkEgressGateway,
      render: gateway.renderEgressGateway,
      given: { gateways: { 'istio-egressgateway': { injectionTemplate: 'gateway' } } },
    },
  ],
  [
    'the CNI in ambient mode',
    {
      chart: cni.cniChart,
      blocks: cni.cniBlocks,
      check: cni.checkCni,
      render: cni.renderCni,
      given: { cni: { ambient: { enabled: true }, resourceQuotas: { enabled: true } } },
    },
  ],
  [
    'ztunnel',
    {
      chart: ztunnel.ztunnelChart,
      blocks: ztunnel.ztunnelBlocks,
      check: ztunnel.checkZtunnel,
      render: ztunnel.renderZtunnel,
      given: { resourceQuotas: { enabled: true }, peerCaCrl: { enabled: true } },
    },
  ],
]

describe('whatever the checks let through is rendered', () => {
  it.each(parts)('for %s', (_, { chart, blocks, check, render, given = {} }) => {
    let rendered = 0
    let refused = 0
    for (const path of paths(chart.defaults)) {
      for (const value of odd) {
        let sound = true
        const unsound = () => {
          sound = false
        }
        const values = chartValues(chart, map(placed(given, path, value)), unsound)
        const isBlock = (block: string) =>
          isMap(block.split('.').reduce((here, key) => map(here)[key], values as unknown))
        if (blocks.every(isBlock)) check({ values, namespace: 'ns', version: '1.30.3' } as never, unsound)
        else sound = false
        if (!sound) {
          refused++
          continue
        }
        try {
          render({ values, namespace: 'ns', version: '1.30.3' } as never)
          rendered++
        } catch (error) {
          if (!(error instanceof Unprintable)) expect.fail(`${path.join('.')} = ${JSON.stringify(value)}: ${error}`)
        }
      }
    }
    expect(rendered).toBeGreaterThan(300)
    expect(refused).toBeGreaterThan(20)
  })
})
