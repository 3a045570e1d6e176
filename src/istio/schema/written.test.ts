import { expect, expectTypeOf, test } from 'vitest'
import { environments } from '../environments.ts'
import { profiles } from '../profiles.ts'
import type { IstioOperator, RenderIstio, Written } from './written.ts'

test('the types tell fields, words and enums apart', () => {
  const operator: IstioOperator = {
    spec: {
      tag: 1.3,
      meshConfig: {
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
        connectTimeout: '1s',
        defaultConfig: { concurrency: 2 },
      },
      components: {
        pilot: { k8s: { replicaCount: 2, tolerations: [{ key: 'a', operator: 'Exists' }] } },
        ingressGateways: [{ name: 'gateway', label: { app: 'gateway' } }],
      },
      values: { pilot: { autoscaleMin: '2', env: { ANY: 1 } }, global: null },
    },
  }
  expect(Object.keys(operator.spec ?? {})).toHaveLength(4)
  // @ts-expect-error a word that the enum doesn't have
  const mode: Written<'OutboundTrafficPolicy'> = { mode: 'NOTHING' }
  // @ts-expect-error a field that the type doesn't have
  const field: IstioOperator = { spec: { components: { pilott: {} } } }
  // @ts-expect-error text where a boolean belongs
  const type: IstioOperator = { spec: { components: { pilot: { enabled: 'yes' } } } }
  // @ts-expect-error a field that the Kubernetes type doesn't have
  const kube: IstioOperator = { spec: { components: { pilot: { k8s: { service: { prots: [] } } } } } }
  expect([mode, field, type, kube]).toHaveLength(4)
  expectTypeOf<NonNullable<RenderIstio['spec']>['engine']>().toEqualTypeOf<
    'argocd' | 'kpt' | 'flux' | 'none' | '' | null | undefined
  >()
})

test('built-in profiles and presets are of the types', () => {
  const operators: { readonly [profile: string]: IstioOperator } = profiles
  const presets: { readonly [environment: string]: Written<'IstioOperatorSpec'> } = environments
  expect(Object.keys(operators).length + Object.keys(presets).length).toBeGreaterThan(10)
})
