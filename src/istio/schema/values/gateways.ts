import {
  type Area,
  annotations,
  bool,
  choice,
  countOrPercent,
  field,
  int32,
  kubernetes,
  labels,
  list,
  map,
  text,
  uint32,
} from '../words.ts'

const families = { words: ['IPv4', 'IPv6'] } as const
const familyPolicies = ['SingleStack', 'PreferDualStack', 'RequireDualStack'] as const
const moved = (setting: string) => ({ deprecated: `Use \`${setting}\` in the \`k8s\` settings of the gateway.` })

/** What the charts of ingress and egress gateways both read. */
const shared = () => ({
  additionalContainers: list('core/v1.Container', 'Further containers of the pods.', { loose: 'structs' }),
  autoscaleEnabled: bool('Render a HorizontalPodAutoscaler.', { default: true }),
  autoscaleMax: uint32('The most pods.', { default: 5 }),
  autoscaleMin: uint32('The fewest pods.', { default: 1 }),
  configVolumes: list('ConfigVolumeValues', 'ConfigMaps to mount.', { loose: 'structs' }),
  cpu: field('TargetUtilizationValues', undefined, moved('hpaSpec')),
  customService: bool('Leave out the Service, which you write yourself.'),
  enabled: bool('Without effect: use `enabled` of the component.'),
  env: map('scalar', 'Environment variables of the gateway.', { keys: 'envName', loose: 'struct' }),
  injectionTemplate: text('Let istiod inject the proxy, by this template, instead of rendering it.', {
    examples: ['gateway'],
  }),
  ipFamilies: list(families, 'Address families of the Service.'),
  ipFamilyPolicy: choice(familyPolicies, 'How many of them are needed.'),
  labels: labels('Without effect: use `label` of the component.'),
  memory: field('TargetUtilizationValues', undefined, moved('hpaSpec')),
  name: text('Without effect: use `name` of the component.'),
  nodeSelector: map('scalar', 'Labels that a node must have.', {
    ...moved('nodeSelector'),
    keys: 'qualifiedName',
    loose: 'struct',
  }),
  podAnnotations: annotations('Annotations of the pods.', { ...moved('podAnnotations'), loose: 'struct' }),
  podAntiAffinityLabelSelector: list('AntiAffinityValues', 'Pods that a gateway must not share a place with.', {
    ...moved('affinity'),
    loose: 'any',
  }),
  podAntiAffinityTermLabelSelector: list(
    'AntiAffinityValues',
    'Pods that a gateway had better not share a place with.',
    {
      ...moved('affinity'),
      loose: 'any',
    },
  ),
  ports: list('PortValues', 'Ports of the Service and the pods; replaces the list.'),
  rollingMaxSurge: countOrPercent('Pods above the number while new ones take over.', moved('strategy')),
  rollingMaxUnavailable: countOrPercent('Pods below the number while new ones take over.', moved('strategy')),
  runAsRoot: bool('Run as root, to listen on ports below 1024.'),
  secretVolumes: list('SecretVolumeValues', 'Secrets to mount.'),
  serviceAccount: field('ServiceAccountValues', 'The account of the gateway.'),
  serviceAnnotations: map('scalar', 'Annotations of the Service.', { keys: 'annotationKey', loose: 'struct' }),
  tolerations: list('core/v1.Toleration', 'Taints that the pods put up with.', {
    ...moved('tolerations'),
  }),
  type: choice(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], 'How the Service is published.'),
})

/** `values.gateways`. */
export const gatewayTypes = () =>
  ({
    GatewaysValues: {
      enabled: bool('Without effect: use `enabled` of the component.'),
      'istio-egressgateway': field('EgressGatewayValues', 'All egress gateways.', { alias: 'istio_egressgateway' }),
      'istio-ingressgateway': field('IngressGatewayValues', 'All ingress gateways.', { alias: 'istio_ingressgateway' }),
      seccompProfile: kubernetes('core/v1.SeccompProfile', 'System calls that injected gateways may make.', {
        loose: 'any',
      }),
      securityContext: kubernetes('core/v1.PodSecurityContext', 'Privileges of the pods of injected gateways.', {
        loose: 'any',
      }),
    },
    IngressGatewayValues: {
      ...shared(),
      externalTrafficPolicy: choice(['Cluster', 'Local'], 'Whether traffic from outside may hop to another node.'),
      ingressPorts: list('core/v1.ServicePort', 'Further ports of the Service.', { loose: 'structs' }),
      loadBalancerIP: text('Address to ask the load balancer for.'),
      loadBalancerSourceRanges: list('cidr', 'Who may reach the load balancer.'),
      replicaCount: uint32('Number of pods without an autoscaler.', moved('replicaCount')),
      resources: kubernetes('core/v1.ResourceRequirements', 'CPU and memory of the gateway.', {
        ...moved('resources'),
        loose: 'struct',
      }),
    },
    EgressGatewayValues: {
      ...shared(),
      resources: field('ResourcesValues', 'CPU and memory of the gateway.', moved('resources')),
    },
    AntiAffinityValues: {
      key: text('Label of those pods.'),
      operator: choice(['In', 'NotIn', 'Exists', 'DoesNotExist'], 'How its value is compared.'),
      values: text('Values, between commas.'),
      topologyKey: text('Label of nodes that tells places apart.', { examples: ['kubernetes.io/hostname'] }),
      namespaces: text('Namespaces of those pods, between commas.'),
    },
    ConfigVolumeValues: {
      name: text('Name of the volume.'),
      configMapName: text('The ConfigMap.'),
      mountPath: text('Where it is mounted.'),
    },
    PortValues: {
      name: text('Name of the port.'),
      nodePort: int32('Port on every node.'),
      port: int32('Port of the Service.'),
      protocol: choice(['TCP', 'UDP', 'SCTP'], undefined, { default: 'TCP' }),
      targetPort: int32('Port of the pods.'),
    },
    SecretVolumeValues: {
      mountPath: text('Where it is mounted.'),
      name: text('Name of the volume.'),
      secretName: text('The Secret.'),
    },
    ServiceAccountValues: {
      annotations: annotations('Annotations of the ServiceAccount.', { loose: 'struct' }),
    },
  }) satisfies Area
