import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import type { KubeObject } from '../../src/k8s/object.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { at } from '../at.ts'
import { casesIn, corpus } from '../oracle/cases.ts'
import { folderOf, within } from './package.ts'

/** Charts that print what they were handed, which the chart of istiod prints as well. */
const charts = folderOf({
  ...within('charts/base', head('base')),
  ...within('charts/istio-control/istio-discovery', {
    ...head('istiod'),
    'templates/a.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: handed-{{ .Release.Namespace }}-{{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  values: {{ .Values | toJson | quote }}
`,
  }),
})

function head(name: string) {
  return { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 1.30.3\nappVersion: 1.30.3\n`, 'values.yaml': '{}\n' }
}

const bundled = ['ingressGateways', 'egressGateways', 'cni', 'ztunnel'].flatMap((name) => [
  '--charts',
  `${name}=bundled`,
])

const objects = (text: string) => readDocuments(text, '', () => undefined).map(({ value }) => value as KubeObject)
const parsed = (text: unknown) => readDocuments(String(text), '', () => undefined)[0]?.value

const cases = casesIn(corpus).filter(({ renders }) => renders)
const why = existsSync(corpus) ? '' : ' (skipped: ../shared/conformance is not there)'

test.skipIf(cases.length === 0).each(cases)(`$name hands a chart what istioctl hands it${why}`, ({ argv, folder }) => {
  const expected = objects(readFileSync(join(folder, 'expected.yaml'), 'utf8')).flatMap((object) => {
    const values = at(object, ['data', 'original-values'])
    return values === undefined ? [] : [{ namespace: object.metadata.namespace, values: parsed(values) }]
  })
  const { stdout, exitCode } = generate(['--compat', 'istioctl', '--charts', charts, ...bundled, ...argv])
  expect(exitCode).toBe(0)
  const handed = objects(stdout).filter(({ metadata }) => String(metadata.name).startsWith('handed-'))
  for (const { metadata } of handed) expect(metadata.name).toBe(`handed-${metadata.namespace}-istio`)
  const found = handed.map((object) => ({
    namespace: object.metadata.namespace,
    values: parsed(at(object, ['data', 'values'])),
  }))
  expect(found).toEqual(expected)
})

test('hands a chart the profile, what follows from fields, and what the user says', () => {
  const { stdout } = generate([
    '--engine',
    'none',
    '--charts',
    charts,
    ...bundled,
    '-s',
    'profile=minimal',
    '-s',
    'hub=h',
  ])
  const handed = objects(stdout).find(({ metadata }) => metadata.name === 'handed-istio-system-istio')
  expect(parsed(at(handed, ['data', 'values']))).toEqual({
    defaultRevision: '',
    gateways: { 'istio-egressgateway': {}, 'istio-ingressgateway': {} },
    global: { configValidation: true, hub: 'h', istioNamespace: 'istio-system', tag: '1.30.3' },
    pilot: { cni: { enabled: false }, enabled: true },
    ztunnel: { resourceName: 'ztunnel' },
  })
})
