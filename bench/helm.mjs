// How long the whole process takes for a chart of istiod's size (30 templates, 150 kB), against `helm template` and Node.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const program = process.argv[2] ?? 'dist/render-istio.cjs'
const runs = Number(process.argv[3] ?? 20)
const folder = mkdtempSync(join(tmpdir(), 'render-istio-'))

function write(name, text) {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const container = (i) => `
        - name: {{ $name }}-${i}
          image: "{{ .Values.hub }}/{{ .Values.image }}:{{ .Values.tag | default .Chart.AppVersion }}"
          {{- with .Values.pullPolicy }}
          imagePullPolicy: {{ . }}
          {{- end }}
          args:
          {{- range $key, $value := .Values.arguments }}
            - --{{ $key | kebabcase }}={{ $value | quote }}
          {{- end }}
          env:
          {{- range .Values.env }}
            - name: {{ .name | upper | replace "-" "_" }}
              value: {{ .value | toString | b64enc | quote }}
          {{- end }}
          resources: {{- toYaml .Values.resources | nindent 12 }}`

write('Chart.yaml', 'apiVersion: v2\nname: bench\nversion: 1.0.0\nappVersion: 1.30.3\n')
write(
  'values.yaml',
  `hub: registry.example.com/release
image: pilot
tag: ""
pullPolicy: IfNotPresent
labels:
  team: mesh
  tier: control-plane
arguments:
${Array.from({ length: 12 }, (_, i) => `  someArgument${i}: value-${i}`).join('\n')}
env:
${Array.from({ length: 11 }, (_, i) => `- name: some-variable-${i}\n  value: ${i * 7}`).join('\n')}
resources:
  requests:
    cpu: 500m
    memory: 2048Mi
  limits:
    cpu: 2
tolerations:
- key: dedicated
  operator: Exists
`,
)
write(
  'templates/_helpers.tpl',
  `{{- define "bench.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name | quote }}
chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- range $key, $value := .Values.labels }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end -}}
`,
)
for (let i = 0; i < 30; i++)
  write(
    `templates/part-${i}.yaml`,
    `{{- $name := printf "%s-part-${i}" .Release.Name }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: {{- include "bench.labels" . | nindent 4 }}
  annotations:
    replicas: {{ len .Values.env | quote }}${i % 10 === 0 ? '\n    checksum: {{ toJson .Values | sha256sum }}' : ''}
spec:
  template:
    spec:
      containers:${[0, 1, 2].map(container).join('')}
      {{- if .Values.tolerations }}
      tolerations: {{- toYaml .Values.tolerations | nindent 8 }}
      {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- include "bench.labels" . | nindent 4 }}
spec:
  ports:
  {{- range $i, $port := list 80 443 15010 15012 }}
    - name: port-{{ $i }}
      port: {{ $port }}
  {{- end }}
`,
  )

function time(command, args) {
  const start = process.hrtime.bigint()
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(String(stderr))
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, stdout }
}

const hasHelm = spawnSync('helm', ['version']).status === 0
const contestants = {
  node: [process.execPath, ['-e', '0']],
  'render-istio chart': [process.execPath, [program, 'chart', 'bench', folder]],
  ...(hasHelm && { 'helm template': ['helm', ['template', 'bench', folder]] }),
}
const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]))
const outputs = {}
// In turns, so that the machine's moods hit everyone.
for (let run = 0; run < runs; run++)
  for (const [name, [command, args]] of Object.entries(contestants)) {
    const { ms, stdout } = time(command, args)
    times[name].push(ms)
    outputs[name] = stdout
  }
for (const [name, all] of Object.entries(times)) {
  const sorted = all.sort((a, b) => a - b)
  console.log(`${name.padEnd(20)} median ${sorted[sorted.length >> 1].toFixed(1)} ms, best ${sorted[0].toFixed(1)} ms`)
}
const ours = outputs['render-istio chart']
console.log(
  `output: ${ours.length} bytes${hasHelm ? `, ${ours.equals(outputs['helm template']) ? 'equal' : 'NOT equal'} to Helm's` : '; helm is not on the path'}`,
)
rmSync(folder, { recursive: true })
