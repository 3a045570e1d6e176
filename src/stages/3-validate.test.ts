import { expect, test } from 'vitest'
import { judge } from '../problems/judge.ts'
import { defaultSettings } from '../settings.ts'
import { readDocuments } from '../yaml/read.ts'
import { resolve } from './2-resolve.ts'
import { validate } from './3-validate.ts'

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
