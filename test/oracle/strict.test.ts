import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import { type Case, casesIn, corpus, kept } from './cases.ts'

/** Inputs that istioctl renders and that are refused without `--compat istioctl`: the mistakes that it swallows. */
const refused: { readonly [name: string]: string } = {
  'a-comment-only-file': 'no-operator: the file holds no IstioOperator, and what is rendered is not what it says',
  'a-platform-gke-ambient':
    'ambient-conflict: ztunnel is in a namespace whose account istiod trusts with no certificates',
  'a-profile-empty': 'empty-mesh: nothing is enabled, and pruning would delete the mesh',
  'a-unvalidated-top-level-platform': 'ambient-conflict: the platform moves the trusted account, and ztunnel stays',
  'b-istio-all-off': 'empty-mesh: nothing is enabled, and pruning would delete the mesh',
  'b-istio-autoscaling-ingress-v2': 'missing-field: a metric without a type, which the API server refuses',
  'b-istio-component-hub-tag': 'ambient-conflict: ztunnel without ambient mode in the CNI agent and in istiod',
  'b-istio-pilot-k8s-settings': 'not-allowed-value: a variable from a field that pods do not have',
  'c-cni-strategy-on-daemonset': 'unsuitable-setting: a DaemonSet has no `strategy`',
  'c-ingress-everything': 'conflicting-fields: Recreate beside `rollingUpdate`, which the API server refuses',
  'c-pilot-everything-revisioned': 'request-above-limit: 2Gi asked for, 1Gi allowed',
  'c-pilot-null-removes': 'missing-field: a Service without ports, which the API server refuses',
  'c-ztunnel-everything': 'request-above-limit: 512Mi asked for, 99Mi allowed',
  'd-bad-paths-silently-ignored': 'overlay-miss: paths that lead nowhere',
  'd-create-missing-intermediate': 'overlay-miss: fields that the API does not have',
  'd-delete-missing-is-noop': 'overlay-miss: nothing is there to delete',
  'd-empty-string-value-is-not-delete': 'wrong-type: labels that are a number and a boolean',
  'd-hpa-configmap-and-webhooks': 'overlay-miss: an index becomes a key of a map',
  'd-multiline-string-becomes-map': 'not-allowed-value: a variable from a field of an API that does not exist',
  'd-order-and-dependencies': 'overlay-miss: an object under the name that an overlay took from it',
  'd-set-flag-overlay': 'conflicting-fields: a port for health checks without `externalTrafficPolicy: Local`',
  'd-unmatched-kind-or-name-ignored': 'overlay-miss: objects that are not rendered',
  'e-gateway-without-name': 'missing-name: objects without a name',
  'e-values-service-settings': 'conflicting-fields: ranges of a load balancer on a NodePort',
  'f-base-settings': 'invalid-certificate: a CA bundle that holds no certificate',
  'f-cni-settings': 'request-above-limit: 100Mi asked for, 1Mi allowed',
  'f-component-hub-tag-namespace': 'ambient-conflict: ztunnel is in a namespace whose account istiod does not trust',
  'f-meshconfig-unknown-fields-pass-through': 'unknown-field: fields that no istiod reads',
  'h-set-overrides-null-and-nested': 'set-doubt: below a null the value is lost',
  'h-set-value-types': 'wrong-type: variables whose names YAML reads as true and as null',
}

/** The codes of the errors with which a case is refused. */
function errorsOf({ argv }: Case): string[] {
  const { problems } = generate(argv)
  return [...new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))]
}

const own = casesIn(kept).filter(({ renders }) => renders)
const others = casesIn(corpus).filter((one) => one.renders && !own.some(({ name }) => name === one.name))
const why = existsSync(corpus) ? '' : ' (skipped: ../shared/conformance is not there)'

test.each(own)('$name is refused for its reason, or rendered', (one) => {
  expect(errorsOf(one)).toEqual(one.name in refused ? [refused[one.name]?.split(':')[0]] : [])
})

test.skipIf(others.length === 0).each(others)(`$name is refused for its reason, or rendered${why}`, (one) => {
  expect(errorsOf(one)).toEqual(one.name in refused ? [refused[one.name]?.split(':')[0]] : [])
})

test.skipIf(others.length === 0)(`no reason is left over${why}`, () => {
  const names = new Set([...own, ...others].map(({ name }) => name))
  expect(Object.keys(refused).filter((name) => !names.has(name))).toEqual([])
})
