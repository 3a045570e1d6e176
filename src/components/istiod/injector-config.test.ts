import { describe, expect, it } from 'vitest'
import { istiod, one } from '../../../test/components/istiod.ts'
import type { Fields } from '../../k8s/object.ts'
import { readDocuments } from '../../yaml/read.ts'

function data(values: Fields): { config: string; values: string } {
  return one(istiod(values), 'ConfigMap', 'istio-sidecar-injector').data as { config: string; values: string }
}

function config(sidecarInjectorWebhook: Fields): Fields {
  const [document] = readDocuments(data({ sidecarInjectorWebhook }).config, 'config', ({ message }) =>
    expect.fail(message),
  )
  return document?.value as Fields
}

describe('the configuration of the injector', () => {
  it('reads as a person would write it', () => {
    const lines = data({}).config.split('\n')
    expect(lines[0]).toMatch(/^# /)
    expect(lines.slice(1)).toEqual([
      'defaultTemplates:',
      '- sidecar',
      'policy: enabled',
      'alwaysInjectSelector: []',
      'neverInjectSelector: []',
      'injectedAnnotations: null',
      'template: "{{ Template_Version_And_Istio_Version_Mismatched_Check_Installation }}"',
      'templates:',
      '  sidecar: |',
      '    spec: {{ .Spec }}',
      '  gateway: |',
      '    metadata: {}',
    ])
  })

  const rows: [rule: string, settings: Fields, expected: Fields][] = [
    ['default templates', { defaultTemplates: ['sidecar', 5] }, { defaultTemplates: ['sidecar', 5] }],
    ['annotations', { injectedAnnotations: { a: 8, 'b/c': 'x"y' } }, { injectedAnnotations: { a: '8', 'b/c': 'x"y' } }],
    [
      'selectors',
      { neverInjectSelector: [{ matchLabels: { a: 'b' } }] },
      { neverInjectSelector: [{ matchLabels: { a: 'b' } }] },
    ],
    [
      'templates in the place of built-in ones',
      { templates: { sidecar: 'a: 1\nb: 2\n', own: 'one line' } },
      { templates: { gateway: 'metadata: {}\n', own: 'one line', sidecar: 'a: 1\nb: 2' } },
    ],
    [
      'nothing but own templates',
      { templates: { sidecar: 'a: 1\n\tb', gateway: '' } },
      { templates: { gateway: '', sidecar: 'a: 1\n\tb' } },
    ],
  ]
  it.each(rows)('takes %s', (_, settings, expected) => {
    expect(config(settings)).toMatchObject(expected)
    expect(Object.keys(config(settings).templates as Fields)).toEqual(
      Object.keys((expected.templates as Fields | undefined) ?? { sidecar: '', gateway: '' }),
    )
  })
})

it('hands the templates their values, and no others', () => {
  const pilot = { env: { A: 'b' }, cni: { provider: 'multus' }, image: 'secret' }
  const values = JSON.parse(data({ revision: 'r', pilot, telemetry: { enabled: false } }).values)
  expect(Object.keys(values)).toEqual(['gateways', 'global', 'pilot', 'revision', 'sidecarInjectorWebhook'])
  expect(values.pilot).toEqual({ cni: { enabled: false, provider: 'multus' }, env: { A: 'b' } })
  expect(values.gateways).toEqual({ seccompProfile: {}, securityContext: {} })
})

it('records the values as given and as merged', () => {
  const given = { pilot: { image: 'x' } }
  const recorded = one(istiod(given), 'ConfigMap', 'values').data as { [key: string]: string }
  expect(JSON.parse(recorded['original-values'] ?? '')).toEqual(given)
  const merged = JSON.parse(recorded['merged-values'] ?? '')
  expect(merged).toMatchObject({ image: 'x', pilot: { image: 'x' }, autoscaleMax: 5 })
})
