import { type Area, bool, choice, field, kubernetes, list, map, names, scalar, text, uint32 } from '../words.ts'

/** `values.global`. */
export const globalTypes = () =>
  ({
    GlobalValues: {
      agentgateway: field('AgentgatewayValues', 'The proxy of GatewayClass `istio-agentgateway`.'),
      arch: field('ArchValues', 'Preference of gateways for architectures.', {
        deprecated: 'Use `affinity` in the `k8s` settings.',
      }),
      caAddress: text('Address of the CA that signs the certificates of workloads, if not istiod.'),
      caName: text('Name of that CA.', { examples: ['GkeWorkloadCertificate'] }),
      certSigners: list('string', 'Signers of the Kubernetes CSR API that istiod may approve for.'),
      configCluster: bool('Whether this cluster holds the configuration of an istiod that runs elsewhere.'),
      configValidation: bool('Render the webhook that validates Istio resources.', { default: true }),
      defaultNodeSelector: map('scalar', 'Nodes for gateways.', {
        deprecated: 'Use `nodeSelector` in the `k8s` settings.',
        keys: 'qualifiedName',
        loose: 'struct',
      }),
      defaultPodDisruptionBudget: field('SwitchValues', 'PodDisruptionBudgets for what runs more than one pod.'),
      defaultResources: field('DefaultResourcesValues', 'Resources of components that ask for none themselves.', {
        deprecated: 'Use `resources` in the `k8s` settings.',
      }),
      defaultTolerations: list('core/v1.Toleration', 'Tolerations of gateways.', {
        deprecated: 'Use `tolerations` in the `k8s` settings.',
      }),
      enableReaderRBAC: bool('Render the account with which istiods of other clusters read this one.'),
      externalIstiod: bool('Let this istiod serve other clusters.'),
      hub: text('As `spec.hub`, and stronger.'),
      imagePullPolicy: choice(['Always', 'IfNotPresent', 'Never'], 'When nodes pull images.'),
      imagePullSecrets: list('string', 'Names of Secrets with which images are pulled.'),
      ipFamilies: list({ words: ['IPv4', 'IPv6'] }, 'Address families of the Services.'),
      ipFamilyPolicy: choice(['SingleStack', 'PreferDualStack', 'RequireDualStack'], 'How many of them are needed.'),
      istioNamespace: text('Namespace of the control plane.', { default: 'istio-system' }),
      istiod: field('IstiodValues'),
      jwtPolicy: text(undefined, { deprecated: 'Remove it: tokens of third parties are the only kind left.' }),
      logAsJson: bool('Log as JSON.'),
      logging: field('LoggingValues', 'Logs of istiod, gateways and the node agent.'),
      meshID: text('Identity of the mesh, for telemetry across clusters.'),
      meshNetworks: map('Network', 'Endpoints and gateways of each network of the mesh, by its name.', {
        loose: 'struct',
      }),
      mountMtlsCerts: bool('Mount the Secret with certificates that a CA outside of Istio writes.'),
      multiCluster: field('MultiClusterValues', 'This cluster among others.'),
      nativeNftables: bool('Redirect traffic with nftables instead of iptables.'),
      network: text('Network of this cluster; pods of other networks are reached over gateways.'),
      networkPolicy: field('SwitchValues', 'NetworkPolicies that let in what the components need.'),
      omitSidecarInjectorConfigMap: bool('Leave out the ConfigMap of the injector.'),
      operatorManageWebhooks: bool('Leave the injection webhooks to whoever installs.'),
      pilotCertProvider: text('Who signs the certificate of istiod.', {
        default: 'istiod',
        examples: ['istiod', 'kubernetes', 'none'],
      }),
      platform: text('Preset for a kind of cluster.', {
        examples: ['openshift', 'gke', 'k3d', 'k3s', 'microk8s', 'minikube'],
      }),
      podDNSSearchNamespaces: list('string', 'Without effect.'),
      priorityClassName: text('PriorityClass of istiod and the gateways.', {
        deprecated: 'Use `priorityClassName` in the `k8s` settings.',
      }),
      proxy: field('ProxyValues', 'The sidecars, and the proxies of gateways.'),
      proxy_init: field('ProxyInitValues', 'The init container that sets up redirection where there is no node agent.'),
      remotePilotAddress: text('Address of the istiod of another cluster.'),
      resourceScope: names(
        ['undefined', 'all', 'cluster', 'namespace'],
        'Which objects to render: those of the whole cluster, those of namespaces, or all.',
      ),
      revision: text('Without effect: use `spec.revision`.'),
      sds: field('SdsValues', 'Tokens with which proxies identify themselves.'),
      sts: field('StsValues', 'Exchange of tokens in gateways.'),
      tag: scalar('As `spec.tag`, and stronger.', { loose: 'any' }),
      tracer: field('TracerValues', 'Where the tracer that `proxy.tracer` names is.'),
      trustBundleName: text('Name of the ConfigMap or ClusterTrustBundle with the root certificate.'),
      variant: text('Variant of the images.', { examples: ['distroless', 'debug'] }),
      waypoint: field('WaypointValues', 'Pods of waypoints.'),
    },
    AgentgatewayValues: { image: text('Image of the proxy.') },
    ArchValues: { amd64: uint32(), arm64: uint32(), ppc64le: uint32(), s390x: uint32() },
    DefaultResourcesValues: { requests: field('ResourceRequestsValues') },
    ResourceRequestsValues: { cpu: field('quantityText'), memory: field('quantityText') },
    IstiodValues: { enableAnalysis: bool('Let istiod analyse configuration and write what it finds into statuses.') },
    MultiClusterValues: {
      clusterName: text('Name of this cluster in the mesh.', { default: 'Kubernetes' }),
      enabled: bool('Without effect.'),
      globalDomainSuffix: text('Without effect.'),
      includeEnvoyFilter: bool('Without effect.'),
    },
    SdsValues: {
      token: field('SdsTokenValues', 'The token of a pod.', { loose: 'struct' }),
    },
    SdsTokenValues: { aud: text('Audience of the token.', { default: 'istio-ca' }) },
    StsValues: { servicePort: field('protoUint32', 'Port on which gateways exchange tokens; 0 for none.') },
    TracerValues: {
      datadog: field('TracerAddressValues'),
      lightstep: field('LightstepValues'),
      stackdriver: field('StackdriverValues'),
      zipkin: field('TracerAddressValues'),
    },
    TracerAddressValues: { address: text('Host and port of the collector.') },
    LightstepValues: {
      accessToken: text('Token of the collector. It is rendered into a ConfigMap.'),
      address: text('Host and port of the collector.'),
    },
    StackdriverValues: {
      debug: bool(),
      maxNumberOfAnnotations: uint32(),
      maxNumberOfAttributes: uint32(),
      maxNumberOfMessageEvents: uint32(),
    },
    WaypointValues: {
      affinity: kubernetes('core/v1.Affinity', 'Which nodes and neighbours waypoints prefer or demand.'),
      nodeSelector: map('labelValue', 'Labels that the node of a waypoint must have.', {
        keys: 'qualifiedName',
        loose: 'struct',
      }),
      resources: field('ResourcesValues', 'CPU and memory of waypoints.'),
      toleration: list('core/v1.Toleration', 'Without effect: the template of waypoints reads `tolerations`.', {
        deprecated: 'Use `unvalidatedValues.global.waypoint.tolerations`.',
      }),
      topologySpreadConstraints: list('core/v1.TopologySpreadConstraint', 'How waypoints spread over nodes and zones.'),
    },
  }) satisfies Area
