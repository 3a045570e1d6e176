/** What the `istio-ingress` chart of 1.30.3 assumes where nobody says otherwise. */
export const ingressDefaults = {
  gateways: {
    'istio-ingressgateway': {
      name: 'istio-ingressgateway',
      labels: {
        app: 'istio-ingressgateway',
        istio: 'ingressgateway',
      },
      ports: [
        {
          port: 15021,
          targetPort: 15021,
          name: 'status-port',
          protocol: 'TCP',
        },
        {
          port: 80,
          targetPort: 8080,
          name: 'http2',
          protocol: 'TCP',
        },
        {
          port: 443,
          targetPort: 8443,
          name: 'https',
          protocol: 'TCP',
        },
      ],
      rollingMaxSurge: '100%',
      rollingMaxUnavailable: '25%',
      autoscaleEnabled: true,
      autoscaleMin: 1,
      autoscaleMax: 5,
      cpu: {
        targetAverageUtilization: 80,
      },
      memory: {},
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
      loadBalancerIP: '',
      loadBalancerSourceRanges: [],
      serviceAnnotations: {},
      ipFamilyPolicy: '',
      ipFamilies: [],
      podAnnotations: {},
      type: 'LoadBalancer',
      secretVolumes: [
        {
          name: 'ingressgateway-certs',
          secretName: 'istio-ingressgateway-certs',
          mountPath: '/etc/istio/ingressgateway-certs',
        },
        {
          name: 'ingressgateway-ca-certs',
          secretName: 'istio-ingressgateway-ca-certs',
          mountPath: '/etc/istio/ingressgateway-ca-certs',
        },
      ],
      customService: false,
      externalTrafficPolicy: '',
      ingressPorts: [],
      additionalContainers: [],
      configVolumes: [],
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
    variant: '',
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
