{{- define "library.word" }}word{{ end }}
