import { describe, expect, test } from 'vitest'
import { environments } from '../../istio/environments.ts'
import { profiles } from '../../istio/profiles.ts'
import type { Problem } from '../../problem.ts'
import { readDocuments } from '../../yaml/read.ts'
import { checkSchema } from './schema.ts'

/** What is told of a text that is taken for a whole IstioOperator. */
function told(text: string): Problem[] {
  const problems: Problem[] = []
  const [document] = readDocuments(text, 'mesh.yaml', (problem) => problems.push(problem))
  if (!document) throw new Error('the text must hold a document')
  checkSchema(
    { operator: document.value as object as { [field: string]: unknown }, locate: document.locate },
    (problem) => problems.push(problem),
  )
  return problems
}

/** `code line:col` of each problem, with what it is under istioctl's leniency where that differs. */
function brief(text: string): string[] {
  return told(text).map(({ code, at, istioctl }) => `${code} ${at?.line}:${at?.col}${istioctl ? ` ${istioctl}` : ''}`)
}

describe('one problem a mistake, where it is', () => {
  const rows: [name: string, text: string, ...problems: string[]][] = [
    ['nothing to tell', 'spec: {profile: minimal, tag: 1.30.3, components: {pilot: {enabled: true, hub: null}}}'],
    ['a field nobody knows', 'spec:\n  components:\n    pilot: {enabeld: true}', 'unknown-field 3:13'],
    [
      'a misspelt field that must be there',
      'spec: {components: {pilot: {k8s: {overlays: [{kindd: Deployment, name: a, patches: []}]}}}}',
      'unknown-field 1:47',
    ],
    [
      'a field that is missing beside one that nobody knows',
      'spec: {components: {pilot: {k8s: {overlays: [{weight: 1, name: a, patches: []}]}}}}',
      'unknown-field 1:47',
      'missing-field 1:46 warning',
    ],
    ['what Istio dropped', 'spec: {meshConfig: {thrift_config: {a: b}, defaultConfig: {connectTimeout: 1s}}}'],
    ['a field beside the spec', 'spec: {}\nstatus: {}', 'unknown-field 2:1'],
    ['in metadata', 'metadata: {lables: {a: b}}', 'unknown-field 1:12'],
    ['in values', 'spec: {values: {global: {proxi: {}}}}', 'unknown-field 1:26'],
    ['in the mesh, which istioctl lets pass', 'spec: {meshConfig: {accessLogFil: a}}', 'unknown-field 1:21 warning'],
    ['deep in the mesh', 'spec: {meshConfig: {defaultConfig: {tracing: {zipkn: {}}}}}', 'unknown-field 1:47 warning'],
    ['in a Kubernetes type', 'spec: {components: {pilot: {k8s: {env: [{name: a, vlaue: b}]}}}}', 'unknown-field 1:51'],
    [
      'in a Kubernetes type inside of values',
      'spec: {values: {pilot: {affinity: {nodeAfinity: {}}}}}',
      'unknown-field 1:36',
    ],
    ['in what the installer looks not into', 'spec: {values: {ztunnel: {resorces: {}}}}', 'unknown-field 1:27 warning'],
    ['in free values', 'spec: {unvalidatedValues: {anything: {goes: here}}, values: {pilot: {env: {ANY: a}}}}'],

    ['a name in the wrong case', 'spec: {components: {Pilot: {enabled: false}}}', 'wrong-case 1:21 warning'],
    ['and what is in it', 'spec: {components: {Pilot: {enabled: 1}}}', 'wrong-case 1:21 warning', 'wrong-type 1:38'],
    ['in values the case counts', 'spec: {values: {Pilot: {}}}', 'unknown-field 1:17'],
    ['another name in values', 'spec: {values: {cni: {resource_quotas: {enabled: true}}}}', 'other-name 1:23'],
    ['another name in the mesh', 'spec: {meshConfig: {access_log_file: /dev/stdout, mesh_mTLS: {}}}'],

    ['text where a boolean belongs', 'spec: {components: {cni: {enabled: "yes"}}}', 'wrong-type 1:36'],
    ['a number where text belongs', 'spec: {compatibilityVersion: 1.25}', 'wrong-type 1:30'],
    ['text where a number belongs', 'spec: {values: {pilot: {autoscaleMin: two}}}', 'wrong-type 1:39'],
    ['numbers as text', 'spec: {values: {pilot: {autoscaleMin: "2"}}, meshConfig: {proxyListenPort: "15001"}}'],
    ['but not for Go', 'spec: {components: {pilot: {k8s: {replicaCount: "2"}}}}', 'wrong-type 1:49'],
    ['a scalar where a map belongs', 'spec: {components: {pilot: true}}', 'wrong-type 1:28'],
    ['a list where a map belongs', 'spec: {components: [pilot]}', 'wrong-type 1:20'],
    ['a map where a list belongs', 'spec: {components: {ingressGateways: {name: a}}}', 'wrong-type 1:38'],
    ['a label that is no text', 'spec: {components: {pilot: {k8s: {nodeSelector: {a: true}}}}}', 'wrong-type 1:53'],
    ['a hole in a list', 'spec: {components: {ingressGateways: [null]}}', 'wrong-type 1:39 warning'],
    ['a tag that is a map', 'spec: {tag: {a: b}}', 'wrong-type 1:13'],

    ['a fraction', 'spec: {components: {pilot: {k8s: {replicaCount: 1.5}}}}', 'wrong-type 1:49'],
    ['less than nothing', 'spec: {components: {pilot: {k8s: {replicaCount: -1}}}}', 'out-of-range 1:49'],
    ['as text', 'spec: {values: {pilot: {autoscaleMin: "-2"}}}', 'out-of-range 1:39'],
    [
      'a port beyond all ports',
      'spec: {components: {pilot: {k8s: {service: {ports: [{port: 70000}]}}}}}',
      'out-of-range 1:60 warning',
    ],
    [
      'more than 32 bits',
      'spec: {components: {pilot: {k8s: {service: {ports: [{port: 3000000000}]}}}}}',
      'out-of-range 1:60',
    ],

    ['a quantity', 'spec: {components: {pilot: {k8s: {resources: {limits: {cpu: abc}}}}}}', 'wrong-format 1:61'],
    [
      'good quantities',
      'spec: {components: {pilot: {k8s: {resources: {limits: {cpu: 1, memory: 1Gi, a: 1e3, b: .5}}}}}}',
    ],
    ['a duration', 'spec: {meshConfig: {connectTimeout: 10}}', 'wrong-type 1:37'],
    ['with spaces', 'spec: {meshConfig: {defaultConfig: {drainDuration: 1 minute}}}', 'wrong-format 1:52'],
    [
      'good durations',
      'spec: {meshConfig: {connectTimeout: 1h2m3.5s, protocolDetectionTimeout: "0", dnsRefreshRate: 5µs}}',
    ],
    [
      'a label value',
      'spec: {components: {ingressGateways: [{name: a, label: {app: "a b"}}]}}',
      'wrong-format 1:62 warning',
    ],
    [
      'a label key',
      'spec: {components: {ingressGateways: [{name: a, label: {"a b": c}}]}}',
      'wrong-format 1:57 warning',
    ],
    [
      'the name of a port',
      'spec: {components: {pilot: {k8s: {service: {ports: [{port: 1, targetPort: "80"}]}}}}}',
      'wrong-format 1:75 warning',
    ],
    [
      'a percentage',
      'spec: {components: {pilot: {k8s: {strategy: {rollingUpdate: {maxSurge: half}}}}}}',
      'wrong-format 1:72 warning',
    ],

    ['an enum', 'spec: {meshConfig: {outboundTrafficPolicy: {mode: ALLOW_NOTHING}}}', 'not-allowed-value 1:51'],
    ['by number', 'spec: {meshConfig: {outboundTrafficPolicy: {mode: 1}}}'],
    ['by a number that it lacks', 'spec: {meshConfig: {outboundTrafficPolicy: {mode: 2}}}', 'wrong-type 1:51 warning'],
    [
      'a word of Kubernetes',
      'spec: {components: {pilot: {k8s: {imagePullPolicy: Alway}}}}',
      'not-allowed-value 1:52 warning',
    ],
    ['no word at all', 'spec: {components: {pilot: {k8s: {imagePullPolicy: ""}}}}'],
    ['and no text', 'spec: {components: {pilot: {k8s: {imagePullPolicy: 1}}}}', 'wrong-type 1:52'],

    [
      'two of one kind',
      'spec: {meshConfig: {extensionProviders: [{name: a, zipkin: {}, datadog: {}}]}}',
      'exclusive-fields 1:64 warning',
    ],
    ['one of which is unset', 'spec: {meshConfig: {extensionProviders: [{name: a, zipkin: null, datadog: {}}]}}'],
    ['a name that lacks', 'spec: {meshConfig: {extensionProviders: [{zipkin: {}}]}}', 'missing-field 1:42 warning'],
    ['a merge key that lacks', 'spec: {components: {pilot: {k8s: {env: [{value: a}]}}}}', 'missing-field 1:41'],

    ['what the installer overwrites', 'spec: {values: {pilot: {enabled: sure}}}', 'wrong-type 1:34 warning'],
    [
      'what the spec overwrites',
      'spec: {values: {meshConfig: {accessLogFile: 1, rootNamespace: 2}}, meshConfig: {accessLogFile: a}}',
      'wrong-type 1:45 warning',
      'wrong-type 1:63',
    ],
    [
      'what only istioctl refuses',
      'spec: {values: {global: {waypoint: {nodeSelector: {disk: ssd}}}, pilot: {extraContainerArgs: [--a]}}}',
      'istioctl-rejects 1:51 error',
      'istioctl-rejects 1:94 error',
    ],
    [
      'what only istioctl takes',
      'spec: {values: {gateways: {istio-ingressgateway: {podAntiAffinityLabelSelector: [{matchLabels: {a: b}}]}}}}',
      'unknown-field 1:83 warning',
    ],
    [
      'what only the charts take',
      'spec: {values: {gateways: {istio-ingressgateway: {podAntiAffinityLabelSelector: [{key: a, operator: In, topologyKey: b}]}}}}',
      'istioctl-rejects 1:81 error',
    ],
    [
      'a mesh field that Istio knew once',
      'spec: {meshConfig: {mixerCheckServer: a, defaultConfig: {zipkinAddress: b}}}',
    ],
    [
      'many at once',
      'spec: {profil: a, hub: 1, components: {pilot: {k8s: {hpa: {}}}}}',
      'unknown-field 1:8',
      'wrong-type 1:24',
      'unknown-field 1:54',
    ],
  ]
  test.each(rows)('%s', (_, text, ...problems) => {
    expect(brief(text)).toEqual(problems)
  })
})

