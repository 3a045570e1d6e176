import { describe, expect, test } from 'vitest'
import { meshProblems, short } from '../../../../test/rules/told.ts'

/** What is said once objects are rendered: of one `spec`, or of several side by side. */
type Row = readonly [specs: string | readonly string[], ...told: readonly string[]]

const pilot = (k8s: string) => `profile: minimal\ncomponents: {pilot: {k8s: {${k8s}}}}`
const overlay = (kind: string, name: string, path: string, value: string) =>
  `overlays: [{kind: ${kind}, name: ${name}, patches: [{path: "${path}", value: ${value}}]}]`
const gateway = (fields: string, values = '{}') =>
  `components: {ingressGateways: [{name: edge, ${fields}}]}\nvalues: {gateways: {istio-ingressgateway: ${values}}}`
const k8s = 'spec.components.pilot.k8s'
const edge = 'spec.components.ingressGateways[0]'
const own = 'spec.values.gateways.istio-ingressgateway'

const families: { readonly [family: string]: readonly Row[] } = {
  resources: [
    [pilot('resources: {requests: {cpu: 100m}, limits: {cpu: "1"}}')],
    [pilot('resources: {limits: {memory: 2Gi}}')],
    [pilot('resources: {limits: {memory: 1Gi}}'), `error/warning request-above-limit ${k8s}.resources.limits.memory`],
    [
      pilot('resources: {requests: {cpu: 1500m}, limits: {cpu: 1}}'),
      `error/warning request-above-limit ${k8s}.resources.requests.cpu`,
    ],
    [
      gateway('k8s: {resources: {limits: {cpu: 50m}}}'),
      `error/warning request-above-limit ${edge}.k8s.resources.limits.cpu`,
    ],
    [
      pilot(
        overlay('Deployment', 'istiod', 'spec.template.spec.containers.[name:discovery].resources.limits', '{cpu: 1m}'),
      ),
      `error/warning request-above-limit ${k8s}.overlays[0].patches[0].value`,
    ],
  ],
  variables: [
    [pilot('env: [{name: NEW, value: a}, {name: REVISION, value: b}]')],
    [
      pilot(
        overlay(
          'Deployment',
          'istiod',
          'spec.template.spec.containers.[name:discovery].env.[-1]',
          '{name: REVISION, value: x}',
        ),
      ),
      `error/warning duplicate-item ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {env: {CLUSTER_ID: a}}}',
      'error/warning duplicate-item spec.values.pilot.env.CLUSTER_ID',
    ],
    [
      pilot('env: [{name: CLUSTER_ID, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
      `error/warning conflicting-fields ${k8s}.env[0].name`,
    ],
    [pilot('env: [{name: CLUSTER_ID, value: null, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]')],
  ],
  volumes: [
    [
      'profile: minimal\nvalues: {pilot: {volumes: [{name: a, emptyDir: {}}], volumeMounts: [{name: a, mountPath: /a}]}}',
    ],
    [
      'profile: minimal\nvalues: {pilot: {volumeMounts: [{name: a, mountPath: /a}]}}',
      'error/warning unknown-volume spec.values.pilot.volumeMounts',
    ],
    [
      'profile: minimal\nvalues: {pilot: {volumes: [{name: local-certs, emptyDir: {}}]}}',
      'error/warning duplicate-item spec.values.pilot.volumes',
    ],
    [
      gateway(
        'enabled: true',
        '{injectionTemplate: gateway, secretVolumes: [{name: a, secretName: a, mountPath: /a}]}',
      ),
    ],
  ],
  workloads: [
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.metadata.labels.istio', 'other')),
      `error/warning selector-mismatch ${k8s}.overlays[0].patches[0].value`,
      'warning service-without-pods spec.components.pilot',
    ],
    [pilot('strategy: {type: Recreate}'), `error/warning conflicting-fields ${k8s}.strategy.type`],
    [pilot('strategy: {type: Recreate, rollingUpdate: null}')],
    [
      'components: {ingressGateways: [{name: a}, {name: b}]}',
      'warning overlapping-selectors spec.components.ingressGateways[1]',
    ],
    ['components: {ingressGateways: [{name: a}, {name: b, label: {istio: b}}]}'],
    ['components: {ingressGateways: [{name: a}, {name: b, namespace: other}]}'],
  ],
  scaling: [
    ['profile: minimal\nvalues: {pilot: {autoscaleMin: 2}}'],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 9}}',
      'error/warning autoscaler-bounds spec.values.pilot.autoscaleMin',
    ],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 2, autoscaleMax: 1}}',
      'error/warning autoscaler-bounds spec.values.pilot.autoscaleMin',
    ],
    [pilot('hpaSpec: {maxReplicas: 3, minReplicas: 4}'), `error/warning autoscaler-bounds ${k8s}.hpaSpec.minReplicas`],
    [pilot('hpaSpec: {minReplicas: 0}'), `error/warning autoscaler-bounds ${k8s}.hpaSpec.minReplicas`],
    [pilot('replicaCount: 3'), `warning scaled-twice ${k8s}.replicaCount`],
    ['profile: minimal\nvalues: {pilot: {autoscaleEnabled: false}}\ncomponents: {pilot: {k8s: {replicaCount: 3}}}'],
    [
      'profile: minimal\nvalues: {pilot: {replicaCount: 3}}',
      'info deprecated-field spec.values.pilot.replicaCount',
      'warning scaled-twice spec.values.pilot.replicaCount',
    ],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 2}}\ncomponents: {pilot: {k8s: {podDisruptionBudget: {minAvailable: 2}}}}',
      `warning budget-blocks-drain ${k8s}.podDisruptionBudget.minAvailable`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 2}}\ncomponents: {pilot: {k8s: {podDisruptionBudget: {minAvailable: 80%}}}}',
      `warning budget-blocks-drain ${k8s}.podDisruptionBudget.minAvailable`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 2}}\ncomponents: {pilot: {k8s: {podDisruptionBudget: {maxUnavailable: 0%}}}}',
      `warning budget-blocks-drain ${k8s}.podDisruptionBudget.maxUnavailable`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {autoscaleMin: 3}}\ncomponents: {pilot: {k8s: {podDisruptionBudget: {minAvailable: 50%}}}}',
    ],
  ],
  services: [
    [
      gateway(
        'k8s: {service: {ports: [{port: 80, targetPort: 8080, name: a}, {port: 443, targetPort: 8443, name: b}]}}',
      ),
    ],
    [
      gateway(
        'k8s: {service: {ports: [{port: 80, targetPort: 8080, name: a}, {port: 80, targetPort: 8081, name: b}]}}',
      ),
      `error/warning duplicate-item ${edge}.k8s.service.ports`,
    ],
    [
      gateway(
        'k8s: {service: {ports: [{port: 80, targetPort: 8080, name: a}, {port: 443, targetPort: 8443, name: a}]}}',
      ),
      `error/warning duplicate-item ${edge}.k8s.service.ports`,
    ],
    [
      gateway('k8s: {service: {ports: [{port: 80, targetPort: 8080}, {port: 443, targetPort: 8443, name: b}]}}'),
      `error/warning missing-name ${edge}.k8s.service.ports`,
    ],
    [gateway('k8s: {service: {ports: [{port: 80, targetPort: 8080}]}}')],
    [
      pilot('service: {ports: [{port: 80, targetPort: web, name: a}]}'),
      `warning unknown-target-port ${k8s}.service.ports`,
    ],
    [gateway('k8s: {service: {externalTrafficPolicy: Local}}')],
    [
      gateway('k8s: {service: {type: ClusterIP, externalTrafficPolicy: Local}}'),
      `error/warning conflicting-fields ${edge}.k8s.service.externalTrafficPolicy`,
    ],
    [
      gateway('enabled: true', '{type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8]}'),
      `error/warning conflicting-fields ${own}.loadBalancerSourceRanges`,
    ],
    [
      gateway('enabled: true', '{type: ClusterIP, ports: [{name: a, port: 8080, nodePort: 30080}]}'),
      `error/warning conflicting-fields ${own}.ports`,
    ],
    [gateway('k8s: {service: {selector: {a: b}}}'), `warning service-without-pods ${edge}.k8s.service.selector`],
  ],
  'names of objects': [
    [gateway('name2: x').replace('name: edge, name2: x', `name: ${'a'.repeat(63)}`)],
    [
      `components: {ingressGateways: [{name: ${'a'.repeat(64)}}]}`,
      `error/warning invalid-object-name ${edge}.name`,
      `error/warning invalid-label ${edge}.name`,
    ],
    ['components: {ingressGateways: [{name: my.edge}]}', `error/warning invalid-object-name ${edge}.name`],
    [
      `profile: minimal\nvalues: {revisionTags: [${'a'.repeat(50)}]}`,
      'error/warning invalid-object-name spec.values.revisionTags[0]',
    ],
    [
      `profile: minimal\nvalues: {pilot: {podLabels: {team: ${'b'.repeat(64)}}}}`,
      'error/warning invalid-label spec.values.pilot.podLabels.team',
    ],
  ],
  'parts of the mesh': [
    ['profile: empty\ncomponents: {ingressGateways: [{name: a}]}', `warning missing-component ${edge}`],
    [['profile: empty\ncomponents: {ingressGateways: [{name: a}]}', 'profile: minimal']],
    [
      [
        'profile: empty\nrevision: blue\ncomponents: {ingressGateways: [{name: a}]}',
        'profile: minimal\nrevision: green',
      ],
      'warning revision-not-rendered spec.revision',
    ],
    [
      [
        'profile: empty\nrevision: prod\ncomponents: {ingressGateways: [{name: a}]}',
        'profile: minimal\nrevision: green\nvalues: {revisionTags: [prod]}',
      ],
    ],
    [
      [
        'profile: empty\ncomponents: {ingressGateways: [{name: a, label: {istio.io/rev: blu}}]}\nvalues: {gateways: {istio-ingressgateway: {injectionTemplate: gateway}}}',
        'profile: minimal\nrevision: blue',
      ],
      `warning revision-not-rendered ${edge}`,
    ],
    [
      'profile: minimal\nrevision: blue\nvalues: {defaultRevision: green}',
      'warning revision-not-rendered spec.values.defaultRevision',
    ],
    [
      [
        'profile: minimal\nrevision: blue\nvalues: {defaultRevision: blue}',
        'profile: empty\nrevision: green\ncomponents: {pilot: {enabled: true}}',
      ],
    ],
    [
      [
        'profile: minimal',
        'profile: empty\ncomponents: {pilot: {enabled: true}}\nvalues: {global: {istioNamespace: other}}',
      ],
      'error/warning two-defaults spec',
    ],
    [
      [
        'profile: minimal\nrevision: a\nvalues: {revisionTags: [default, x]}',
        'profile: empty\nrevision: b\ncomponents: {pilot: {enabled: true}}\nvalues: {revisionTags: [default, a, x]}',
      ],
      'error/warning two-defaults spec.values.revisionTags[0]',
      'error/warning duplicate-item spec.values.revisionTags[1]',
      'error/warning duplicate-item spec.values.revisionTags[2]',
    ],
  ],
  types: [
    [pilot(overlay('Service', 'istiod', 'metadata.labels.zero', '"0"'))],
    [
      pilot(overlay('Service', 'istiod', 'metadata.labels.zero', '0')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      pilot(overlay('Service', 'istiod', 'metadata.labels', '{app: istiod, "example.com/on": true}')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value["example.com/on"]`,
    ],
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template', '{metadata: {annotations: {a: 1, b: "1"}}}')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value.metadata.annotations.a`,
      'error/warning selector-mismatch spec.components.pilot',
      'warning service-without-pods spec.components.pilot',
    ],
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.spec.nodeSelector', '"a: 1"')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.spec.containers.[name:discovery].args.[-1]', '5')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      pilot(overlay('ConfigMap', 'istio', 'data.mesh', '{a: b}')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.spec.hostAliases.[0].ip', '"192.0.2.1"')),
      `error overlay-miss ${k8s}.overlays[0].patches[0].path`,
    ],
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.spec.hostAliases', '"ip: 192.0.2.1"')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      pilot(overlay('Service', 'istiod', 'spec.ports', '80')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
      `error/warning missing-field ${k8s}.overlays[0].patches[0].value`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {env: {"YES": a, "NULL": b, "1.0": c, KEPT: d}}}',
      'error/warning wrong-type spec.values.pilot.env.YES',
      'error/warning wrong-type spec.values.pilot.env.NULL',
      'error/warning wrong-type spec.values.pilot.env["1.0"]',
    ],
    [
      gateway('k8s: {service: {ports: [{name: https, port: 443, targetPort: https}]}}'),
      `error/warning wrong-type ${edge}.k8s.service.ports[0].targetPort`,
    ],
  ],
  'variables without a name': [
    [
      pilot(overlay('Deployment', 'istiod', 'spec.template.spec.containers.[name:discovery].env.[-1]', '{value: x}')),
      `error/warning wrong-type ${k8s}.overlays[0].patches[0].value`,
    ],
  ],
  'field references': [
    [pilot('env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels[\'app\']"}}}]')],
    [pilot('env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.host}}}]')],
    [pilot('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.hugepages-2Mi}}}]')],
    [
      pilot('env: [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: status.podIP}}}]'),
      `error/warning not-allowed-value ${k8s}.env[0].valueFrom.fieldRef.apiVersion`,
    ],
    [
      pilot('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]'),
      `error/warning not-allowed-value ${k8s}.env[0].valueFrom.fieldRef.fieldPath`,
    ],
    [
      pilot('env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.gpu}}}]'),
      `error/warning not-allowed-value ${k8s}.env[0].valueFrom.resourceFieldRef.resource`,
    ],
    [
      'profile: minimal\nvalues: {pilot: {volumes: [{name: a, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.labels}}]}}]}}',
    ],
    [
      'profile: minimal\nvalues: {pilot: {volumes: [{name: a, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: status.podIP}}]}}]}}',
      'error/warning not-allowed-value spec.values.pilot.volumes[0].downwardAPI.items[0].fieldRef.fieldPath',
    ],
  ],
  'ports of Services': [
    [pilot('service: {ports: null}'), `error/warning missing-field ${k8s}.service.ports`],
    [pilot('service: {ports: null, clusterIP: None}')],
    [pilot('service: {ports: null, type: ExternalName, externalName: example.com}')],
    [gateway('enabled: true', '{ports: []}'), `error/warning missing-field ${own}.ports`],
    [
      pilot('service: {type: LoadBalancer, healthCheckNodePort: 32000}'),
      `error/warning conflicting-fields ${k8s}.service.healthCheckNodePort`,
    ],
    [
      pilot('service: {type: LoadBalancer, healthCheckNodePort: 32000, externalTrafficPolicy: Local}'),
      'warning blocking-load-balancer spec.components.pilot',
    ],
  ],
  ambient: [
    ['profile: ambient'],
    [
      'profile: empty\ncomponents: {ztunnel: {enabled: true}}\nvalues: {profile: ambient}',
      'warning missing-component spec.components.ztunnel',
    ],
    [
      'profile: empty\ncomponents: {cni: {enabled: true}}\nvalues: {profile: ambient}',
      'warning missing-component spec.components.cni',
    ],
    [
      'profile: ambient\nvalues: {cni: {ambient: {enabled: false}}}',
      'error/warning ambient-conflict spec.components.ztunnel',
    ],
    [
      'profile: minimal\ncomponents: {ztunnel: {enabled: true}, cni: {enabled: true}}\nvalues: {cni: {ambient: {enabled: true}}}',
      'error/warning ambient-conflict spec.components.ztunnel',
    ],
    [
      'profile: ambient\ncomponents: {ztunnel: {namespace: other}}',
      'error/warning ambient-conflict spec.components.ztunnel.namespace',
    ],
    [
      'profile: ambient\nvalues: {pilot: {trustedZtunnelNamespace: other}}',
      'error/warning ambient-conflict spec.values.pilot.trustedZtunnelNamespace',
    ],
    [
      [
        'profile: empty\ncomponents: {ztunnel: {enabled: true}}\nvalues: {profile: ambient}',
        'profile: empty\ncomponents: {cni: {enabled: true}}\nvalues: {profile: ambient}',
        'profile: minimal\nvalues: {profile: ambient}',
      ],
    ],
  ],
}

