import { expect, test } from 'vitest'
import { gatewayValues } from './gateway-values.ts'
import { valuesBefore24 } from './values.ts'

const namespaces = { base: 'istio-system', pilot: 'control', cni: 'kube-system', ztunnel: 'istio-system' }
const whole = {
  revision: 'r',
  meshConfig: { trustDomain: 'mine' },
  global: { hub: 'h', istioNamespace: 'said' },
  ztunnel: { resourceName: 'ztunnel' },
}

test('charts before 1.24 learn what is on, where it is, and what the user says over that', () => {
  const asked = { component: 'pilot', values: whole, whole, namespaces, on: new Set(['base', 'pilot', 'cni']) }
  expect(valuesBefore24(asked)).toEqual({
    ...whole,
    istio_cni: { enabled: true },
    global: { enabled: true, namespace: 'istio-system', istioNamespace: 'said', hub: 'h' },
    pilot: { enabled: true, namespace: 'control' },
    cni: { namespace: 'kube-system' },
    ztunnel: { enabled: false, namespace: 'istio-system', resourceName: 'ztunnel' },
  })
  const { istioNamespace: _, ...global } = whole.global
  const silent = { ...whole, global }
  expect(valuesBefore24({ ...asked, values: silent }).global).toMatchObject({ istioNamespace: 'control' })
})

test('ztunnel before 1.24 gets everything at the top, and its own hub and tag', () => {
  const values = { ...whole.ztunnel, global: whole.global, revision: 'r', hub: 'own', tag: 'own' }
  const asked = { component: 'ztunnel', values, whole, namespaces, on: new Set(['ztunnel']) }
  expect(valuesBefore24(asked)).toEqual({
    revision: 'r',
    hub: 'own',
    tag: 'own',
    istioNamespace: 'said',
    resourceName: 'ztunnel',
    enabled: true,
    namespace: 'istio-system',
  })
})

test('the values of a gateway become those of the chart that people install with Helm', () => {
  const gateways = {
    'istio-ingressgateway': {
      name: 'in',
      labels: {},
      ports: [{ port: 443 }],
      type: 'NodePort',
      autoscaleEnabled: false,
      autoscaleMin: 2,
      cpu: { targetAverageUtilization: 50 },
      customService: true,
    },
    'istio-egressgateway': { name: 'out' },
  }
  const values = { revision: 'r', global: { imagePullSecrets: ['s'], platform: 'gke' }, gateways }
  expect(gatewayValues(values, 'istio-ingressgateway')).toEqual({
    revision: 'r',
    imagePullSecrets: [{ name: 's' }],
    global: { platform: 'gke' },
    name: 'in',
    labels: {},
    service: { type: 'NodePort', ports: [{ port: 443 }] },
    autoscaling: { enabled: false, minReplicas: 2, targetCPUUtilizationPercentage: 50 },
  })
  expect(gatewayValues({ gateways }, 'istio-egressgateway')).toEqual({ name: 'out' })
})