describe('hints', () => {
  const rows: [text: string, hint: string | undefined][] = [
    ['spec: {meshConfig: {accessLogFil: a}}', 'did you mean `accessLogFile`?'],
    [
      'spec: {values: {global: {logLevel: debug}}}',
      'use `global.proxy.logLevel` for proxies, `global.logging.level` for the rest.',
    ],
    [
      'spec: {components: {pilot: {tolerations: []}}}',
      'it belongs elsewhere: did you mean `spec.components.pilot.k8s.tolerations`?',
    ],
    ['spec: {accessLogFile: a}', 'it belongs elsewhere: did you mean `spec.meshConfig.accessLogFile`?'],
    [
      'spec: {values: {pilot: {accessLogFile: a}}}',
      'it belongs elsewhere: did you mean `spec.values.meshConfig.accessLogFile`?',
    ],
    ['spec: {components: {pilot: {replicas: 2}}}', 'use `k8s.replicaCount`.'],
    ['spec: {components: {pilot: {nonsense: 2}}}', 'known here: `enabled`, `namespace`, `hub`, `tag`, `k8s`.'],
    ['spec: {values: {grafana: {}}}', 'remove it: Istio 1.8 dropped the add-ons; install Grafana with its own chart.'],
    [
      'spec: {values: {cni: {tolerations: []}}}',
      "the charts read it although the installer's schema lacks it: write `unvalidatedValues.cni.tolerations`.",
    ],
    ['spec: {components: {pilot: {enabled: "true"}}}', 'write `enabled: true`, without quotes.'],
    ['spec: {components: {pilot: {k8s: {replicaCount: "2"}}}}', 'write `replicaCount: 2`, without quotes.'],
    ['spec: {profile: 5}', 'put it into quotes: `profile: "5"`.'],
    ['spec: {meshConfig: {outboundTrafficPolicy: {mode: REGISTRYONLY}}}', 'did you mean "REGISTRY_ONLY"?'],
    ['spec: {meshConfig: {connectTimeout: soon}}', 'for example 500ms, 30s, 1h30m.'],
    ['spec: {components: [pilot]}', 'remove the `- ` before its fields.'],
    [
      'spec: {components: 5}',
      'it holds fields such as `base`, `pilot`, `cni`, `ztunnel`, `ingressGateways`, `egressGateways`.',
    ],
    ['spec: {components: {ingressGateways: {}}}', 'write each item on a line of its own that begins with `- `.'],
    ['spec: {components: {PILOT: {}}}', 'did you mean `pilot`?'],
    [
      'spec: {components: {pilot: {k8s: {env: [{name: a, $patch: delete}]}}}}',
      'settings know no directives of patches: use `overlays` to take something out.',
    ],
  ]
  test.each(rows)('%s', (text, hint) => {
    expect(told(text)[0]?.hint).toBe(hint)
  })
})

