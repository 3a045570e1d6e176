import { describe, expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { casesIn, kept } from './cases.ts'

/** What istioctl refuses, and where each mistake lies: file and line, code, field. */
const mistakes: { readonly [name: string]: readonly string[] } = {
  'i-compat-unknown': ['input.yaml:4 unknown-compatibility-version spec.compatibilityVersion'],
  'i-enum-tracer': ['input.yaml:4 not-allowed-value spec.values.global.proxy.tracer'],
  'i-file-not-found': ['--filename:1 file-not-read'],
  'i-gateway-name-uppercase': ['input.yaml:6 invalid-name spec.components.ingressGateways[0].name'],
  'i-inbound-ports': [
    'input.yaml:5 invalid-port spec.values.global.proxy.excludeInboundPorts',
    'input.yaml:5 invalid-port spec.values.global.proxy.includeInboundPorts',
  ],
  'i-ip-ranges': [
    'input.yaml:5 invalid-range spec.values.global.proxy.includeIPRanges',
    'input.yaml:5 invalid-range spec.values.global.proxy.excludeIPRanges',
  ],
  'i-istio-autoscaling-v2beta1-k8s-and-values': [
    'input.yaml:12 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[0].resource.targetAverageUtilization',
    'input.yaml:16 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[1].resource.targetAverageUtilization',
  ],
  'i-istio-deprecated-autoscaling-k8s-spec': [
    'input.yaml:22 unknown-field spec.components.pilot.k8s.hpaSpec.metrics[0].resource.targetAverageUtilization',
    'input.yaml:26 unknown-field spec.components.pilot.k8s.hpaSpec.metrics[1].resource.targetAverageUtilization',
    'input.yaml:39 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[0].object.metricName',
    'input.yaml:40 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[0].object.averageValue',
    'input.yaml:43 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[1].object.metricName',
    'input.yaml:44 unknown-field spec.components.ingressGateways[0].k8s.hpaSpec.metrics[1].object.averageValue',
  ],
  'i-istio-flag-force-without-force': ['input.yaml:10 unknown-field spec.values.global.badKey'],
  'i-istio-invalid-k8s': ['input.yaml:19 unknown-field spec.components.ztunnel.k8s.tolerations[0].thats'],
  'i-istio-invalid-k8s-values': ['input.yaml:9 unknown-field spec.values.global.defaultTolerations[0].thats'],
  'i-istio-multiple-iops': ['input.yaml:7 several-operators'],
  'i-kube-schema-affinity': ['input.yaml:4 unknown-field spec.values.pilot.affinity.nodeAffinity.required'],
  'i-kube-schema-seccomp': ['input.yaml:4 unknown-field spec.values.cni.seccompProfile.kind'],
  'i-low-target-port-values': [
    'input.yaml:7 privileged-port spec.values.gateways.istio-ingressgateway.ingressPorts[0].targetPort',
  ],
  'i-many-errors-joined': [
    'input.yaml:4 invalid-hub spec.hub',
    'input.yaml:5 invalid-tag spec.tag',
    'input.yaml:7 invalid-range spec.values.global.proxy.includeIPRanges',
  ],
  'i-meshconfig-duration-unit': ['input.yaml:4 wrong-format spec.meshConfig.defaultConfig.drainDuration'],
  'i-meshconfig-enum': ['input.yaml:4 not-allowed-value spec.meshConfig.outboundTrafficPolicy.mode'],
  'i-meshconfig-locality-weights': ['input.yaml:4 invalid-locality spec.meshConfig.localityLbSetting.distribute[0].to'],
  'i-missing-kind': ['input.yaml:1 missing-kind kind'],
  'i-platform-unknown': ['input.yaml:5 unknown-platform spec.values.global.platform'],
  'i-positional-argument': ['minimal:1 unexpected-argument'],
  'i-profile-unknown-in-values': ['input.yaml:4 unknown-values-profile spec.values.profile'],
  'i-render-quote-injection': ['--set:1 unprintable-value spec.values.pilot.env.JSON'],
  'i-render-trust-bundle-string': [
    'input.yaml:4 unrenderable-value spec.values.pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API',
  ],
  'i-render-unvalidated-list': ['input.yaml:5 unrenderable-value spec.unvalidatedValues.pilot'],
  'i-revision-uppercase-dots': ['input.yaml:4 invalid-revision spec.revision'],
  'i-second-doc-kindless': ['input.yaml:5 missing-kind kind'],
  'i-set-bad-bracket': ['--set:1 set-argument'],
  'i-set-selector-not-found': ['--set:1 set-argument'],
  'i-set-through-scalar': ['--set:1 set-argument'],
  'i-tag-map': ['input.yaml:4 wrong-type spec.tag'],
  'i-type-compatibility-version-float': ['input.yaml:4 wrong-type spec.compatibilityVersion'],
  'i-type-nodeselector-bool': ['input.yaml:6 wrong-type spec.components.pilot.k8s.nodeSelector.a'],
  'i-type-profile-number': ['input.yaml:4 wrong-type spec.profile'],
  'i-type-replicacount-negative': ['input.yaml:6 out-of-range spec.components.pilot.k8s.replicaCount'],
  'i-type-replicacount-string': ['input.yaml:7 wrong-type spec.components.ingressGateways[0].k8s.replicaCount'],
  'i-type-service-port-string': [
    'input.yaml:7 wrong-type spec.components.ingressGateways[0].k8s.service.ports[0].port',
  ],
  'i-type-toplevel-list': ['input.yaml:1 missing-kind kind'],
  'i-type-values-autoscalemin-negative': ['input.yaml:5 out-of-range spec.values.pilot.autoscaleMin'],
  'i-type-values-env-list': ['input.yaml:4 wrong-type spec.values.pilot.env'],
  'i-unknown-field-base-component': ['input.yaml:5 unknown-field spec.components.base.namespace'],
  'i-unknown-field-component': ['input.yaml:5 unknown-field spec.components.pilot.replicas'],
  'i-unknown-field-k8s': ['input.yaml:6 unknown-field spec.components.pilot.k8s.replicas'],
  'i-unknown-field-strategic-directive': ['input.yaml:8 unknown-field spec.components.pilot.k8s.env[0]["$patch"]'],
  'i-unknown-field-values-proxy': ['input.yaml:5 unknown-field spec.values.global.proxy.foo'],
  'i-unknown-field-values-top': ['input.yaml:5 unknown-field spec.values.grafana'],
  'i-unknown-flag': ['--no-such-flag usage'],
  'i-yaml-syntax': ['input.yaml:5 yaml-syntax'],
}

const cases = casesIn(kept).filter(({ renders }) => !renders)

describe.each([{ mode: ['--compat', 'istioctl'] }, { mode: [] }])('after $mode', ({ mode }) => {
  test.each(cases)('$name is refused where the mistake is', ({ name, folder, argv }) => {
    const { stdout, problems } = generate([...mode, ...argv])
    const told = problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path, at }) => {
        // A flag's line is its place among the arguments, of which the mode is one.
        const line = code === 'usage' ? '' : `:${at?.line}`
        return `${at?.file.replace(`${folder}/`, '')}${line} ${code}${path ? ` ${path}` : ''}`
      })
    expect(stdout).toBe('')
    expect([...told].sort()).toEqual(expect.arrayContaining([...(mistakes[name] ?? ['not in the table'])]))
  })
})

test("every row is of a case; those of Istio's own data are in the corpus only", () => {
  const known = new Set(cases.map(({ name }) => name))
  const rows = Object.keys(mistakes)
  expect(rows.filter((name) => !known.has(name) && !name.startsWith('i-istio-'))).toEqual([])
  expect([...known].filter((name) => !rows.includes(name))).toEqual([])
})
