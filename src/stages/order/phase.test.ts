import { expect, test } from 'vitest'
import type { Phase } from '../../engines/phases.ts'
import type { ComponentName, Rendered } from '../stage.ts'
import { phaseOfObject } from './phase.ts'

function item(component: ComponentName, apiVersion: string, kind: string, spec: unknown = {}): Rendered {
  const object = { apiVersion, kind, metadata: { name: 'a', namespace: 'n' }, spec }
  return { component, owner: 'n/mesh', revision: '', path: 'spec', object }
}

const balanced = { type: 'LoadBalancer' }

test.each<[ComponentName, string, string, Phase, unknown?]>([
  ['Base', 'v1', 'Namespace', 'namespaces'],
  ['Base', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'crds'],
  ['IngressGateways', 'v1', 'ServiceAccount', 'access'],
  ['IngressGateways', 'v1', 'Secret', 'access'],
  ['Ztunnel', 'v1', 'ResourceQuota', 'access'],
  ['Pilot', 'networking.k8s.io/v1', 'NetworkPolicy', 'access'],
  ['Pilot', 'scheduling.k8s.io/v1', 'PriorityClass', 'access'],
  ['Pilot', 'certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', 'access'],
  ['Cni', 'k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', 'access'],
  ['Pilot', 'external-secrets.io/v1', 'ExternalSecret', 'access'],
  ['Pilot', 'v1', 'Service', 'access'],
  ['Pilot', 'v1', 'Service', 'access', balanced],
  ['Pilot', 'discovery.k8s.io/v1', 'EndpointSlice', 'access'],
  ['Ztunnel', 'v1', 'Service', 'access'],
  ['Pilot', 'apps/v1', 'Deployment', 'control-plane'],
  ['Cni', 'apps/v1', 'DaemonSet', 'control-plane'],
  ['Pilot', 'v1', 'PersistentVolumeClaim', 'control-plane'],
  ['Ztunnel', 'apps/v1', 'DaemonSet', 'webhooks'],
  ['Pilot', 'admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'webhooks'],
  ['Base', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'webhooks'],
  ['Base', 'networking.istio.io/v1', 'Gateway', 'mesh-config'],
  ['Base', 'monitoring.coreos.com/v1', 'PodMonitor', 'mesh-config'],
  ['EgressGateways', 'apps/v1', 'Deployment', 'gateways'],
  ['EgressGateways', 'apps/v1', 'DaemonSet', 'gateways'],
  ['IngressGateways', 'batch/v1', 'Job', 'gateways'],
  ['IngressGateways', 'v1', 'Service', 'gateways', { type: 'NodePort' }],
  ['IngressGateways', 'v1', 'Endpoints', 'gateways'],
  ['IngressGateways', 'v1', 'PersistentVolumeClaim', 'gateways'],
  ['IngressGateways', 'v1', 'Service', 'scaling', balanced],
  ['Cni', 'v1', 'Service', 'scaling', balanced],
  ['Pilot', 'autoscaling/v2', 'HorizontalPodAutoscaler', 'scaling'],
  ['Pilot', 'policy/v1', 'PodDisruptionBudget', 'scaling'],
  ['IngressGateways', 'networking.k8s.io/v1', 'Ingress', 'scaling'],
  ['IngressGateways', 'gateway.networking.k8s.io/v1', 'Gateway', 'scaling'],
  ['Pilot', 'autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 'scaling'],
  ['Pilot', 'keda.sh/v1alpha1', 'ScaledObject', 'scaling'],
])('%s %s %s: %s %j', (component, apiVersion, kind, phase, spec = {}) => {
  expect(phaseOfObject(item(component, apiVersion, kind, spec), new Set())).toBe(phase)
})

test('a Service that webhooks call belongs to the control plane, whoever brings it', () => {
  const service = item('IngressGateways', 'v1', 'Service', balanced)
  expect(phaseOfObject(service, new Set([service]))).toBe('access')
})
