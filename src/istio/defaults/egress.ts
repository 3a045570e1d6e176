/** What the `istio-egress` chart of 1.30.3 assumes where nobody says otherwise. */
export const egressDefaults = {
  gateways: {
    'istio-egressgateway': {
      name: 'istio-egressgateway',
      ports: [
        {
          port: 80,
          targetPort: 8080,
          name: 'http2',
          protocol: 'TCP',
        },
        {
          port: 443,
          name: 'https',
          targetPort: 8443,
          protocol: 'TCP',
        },
      ],
      labels: {
        app: 'istio-egressgateway',
        istio: 'egressgateway',
      },
      rollingMaxSurge: '100%',
      rollingMaxUnavailable: '25%',
      autoscaleEnabled: true,
      autoscaleMin: 1,
      autoscaleMax: 5,
      resources: {
        requests: {
          cpu: '100m',
          memory: '128Mi',
        },
        limits: {
          cpu: '2000m',
          memory: '1024Mi',
        },
      },
      cpu: {
        targetAverageUtilization: 80,
      },
      memory: {},
      serviceAnnotations: {},
      podAnnotations: {},
      type: 'ClusterIP',
      ipFamilyPolicy: '',
      ipFamilies: [],
      secretVolumes: [
        {
          name: 'egressgateway-certs',
          secretName: 'istio-egressgateway-certs',
          mountPath: '/etc/istio/egressgateway-certs',
        },
        {
          name: 'egressgateway-ca-certs',
          secretName: 'istio-egressgateway-ca-certs',
          mountPath: '/etc/istio/egressgateway-ca-certs',
        },
      ],
      configVolumes: [],
      additionalContainers: [],
      serviceAccount: {
        annotations: {},
      },
      env: {},
      nodeSelector: {},
      tolerations: [],
      podAntiAffinityLabelSelector: [],
      podAntiAffinityTermLabelSelector: [],
      runAsRoot: false,
      injectionTemplate: '',
    },
  },
  revision: '',
  ownerName: '',
  global: {
    defaultNodeSelector: {},
    defaultPodDisruptionBudget: {
      enabled: true,
    },
    defaultResources: {
      requests: {
        cpu: '10m',
      },
    },
    defaultTolerations: [],
    hub: 'registry.istio.io/release',
    tag: '1.30.3',
    imagePullPolicy: '',
    imagePullSecrets: [],
    logAsJson: false,
    arch: {},
    logging: {
      level: 'default:info',
    },
    priorityClassName: '',
    proxy: {
      image: 'proxyv2',
      clusterDomain: 'cluster.local',
      componentLogLevel: 'misc:error',
      logLevel: 'warning',
    },
    caAddress: '',
    istioNamespace: 'istio-system',
    meshID: '',
    mountMtlsCerts: false,
    multiCluster: {
      clusterName: '',
    },
    network: '',
    pilotCertProvider: 'istiod',
    sds: {
      token: {
        aud: 'istio-ca',
      },
    },
    sts: {
      servicePort: 0,
    },
    networkPolicy: {
      enabled: false,
    },
  },
  meshConfig: {
    enablePrometheusMerge: true,
    trustDomain: 'cluster.local',
    defaultConfig: {
      proxyMetadata: {},
      tracing: null,
    },
  },
} as const
