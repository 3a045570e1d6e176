/** What the `ztunnel` chart of 1.30.3 assumes where nobody says otherwise. */
export const ztunnelDefaults = {
  hub: 'registry.istio.io/release',
  tag: '1.30.3',
  variant: '',
  image: 'ztunnel',
  network: '',
  global: {
    networkPolicy: {
      enabled: false,
    },
  },
  resourceName: '',
  labels: {},
  annotations: {},
  volumeMounts: [],
  volumes: [],
  tolerations: [
    {
      effect: 'NoSchedule',
      operator: 'Exists',
    },
    {
      key: 'CriticalAddonsOnly',
      operator: 'Exists',
    },
    {
      effect: 'NoExecute',
      operator: 'Exists',
    },
  ],
  podAnnotations: {
    'prometheus.io/port': '15020',
    'prometheus.io/scrape': 'true',
  },
  podLabels: {},
  resources: {
    requests: {
      cpu: '200m',
      memory: '512Mi',
    },
  },
  resourceQuotas: {
    enabled: false,
    pods: 5000,
  },
  peerCaCrl: {
    enabled: false,
  },
  imagePullSecrets: [],
  env: {},
  imagePullPolicy: '',
  multiCluster: {
    clusterName: '',
  },
  meshConfig: {
    defaultConfig: {
      proxyMetadata: {},
    },
  },
  terminationGracePeriodSeconds: 30,
  revision: '',
  caAddress: '',
  xdsAddress: '',
  istioNamespace: 'istio-system',
  logLevel: 'info',
  logAsJson: false,
  seLinuxOptions: {},
  resourceScope: 'all',
  updateStrategy: {
    type: 'RollingUpdate',
    rollingUpdate: {
      maxSurge: 1,
      maxUnavailable: 0,
    },
  },
  dnsPolicy: '',
  dnsConfig: {},
} as const
