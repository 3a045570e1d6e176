import { type KubeObject, object } from '../../src/k8s/object.ts'
import type { ComponentName, Rendered } from '../../src/stages/stage.ts'

// Meshes made by hand: as few fields as the order looks at.

const namespace = 'istio-system'

/** Objects as a component of a control plane renders them. */
export function rendered(
  component: ComponentName,
  objects: readonly KubeObject[],
  { revision = '', owner, path }: { revision?: string; owner?: string; path?: string } = {},
): Rendered[] {
  return objects.map((one) => ({
    component,
    owner: owner ?? `mesh/${revision || 'default'}`,
    revision,
    path: path ?? `spec.components.${component.toLowerCase()}`,
    object: one,
  }))
}

/** The namespace, two of the CRDs, and the account that remote control planes read with. */
export function base(revision = ''): Rendered[] {
  return rendered(
    'Base',
    [
      object('Namespace', { name: namespace }),
      crd('networking.istio.io', 'Gateway', 'gateways'),
      crd('telemetry.istio.io', 'Telemetry', 'telemetries'),
      object('ServiceAccount', { name: 'istio-reader-service-account', namespace }),
    ],
    { revision },
  )
}

/** A control plane with everything that it needs, calls and is scaled by; also of revision tags. */
export function pilot({ revision = '', tags = [] as readonly string[], serviceType = 'ClusterIP' } = {}): Rendered[] {
  const name = revision === '' ? 'istiod' : `istiod-${revision}`
  const suffix = revision === '' ? '' : `-${revision}`
  const rev = revision || 'default'
  const labels = { app: 'istiod', 'istio.io/rev': rev }
  return rendered(
    'Pilot',
    [
      object('ServiceAccount', { name, namespace }),
      object('ClusterRole', { name: `${name}-clusterrole` }),
      object('ClusterRoleBinding', { name: `${name}-clusterrole` }),
      object('Role', { name, namespace }),
      object('RoleBinding', { name, namespace }),
      object('ConfigMap', { name: `istio${suffix}`, namespace }),
      object('ConfigMap', { name: `jwks${suffix}`, namespace }, { data: { 'extra.pem': 'PEM' } }),
      object(
        'ConfigMap',
        { name: `istio-sidecar-injector${suffix}`, namespace },
        { data: { config: 'run ${POD_NAME}' } },
      ),
      object('Service', { name, namespace, labels }, { spec: { type: serviceType, selector: labels } }),
      object(
        'Deployment',
        { name, namespace, labels },
        {
          spec: {
            template: {
              metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } },
              spec: { serviceAccountName: name, volumes: [{ name: 'jwks', configMap: { name: `jwks${suffix}` } }] },
            },
          },
        },
      ),
      ...[rev, ...tags].map((word, index) =>
        object(
          'MutatingWebhookConfiguration',
          {
            name: index === 0 ? `istio-sidecar-injector${suffix}` : `istio-revision-tag-${word}`,
            labels: { 'istio.io/rev': rev, ...(index === 0 ? {} : { 'istio.io/tag': word }) },
          },
          { webhooks: injector(word, name) },
        ),
      ),
      object(
        'ValidatingWebhookConfiguration',
        { name: `istio-validator${suffix}` },
        {
          webhooks: [
            {
              clientConfig: { service: { name, namespace } },
              rules: [{ operations: ['CREATE'], apiGroups: ['networking.istio.io'], resources: ['*'] }],
              objectSelector: { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [rev] }] },
            },
          ],
        },
      ),
      object(
        'HorizontalPodAutoscaler',
        { name, namespace },
        {
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
        },
      ),
      object('PodDisruptionBudget', { name, namespace }, { spec: { selector: { matchLabels: labels } } }),
    ],
    { revision },
  )
}

/** The webhooks of an injector for a revision or tag; those of the default one also take pods that name none. */
function injector(word: string, service: string) {
  const clientConfig = { service: { name: service, namespace, path: '/inject' } }
  const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }]
  const named = { key: 'istio.io/rev', operator: 'In', values: [word] }
  const unnamed = { key: 'istio.io/rev', operator: 'DoesNotExist' }
  const unlabelled = { key: 'istio-injection', operator: 'DoesNotExist' }
  const notRefused = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }
  const asked = { key: 'sidecar.istio.io/inject', operator: 'In', values: ['true'] }
  const webhook = (ofNamespace: readonly unknown[], ofPod: readonly unknown[]) => ({
    clientConfig,
    rules,
    namespaceSelector: { matchExpressions: ofNamespace },
    objectSelector: { matchExpressions: ofPod },
  })
  return [
    webhook([named, unlabelled], [notRefused]),
    webhook([unnamed, unlabelled], [notRefused, named]),
    ...(word === 'default' ? [webhook([unnamed, unlabelled], [asked, unnamed])] : []),
  ]
}

