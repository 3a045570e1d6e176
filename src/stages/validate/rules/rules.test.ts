import { describe, expect, test } from 'vitest'
import { problemsOf, short } from '../../../../test/rules/told.ts'

/**
 * A `spec`, and what is said of it: `error` where istioctl refuses it too, `error/warning` where it doesn't.
 */
type Row = readonly [spec: string, ...told: readonly string[]]

const families: { readonly [family: string]: readonly Row[] } = {
  images: [
    ['hub: registry.example.com/istio'],
    ['hub: localhost:5000/istio'],
    ['hub: "[fd00::1]:5000/istio"'],
    ['hub: docker.io'],
    ['hub: bad hub', 'error invalid-hub spec.hub'],
    ['hub: registry.example.com/Istio', 'error invalid-hub spec.hub'],
    ['hub: https://registry.example.com/istio', 'error/warning invalid-hub spec.hub'],
    ['hub: registry.example.com/istio/', 'error/warning invalid-hub spec.hub'],
    ['hub: "registry.example.com:port/istio"', 'error invalid-hub spec.hub'],
    ['values: {global: {hub: bad hub}}', 'error/warning invalid-hub spec.values.global.hub'],
    ['components: {cni: {enabled: true, hub: UPPER/case}}', 'error/warning invalid-hub spec.components.cni.hub'],
    ['tag: 1.30.3-distroless'],
    ['tag: 1.30.3-distroless\nvalues: {global: {variant: distroless}}', 'warning invalid-tag spec.tag'],
    ['tag: 1.30.3-distroless\nvalues: {global: {variant: debug}}'],
    [
      'tag: 1.30.3-distroless\nvalues: {pilot: {image: registry.example.com/pilot:1.30.3}, global: {variant: distroless}}',
    ],
    [
      'profile: ambient\ncomponents: {pilot: {tag: 1.30.3-distroless}}',
      'warning invalid-tag spec.components.pilot.tag',
    ],
    ['profile: ambient\nvalues: {cni: {tag: 1.30.3-distroless}}', 'warning invalid-tag spec.values.cni.tag'],
    ['tag: 20260131', 'error invalid-tag spec.tag'],
    ['tag: "20260131"'],
    ['tag: a b', 'error invalid-tag spec.tag'],
    ['tag: ""', 'error invalid-tag spec.tag'],
    ['tag: -dash', 'error/warning invalid-tag spec.tag'],
    ['tag: 1.30', 'warning float-tag spec.tag'],
    ['components: {pilot: {tag: 1.30}}', 'warning float-tag spec.components.pilot.tag'],
    [`values: {global: {tag: "1.30.3@sha256:${'0'.repeat(64)}"}}`],
    ['values: {global: {tag: "a:b"}}', 'error/warning invalid-tag spec.values.global.tag'],
    ['values: {pilot: {image: registry.example.com/pilot:1.30.3}}'],
    ['values: {pilot: {image: "registry.example.com/pilot:"}}', 'error/warning invalid-image spec.values.pilot.image'],
    ['values: {global: {proxy: {image: a/B}}}', 'error/warning invalid-image spec.values.global.proxy.image'],
  ],
  names: [
    ['revision: 1-30-3'],
    ['revision: Rev.1', 'error invalid-revision spec.revision'],
    [`revision: ${'a'.repeat(64)}`, 'error invalid-revision spec.revision'],
    ['revision: UPPER', 'error/warning invalid-revision spec.revision'],
    [`revision: ${'a'.repeat(57)}`, 'error/warning invalid-revision spec.revision'],
    [`revision: ${'a'.repeat(56)}`],
    ['values: {revision: Upper}', 'error/warning invalid-revision spec.values.revision'],
    ['revision: default', 'warning reserved-revision spec.revision'],
    [
      'components: {ingressGateways: [{name: My_Gateway}]}',
      'error invalid-name spec.components.ingressGateways[0].name',
    ],
    [
      'components: {egressGateways: [{name: a/b, enabled: false}]}',
      'error invalid-name spec.components.egressGateways[0].name',
    ],
    [
      'components: {ingressGateways: [{enabled: true}]}',
      'error/warning missing-name spec.components.ingressGateways[0]',
    ],
    ['components: {ingressGateways: [{enabled: false}]}'],
    [
      'values: {global: {istioNamespace: Istio_System}}',
      'error/warning invalid-namespace spec.values.global.istioNamespace',
    ],
    [
      'components: {cni: {enabled: true, namespace: kube.system}}',
      'error/warning invalid-namespace spec.components.cni.namespace',
    ],
    ['meshConfig: {rootNamespace: -x}', 'error/warning invalid-namespace spec.meshConfig.rootNamespace'],
    ['meshConfig: {defaultServiceExportTo: ["*", ".", "~", team]}'],
    [
      'meshConfig: {defaultServiceExportTo: ["team/*"]}',
      'error/warning invalid-namespace spec.meshConfig.defaultServiceExportTo[0]',
    ],
    ['values: {revisionTags: [prod, "pre prod"]}', 'error/warning invalid-name spec.values.revisionTags[1]'],
    [
      'values: {global: {imagePullSecrets: [my_secret]}}',
      'error/warning invalid-name spec.values.global.imagePullSecrets[0]',
    ],
    ['values: {global: {network: "net work"}}', 'error/warning invalid-name spec.values.global.network'],
    ['values: {global: {network: Net_1.a}}'],
  ],
  'gateway ports': [
    ['components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 443, targetPort: 8443}]}}}]}'],
    ['components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 443, targetPort: 1024}]}}}]}'],
    ['components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 443, targetPort: https}]}}}]}'],
    ['components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 8080}]}}}]}'],
    [
      'components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 1024}]}}}]}',
      'error privileged-port spec.components.ingressGateways[0].k8s.service.ports[0].port',
    ],
    [
      'components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 80}]}}}]}',
      'error privileged-port spec.components.ingressGateways[0].k8s.service.ports[0].port',
    ],
    [
      'components: {egressGateways: [{name: a, enabled: false, k8s: {service: {ports: [{port: 8443, targetPort: 443}]}}}]}',
      'error privileged-port spec.components.egressGateways[0].k8s.service.ports[0].targetPort',
    ],
    [
      `components: {ingressGateways: [{name: a, k8s: {service: {ports: [{port: 80}]}}}]}
values: {gateways: {istio-ingressgateway: {runAsRoot: true}}}`,
    ],
    [
      `components: {egressGateways: [{name: a, k8s: {service: {ports: [{port: 80}]}}}]}
values: {gateways: {istio-ingressgateway: {runAsRoot: true}}}`,
      'error privileged-port spec.components.egressGateways[0].k8s.service.ports[0].port',
    ],
    [
      'values: {gateways: {istio-ingressgateway: {runAsRoot: true, ingressPorts: [{port: 80, targetPort: 90}]}}}',
      'error privileged-port spec.values.gateways.istio-ingressgateway.ingressPorts[0].targetPort',
    ],
    ['values: {gateways: {istio-ingressgateway: {ingressPorts: [{port: 7001}, {port: 80, targetPort: http}]}}}'],
    [
      'values: {gateways: {istio-ingressgateway: {ports: [{port: 80, name: http}]}}}',
      'error/warning privileged-port spec.values.gateways.istio-ingressgateway.ports[0].port',
    ],
    ['profile: minimal\nvalues: {gateways: {istio-ingressgateway: {ports: [{port: 80, name: http}]}}}'],
  ],
  interception: [
    ['values: {global: {proxy: {includeIPRanges: "*", excludeIPRanges: "10.0.0.0/8, fd00::/8"}}}'],
    [
      'values: {global: {proxy: {excludeIPRanges: "10.0.0.0/8,*"}}}',
      'error invalid-range spec.values.global.proxy.excludeIPRanges',
    ],
    [
      'values: {global: {proxy: {includeIPRanges: 10.0.0.1}}}',
      'error invalid-range spec.values.global.proxy.includeIPRanges',
    ],
    [
      'values: {global: {proxy: {includeIPRanges: 1.1.0.256/16}}}',
      'error invalid-range spec.values.global.proxy.includeIPRanges',
    ],
    [
      'values: {global: {proxy: {includeIPRanges: "fd00::/129"}}}',
      'error invalid-range spec.values.global.proxy.includeIPRanges',
    ],
    ['values: {global: {proxy: {includeInboundPorts: "80,443", excludeInboundPorts: "0,65535"}}}'],
    [
      'values: {global: {proxy: {excludeInboundPorts: "222x,-1"}}}',
      'error invalid-port spec.values.global.proxy.excludeInboundPorts',
    ],
    [
      'values: {global: {proxy: {includeOutboundPorts: "70000"}}}',
      'error/warning invalid-port spec.values.global.proxy.includeOutboundPorts',
    ],
  ],
  'mesh configuration': [
    [
      'meshConfig: {connectTimeout: 1h, protocolDetectionTimeout: 0s, trustDomain: td.example.com, proxyListenPort: "15001"}',
    ],
    ['meshConfig: {connectTimeout: 100h}', 'error invalid-duration spec.meshConfig.connectTimeout'],
    ['meshConfig: {connectTimeout: 1.5ms}', 'error invalid-duration spec.meshConfig.connectTimeout'],
    ['values: {meshConfig: {connect_timeout: 0s}}', 'error invalid-duration spec.values.meshConfig.connect_timeout'],
    ['meshConfig: {protocolDetectionTimeout: 1us}', 'error invalid-duration spec.meshConfig.protocolDetectionTimeout'],
    ['meshConfig: {proxyListenPort: 0}', 'error invalid-port spec.meshConfig.proxyListenPort'],
    ['meshConfig: {trustDomain: ""}', 'error invalid-trust-domain spec.meshConfig.trustDomain'],
    [
      'meshConfig: {trustDomainAliases: [old.example.com, a_b]}',
      'error invalid-trust-domain spec.meshConfig.trustDomainAliases[1]',
    ],
    [
      'meshConfig: {serviceSettings: [{hosts: ["*.team.svc.cluster.local", "a b"]}]}',
      'error invalid-host spec.meshConfig.serviceSettings[0].hosts[1]',
    ],
    ['meshConfig: {defaultConfig: {drainDuration: 45s}}'],
    [
      'meshConfig: {defaultConfig: {drainDuration: 500ms}}',
      'error invalid-duration spec.meshConfig.defaultConfig.drainDuration',
    ],
    ['meshConfig: {defaultConfig: {discoveryAddress: "istiod.istio-system.svc:15012"}}'],
    ['meshConfig: {defaultConfig: {discoveryAddress: "[fd00::1]:15012"}}'],
    [
      'meshConfig: {defaultConfig: {discoveryAddress: istiod}}',
      'error invalid-address spec.meshConfig.defaultConfig.discoveryAddress',
    ],
    [
      'meshConfig: {defaultConfig: {discoveryAddress: "istiod:0"}}',
      'error invalid-address spec.meshConfig.defaultConfig.discoveryAddress',
    ],
    [
      'meshConfig: {defaultConfig: {discoveryAddress: "10.0.0.300:15012"}}',
      'error invalid-address spec.meshConfig.defaultConfig.discoveryAddress',
    ],
    ['meshConfig: {defaultConfig: {statsdUdpAddress: "", envoyMetricsService: {address: "als.team:9001"}}}'],
    ['meshConfig: {defaultConfig: {tracing: {zipkin: {address: "$(HOST_IP):9411"}}}}'],
    [
      'meshConfig: {defaultConfig: {tracing: {zipkin: {address: zipkin}}}}',
      'error invalid-address spec.meshConfig.defaultConfig.tracing.zipkin.address',
    ],
    [
      'meshConfig: {defaultConfig: {tracing: {datadog: {}}}}',
      'error missing-field spec.meshConfig.defaultConfig.tracing.datadog',
    ],
    [
      'meshConfig: {defaultConfig: {tracing: {lightstep: {address: "a:1"}}}}',
      'error missing-field spec.meshConfig.defaultConfig.tracing.lightstep',
    ],
    [
      'meshConfig: {defaultConfig: {tracing: {tlsSettings: {mode: MUTUAL, clientCertificate: /a}}}}',
      'error missing-field spec.meshConfig.defaultConfig.tracing.tlsSettings',
    ],
    ['meshConfig: {defaultConfig: {configPath: ""}}', 'error empty-field spec.meshConfig.defaultConfig.configPath'],
    ['meshConfig: {defaultConfig: {statusPort: 70000}}', 'error invalid-port spec.meshConfig.defaultConfig.statusPort'],
    [
      'meshConfig: {defaultConfig: {controlPlaneAuthPolicy: INHERIT}}',
      'error not-allowed-value spec.meshConfig.defaultConfig.controlPlaneAuthPolicy',
    ],
    ['meshConfig: {defaultConfig: {privateKeyProvider: {cryptomb: {pollDelay: 10ms}}}}'],
    [
      'meshConfig: {defaultConfig: {privateKeyProvider: {qat: {pollDelay: 0s}}}}',
      'error invalid-duration spec.meshConfig.defaultConfig.privateKeyProvider.qat.pollDelay',
    ],
    [
      'meshConfig: {defaultConfig: {privateKeyProvider: {qat: {}}}}',
      'error missing-field spec.meshConfig.defaultConfig.privateKeyProvider.qat',
    ],
    [
      'meshConfig: {defaultConfig: {privateKeyProvider: {}}}',
      'error missing-field spec.meshConfig.defaultConfig.privateKeyProvider',
    ],
    ['meshConfig: {meshMTLS: {ecdhCurves: [P-256]}}', 'error not-allowed-value spec.meshConfig.meshMTLS.ecdhCurves'],
    ['unvalidatedValues: {meshConfig: {connectTimeout: 100h}}'],
    ['meshConfig: {defaultConfig: {proxyStatsMatcher: {inclusionRegexps: [".*a.*"]}}}'],
    [
      'meshConfig: {defaultConfig: {proxyStatsMatcher: {inclusionRegexps: ["(?=a)"]}}}',
      'error/warning invalid-pattern spec.meshConfig.defaultConfig.proxyStatsMatcher.inclusionRegexps[0]',
    ],
    ['meshConfig: {discoverySelectors: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]}'],
    [
      'meshConfig: {discoverySelectors: [{matchExpressions: [{key: a, operator: In}]}]}',
      'error/warning invalid-selector spec.meshConfig.discoverySelectors[0].matchExpressions[0]',
    ],
    [
      'meshConfig: {discoverySelectors: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]}',
      'error/warning invalid-selector spec.meshConfig.discoverySelectors[0].matchExpressions[0].values',
    ],
  ],
  localities: [
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a/b/c, to: {a/b/c: 50, d/e/f: 50}}, {from: a/c/*, to: {"*": 100}}]}}',
    ],
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a, to: {a: 50, d: 30}}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.distribute[0].to',
    ],
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a, to: {a: 100, d: 0}}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.distribute[0].to.d',
    ],
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a, to: {a: 100}}, {from: a/b, to: {a: 100}}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.distribute[1].from',
    ],
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a//c, to: {a: 100}}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.distribute[0].from',
    ],
    [
      'meshConfig: {localityLbSetting: {distribute: [{from: a, to: {a: 100}}], failover: [{from: a, to: b}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.failover',
    ],
    [
      'meshConfig: {localityLbSetting: {failover: [{from: a, to: a}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.failover[0].to',
    ],
    [
      'meshConfig: {localityLbSetting: {failover: [{from: a/b, to: c}]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.failover[0].from',
    ],
    ['meshConfig: {localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.istio.io/network]}}'],
    [
      'meshConfig: {localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/zone]}}',
      'error invalid-locality spec.meshConfig.localityLbSetting.failover',
    ],
  ],
  providers: [
    ['meshConfig: {defaultProviders: {metrics: [prometheus], accessLogging: [envoy]}}'],
    ['profile: demo\nmeshConfig: {defaultProviders: {tracing: [jaeger]}}'],
    [
      'meshConfig: {defaultProviders: {tracing: [jaeger]}}',
      'error/warning unknown-provider spec.meshConfig.defaultProviders.tracing[0]',
    ],
    [
      'meshConfig: {extensionProviders: [{name: a, zipkin: {service: "team/zipkin.team.svc.cluster.local", port: 9411}}], defaultProviders: {tracing: [a]}}',
    ],
    [
      'meshConfig: {extensionProviders: [{name: a, zipkin: {service: "zipkin:9411", port: 9411}}]}',
      'error/warning invalid-host spec.meshConfig.extensionProviders[0].zipkin.service',
    ],
    [
      'meshConfig: {extensionProviders: [{name: a, prometheus: {}}, {name: a, stackdriver: {}}]}',
      'error/warning duplicate-item spec.meshConfig.extensionProviders[1].name',
    ],
    [
      'meshConfig: {serviceSettings: [{hosts: [a.com, b.com]}, {hosts: [b.com]}]}',
      'error/warning duplicate-item spec.meshConfig.serviceSettings[1].hosts[0]',
    ],
    ['values: {revisionTags: [a, b, a]}', 'error/warning duplicate-item spec.values.revisionTags[2]'],
    [
      'components: {pilot: {k8s: {env: [{name: A, value: "1"}, {name: A, value: "2"}]}}}',
      'error/warning duplicate-item spec.components.pilot.k8s.env[1].name',
    ],
  ],
  certificates: [
    [`values: {base: {validationCABundle: ${btoa('-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n')}}}`],
    [
      'values: {base: {validationCABundle: Q0E=}}',
      'error/warning invalid-certificate spec.values.base.validationCABundle',
    ],
    [
      'values: {pilot: {istiodRemote: {injectionCABundle: "%%%"}}}',
      'error/warning invalid-certificate spec.values.pilot.istiodRemote.injectionCABundle',
    ],
    [
      'meshConfig: {caCertificates: [{pem: "-----BEGIN CERTIFICATE-----\\nx"}, {pem: Q0E=}]}',
      'error/warning invalid-certificate spec.meshConfig.caCertificates[1].pem',
    ],
    ['values: {base: {validationURL: "https://istiod.example.com:15017/validate"}}'],
    [
      'values: {base: {validationURL: "http://istiod.example.com/validate"}}',
      'error/warning invalid-url spec.values.base.validationURL',
    ],
    [
      'values: {base: {validationURL: "https://istiod.example.com/validate?a=b"}}',
      'error/warning invalid-url spec.values.base.validationURL',
    ],
    [
      'values: {pilot: {istiodRemote: {injectionURL: "https://[fd00::1]/inject", injectionPath: inject}}}',
      'error/warning invalid-url spec.values.pilot.istiodRemote.injectionPath',
    ],
  ],
  scheduling: [
    [
      'components: {pilot: {k8s: {tolerations: [{operator: Exists}, {key: a, effect: NoExecute, tolerationSeconds: 5}]}}}',
    ],
    [
      'components: {pilot: {k8s: {tolerations: [{effect: NoSchedule}]}}}',
      'error/warning invalid-toleration spec.components.pilot.k8s.tolerations[0]',
    ],
    [
      'components: {pilot: {k8s: {tolerations: [{key: a, operator: Exists, value: b}]}}}',
      'error/warning invalid-toleration spec.components.pilot.k8s.tolerations[0].value',
    ],
    [
      'components: {cni: {enabled: true, k8s: {tolerations: [{key: a, tolerationSeconds: 5}]}}}',
      'error/warning invalid-toleration spec.components.cni.k8s.tolerations[0].tolerationSeconds',
    ],
    [
      'components: {pilot: {k8s: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt, values: [x]}]}]}}}}}}',
      'error/warning invalid-selector spec.components.pilot.k8s.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values',
    ],
  ],
  'injected resources': [
    ['values: {global: {proxy: {resources: {requests: {memory: 512Mi}}}}}'],
    [
      'values: {global: {proxy: {resources: {requests: {memory: 2Gi}}}}}',
      'error/warning request-above-limit spec.values.global.proxy.resources.requests.memory',
    ],
    [
      'values: {global: {proxy: {resources: {limits: {cpu: 50m}}}}}',
      'error/warning request-above-limit spec.values.global.proxy.resources.limits.cpu',
    ],
    ['profile: empty\nvalues: {global: {proxy: {resources: {requests: {memory: 2Gi}}}}}'],
  ],
  clusters: [
    ['profile: remote\nvalues: {global: {remotePilotAddress: 10.0.0.1, network: net, multiCluster: {clusterName: c}}}'],
    [
      'profile: remote\nvalues: {global: {network: net, multiCluster: {clusterName: c}}}',
      'error/warning remote-without-address spec.profile',
    ],
    [
      'profile: remote\nvalues: {pilot: {istiodRemote: {injectionURL: "https://a/inject"}}, global: {network: net, multiCluster: {clusterName: c}}}',
      'warning remote-without-address spec.profile',
    ],
    [
      'profile: remote\nvalues: {global: {remotePilotAddress: "istiod.example.com:15012", network: net, multiCluster: {clusterName: c}}}',
      'error/warning invalid-address spec.values.global.remotePilotAddress',
    ],
    [
      'profile: remote\nvalues: {global: {remotePilotAddress: istiod.example.com}}',
      'warning remote-incomplete spec.values.global.remotePilotAddress',
      'warning remote-incomplete spec.values.global.remotePilotAddress',
    ],
    [
      'values: {global: {network: nett, meshNetworks: {net: {endpoints: [{fromRegistry: a}], gateways: [{address: 1.2.3.4, port: 15443}]}}}}',
      'warning network-mismatch spec.values.global.network',
    ],
    [
      'values: {global: {meshNetworks: {net: {gateways: [{address: "1.2.3.4:15443"}]}}}}',
      'error/warning invalid-address spec.values.global.meshNetworks.net.gateways[0].address',
      'error/warning missing-field spec.values.global.meshNetworks.net.gateways[0]',
    ],
    [
      'components: {ingressGateways: [{name: ew, label: {topology.istio.io/network: b}}]}\nvalues: {global: {network: a}}',
      'warning network-mismatch spec.components.ingressGateways[0].label["topology.istio.io/network"]',
    ],
    [
      'components: {ingressGateways: [{name: ew, k8s: {env: [{name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: a}]}}]}',
      'warning network-mismatch spec.components.ingressGateways[0].k8s.env[0].value',
    ],
  ],
  cni: [
    ['components: {cni: {enabled: true}}'],
    ['components: {cni: {enabled: true}}\nvalues: {cni: {repair: {deletePods: true, repairPods: false}}}'],
    [
      'components: {cni: {enabled: true}}\nvalues: {cni: {repair: {deletePods: true}}}',
      'warning conflicting-fields spec.values.cni.repair.deletePods',
    ],
    [
      'components: {cni: {enabled: true}}\nvalues: {cni: {istioOwnedCNIConfig: true}}',
      'warning conflicting-fields spec.values.cni.istioOwnedCNIConfig',
    ],
    ['profile: ambient\nvalues: {cni: {istioOwnedCNIConfig: true}}'],
    ['values: {pilot: {taint: {enabled: true}}}', 'warning missing-component spec.values.pilot.taint.enabled'],
    ['components: {cni: {namespace: kube-system}}', 'warning half-enabled spec.components.cni'],
  ],
  'settings that lose': [
    ['hub: a.example.com/x\nvalues: {global: {hub: b.example.com/x}}', 'warning overridden-setting spec.hub'],
    ['hub: a.example.com/x\nvalues: {global: {hub: a.example.com/x}}'],
    ['values: {global: {tag: 1.30.1}}'],
    [
      'meshConfig: {accessLogFile: /a}\nvalues: {meshConfig: {accessLogFile: /b, trustDomain: td}}',
      'warning overridden-setting spec.values.meshConfig.accessLogFile',
    ],
    ['values: {pilot: {enabled: false}}', 'warning overridden-setting spec.values.pilot.enabled'],
    ['values: {pilot: {cni: {enabled: true}}}', 'warning overridden-setting spec.values.pilot.cni.enabled'],
    ['components: {cni: {enabled: true}}\nvalues: {pilot: {cni: {enabled: true}}}'],
    ['values: {gateways: {istio-egressgateway: {enabled: true}}}'],
    [
      'components: {egressGateways: [{name: a, enabled: false}]}\nvalues: {gateways: {istio-egressgateway: {enabled: true}}}',
      'warning overridden-setting spec.components.egressGateways[0].enabled',
    ],
    [
      'values: {gateways: {istio-ingressgateway: {enabled: false}}}',
      'warning overridden-setting spec.values.gateways.istio-ingressgateway.enabled',
    ],
  ],
  'settings without effect': [
    ['namespace: istio-system'],
    ['namespace: mesh', 'warning ignored-setting spec.namespace'],
    [
      'components: {ingressGateways: [{name: a, hub: a.example.com/x}]}',
      'warning ignored-setting spec.components.ingressGateways[0].hub',
    ],
    ['values: {cni: {repair: {tag: x}}}', 'warning ignored-setting spec.values.cni.repair.tag'],
    [
      'components: {cni: {k8s: {replicaCount: 2, strategy: {type: Recreate}}}}',
      'warning half-enabled spec.components.cni',
      'error/warning unsuitable-setting spec.components.cni.k8s.replicaCount',
      'error/warning unsuitable-setting spec.components.cni.k8s.strategy',
    ],
  ],
  deprecations: [
    ['values: {pilot: {resources: {requests: {cpu: 1}}}}', 'info deprecated-field spec.values.pilot.resources'],
    [
      'unvalidatedValues: {global: {mtls: {auto: true}}}',
      'warning deprecated-field spec.unvalidatedValues.global.mtls.auto',
    ],
    [
      'values: {global: {tracer: {zipkin: {address: "a:1"}}}}',
      'warning deprecated-field spec.values.global.tracer.zipkin.address',
    ],
    [
      'meshConfig: {extensionProviders: [{name: a, opencensus: {service: a.com, port: 1}}]}',
      'info deprecated-field spec.meshConfig.extensionProviders[0].opencensus',
    ],
  ],
  'compatibility versions': [
    ['compatibilityVersion: "1.29"'],
    ['compatibilityVersion: "1.20"', 'error unknown-compatibility-version spec.compatibilityVersion'],
    ['compatibilityVersion: "1.30"', 'error unknown-compatibility-version spec.compatibilityVersion'],
    ['values: {compatibilityVersion: "1.26"}', 'warning old-compatibility-version spec.values.compatibilityVersion'],
    ['profile: empty\ncompatibilityVersion: "1.20"'],
  ],
  'versions of images': [
    ['tag: latest'],
    ['tag: 1.30.1'],
    ['tag: 1.29.2', 'warning version-mismatch spec.tag'],
    ['values: {global: {tag: v1.31.0}}', 'warning version-mismatch spec.values.global.tag'],
    ['components: {cni: {enabled: true, tag: 1.29.0}}'],
    ['components: {cni: {enabled: true, tag: 1.28.0}}', 'warning version-skew spec.components.cni.tag'],
    [
      'components: {ingressGateways: [{name: a, tag: 1.31.0}]}',
      'warning version-skew spec.components.ingressGateways[0].tag',
    ],
  ],
}

describe.each(Object.entries(families))('%s', (_, rows) => {
  test.each(rows)('%s', (spec, ...told) => {
    expect(problemsOf(spec).map(short).sort()).toEqual([...told].sort())
  })
})

test.each<[spec: string, code: string, value: unknown]>([
  ['revision: A_B', 'invalid-revision', 'A_B'],
  ['meshConfig: {proxyListenPort: 70000}', 'invalid-port', 70000],
  ['values: {pilot: {autoscaleMin: 3}}\nmeshConfig: {trustDomain: ""}', 'invalid-trust-domain', ''],
  // A key that is wrong has no value to mend, a map has parts of its own, and a secret is nobody's business.
  ['namespace: elsewhere', 'ignored-setting', undefined],
  ['components: {ingressGateways: [{enabled: true}]}', 'missing-name', undefined],
  ['values: {base: {validationCABundle: YQ==}}', 'invalid-certificate', undefined],
])('%s comes with its value', (spec, code, value) => {
  expect(problemsOf(spec).find((problem) => problem.code === code)).toMatchObject({ code, severity: expect.anything() })
  expect(problemsOf(spec).find((problem) => problem.code === code)?.value).toBe(value)
})
