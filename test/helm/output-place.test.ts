import { describe, expect, test } from 'vitest'
import { loadChart } from '../../src/helm/load.ts'
import { renderRelease } from '../../src/helm/release.ts'

/** Where a template is told to be wrong whose output is no YAML; lines and columns count from 1. */
const encoder = new TextEncoder()

function placeOf(templates: { readonly [name: string]: string }, values: Readonly<Record<string, unknown>> = {}) {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...templates }
  const chart = loadChart(Object.entries(files).map(([name, text]) => ({ name, data: encoder.encode(text) })))
  if ('problem' in chart) return chart.problem.message
  const release = renderRelease(chart, values)
  if (!('problem' in release)) return 'sound'
  const { code, at } = release.problem
  return `${code} ${at?.file}:${at?.line}:${at?.col}`
}

const parts = '{{- define "one" }}\nx: 1\n y: 2\n{{- end }}'

describe('the place of', () => {
  test.each<[what: string, template: string, values: Record<string, unknown>, place: string]>([
    ['a text', 'kind: A\nb: c: d\n', {}, '2:4'],
    ['a text behind trimmed blanks', '{{- $x := 1 }}\n\n  {{- if $x }}\n\n  kind: [\n{{ end }}', {}, '5:9'],
    ['a text behind windows line ends', '# c\r\nkind: A\r\nb: c: d\r\n', {}, '3:4'],
    ['a value', 'kind: A\na: {{ .Values.a }}\n', { a: 'b: c' }, '2:7'],
    ['a value of several lines', 'kind: A\na:\n{{ .Values.a }}\n', { a: ' b: 1\n c: d: e\n f: 2' }, '3:4'],
    [
      'a value in a loop',
      'kind: A\n{{- range .Values.a }}\n{{ . }}: {{ . }}\n{{- end }}',
      { a: ['b', 'c: [d'] },
      '3:4',
    ],
    ['what is included', `${parts}\nkind: A\nspec:\n  {{- include "one" . | nindent 2 }}\n`, {}, '7:7'],
    ['what another template writes', `${parts}\nkind: A\n{{ template "one" . }}\n`, {}, '2:4'],
    ['a second document', 'kind: A\n---\n\n\nkind: B\n---\nkind: {{ .Values.a }}\n', { a: '[' }, '7:10'],
    ['a document like the one before', 'a: 1\n---\na: 1\n---\n{{ .Values.a }}\n', { a: 'a: [' }, '5:4'],
    ['a document that is no map', '# c\n---\n{{ toYaml .Values.a }}\n', { a: ['b'] }, '3:4'],
    ['a kind that is no text', 'kind:\n  a: 1\n', {}, '1:1'],
    ['a line in which a value was missing', 'kind: A\n{{ .Values.a }}b: c: d\n', {}, '2:4'],
    ['a quote that is never closed', 'kind: A\na: "{{ .Values.a }}"\n', { a: '"' }, '2:20'],
  ])('%s', (_, template, values, place) => {
    const told = placeOf({ 'templates/a.yaml': template }, values)
    expect(told).toBe(`chart-output c/templates/a.yaml:${place}`)
  })

  test('what a definition of another file writes is there', () => {
    const templates = { 'templates/_a.tpl': parts, 'templates/b.yaml': 'kind: A\n{{ template "one" . }}\n' }
    expect(placeOf(templates)).toBe('chart-output c/templates/_a.tpl:2:4')
  })

  test('what a template of a chart within writes is there', () => {
    const inner = { 'charts/in/Chart.yaml': 'apiVersion: v2\nname: in\nversion: 1.0.0\n' }
    const told = placeOf({ ...inner, 'charts/in/templates/a.yaml': 'a: b: c' })
    expect(told).toBe('chart-output c/charts/in/templates/a.yaml:1:4')
  })

  test('what depends on values that templates changed is found all the same', () => {
    const templates = {
      'templates/a.yaml': '{{ $_ := set .Values "a" (append .Values.a "b: [") }}kind: A\n{{ last .Values.a }}\n',
      'templates/b.yaml': '{{ $_ := set .Values "a" (append .Values.a "c") }}kind: B\n',
    }
    expect(placeOf(templates, { a: [] })).toBe('chart-output c/templates/a.yaml:2:4')
  })
})
