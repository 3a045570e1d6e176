{{- define "ratings.host" -}}
{{ .Values.ingress.host | default "example.com" }}
{{- end }}
