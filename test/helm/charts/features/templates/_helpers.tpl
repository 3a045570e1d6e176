{{- define "features.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name | quote }}
version: {{ .Chart.AppVersion }}
{{- end }}
{{- define "features.name" }}{{ printf "%s-%s" .Release.Name .Values.name | trunc 20 | trimSuffix "-" }}{{ end -}}
