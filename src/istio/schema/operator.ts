import {
  type Area,
  annotations,
  any,
  bool,
  choice,
  field,
  type Groups,
  kubernetes,
  labels,
  list,
  scalar,
  text,
} from './words.ts'

const enabled = bool('Whether the component is rendered.', { default: true })
const namespace = text('Namespace of the objects of this component; by default that of the IstioOperator.')
const hub = text('Registry and path of the images of this component.')
const tag = scalar('Tag of the images of this component. Quote tags that look like a number: `"1.30"`.', {
  loose: 'any',
})
const k8s = field('KubernetesResources', 'Settings of the Kubernetes objects, laid over what is rendered.')

/** The IstioOperator: what the mesh consists of, and how its Kubernetes objects differ from the rendered ones. */
export const operatorTypes = () =>
  ({
    IstioOperator: {
      apiVersion: text('`install.istio.io/v1alpha1`.', { default: 'install.istio.io/v1alpha1' }),
      kind: text('`IstioOperator`.', { default: 'IstioOperator' }),
      metadata: kubernetes('meta/v1.ObjectMeta', 'Name and annotations of this document.'),
      spec: field('IstioOperatorSpec', 'The mesh.'),
    },
    IstioOperatorSpec: {
      profile: text(
        'The profile that the rest changes: a built-in one, or an IstioOperator by name or relative path.',
        {
          default: 'default',
          examples: ['default', 'minimal', 'ambient', 'demo', 'empty', 'openshift', 'remote', 'stable', 'preview'],
        },
      ),
      hub: text('Registry and path that all images come from.', { examples: ['registry.istio.io/release'] }),
      tag: scalar('Tag of all images. Quote tags that look like a number: `"1.30"`.'),
      revision: text('Name of this control plane among several; workloads choose it by the label `istio.io/rev`.'),
      compatibilityVersion: text('Minor version whose behaviour istiod keeps where it changed since, such as "1.29".'),
      namespace: text('Without effect: objects go to `values.global.istioNamespace`, or where their component says.', {
        deprecated: 'Use `values.global.istioNamespace`.',
      }),
      installPackagePath: text('Where the charts come from: the bundled release unless given.'),
      meshConfig: field('MeshConfig', 'Configuration of the mesh that istiod and the proxies read.'),
      components: field('Components', 'Which components there are.'),
      values: field('Values', 'Values of the charts.'),
      unvalidatedValues: any('Values of the charts that are held against no schema; laid over `values`.'),
    },
    Components: {
      base: field('BaseComponent', 'Custom resource definitions, and what the whole cluster shares.'),
      pilot: field('Component', 'istiod, the control plane.'),
      cni: field('Component', 'Node agent that sets up the traffic redirection of pods.'),
      ztunnel: field('Component', 'Node proxy of ambient mode.'),
      ingressGateways: list('GatewayComponent', 'Gateways for traffic that enters the mesh; matched by `name`.'),
      egressGateways: list('GatewayComponent', 'Gateways for traffic that leaves the mesh; matched by `name`.'),
      istiodRemote: field('Component', 'Without effect: use the profile `remote`.', {
        deprecated: 'Use `profile: remote` with `values.global.remotePilotAddress`.',
      }),
    },
    BaseComponent: {
      enabled,
      k8s: field('KubernetesResources', 'Only `overlays` has an effect here.'),
    },
    Component: { enabled, namespace, hub, tag, k8s },
    GatewayComponent: {
      enabled,
      namespace,
      name: text('Name of the Deployment and the Service.'),
      label: labels('Labels of the pods, by which the Service and Gateway resources find them.'),
      hub,
      tag,
      k8s,
    },
    KubernetesResources: {
      affinity: kubernetes('core/v1.Affinity', 'Which nodes and which neighbours the pods prefer or demand.'),
      env: list('core/v1.EnvVar', 'Environment variables of the container; matched by `name`.'),
      hpaSpec: kubernetes('autoscaling/v2.HorizontalPodAutoscalerSpec', 'Horizontal autoscaling of the pods.'),
      imagePullPolicy: choice(['Always', 'IfNotPresent', 'Never'], 'When the node pulls the image.'),
      nodeSelector: labels('Labels that a node must have.'),
      overlays: list('Overlay', 'Changes to single fields of rendered objects.'),
      podAnnotations: annotations('Annotations of the pods.'),
      podDisruptionBudget: kubernetes(
        'policy/v1.PodDisruptionBudgetSpec',
        'How many pods stay while nodes are drained.',
      ),
      priorityClassName: text('PriorityClass of the pods.'),
      readinessProbe: kubernetes('core/v1.Probe', 'When a pod counts as ready.'),
      replicaCount: field('uint32', 'Number of pods. Leave it out while an autoscaler counts them.'),
      resources: kubernetes('core/v1.ResourceRequirements', 'CPU and memory of the container.'),
      securityContext: kubernetes('core/v1.PodSecurityContext', 'Users, groups and privileges of the pods.'),
      service: kubernetes('core/v1.ServiceSpec', 'The Service before the pods.'),
      serviceAnnotations: annotations('Annotations of the Service.'),
      strategy: kubernetes('apps/v1.DeploymentStrategy', 'How new pods take the place of old ones.'),
      tolerations: list('core/v1.Toleration', 'Taints that the pods put up with; replaces the list.'),
      volumeMounts: list('core/v1.VolumeMount', 'Without effect: use `overlays`.'),
      volumes: list('core/v1.Volume', 'Without effect: use `overlays`.'),
    },
    Overlay: {
      apiVersion: text('Without effect: an object is found by kind and name.'),
      kind: text('Kind of the object that is changed.', { examples: ['Deployment', 'Service', 'ConfigMap'] }),
      name: text('Name of the object that is changed.'),
      patches: list('Patch', 'The changes, in order.'),
    },
    Patch: {
      path: text('Path of the field, such as `spec.template.spec.containers.[name:discovery].args.[-1]`.', {
        examples: ['spec.replicas', 'spec.template.spec.containers.[name:istio-proxy].lifecycle'],
      }),
      value: any('What the field becomes; left out, the field goes.'),
    },
  }) satisfies Area

export const operatorGroups: Groups = {
  Overlay: { required: ['kind', 'name'] },
  Patch: { required: ['path'] },
}
