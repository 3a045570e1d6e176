import {
  type Area,
  annotations,
  bool,
  countOrPercent,
  double,
  duration,
  field,
  kubernetes,
  list,
  map,
  scalar,
  text,
  uint32,
} from '../words.ts'

/** `values.pilot`. */
export const pilotTypes = () =>
  ({
    PilotValues: {
      affinity: kubernetes('core/v1.Affinity', 'Which nodes and neighbours istiod prefers or demands.'),
      autoscaleBehavior: kubernetes(
        'autoscaling/v2.HorizontalPodAutoscalerBehavior',
        'How fast the autoscaler reacts.',
        {
          loose: 'struct',
        },
      ),
      autoscaleEnabled: bool('Render a HorizontalPodAutoscaler.', { default: true }),
      autoscaleMax: uint32('The most pods.', { default: 5 }),
      autoscaleMin: uint32('The fewest pods.', { default: 1 }),
      cni: field('CniUsageValues', 'How sidecars rely on the node agent.'),
      configMap: bool('Render the ConfigMap with the configuration of the mesh.', { default: true }),
      cpu: field('TargetUtilizationValues', undefined, { deprecated: 'Use `hpaSpec` in the `k8s` settings.' }),
      crlConfigMapName: text('ConfigMap with certificates that the CA has revoked.'),
      deploymentLabels: map('scalar', 'Labels of the Deployment.', { keys: 'qualifiedName', loose: 'struct' }),
      enabled: bool('Without effect: follows `components.pilot.enabled`.', { loose: 'any' }),
      env: map('any', 'Environment variables of istiod, as text.', { keys: 'envName', loose: 'struct' }),
      envVarFrom: list('core/v1.EnvVar', 'Environment variables of istiod that come from elsewhere.', {
        loose: 'structs',
      }),
      extraContainerArgs: list('string', 'Further arguments of istiod.', { loose: 'any' }),
      hub: text('Registry and path of the image of istiod.'),
      image: text('Name of the image, or a whole image reference.', { default: 'pilot' }),
      ipFamilies: list({ words: ['IPv4', 'IPv6'] }, 'Address families of the Service.'),
      ipFamilyPolicy: field(
        { words: ['SingleStack', 'PreferDualStack', 'RequireDualStack'] },
        'How many of them are needed.',
      ),
      istiodRemote: field('IstiodRemoteValues', 'An istiod in another cluster.'),
      jwksResolverExtraRootCA: text('Further root certificates for fetching JWKS, as PEM.'),
      keepaliveMaxServerConnectionAge: duration('How long proxies stay connected to one istiod.', { default: '30m' }),
      memory: field('TargetUtilizationValues', undefined, { deprecated: 'Use `hpaSpec` in the `k8s` settings.' }),
      nodeSelector: map('labelValue', 'Labels that the node of istiod must have.', {
        deprecated: 'Use `nodeSelector` in the `k8s` settings.',
        keys: 'qualifiedName',
        loose: 'struct',
      }),
      podAnnotations: annotations('Annotations of the pods.', {
        deprecated: 'Use `podAnnotations` in the `k8s` settings.',
        loose: 'struct',
      }),
      podLabels: map('scalar', 'Labels of the pods.', { keys: 'qualifiedName', loose: 'struct' }),
      replicaCount: uint32('Number of pods without an autoscaler.', {
        deprecated: 'Use `replicaCount` in the `k8s` settings.',
      }),
      resources: field('ResourcesValues', 'CPU and memory of istiod.', {
        deprecated: 'Use `resources` in the `k8s` settings.',
      }),
      rollingMaxSurge: countOrPercent('Pods above the number while new ones take over.', {
        deprecated: 'Use `strategy` in the `k8s` settings.',
      }),
      rollingMaxUnavailable: countOrPercent('Pods below the number while new ones take over.', {
        deprecated: 'Use `strategy` in the `k8s` settings.',
      }),
      seccompProfile: kubernetes('core/v1.SeccompProfile', 'System calls that istiod may make.'),
      serviceAccountAnnotations: annotations('Annotations of the ServiceAccount.', { loose: 'struct' }),
      serviceAnnotations: annotations('Annotations of the Service.', { loose: 'struct' }),
      tag: scalar('Tag of the image of istiod.', { loose: 'any' }),
      taint: field('TaintValues', 'Taint that istiod takes from nodes once the node agent is ready.'),
      tolerations: list('core/v1.Toleration', 'Taints that istiod puts up with.', {
        deprecated: 'Use `tolerations` in the `k8s` settings.',
      }),
      topologySpreadConstraints: list('core/v1.TopologySpreadConstraint', 'How istiod spreads over nodes and zones.'),
      traceSampling: double('Percentage of requests that are traced.', { default: 1 }),
      trustedZtunnelNamespace: text('Namespace of the ztunnel that may ask for certificates of others.'),
      variant: text('Variant of the image.', { examples: ['distroless', 'debug'] }),
      volumeMounts: list('core/v1.VolumeMount', 'Where volumes are mounted in istiod.'),
      volumes: list('core/v1.Volume', 'Volumes of istiod.'),
    },
    TaintValues: {
      enabled: bool(),
      name: text('The taint.', { default: 'cni.istio.io/not-ready' }),
      namespace: text('Namespace of the node agent.'),
    },
  }) satisfies Area
