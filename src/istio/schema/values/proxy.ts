import { type Area, bool, choice, field, kubernetes, names, text, textAs, uint32 } from '../words.ts'

const logLevels = ['trace', 'debug', 'info', 'warning', 'warn', 'error', 'critical', 'off'] as const
const tracers = ['zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent', 'none'] as const

/** `values.global.proxy` and `values.global.proxy_init`. */
export const proxyTypes = () =>
  ({
    ProxyValues: {
      autoInject: choice(['enabled', 'disabled'], 'Whether pods of injected namespaces get a sidecar without asking.', {
        default: 'enabled',
      }),
      clusterDomain: text('DNS domain of the cluster.', { default: 'cluster.local' }),
      componentLogLevel: textAs('proxyLogLevels', 'Log levels by component of the proxy.', { default: 'misc:error' }),
      enableCoreDump: bool(undefined, { deprecated: 'Remove it.' }),
      excludeIPRanges: text('Address ranges whose traffic bypasses the sidecar, between commas.'),
      excludeInboundPorts: text('Ports whose incoming traffic bypasses the sidecar, between commas.'),
      excludeOutboundPorts: text('Ports whose outgoing traffic bypasses the sidecar, between commas.'),
      holdApplicationUntilProxyStarts: bool(undefined, {
        deprecated: 'Use `meshConfig.defaultConfig.holdApplicationUntilProxyStarts`.',
      }),
      image: text('Name of the image, or a whole image reference.', { default: 'proxyv2' }),
      includeIPRanges: text('Address ranges whose traffic goes through the sidecar, between commas; `*` for all.', {
        default: '*',
      }),
      includeInboundPorts: text('Ports whose incoming traffic goes through the sidecar, between commas; `*` for all.', {
        default: '*',
      }),
      includeOutboundPorts: text('Ports whose outgoing traffic goes through the sidecar, between commas.'),
      lifecycle: kubernetes('core/v1.Lifecycle', 'Hooks of the sidecar.'),
      logLevel: choice(logLevels, 'Log level of the proxy.', { default: 'warning' }),
      outlierLogPath: text('File for the log of ejected hosts.'),
      privileged: bool('Run sidecars privileged.'),
      readinessFailureThreshold: uint32('Failed probes after which a sidecar is not ready.'),
      readinessInitialDelaySeconds: uint32('Seconds before the first probe.'),
      readinessPeriodSeconds: uint32('Seconds between probes.'),
      resources: field('ResourcesValues', 'CPU and memory of sidecars.'),
      seccompProfile: kubernetes('core/v1.SeccompProfile', 'System calls that sidecars may make.'),
      startupProbe: field('StartupProbeValues', 'Probe until the sidecar has started.'),
      statusPort: uint32('Port of the health and metrics of the proxy; 0 turns the probes off.', { default: 15020 }),
      tracer: names(tracers, 'Tracer that proxies report to.', { default: 'none' }),
    },
    StartupProbeValues: {
      enabled: bool(),
      failureThreshold: uint32('Failed probes after which the pod is restarted.'),
    },
    ProxyInitValues: {
      image: text('Name of the image, or a whole image reference.', { default: 'proxyv2' }),
      resources: field('ResourcesValues', undefined, { deprecated: 'Use `values.global.proxy.resources`.' }),
    },
  }) satisfies Area