describe('messages', () => {
  const rows: [text: string, message: string][] = [
    ['spec: {values: {global: {proxi: {}}}}', '`spec.values.global.proxi` must be a known field; "proxi" is none'],
    [
      'spec: {values: {pilot: {autoscaleMin: two}}}',
      '`spec.values.pilot.autoscaleMin` must be a whole number; it is "two"',
    ],
    [
      'spec: {components: {pilot: {k8s: {replicaCount: -1}}}}',
      '`spec.components.pilot.k8s.replicaCount` must be a whole number from 0 on; it is -1',
    ],
    [
      'spec: {meshConfig: {accessLogEncoding: XML}}',
      '`spec.meshConfig.accessLogEncoding` must be one of "TEXT", "JSON"; it is "XML"',
    ],
    [
      'spec: {values: {global: {resourceScope: none}}}',
      '`spec.values.global.resourceScope` must be one of "all", "cluster", "namespace"; it is "none"',
    ],
    [
      'spec: {components: {pilot: {k8s: {service: {ports: [{port: 0}]}}}}}',
      '`spec.components.pilot.k8s.service.ports[0].port` must be a port between 1 and 65535; it is 0',
    ],
    [
      'spec: {components: {pilot: {k8s: {nodeSelector: {a: true}}}}}',
      '`spec.components.pilot.k8s.nodeSelector.a` must be text; it is true',
    ],
    [
      'spec: {meshConfig: {extensionProviders: [{name: a, zipkin: {}, datadog: {}}]}}',
      '`spec.meshConfig.extensionProviders[0].datadog` must not be given: only one of `zipkin`, `datadog` counts',
    ],
    ['metadata: 5', '`metadata` must be a map; it is 5'],
  ]
  test.each(rows)('%s', (text, message) => {
    expect(told(text)[0]?.message).toBe(message)
  })

  test('quote no secret', () => {
    const secrets = [
      'spec: {values: {global: {tracer: {lightstep: {accessToken: [a]}}}}}',
      'spec: {components: {pilot: {k8s: {env: [{name: API_TOKEN, value: s3cr3t, valueFrom: s3cr3t}]}}}}',
      'spec: {components: {pilot: {k8s: {replicaCount: eyJhbGciOiJIUzI1NiJ9.e30.s3cr3t}}}}',
      'spec: {values: {pilot: {istiodRemote: {enabled: "-----BEGIN s3cr3t"}}}}',
      'spec: {components: {pilot: {k8s: {env: {TOKEN: s3cr3t}}}}}',
    ]
    for (const text of secrets) {
      expect(JSON.stringify(told(text)), text).not.toContain('s3cr3t')
      expect(told(text), text).toHaveLength(1)
    }
  })

  test('come with the value, and with what is meant', () => {
    const rows: [text: string, value: unknown, proposed: unknown][] = [
      ['spec: {components: {pilot: {enabled: "yes"}}}', 'yes', true],
      ['spec: {profile: 5}', 5, '5'],
      ['spec: {meshConfig: {accessLogEncoding: JSN}}', 'JSN', 'JSON'],
      ['spec: {components: [a]}', undefined, undefined],
    ]
    for (const [text, value, proposed] of rows) {
      const [problem] = told(text)
      expect([problem?.value, problem?.proposed], text).toEqual([value, proposed])
    }
  })

  test('cut what is long', () => {
    const [problem] = told(`spec: {components: {pilot: {enabled: "${'long '.repeat(50)}"}}}`)
    expect(problem?.message.length).toBeLessThan(140)
  })
})

test.each([...Object.entries(profiles)])('the built-in profile %s is fine', (_, operator) => {
  expect(problemsOf(operator)).toEqual([])
})

test.each(Object.entries(environments))('the preset %s is fine', (_, spec) => {
  expect(problemsOf({ spec })).toEqual([])
})

function problemsOf(operator: { readonly [field: string]: unknown }): Problem[] {
  const problems: Problem[] = []
  checkSchema({ operator, locate: () => undefined }, (problem) => problems.push(problem))
  return problems
}
