import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Files of a package by their paths. */
export type Files = { readonly [path: string]: string }

/** How the charts of a span of releases are laid out, as far as it matters to who renders them. */
export interface Generation {
  readonly release: string
  /** The key of `values.yaml` below which the defaults stand; none where they stand at the top. */
  readonly defaults?: string
  /** Whether the CRDs are files in `crds/` rather than a template. */
  readonly crdFolder?: true
  /** Where istiod's chart reads whether there is a CNI. */
  readonly cni: string
}

export const generations: { readonly [span: string]: Generation } = {
  '1.20 and 1.21': { release: '1.20.8', crdFolder: true, cni: '.Values.istio_cni.enabled' },
  '1.22 and 1.23': { release: '1.23.6', defaults: 'defaults', crdFolder: true, cni: '.Values.istio_cni.enabled' },
  '1.24 to 1.29': { release: '1.28.0', defaults: '_internal_defaults_do_not_set', cni: '.Values.pilot.cni.enabled' },
  '1.30': { release: '1.30.3', defaults: '_internal_defaults_do_not_set', cni: '.Values.pilot.cni.enabled' },
}

/**
 * Settings slipped between the chart's defaults and the user's, as Istio's charts do it: they are a template that runs
 * before all others. `lifted` is the block whose members come to the top; `flat` puts the globals there as well.
 */
function presets({ defaults }: Generation, { lifted, flat }: { lifted?: string; flat?: true } = {}): string {
  if (defaults === undefined) return ''
  return `{{- $base := index .Values "${defaults}" | deepCopy }}
{{- $given := omit .Values "${defaults}" | deepCopy }}
{{- $files := list }}
{{- with .Values.profile }}{{ $files = append $files (printf "files/profile-%s.yaml" .) }}{{ end }}
{{- with .Values.compatibilityVersion }}{{ $files = append $files (printf "files/profile-compatibility-version-%s.yaml" .) }}{{ end }}
{{- with (.Values.global | default dict).platform }}{{ $files = append $files (printf "files/profile-platform-%s.yaml" .) }}{{ end }}
{{- range $file := $files }}
{{- $text := $.Files.Get $file }}
{{- if not $text }}{{ fail (printf "there is no %s" $file) }}{{ end }}
{{- $base = mustMergeOverwrite $base (fromYaml $text) }}
{{- end }}
${flat ? '{{- $base = mustMergeOverwrite $base (.Values.global | default dict | deepCopy) }}' : ''}
{{- $all := mustMergeOverwrite $base $given }}
${lifted ? `{{- $all = mustMergeOverwrite $all (index $all "${lifted}" | default dict | deepCopy) }}` : ''}
{{- $_ := set $ "Values" $all }}
{{- $_ := set $ "Given" $given }}
`
}

interface ChartParts {
  readonly name: string
  readonly values?: string
  readonly templates: Files
  readonly files?: Files
  readonly presets?: Parameters<typeof presets>[1]
}