describe.each(Object.entries(families))('%s', (_, rows) => {
  test.each(rows)('%s', (specs, ...told) => {
    const problems = meshProblems(typeof specs === 'string' ? [specs] : specs)
    expect(problems.map(short).sort()).toEqual([...told].sort())
  })
})

test('a number that may be a secret is not told', () => {
  const env = 'spec.template.spec.containers.[name:discovery].env.[-1]'
  const [problem] = meshProblems([pilot(overlay('Deployment', 'istiod', env, '{name: DB_PASSWORD, value: 1234567}'))])
  expect(problem).toMatchObject({ code: 'wrong-type', path: `${k8s}.overlays[0].patches[0].value`, at: { line: 6 } })
  expect(JSON.stringify(problem)).not.toContain('1234567')
})

describe('the API of the cluster', () => {
  const spec = ['profile: minimal\nvalues: {experimental: {stableValidationPolicy: true}}']
  const codes = (kubeVersion?: string, specs = spec) =>
    meshProblems(specs, { kubeVersion })
      .filter(({ code }) => code === 'api-not-served')
      .map(({ message }) => /hold no (\S+)/.exec(message)?.[1])

  test.each([
    [undefined, []],
    ['1.32.0', []],
    ['1.29.1', ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']],
    ['v1.22.0', ['HorizontalPodAutoscaler', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']],
  ])('of Kubernetes %s lacks %j', (version, kinds) => {
    expect([...new Set(codes(version))].sort()).toEqual(kinds)
  })

  test('that an overlay asks for may be gone', () => {
    const old = pilot(overlay('HorizontalPodAutoscaler', 'istiod', 'apiVersion', 'autoscaling/v2beta2'))
    expect(codes('1.25.0', [old])).toEqual([])
    expect(codes('1.26.0', [old])).toEqual(['HorizontalPodAutoscaler'])
  })
})

describe('every built-in profile', () => {
  const presets = ['default', 'demo', 'minimal', 'ambient', 'openshift', 'openshift-ambient', 'preview', 'stable']
  test.each(presets)('%s is fine', (profile) => {
    expect(meshProblems([`profile: ${profile}`]).map(short)).toEqual([])
  })

  test.each(['dev', 'test', 'staging', 'prod'])('default is fine in the environment %s', (environment) => {
    const told = meshProblems(['profile: default'], { environment }).filter(({ code }) => code !== 'deprecated-field')
    expect(told.map(short)).toEqual([])
  })
})
