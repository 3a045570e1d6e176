import {
  type Area,
  bool,
  double,
  duration,
  field,
  type Groups,
  int32,
  int64,
  list,
  map,
  names,
  numbered,
  port,
  text,
  uint32,
} from './words.ts'

/** `meshConfig.defaultConfig`: what every proxy starts with. */
export const proxyConfigTypes = () =>
  ({
    ProxyConfig: {
      availabilityZone: text(undefined, { deprecated: 'Remove it: the locality comes from the node.' }),
      binaryPath: text('Path of the Envoy binary.'),
      caCertificatesPem: list('string', 'Further root certificates, as PEM.'),
      concurrency: int32('Worker threads; 0 takes as many as there are cores.'),
      configPath: text('Folder for generated configuration.'),
      controlPlaneAuthPolicy: numbered({ NONE: 0, MUTUAL_TLS: 1, INHERIT: 1000 }, 'How proxies talk to istiod.'),
      customConfigFile: text('Bootstrap configuration in place of the generated one.'),
      discoveryAddress: text('Host and port of istiod.', { examples: ['istiod.istio-system.svc:15012'] }),
      discoveryRefreshDelay: duration(undefined, { deprecated: 'Remove it: proxies are pushed to.' }),
      drainDuration: duration('How long connections drain when a listener goes.', { default: '45s' }),
      envoyAccessLogService: field('RemoteService', 'Where access logs are sent to.'),
      envoyMetricsService: field('RemoteService', 'Where metrics are sent to.'),
      envoyMetricsServiceAddress: text(undefined, { deprecated: 'Use `envoyMetricsService`.' }),
      extraStatTags: list('string', 'Tags that Telemetry resources add, so that statistics know them.'),
      fileFlushInterval: duration('How often access logs are written out.'),
      fileFlushMinSizeKb: uint32('Kilobytes of access log that are written out at once.'),
      gatewayTopology: field('Topology', 'What stands before a gateway.'),
      holdApplicationUntilProxyStarts: bool('Start the application only when the sidecar is ready.'),
      image: field('ProxyImage', 'The kind of image.'),
      interceptionMode: names(['REDIRECT', 'TPROXY', 'NONE'], 'How incoming traffic is redirected.'),
      meshId: text('Identity of the mesh.'),
      privateKeyProvider: field('PrivateKeyProvider', 'Hardware for operations with private keys.'),
      proxyAdminPort: int32('Port of the admin interface of Envoy.', { default: 15000 }),
      proxyBootstrapTemplatePath: text(),
      proxyHeaders: field('ProxyConfigProxyHeaders', 'Headers that proxies set.'),
      proxyMetadata: map('string', 'Environment variables of the proxy, as text.', { keys: 'envName' }),
      proxyStatsMatcher: field('ProxyConfigProxyStatsMatcher', 'Statistics that proxies keep besides the usual ones.'),
      readinessProbe: field('ApplicationProbe', 'How the health of a workload outside of Kubernetes is told.'),
      runtimeValues: map('string', 'Runtime settings of Envoy.'),
      sds: field('SecretDiscovery', undefined, { deprecated: 'Remove it: certificates always come over SDS.' }),
      serviceCluster: text('Name of the cluster that the proxy says it is of.'),
      statNameLength: int32('The longest part of a name in statistics that comes from users.', { default: 189 }),
      statsCompression: bool('Offer compressed statistics.'),
      statsdUdpAddress: text('Host and port of a statsd collector.'),
      statusPort: int32('Port of the health and metrics of the proxy.', { default: 15020 }),
      terminationDrainDuration: duration('How long a pod that ends lets connections drain.', { default: '5s' }),
      tracing: field('Tracing', 'Tracing of requests.'),
      tracingServiceName: names(
        ['APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_ONLY', 'CANONICAL_NAME_AND_NAMESPACE'],
        'What a service is called in traces.',
      ),
      zipkinAddress: text(undefined, { deprecated: 'Use `meshConfig.extensionProviders` with a Telemetry resource.' }),
    },
    PrivateKeyProvider: {
      cryptomb: field('PrivateKeyProviderCryptoMb'),
      qat: field('PrivateKeyProviderQAT'),
    },
    PrivateKeyProviderCryptoMb: {
      fallback: bool(),
      pollDelay: duration('How long to gather operations before they are done together.'),
    },
    PrivateKeyProviderQAT: {
      fallback: bool(),
      pollDelay: duration('How long to wait between looks for results.'),
    },
    ProxyConfigProxyHeaders: {
      attemptCount: field('ProxyConfigProxyHeadersAttemptCount', 'The header `x-envoy-attempt-count`.'),
      envoyDebugHeaders: field('ProxyConfigProxyHeadersEnvoyDebugHeaders', 'Headers that Envoy adds for debugging.'),
      forwardedClientCert: names(
        ['UNDEFINED', 'SANITIZE', 'FORWARD_ONLY', 'APPEND_FORWARD', 'SANITIZE_SET', 'ALWAYS_FORWARD_ONLY'],
        'The header `x-forwarded-client-cert`.',
      ),
      metadataExchangeHeaders: field('ProxyConfigProxyHeadersMetadataExchangeHeaders'),
      preserveHttp1HeaderCase: bool(),
      requestId: field('ProxyConfigProxyHeadersRequestId', 'The header `x-request-id`.'),
      server: field('ProxyConfigProxyHeadersServer', 'The header `server`.'),
      setCurrentClientCertDetails: field('ProxyConfigProxyHeadersSetCurrentClientCertDetails'),
      xForwardedHost: field('ProxyConfigProxyHeadersXForwardedHost'),
      xForwardedPort: field('ProxyConfigProxyHeadersXForwardedPort'),
    },
    ProxyConfigProxyHeadersAttemptCount: {
      disabled: bool(),
    },
    ProxyConfigProxyHeadersEnvoyDebugHeaders: {
      disabled: bool(),
    },
    ProxyConfigProxyHeadersMetadataExchangeHeaders: {
      mode: names(['UNDEFINED', 'IN_MESH']),
    },
    ProxyConfigProxyHeadersRequestId: {
      disabled: bool(),
    },
    ProxyConfigProxyHeadersServer: {
      disabled: bool(),
      value: text(),
    },
    ProxyConfigProxyHeadersSetCurrentClientCertDetails: {
      cert: bool(),
      chain: bool(),
      dns: bool(),
      subject: bool(),
      uri: bool(),
    },
    ProxyConfigProxyHeadersXForwardedHost: {
      enabled: bool(),
    },
    ProxyConfigProxyHeadersXForwardedPort: {
      enabled: bool(),
    },
    ProxyConfigProxyStatsMatcher: {
      inclusionPrefixes: list('string', 'Beginnings of names.'),
      inclusionRegexps: list('string', 'Patterns of names.'),
      inclusionSuffixes: list('string', 'Ends of names.'),
    },
    RemoteService: {
      address: text('Host and port.'),
      tcpKeepalive: field('TcpKeepalive', 'Keepalive of the connection.'),
      tlsSettings: field('ClientTls', 'TLS towards the service.'),
    },
    SecretDiscovery: {
      enabled: bool(),
      k8sSaJwtPath: text(),
    },
    Topology: {
      forwardClientCertDetails: names(
        ['UNDEFINED', 'SANITIZE', 'FORWARD_ONLY', 'APPEND_FORWARD', 'SANITIZE_SET', 'ALWAYS_FORWARD_ONLY'],
        'What happens to the header with the certificate of the client.',
      ),
      numTrustedProxies: uint32('How many proxies before the gateway set `X-Forwarded-For` truly.'),
      proxyProtocol: field('ProxyProtocol', 'Expect the PROXY protocol.'),
    },
    ProxyProtocol: {},
    Tracing: {
      customTags: map('CustomTag', 'Further tags of spans, by name.'),
      datadog: field('DatadogTracing', 'A Datadog agent.'),
      enableIstioTags: bool('Add the tags that name mesh and workload.'),
      lightstep: field('LightstepTracing', 'A Lightstep collector.'),
      maxPathTagLength: uint32('The longest path that a tag holds.'),
      openCensusAgent: field('OpenCensusTracing'),
      sampling: double('Percentage of requests that are traced.', { default: 1 }),
      stackdriver: field('StackdriverTracing'),
      tlsSettings: field('ClientTls', 'TLS towards the collector.'),
      zipkin: field('ZipkinTracing', 'A Zipkin collector.'),
    },
    CustomTag: {
      environment: field('EnvironmentTag'),
      header: field('HeaderTag'),
      literal: field('LiteralTag'),
    },
    DatadogTracing: {
      address: text('Host and port of the agent.', { examples: ['$(HOST_IP):8126'] }),
    },
    EnvironmentTag: {
      defaultValue: text(),
      name: text(),
    },
    LightstepTracing: {
      accessToken: text('Token of the collector.'),
      address: text('Host and port of the collector.'),
    },
    LiteralTag: {
      value: text(),
    },
    OpenCensusTracing: {
      address: text('Host and port of the collector.'),
      context: list({
        names: ['UNSPECIFIED', 'W3C_TRACE_CONTEXT', 'GRPC_BIN', 'CLOUD_TRACE_CONTEXT', 'B3'],
        numbers: [0, 1, 2, 3, 4],
      }),
    },
    HeaderTag: {
      defaultValue: text(),
      name: text(),
    },
    StackdriverTracing: {
      debug: bool(),
      maxNumberOfAnnotations: int64(),
      maxNumberOfAttributes: int64(),
      maxNumberOfMessageEvents: int64(),
    },
    ZipkinTracing: {
      address: text('Host and port of the collector.', { examples: ['zipkin.istio-system:9411'] }),
    },
    ExecCheck: {
      command: list('string'),
    },
    GrpcCheck: {
      port: port(),
      service: text(),
    },
    ProbeHeader: {
      name: text(),
      value: text(),
    },
    HttpCheck: {
      host: text(),
      httpHeaders: list('ProbeHeader'),
      path: text(),
      port: port(),
      scheme: text(),
    },
    ApplicationProbe: {
      exec: field('ExecCheck'),
      failureThreshold: int32(),
      grpc: field('GrpcCheck'),
      httpGet: field('HttpCheck'),
      initialDelaySeconds: int32(),
      periodSeconds: int32(),
      successThreshold: int32(),
      tcpSocket: field('TcpCheck'),
      timeoutSeconds: int32(),
    },
    TcpCheck: {
      host: text(),
      port: port(),
    },
    ProxyImage: {
      imageType: text('Variant of the image.', { examples: ['distroless', 'debug', 'default'] }),
    },
  }) satisfies Area

export const proxyConfigGroups: Groups = {
  ProxyConfig: { exclusive: [['serviceCluster', 'tracingServiceName']] },
  PrivateKeyProvider: { exclusive: [['cryptomb', 'qat']] },
  Tracing: { exclusive: [['zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent']] },
  CustomTag: { exclusive: [['literal', 'environment', 'header']] },
  ApplicationProbe: { exclusive: [['httpGet', 'tcpSocket', 'exec', 'grpc']] },
}
