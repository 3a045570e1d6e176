{{- define "errors.outer" -}}
outer
{{ include "errors.inner" . }}
{{- end -}}
{{- define "errors.inner" }}
{{- if eq .Values.case "nil" }}{{ .Values.a.b.c }}{{ end }}
{{- if eq .Values.case "fail" }}{{ fail "the chart says no:\nreally" }}{{ end }}
{{- if eq .Values.case "required" }}{{ required "empty must be set" .Values.empty }}{{ end }}
{{- if eq .Values.case "zero" }}{{ div 1 0 }}{{ end }}
{{- if eq .Values.case "type" }}{{ upper 1 }}{{ end }}
{{- if eq .Values.case "field" }}{{ .Values.text.more }}{{ end }}
{{- if eq .Values.case "missing" }}{{ include "errors.nowhere" . }}{{ end }}
{{- if eq .Values.case "template" }}{{ template "errors.nowhere" . }}{{ end }}
{{- if eq .Values.case "tpl" }}{{ tpl .Values.text . }}{{ end }}
{{- if eq .Values.case "loop" }}{{ include "errors.outer" . }}{{ end }}
{{- end -}}