export function cni(): Rendered[] {
  return rendered('Cni', [
    object('ServiceAccount', { name: 'istio-cni', namespace }),
    object('ClusterRole', { name: 'istio-cni' }),
    object('ConfigMap', { name: 'istio-cni-config', namespace }),
    object('NetworkAttachmentDefinition', { name: 'istio-cni', namespace: 'default' }),
    daemonSet(
      'istio-cni-node',
      { 'k8s-app': 'istio-cni-node' },
      {
        serviceAccountName: 'istio-cni',
        containers: [{ name: 'install-cni', envFrom: [{ configMapRef: { name: 'istio-cni-config' } }] }],
      },
    ),
  ])
}

export function ztunnel(revision = ''): Rendered[] {
  const istiod = revision === '' ? 'istiod' : `istiod-${revision}`
  return rendered(
    'Ztunnel',
    [
      object('ServiceAccount', { name: 'ztunnel', namespace }),
      daemonSet(
        'ztunnel',
        { app: 'ztunnel' },
        {
          serviceAccountName: 'ztunnel',
          containers: [
            { name: 'istio-proxy', env: [{ name: 'XDS_ADDRESS', value: `${istiod}.${namespace}.svc:15012` }] },
          ],
        },
      ),
    ],
    { revision },
  )
}

/** An ingress gateway; an injected one names its revision on its pods unless that is the default one. */
export function gateway(
  name: string,
  {
    revision = '',
    pods,
    injected = true,
    serviceType = 'LoadBalancer',
    path = 'spec.components.ingressGateways[0]',
  }: { revision?: string; pods?: string; injected?: boolean; serviceType?: string; path?: string } = {},
): Rendered[] {
  const labels = { app: name }
  const named = pods ?? revision
  return rendered(
    'IngressGateways',
    [
      object('ServiceAccount', { name: `${name}-service-account`, namespace }),
      object('Role', { name: `${name}-sds`, namespace }),
      object('RoleBinding', { name: `${name}-sds`, namespace }),
      object('Service', { name, namespace }, { spec: { type: serviceType, selector: labels } }),
      object(
        'Deployment',
        { name, namespace },
        {
          spec: {
            template: {
              metadata: {
                labels: {
                  ...labels,
                  'sidecar.istio.io/inject': String(injected),
                  ...(named === '' ? {} : { 'istio.io/rev': named }),
                },
              },
              spec: { serviceAccountName: `${name}-service-account` },
            },
          },
        },
      ),
      object(
        'HorizontalPodAutoscaler',
        { name, namespace },
        {
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
        },
      ),
    ],
    { revision, path },
  )
}

/** Configuration of the mesh: of a kind that `base` defines, and of one that it does not. */
export function configuration(): Rendered[] {
  return rendered('Base', [
    custom('telemetry.istio.io/v1', 'Telemetry', { name: 'mesh-default', namespace }),
    custom('networking.istio.io/v1alpha3', 'EnvoyFilter', {
      name: 'idle-timeout',
      namespace,
      labels: { 'istio.io/rev': 'default' },
    }),
  ])
}

export function custom(
  apiVersion: string,
  kind: string,
  metadata: KubeObject['metadata'],
  spec: unknown = {},
): KubeObject {
  return { apiVersion, kind, metadata, spec }
}

export function crd(group: string, kind: string, plural: string): KubeObject {
  return object(
    'CustomResourceDefinition',
    { name: `${plural}.${group}` },
    { spec: { group, names: { kind, plural } } },
  )
}

function daemonSet(name: string, labels: { readonly [label: string]: string }, spec: unknown): KubeObject {
  return object(
    'DaemonSet',
    { name, namespace },
    {
      spec: { template: { metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } }, spec } },
    },
  )
}

/** The meshes that every test of the order runs over. */
export const smallMeshes: { readonly [name: string]: readonly Rendered[] } = {
  'a control plane alone': [...base(), ...pilot()],
  'the control plane of a revision with a tag': [...base('1-30'), ...pilot({ revision: '1-30', tags: ['prod'] })],
  'injected gateways': [
    ...base(),
    ...pilot(),
    ...gateway('edge'),
    ...gateway('inside', { serviceType: 'ClusterIP', path: 'spec.components.ingressGateways[1]' }),
    ...configuration(),
  ],
  'a gateway that is not injected': [...base(), ...pilot(), ...gateway('edge', { injected: false })],
  'sidecars and ambient': [...base(), ...pilot(), ...cni(), ...ztunnel(), ...gateway('edge'), ...configuration()],
  'two control planes, each with a gateway': [
    ...base(),
    ...pilot(),
    ...cni(),
    ...ztunnel(),
    ...gateway('edge'),
    ...base('canary'),
    ...pilot({ revision: 'canary', tags: ['next'] }),
    ...gateway('edge-canary', { revision: 'canary' }),
    ...gateway('edge-next', { revision: 'canary', pods: 'next', path: 'spec.components.ingressGateways[1]' }),
  ],
  'gateways whose control plane is elsewhere': [...base(), ...gateway('edge')],
  'only gateways': gateway('edge'),
  'an istiod behind a load balancer': [...base(), ...pilot({ serviceType: 'LoadBalancer' }), ...gateway('edge')],
}
