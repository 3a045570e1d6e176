/**
 * The installer's ten built-in profiles of 1.30.3: which components a mesh has, and the values profile that goes with
 * them. `default` lies under every other one.
 */
export const profiles = {
  default: {
    metadata: {
      namespace: 'istio-system',
    },
    spec: {
      hub: 'registry.istio.io/release',
      tag: '1.30.3',
      components: {
        base: {
          enabled: true,
        },
        pilot: {
          enabled: true,
        },
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: true,
          },
        ],
        egressGateways: [
          {
            name: 'istio-egressgateway',
            enabled: false,
          },
        ],
      },
      values: {
        defaultRevision: '',
        global: {
          istioNamespace: 'istio-system',
          configValidation: true,
        },
        gateways: {
          'istio-ingressgateway': {},
          'istio-egressgateway': {},
        },
        ztunnel: {
          resourceName: 'ztunnel',
        },
      },
    },
  },
  ambient: {
    spec: {
      components: {
        cni: {
          enabled: true,
        },
        ztunnel: {
          enabled: true,
        },
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: false,
          },
        ],
      },
      values: {
        profile: 'ambient',
      },
    },
  },
  demo: {
    spec: {
      components: {
        egressGateways: [
          {
            name: 'istio-egressgateway',
            enabled: true,
          },
        ],
      },
      values: {
        profile: 'demo',
      },
    },
  },
  empty: {
    spec: {
      components: {
        base: {
          enabled: false,
        },
        pilot: {
          enabled: false,
        },
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: false,
          },
        ],
      },
    },
  },
  minimal: {
    spec: {
      components: {
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: false,
          },
        ],
      },
    },
  },
  openshift: {
    spec: {
      components: {
        cni: {
          enabled: true,
          namespace: 'kube-system',
        },
      },
      values: {
        global: {
          platform: 'openshift',
        },
      },
    },
  },
  'openshift-ambient': {
    spec: {
      components: {
        cni: {
          enabled: true,
          namespace: 'kube-system',
        },
        ztunnel: {
          enabled: true,
          namespace: 'kube-system',
        },
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: false,
          },
        ],
      },
      values: {
        profile: 'ambient',
        global: {
          platform: 'openshift',
        },
      },
    },
  },
  preview: {
    spec: {
      values: {
        profile: 'preview',
      },
    },
  },
  remote: {
    spec: {
      components: {
        base: {
          enabled: true,
        },
        pilot: {
          enabled: true,
        },
        ingressGateways: [
          {
            name: 'istio-ingressgateway',
            enabled: false,
          },
        ],
      },
      values: {
        profile: 'remote',
      },
    },
  },
  stable: {
    spec: {
      values: {
        profile: 'stable',
      },
    },
  },
} as const

export type ProfileName = keyof typeof profiles
