import { type Area, bool, field, list, map, struct, text } from '../words.ts'
import { cniTypes } from './cni.ts'
import { gatewayTypes } from './gateways.ts'
import { globalTypes } from './global.ts'
import { pilotTypes } from './pilot.ts'
import { proxyTypes } from './proxy.ts'
import { ztunnelTypes } from './ztunnel.ts'

/** Values of the charts, as `spec.values` takes them. Names are matched exactly. */
export const valuesTypes = () =>
  ({
    Values: {
      base: field('BaseValues', 'Custom resource definitions and the default validation webhook.'),
      cni: field('CniValues', 'The node agent.'),
      compatibilityVersion: text('As `spec.compatibilityVersion`.'),
      defaultRevision: text('Revision whose webhooks serve namespaces that name none; empty renders no such webhook.'),
      experimental: field('ExperimentalValues', 'Switches for what may still change.'),
      gatewayClasses: map('GatewayClassValues', 'Changes to the workloads of Kubernetes Gateways, by GatewayClass.', {
        loose: 'any',
      }),
      gateways: field('GatewaysValues', 'The gateways, all ingress gateways and all egress gateways alike.'),
      global: field('GlobalValues', 'Settings that all components share.'),
      istioCni: field('CniUsageValues', undefined, { alias: 'istio_cni', deprecated: 'Use `values.pilot.cni`.' }),
      istiodRemote: field('IstiodRemoteValues', undefined, { deprecated: 'Use `values.pilot.istiodRemote`.' }),
      meshConfig: field('MeshConfig', 'As `spec.meshConfig`, which wins.'),
      ownerName: text('Name of the IstioOperator, for the owner labels; set by the installer.'),
      pilot: field('PilotValues', 'istiod.'),
      profile: text('Profile of the charts; `spec.profile` sets it as a rule.', {
        examples: ['ambient', 'demo', 'preview', 'remote', 'stable'],
      }),
      revision: text('As `spec.revision`.'),
      revisionTags: list('string', 'Tags that point at this revision, for workloads to choose instead of it.'),
      sidecarInjectorWebhook: field('InjectorValues', 'How sidecars get into pods.'),
      telemetry: field('TelemetryValues', 'Metrics that proxies give without any Telemetry resource.'),
      ztunnel: field('ZtunnelValues', 'The node proxy of ambient mode.', { loose: 'any' }),
    },
    BaseValues: {
      enableCRDTemplates: bool('Render the custom resource definitions as templates, so that some can be left out.'),
      enableIstioConfigCRDs: bool('Without effect.', { deprecated: 'Remove it.' }),
      excludedCRDs: list('string', 'Custom resource definitions to leave out, by name.'),
      validateGateway: bool('Without effect.', { deprecated: 'Remove it.' }),
      validationCABundle: text('CA of the validation webhook, as base64; istiod fills it in otherwise.'),
      validationURL: text('Where the validation webhook is, when it is no Service of this cluster.'),
    },
    ExperimentalValues: {
      stableValidationPolicy: bool('Refuse fields of Istio resources that are not stable.'),
    },
    GatewayClassValues: {
      deployment: struct('Laid over the Deployment.'),
      service: struct('Laid over the Service.'),
      serviceAccount: struct('Laid over the ServiceAccount.'),
      horizontalPodAutoscaler: struct('Laid over the HorizontalPodAutoscaler, which there is only with it.'),
      podDisruptionBudget: struct('Laid over the PodDisruptionBudget, which there is only with it.'),
    },
    CniUsageValues: {
      chained: bool(undefined, { deprecated: 'Use `values.cni.chained`.' }),
      enabled: bool('Whether pods rely on the node agent; follows `components.cni.enabled`.'),
      provider: text('`default`, or `multus`.', { examples: ['default', 'multus'] }),
    },
    IstiodRemoteValues: {
      enabled: bool('Use an istiod that runs in another cluster.'),
      enabledLocalInjectorIstiod: bool('Run an istiod here as well, that only injects sidecars.'),
      injectionCABundle: text('CA of the injection webhook, as base64.'),
      injectionPath: text('Path of the injection webhook.', { default: '/inject' }),
      injectionURL: text('Where the injection webhook is, when it is no Service of this cluster.'),
    },
    InjectorValues: {
      alwaysInjectSelector: list('meta/v1.LabelSelector', 'Pods that get a sidecar where the policy says none.'),
      defaultTemplates: list('string', 'Injection templates for pods that name none.'),
      enableNamespacesByDefault: bool('Inject in every namespace that has no label for or against it.'),
      injectedAnnotations: map('scalar', 'Annotations for every pod that gets a sidecar.', {
        keys: 'annotationKey',
        loose: 'struct',
      }),
      injectionURL: text(undefined, { deprecated: 'Use `values.pilot.istiodRemote.injectionURL`.' }),
      neverInjectSelector: list('meta/v1.LabelSelector', 'Pods that get no sidecar where the policy says one.'),
      reinvocationPolicy: field(
        { words: ['Never', 'IfNeeded'] },
        'Whether the webhook is called again after others changed the pod.',
        { default: 'Never' },
      ),
      rewriteAppHTTPProbe: bool('Send the probes of applications through the sidecar.', { default: true }),
      templates: map('any', 'Injection templates of your own, by name.', { loose: 'struct' }),
    },
    TelemetryValues: {
      enabled: bool(),
      v2: field('TelemetryV2Values'),
    },
    TelemetryV2Values: {
      enabled: bool('Whether proxies give metrics by default.'),
      prometheus: field('SwitchValues', 'Metrics for Prometheus.'),
      stackdriver: field('SwitchValues', 'Metrics and logs for Google Cloud.'),
    },
    SwitchValues: { enabled: bool() },
    ResourcesValues: {
      limits: map('quantityText', 'The most that a container may use.'),
      requests: map('quantityText', 'What the scheduler sets aside for a container.'),
    },
    ResourceQuotaValues: {
      enabled: bool('Render a ResourceQuota that lets pods of the highest priority into the namespace.'),
      pods: field('protoInt64', 'How many of them.', { default: 5000 }),
    },
    LoggingValues: {
      level: field('logLevels', 'Log levels by scope: none, error, warn, info, debug.', { default: 'default:info' }),
    },
    TargetUtilizationValues: {
      targetAverageUtilization: field(
        'protoInt32',
        'Use, in percent of what is requested, that the autoscaler aims at.',
      ),
    },
    ...globalTypes(),
    ...proxyTypes(),
    ...pilotTypes(),
    ...gatewayTypes(),
    ...cniTypes(),
    ...ztunnelTypes(),
  }) satisfies Area
