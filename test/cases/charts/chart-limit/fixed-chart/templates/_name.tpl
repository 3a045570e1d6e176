{{- define "ratings.name" -}}
{{ .Release.Name }}
{{- end }}
