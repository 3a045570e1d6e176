import { expect, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { judge } from '../problems/judge.ts'
import { defaultSettings } from '../settings.ts'
import { readDocuments } from '../yaml/read.ts'
import { resolve } from './2-resolve.ts'
import { validate } from './3-validate.ts'

/** All that is told of a `spec`. */
function told(spec: string): readonly Problem[] {
  const { problems, report } = judge()
  const documents = readDocuments(`kind: IstioOperator\nspec: ${spec}\n`, 'mesh.yaml', report)
  const none = { names: [], find: () => undefined }
  validate(resolve({ owner: 'a/b', documents }, defaultSettings, none, report), report)
  return problems
}

test.each<[spec: string, ...told: string[]]>([
  ['{meshConfig: {sdsUdsPath: a}}', '15 `spec.meshConfig.sdsUdsPath` remove it; certificates always come over SDS.'],
  [
    '{values: {meshConfig: {defaultConfig: {parentShutdownDuration: 1s}}}}',
    '40 `spec.values.meshConfig.defaultConfig.parentShutdownDuration` remove it; for a proxy that ends use',
  ],
  [
    '{meshConfig: {default_config: {connect_timeout: 1s}}}',
    '32 `spec.meshConfig.default_config.connect_timeout` use `meshConfig.connectTimeout`.',
  ],
  [
    '{meshConfig: {thriftConfig: {rateLimitUrl: a}, connectTimeout: 1s}}',
    '15 `spec.meshConfig.thriftConfig` remove it',
  ],
  ['{meshConfig: {defaultConfig: {terminationDrainDuration: 1s}}}'],
])('what Istio dropped is told with what took its place: %s', (spec, ...expected) => {
  const problems = told(spec)
  expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
    expected.map(() => 'warning obsolete-mesh-field'),
  )
  for (const [index, line] of expected.entries()) {
    const { at, path, hint } = problems[index] ?? {}
    expect(`${(at?.col ?? 0) - 'spec: '.length} \`${path}\` ${hint}`).toContain(line)
  }
})

test.each<[env: string, message?: string, hint?: string, value?: unknown]>([
  ['A: "1"'],
  ['A: 1', '`spec.values.pilot.env.A` must be text; it is 1', 'write `A: "1"`.', 1],
  ['A: true', '`spec.values.pilot.env.A` must be text; it is true', 'write `A: "true"`.', true],
  ['A: {b: c}', '`spec.values.pilot.env.A` must be text; it is a map', 'write it as text.'],
  ['A: [b]', '`spec.values.pilot.env.A` must be text; it is a list', 'write it as text.'],
  ['A_TOKEN1: 1', '`spec.values.pilot.env.A_TOKEN1` must be text; it is …', 'write `A_TOKEN1: "…"`.'],
  ['ENABLE_CLUSTER_TRUST_BUNDLE_API: true'],
])('a variable must be text: %s', (env, message, hint, value) => {
  const problems = told(`{values: {pilot: {env: {${env}}}}}`).filter(({ code }) => code === 'env-not-text')
  expect(problems.map((problem) => [problem.message, problem.hint, problem.value])).toEqual(
    message === undefined ? [] : [[message, hint, value]],
  )
})

/** The codes of the errors that are told to somebody who asks for istioctl's behaviour. */
function errors(spec: string, force: boolean): string[] {
  const settings = { ...defaultSettings, compat: 'istioctl', force } as const
  const { problems, report } = judge(settings)
  const documents = readDocuments(`kind: IstioOperator\nspec: ${spec}\n`, 'mesh.yaml', report)
  const none = { names: [], find: () => undefined }
  const resolved = resolve({ owner: 'a/b', documents }, settings, none, report)
  validate(resolved, report, { settings, version: '1.30.3' })
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

test.each<[what: string, spec: string, code: string]>([
  ['an unknown field of the values', '{values: {grafana: {}}}', 'unknown-field'],
  ['an unknown field of a component', '{components: {pilot: {k8s: {replicas: 2}}}}', 'unknown-field'],
  ['a value of another type', '{values: {pilot: {autoscaleMin: -2}}}', 'out-of-range'],
  ['what only istioctl refuses', '{values: {pilot: {extraContainerArgs: ["--x"]}}}', 'istioctl-rejects'],
])('force makes istioctl go on after %s', (_, spec, code) => {
  expect(errors(spec, false)).toContain(code)
  expect(errors(spec, true)).toEqual([])
})

test.each<[what: string, spec: string, code: string]>([
  ['a text', '{components: {pilot: {k8s: {replicaCount: "2"}}}}', 'wrong-type'],
  ['a negative number', '{components: {pilot: {k8s: {replicaCount: -1}}}}', 'out-of-range'],
  ['no quantity', '{components: {cni: {k8s: {resources: {requests: {cpu: a b}}}}}}', 'wrong-format'],
])('not even force helps where a component has %s', (_, spec, code) => {
  expect(errors(spec, false)).toContain(code)
  expect(errors(spec, true)).toEqual([code])
})
