{{- define "team" -}}
{{ .Values.owner.team }}
{{- end -}}
