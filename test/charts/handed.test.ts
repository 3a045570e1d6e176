import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generate } from '../../src/commands/generate.ts'
import type { KubeObject } from '../../src/k8s/object.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { at } from '../at.ts'
import { casesIn, corpus } from '../oracle/cases.ts'
import { folderOf, within } from './package.ts'
import { operator } from './run.ts'

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

/** The same for a release before 1.24, with the profile that it needs. */
function chartsOf(release: string) {
  const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}-{{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  values: {{ .Values | toJson | quote }}
`
  const chart = (name: string) => ({
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${release}\n`,
    'templates/a.yaml': text,
  })
  const profile = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  hub: of.profile
  tag: ${release}
  meshConfig: { enablePrometheusMerge: true }
  components:
    pilot: { enabled: true }
    ztunnel: { enabled: true }
    ingressGateways: [{ name: istio-ingressgateway, enabled: true }]
  values:
    global: { istioNamespace: istio-system, logAsJson: true }
    pilot: { image: pilot, env: null }
    gateways: { istio-ingressgateway: { type: LoadBalancer } }
`
  return folderOf({
    ...within('charts/istio-control/istio-discovery', chart('istiod')),
    ...within('charts/gateways/istio-ingress', chart('istio-ingress')),
    ...within('charts/ztunnel', chart('ztunnel')),
    'profiles/default.yaml': profile,
    'in.yaml': operator(`revision: r
meshConfig: { trustDomain: field, accessLogFile: field }
components:
  base: { hub: of.base }
  pilot: { tag: 5, namespace: control }
  cni: { hub: of.cni }
  ingressGateways:
  - name: istio-ingressgateway
    k8s: { service: { ports: [{ name: dns, port: 8053, protocol: UDP }] } }
values:
  global: { logAsJson: null }
  pilot: { tag: said }
  meshConfig: { trustDomain: value }
  ownerName: me`),
  })
}

test.each(['1.21.6', '1.23.6'])('hands charts of %s what its istioctl handed them', (release) => {
  const folder = chartsOf(release)
  const { stdout, problems } = generate(['--compat', 'istioctl', '--charts', folder, '-f', join(folder, 'in.yaml')])
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const handed = (name: string, namespace: string) => {
    const found = objects(stdout).find(({ metadata }) => metadata.name === `${name}-istio`)
    expect(found?.metadata.namespace).toBe(namespace)
    return parsed(at(found, ['data', 'values']))
  }
  const global = {
    hub: 'of.base',
    tag: release,
    enabled: false,
    namespace: 'istio-system',
    istioNamespace: 'istio-system',
  }
  const all = {
    revision: 'r',
    ownerName: 'me',
    meshConfig: { enablePrometheusMerge: true, trustDomain: 'value', accessLogFile: 'field' },
    global,
    istio_cni: { enabled: false },
    pilot: { enabled: true, namespace: 'control', tag: 'said', image: 'pilot' },
    cni: { namespace: 'istio-system', hub: 'of.cni' },
    ztunnel: { enabled: true, namespace: 'istio-system' },
    gateways: { 'istio-ingressgateway': { type: 'LoadBalancer' } },
  }
  expect(handed('istiod', 'control')).toEqual(all)
  const ports = [{ name: 'dns', port: 8053, protocol: 'UDP', targetPort: 0 }]
  const gateway = { type: 'LoadBalancer', name: 'istio-ingressgateway', ports }
  expect(handed('istio-ingress', 'istio-system')).toEqual({ ...all, gateways: { 'istio-ingressgateway': gateway } })
  const shared = release === '1.23.6' ? { global } : global
  expect(handed('ztunnel', 'istio-system')).toEqual({ ...shared, ...all.ztunnel, revision: 'r', ownerName: 'me' })
})

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
