{{- define "ratings.name" -}}
{{ include "ratings.name" . }}
{{- end }}