/** The files of one chart below its folder. */
function chart(generation: Generation, parts: ChartParts): Files {
  const { defaults, release } = generation
  const values = parts.values ?? 'own: {}\n'
  const inner = defaults === undefined ? values : `${defaults}:\n${values.replace(/^(?=.)/gm, '  ')}`
  const own = presets(generation, parts.presets)
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${parts.name}\nversion: ${release}\nappVersion: ${release}\n`,
    'values.yaml': inner,
    ...(own === '' ? {} : { 'templates/zzz_presets.yaml': own }),
    ...within('templates', parts.templates),
    ...parts.files,
  }
}

/** The same files below a folder. */
export function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
}

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: gateways.networking.istio.io
spec:
  group: networking.istio.io
  names: { kind: Gateway, plural: gateways }
  scope: Namespaced
  versions: []
`

const ambientValues = `meshConfig:
  defaultConfig:
    proxyMetadata:
      ISTIO_META_ENABLE_HBONE: "true"
pilot:
  env:
    PILOT_ENABLE_AMBIENT: "true"
cni:
  ambient:
    enabled: true
`

const presetFiles: Files = {
  'files/profile-ambient.yaml': ambientValues,
  'files/profile-compatibility-version-1.27.yaml': 'pilot:\n  env:\n    FROM_COMPATIBILITY: "1.27"\n',
  'files/profile-platform-k3s.yaml': 'cni:\n  cniBinDir: /var/lib/k3s/bin\n',
}

const workload = (kind: string, name: string, container: string, hub: string) => `kind: ${kind}
apiVersion: apps/v1
spec:
  template:
    spec:
      containers:
      - image: "{{ ${hub}.hub }}/image:{{ ${hub}.tag }}"
        name: ${container}
        {{- with (.Values.pilot | default dict).env }}
        env:
        {{- range $name, $value := . }}
        - { name: {{ $name }}, value: {{ $value | quote }} }
        {{- end }}
        {{- end }}
      serviceAccountName: ${name}
    metadata:
      labels: { app: ${name} }
  selector:
    matchLabels: { app: ${name} }
metadata:
  namespace: {{ .Release.Namespace }}
  name: ${name}
  labels:
    release: {{ .Release.Name }}
    istio.io/rev: {{ .Values.revision | default "default" }}
    app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
---
# Only a comment.
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
`

/** A chart of a gateway; which one is among its values. */
const gateway = (generation: Generation, name: string, block: string): Files =>
  chart(generation, {
    name,
    values: `global:\n  hub: hub.of/gateways\n  tag: ${generation.release}\ngateways:\n  ${block}: {}\n`,
    templates: {
      'gateway.yaml': `{{- $own := index .Values.gateways "${block}" }}
${workload('Deployment', '{{ $own.name }}', 'istio-proxy', '.Values.global')}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $own.name }}
spec:
  type: LoadBalancer
  selector:
    app: {{ $own.name }}
  ports: {{ toYaml ($own.ports | default (list (dict "name" "https" "port" 443 "targetPort" 8443))) | nindent 4 }}
`,
    },
    files: presetFiles,
  })

/** The charts of a release in the folders that Istio keeps them in, below \`charts/\`. */
export function istioCharts(generation: Generation): Files {
  const { release, cni, crdFolder } = generation
  return within('charts', {
    ...within(
      'base',
      chart(generation, {
        name: 'base',
        values: 'global:\n  istioNamespace: istio-system\nbase: {}\n',
        templates: {
          'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: istio-reader-service-account
  namespace: {{ .Values.global.istioNamespace }}
`,
          ...(crdFolder ? {} : { 'crds.yaml': '{{ .Files.Get "files/crd-all.yaml" }}' }),
        },
        files: { [crdFolder ? 'crds/crd-all.yaml' : 'files/crd-all.yaml']: crd, ...presetFiles },
      }),
    ),
    ...within(
      'istio-control/istio-discovery',
      chart(generation, {
        name: 'istiod',
        values: `global:
  hub: hub.of/istiod
  tag: ${release}
pilot:
  env: {}
  cni:
    enabled: false
istio_cni:
  enabled: false
meshConfig:
  trustDomain: cluster.local
`,
        presets: { lifted: 'pilot' },
        templates: {
          'deployment.yaml': workload(
            'Deployment',
            'istiod{{ with .Values.revision }}-{{ . }}{{ end }}',
            'discovery',
            '.Values.global',
          ),
          'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: istio{{ with .Values.revision }}-{{ . }}{{ end }}
  namespace: {{ .Release.Namespace }}
data:
  cni: {{ ${cni} | quote }}
  namespaces: {{ .Values.global.istioNamespace }}
  env: {{ .Values.pilot.env | toJson | quote }}
  mesh: |-
{{ .Values.meshConfig | toYaml | indent 4 }}
`,
          'NOTES.txt': '{{ if .Values.pilot.old }}WARNING: "pilot.old" is deprecated\n{{ end }}Installed.\n',
        },
        files: presetFiles,
      }),
    ),
    ...within('gateways/istio-ingress', gateway(generation, 'istio-ingress', 'istio-ingressgateway')),
    ...within('gateways/istio-egress', gateway(generation, 'istio-egress', 'istio-egressgateway')),
    ...within(
      'istio-cni',
      chart(generation, {
        name: 'cni',
        values: `global:\n  hub: hub.of/cni\n  tag: ${release}\ncni:\n  cniBinDir: /opt/cni/bin\n  ambient:\n    enabled: false\n`,
        presets: { lifted: 'cni' },
        templates: {
          'daemonset.yaml': workload('DaemonSet', 'istio-cni-node', 'install-cni', '.Values.global'),
          'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: istio-cni-config
data:
  CNI_BIN_DIR: {{ .Values.cni.cniBinDir }}
  AMBIENT_ENABLED: {{ .Values.cni.ambient.enabled | quote }}
`,
        },
        files: presetFiles,
      }),
    ),
    ...within(
      'ztunnel',
      chart(generation, {
        name: 'ztunnel',
        values: `hub: hub.of/ztunnel\ntag: ${release}\nlogLevel: info\n`,
        presets: { flat: true },
        templates: {
          'daemonset.yaml': workload('DaemonSet', 'ztunnel', 'istio-proxy', '.Values'),
          'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: ztunnel
data:
  level: {{ .Values.logLevel }}
  given: {{ keys (.Given | default .Values) | sortAlpha | join " " | quote }}
`,
        },
        files: presetFiles,
      }),
    ),
  })
}

/** The installer's profiles as they lie beside the charts. */
export function profiles({ release, defaults }: Generation): Files {
  const profile = (spec: string) => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n${spec}`
  const base = `metadata:
  namespace: istio-system
spec:
  hub: hub.of/profile
  tag: ${release}
  components:
    base:
      enabled: true
    pilot:
      enabled: true
    ingressGateways:
    - name: istio-ingressgateway
      enabled: true
  values:
    global:
      istioNamespace: istio-system
    gateways:
      istio-ingressgateway: {}
      istio-egressgateway: {}
`
  const ambient = `spec:
  components:
    cni:
      enabled: true
    ztunnel:
      enabled: true
    ingressGateways:
    - name: istio-ingressgateway
      enabled: false
  values:
${defaults === undefined ? ambientValues.replace(/^(?=.)/gm, '    ') : '    profile: ambient\n'}`
  return within('profiles', {
    'default.yaml': profile(base),
    'ambient.yaml': profile(ambient),
    'vendor.yaml': profile(
      'spec:\n  components:\n    istiodRemote:\n      enabled: false\n    ingressGateways:\n    - name: istio-ingressgateway\n      enabled: false\n',
    ),
  })
}

/** A folder of its own with these files. */
export function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'charts-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The files below one of the folders. */
export function below(files: Files, folder: string): Files {
  const inner = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`))
  return Object.fromEntries(inner.map(([path, text]) => [path.slice(folder.length + 1), text]))
}

/** Stands for a file of an archive that is a link. */
export const link = '-> elsewhere'

/** A `.tgz` archive as Helm packs a chart. */
export function archive(files: { readonly [path: string]: string | Buffer }): Buffer {
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const data = Buffer.from(text === link ? '' : text)
    const header = Buffer.alloc(512)
    const put = (value: string, at: number) => header.write(value, at, 'utf8')
    put(path, 0)
    put('0000644\0', 100)
    put(`${data.length.toString(8).padStart(11, '0')}\0`, 124)
    put(`        ${text === link ? 2 : 0}ustar\0`, 148)
    put('00', 263)
    const sum = header.reduce((total, byte) => total + byte, 0)
    put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]))
}
