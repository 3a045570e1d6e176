/**
 * Presets laid over the profile by `environment`: what a mesh usually wants in each stage of delivery. Written as the
 * `spec` of an IstioOperator, so that everything in them can be overridden there.
 */
export const environments = {
  dev: {
    values: {
      global: { proxy: { logLevel: 'debug', componentLogLevel: 'misc:error' } },
      pilot: {
        env: {
          PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION: 'true',
          PILOT_ENABLE_CONFIG_DISTRIBUTION_TRACKING: 'true',
        },
        resources: { requests: { cpu: '100m', memory: '256Mi' } },
      },
    },
  },
  test: {
    meshConfig: {
      accessLogFile: '/dev/stdout',
      defaultConfig: { tracing: { sampling: 100 } },
      extensionProviders: [
        {
          name: 'otel-access-log',
          envoyOtelAls: { service: 'jaeger-collector.istio-system.svc.cluster.local', port: 4317 },
        },
      ],
    },
    values: { pilot: { traceSampling: 100 } },
  },
  staging: {
    values: {
      global: { proxy: { logLevel: 'info' } },
      pilot: {
        env: { PILOT_ENABLE_STATUS: 'true', PILOT_ENABLE_CONFIG_DISTRIBUTION_TRACKING: 'true' },
        autoscaleEnabled: true,
        autoscaleMin: 2,
        autoscaleMax: 5,
        cpu: { targetAverageUtilization: 70 },
      },
    },
  },
  prod: {
    components: { pilot: { k8s: { podDisruptionBudget: { minAvailable: 2 } } } },
    values: {
      global: { proxy: { logLevel: 'warning' } },
      pilot: {
        env: { PILOT_ENABLE_STATUS: 'true', PILOT_PUSH_THROTTLE: '100', PILOT_MAX_REQUESTS_PER_SECOND: '25' },
        autoscaleEnabled: true,
        autoscaleMin: 3,
        autoscaleMax: 10,
        cpu: { targetAverageUtilization: 60 },
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1000m', memory: '2Gi' } },
      },
    },
  },
} as const
