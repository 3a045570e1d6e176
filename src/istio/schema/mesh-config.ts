import {
  type Area,
  bool,
  choice,
  duration,
  field,
  type Groups,
  int32,
  labels,
  list,
  map,
  names,
  numbered,
  text,
  uint32,
} from './words.ts'

/** `meshConfig`: what istiod and the proxies read, without the configuration of single proxies. */
export const meshConfigTypes = () =>
  ({
    MeshConfig: {
      accessLogEncoding: names(['TEXT', 'JSON'], 'Whether access logs are lines of text or of JSON.', {
        default: 'TEXT',
      }),
      accessLogFile: text('File for access logs; `/dev/stdout` is the log of the container, empty is none.', {
        examples: ['/dev/stdout'],
      }),
      accessLogFormat: text('Format of access logs, with the operators of Envoy.'),
      ca: field('CertificateAuthority', 'A CA for the certificates of workloads in place of istiod.'),
      caCertificates: list('CertificateData', 'Root certificates to trust besides the own one.'),
      certificates: list('Certificate', undefined, { deprecated: 'Use a Secret that a certificate manager writes.' }),
      configSources: list('ConfigSource', 'Where istiod reads its configuration, other than from the API server.'),
      connectTimeout: duration('How long a proxy waits for a connection.', { default: '10s' }),
      defaultConfig: field(
        'ProxyConfig',
        'What every proxy starts with, where neither the workload nor a ProxyConfig says otherwise.',
      ),
      defaultDestinationRuleExportTo: list(
        'string',
        'Namespaces that see a DestinationRule which says nothing of it: `*` for all, `.` for its own.',
        { examples: [['*'], ['.']] },
      ),
      defaultHttpRetryPolicy: field('HttpRetry', 'Retries of HTTP requests where no VirtualService speaks of them.'),
      defaultProviders: field('DefaultProviders', 'Extension providers in use where no Telemetry resource names one.'),
      defaultServiceExportTo: list('string', 'Namespaces that see a Service which says nothing of it.'),
      defaultVirtualServiceExportTo: list('string', 'Namespaces that see a VirtualService which says nothing of it.'),
      disableEnvoyListenerLog: bool('Leave connections that match no filter out of the access logs.'),
      discoverySelectors: list(
        'MeshSelector',
        'Namespaces whose Services and configuration istiod looks at; all without it.',
      ),
      dnsRefreshRate: duration('How often proxies resolve the names of services anew.', { default: '60s' }),
      enableAutoMtls: bool('Use mutual TLS towards every workload that can.', { default: true }),
      enableEnvoyAccessLogService: bool(
        'Send access logs to the service that `defaultConfig.envoyAccessLogService` names.',
      ),
      enablePrometheusMerge: bool('Serve the metrics of the application and of the proxy together.', { default: true }),
      enableTracing: bool('Trace requests; Telemetry resources say where to.'),
      extensionProviders: list(
        'ExtensionProvider',
        'Where telemetry and authorization requests go; Telemetry and AuthorizationPolicy use them by name.',
      ),
      h2UpgradePolicy: names(['DO_NOT_UPGRADE', 'UPGRADE'], 'Whether HTTP/1.1 between sidecars becomes HTTP/2.'),
      hboneIdleTimeout: duration('How long an HBONE tunnel stays open without traffic.'),
      inboundClusterStatName: text('Name of inbound clusters in statistics, with placeholders.', {
        examples: ['%SERVICE_FQDN%_%SERVICE_PORT%'],
      }),
      inboundTrafficPolicy: field('InboundTrafficPolicy', 'Where incoming traffic goes inside the pod.'),
      ingressClass: text('Class of the Kubernetes Ingresses that istiod serves.', { default: 'istio' }),
      ingressControllerMode: names(
        ['UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'],
        'Which Kubernetes Ingresses istiod serves.',
      ),
      ingressSelector: text('Value of the label `istio` on the gateway that serves Ingresses.', {
        default: 'ingressgateway',
      }),
      ingressService: text('Service whose address is written into the status of Ingresses.', {
        default: 'istio-ingressgateway',
      }),
      localityLbSetting: field('LocalityLoadBalancing', 'Preference for endpoints nearby.'),
      meshMTLS: field('MeshTls', 'TLS between workloads of the mesh.', { alias: 'mesh_mTLS' }),
      outboundClusterStatName: text('Name of outbound clusters in statistics, with placeholders.'),
      outboundTrafficPolicy: field(
        'OutboundTrafficPolicy',
        'What happens to traffic towards hosts that the mesh does not know.',
      ),
      pathNormalization: field(
        'PathNormalization',
        'How request paths are brought into one form before policies look at them.',
      ),
      protocolDetectionTimeout: duration(
        'How long a proxy waits for bytes that tell the protocol; `0s` waits for ever.',
      ),
      proxyHttpPort: int32('Port of an HTTP proxy in the pod; 0 for none.'),
      proxyInboundListenPort: int32('Port that incoming traffic is redirected to.', { default: 15006 }),
      proxyListenPort: int32('Port that outgoing traffic is redirected to.', { default: 15001 }),
      rootNamespace: text('Namespace whose resources hold for the whole mesh.', { default: 'istio-system' }),
      serviceScopeConfigs: list(
        'ServiceScopeConfigs',
        'Which Services are reachable from other clusters, in ambient mode.',
      ),
      serviceSettings: list('ServiceSettings', 'Settings of services by host.'),
      tcpKeepalive: field('TcpKeepalive', 'Keepalive of connections to services.'),
      tlsDefaults: field('MeshTls', 'TLS for traffic outside of mutual TLS.'),
      trustDomain: text('Trust domain of the identities of workloads.', { default: 'cluster.local' }),
      trustDomainAliases: list('string', 'Other trust domains that count as the own one.'),
      verifyCertificateAtClient: bool(undefined, {
        deprecated: 'Use the variable `VERIFY_CERTIFICATE_AT_CLIENT` in `values.pilot.env`.',
      }),
    },
    Certificate: {
      dnsNames: list('string'),
      secretName: text(),
    },
    ConfigSource: {
      address: text(),
      subscribedResources: list({ names: ['SERVICE_REGISTRY'], numbers: [0] }),
      tlsSettings: field('ClientTls'),
    },
    MeshTls: {
      cipherSuites: list('string', 'Cipher suites, for TLS below 1.3.'),
      ecdhCurves: list('string', 'Curves of the key exchange.'),
      minProtocolVersion: names(['TLS_AUTO', 'TLSV1_2', 'TLSV1_3'], 'The lowest version of TLS.'),
    },
    ClientTls: {
      caCertificates: text('File with the root certificates.'),
      caCrl: text(),
      clientCertificate: text('File with the certificate of the client.'),
      credentialName: text('Secret with the certificates.'),
      insecureSkipVerify: bool(),
      mode: names(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'], 'How the connection is secured.'),
      privateKey: text('File with the private key of the client.'),
      sni: text('Server name to present.'),
      subjectAltNames: list('string', 'Names, one of which the certificate of the server must bear.'),
    },
    TcpKeepalive: {
      interval: duration(),
      probes: uint32(),
      time: duration(),
    },
    HttpRetry: {
      attempts: int32('How many times a request is tried again.'),
      backoff: duration('The shortest pause between tries.'),
      perTryTimeout: duration('How long each try may take.'),
      retryIgnorePreviousHosts: bool(),
      retryOn: text('What counts as a failure, between commas.', { examples: ['connect-failure,refused-stream,503'] }),
      retryRemoteLocalities: bool(),
    },
    LocalityLoadBalancing: {
      distribute: list(
        'LocalityDistribution',
        'Share of traffic by locality of the client; not together with `failover`.',
      ),
      enabled: bool('Whether it is on.'),
      failover: list(
        'LocalityFailover',
        'Where traffic goes when a region has no healthy endpoint; not together with `distribute`.',
      ),
      failoverPriority: list('string', 'Labels by which endpoints near the client are told.'),
    },
    LocalityDistribution: {
      from: text('Locality of the client.', { examples: ['us-east/us-east-1/*'] }),
      to: map('protoUint32', 'Percentage of the traffic by locality; together 100.'),
    },
    LocalityFailover: {
      from: text(),
      to: text(),
    },
    CertificateAuthority: {
      address: text('Host and port of the CA.'),
      istiodSide: bool('Let istiod ask the CA, on behalf of workloads.'),
      requestTimeout: duration('How long to wait for the CA.'),
      tlsSettings: field('ClientTls'),
    },
    CertificateData: {
      certSigners: list('string', 'Kubernetes signers whose certificates it verifies.'),
      pem: text('The certificate as PEM.'),
      spiffeBundleUrl: text('Where a SPIFFE endpoint serves the bundle.'),
      trustDomains: list('string', 'Trust domains whose certificates it verifies.'),
    },
    DefaultProviders: {
      accessLogging: list('string', 'Names of providers for access logs.'),
      metrics: list('string', 'Names of providers for metrics.'),
      tracing: list('string', 'Names of providers for traces.'),
    },
    InboundTrafficPolicy: {
      mode: names(['PASSTHROUGH', 'LOCALHOST'], 'To the address of the pod, or to the loopback address.', {
        default: 'PASSTHROUGH',
      }),
    },
    OutboundTrafficPolicy: {
      mode: numbered(
        { REGISTRY_ONLY: 0, ALLOW_ANY: 1, ALLOW_ANY_DYNAMIC_DNS: 3 },
        'Let it through, or only to hosts of the registry.',
        { default: 'ALLOW_ANY' },
      ),
      tls: field('ClientTls'),
    },
    PathNormalization: {
      normalization: names(
        ['DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'],
        'How far the path is changed.',
        { default: 'DEFAULT' },
      ),
    },
    ServiceScopeConfigs: {
      namespaceSelector: field('MeshSelector'),
      scope: names(['LOCAL', 'GLOBAL']),
      servicesSelector: field('MeshSelector'),
    },
    ServiceSettings: {
      hosts: list('string', 'Hosts of the services; a leading `*.` matches any.'),
      settings: field('ServiceSettingsSettings'),
    },
    ServiceSettingsSettings: {
      clusterLocal: bool('Keep traffic inside of the cluster.'),
    },
  }) satisfies Area

/** Selectors of the mesh, whose fields have one spelling only. */
export const meshSelectorTypes = () =>
  ({
    MeshSelector: {
      matchExpressions: list('MeshSelectorRequirement'),
      matchLabels: labels(),
    },
    MeshSelectorRequirement: {
      key: field('qualifiedName'),
      operator: choice(['In', 'NotIn', 'Exists', 'DoesNotExist']),
      values: list('string'),
    },
  }) satisfies Area

export const meshConfigGroups: Groups = {
  CertificateData: { exclusive: [['pem', 'spiffeBundleUrl']] },
}
