import { describe, expect, it } from 'vitest'
import { istiodContext, problems } from '../../../test/components/istiod.ts'
import { initContainers } from './init-containers.ts'

function expanded(image: unknown): unknown {
  const context = istiodContext({ pilot: { initContainers: [{ image }] }, revision: 'r' }, 'mesh', '1.33.1-gke.100')
  return (initContainers(context) as { image: unknown }[])[0]?.image
}

describe('init containers', () => {
  const rows: [template: unknown, text: unknown][] = [
    ['plain', 'plain'],
    ['{{ .Values.global.hub }}/init:{{ .Values.global.tag }}', 'registry.istio.io/release/init:1.30.3'],
    ['{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.Service }}', 'istio mesh Helm'],
    ['{{ if .Release.IsInstall }}install{{ end }}', 'install'],
    ['{{ .Chart.Name }}-{{ .Chart.AppVersion }}', 'istiod-1.30.3'],
    ['{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }}', 'v1.33.1-gke.100 33'],
    ['{{ .Values.nothing }}x', 'x'],
    ['{{ .Values.nothing | default "d" | upper }}', 'D'],
    ['{{ printf "%s-%d" .Values.revision 5 }}', 'r-5'],
    ['{{ .Values.revision | replace "r" "$&" | trimPrefix "$" }}', '&'],
    ['{{ ternary "a" "b" (hasPrefix "r" .Values.revision) }}', 'a'],
    ['{{ coalesce .Values.nothing .Values.revision }}', 'r'],
    [5, 5],
  ]
  it.each(rows)('%s', (template, text) => {
    expect(expanded(template)).toBe(text)
  })

  const mistakes = [
    '{{ .Values.global',
    '{{ nope }}',
    '{{ .Values.nothing.more.still }}',
    '{{ required "needed" .Values.x }}',
    '{{ printf "%c" 39 }}',
  ]
  it.each(mistakes)('%s is a mistake', (image) => {
    expect(problems({ pilot: { initContainers: [{ image }] } })).toEqual([
      'init-container-template spec.values.pilot.initContainers',
    ])
  })
})
