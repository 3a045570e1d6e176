{{- define "ratings.host" -}}
{{ .Values.ingres.host | default "example.com" }}
{{- end }}
