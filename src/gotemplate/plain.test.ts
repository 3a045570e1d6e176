import { array, assert, constantFrom, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { parseCarefully } from './careful.ts'
import { parsePlain } from './plain.ts'

const functions = { include: true, quote: true, default: true }
const nesting = 50

/** The trees that plain parsing gives, after comparing them with what careful parsing gives. */
function compared(text: string) {
  const plain = parsePlain('t', text, { functions, nesting })
  const any = parseCarefully('t', text, { functions, nesting })
  if (plain) expect(any).toEqual({ template: { name: 't', trees: plain } })
  return plain
}

test.each([
  '',
  ' text only ',
  '{{ .a }} {{- .a.b.c -}} {{.}}\n',
  '{{- /* a comment */ -}}  x {{/* another */}}',
  '{{ $x := .a }}{{ $x }}{{ $x.b.c }}{{ $ }}{{ $.b }}{{ $x = 1 }}{{$y:=$x}}',
  '{{ if .a }}1{{ else if eq .b 2 -1 +3 1.5 }}2{{ else }}3{{ end }}',
  '{{ with .a }}{{ . }}{{ else with .b }}{{ . }}{{ end }}',
  '{{ range $i, $e := .l }}{{ if $e }}{{ break }}{{ end }}{{ continue }}{{ else }}none{{ end }}',
  '{{ range $e = .l }}{{ end }}{{range .}}{{end}}',
  '{{ define "a" }} {{ include "b" . }} {{ end }}{{ template "a" }}{{ template "a" .x | quote }}',
  '{{ (include "a" .).b | default (printf "%s" "a\\tb" `raw`) | quote}}{{ quote.b }}{{(.a)}}',
  '{{ "}}" }}{{ `}}}` }}{{ "{{" }}{{ true }}{{ print false nil }}',
  '{{if(eq 1 2)}}{{end}}',
  '{{ print 1e18 0x1p60 1_000 0b1 0o17 007 1i 1. }}',
  '{{ printf "{\\"a\\":{\\"b\\":\\"%s\\"}}" .x }}{{ "\\\\" }}{{ "\\"}}\\"" }}',
])('%j is plain', (text) => {
  expect(compared(text)).toBeDefined()
})

test.each([
  '{{ if"x" }}{{ end }}',
  '{{ $x=1 }}',
  '{{ .a"b" }}',
  '{{ "a" | "b" }}',
  '{{ 1.x }}',
  '{{ range $a, $b, $c := . }}{{ end }}',
  '{{ with $a, $b := . }}{{ end }}',
  '{{ break }}',
  '{{ end }}',
  '{{ else }}',
  '{{ if . }}',
  '{{ if . }}{{ else }}{{ else }}{{ end }}',
  '{{ if . }}{{ define "a" }}{{ end }}{{ end }}',
  '{{ define "a" }}{{ end',
  '{{ $y }}',
  '{{ nope }}',
  '{{ ( . }}',
  '{{ . ) }}',
  '{{-}}',
  '{{ "a }}',
  '{{ "a\n" }}',
  '{{ `a }}',
  `{{ ${'('.repeat(60)}.${')'.repeat(60)} }}`,
  '{{ if . }}'.repeat(60) + '{{ end }}'.repeat(60),
])('%j is left to careful parsing, which finds a mistake in it', (text) => {
  expect(compared(text)).toBeUndefined()
  expect(parseCarefully('t', text, { functions, nesting })).toHaveProperty('error')
})

test.each([
  "{{ 'a' }}",
  '{{ block "a" . }}{{ end }}',
  '{{ .é }}',
  '{{ define "a" }}{{ end }}{{ define "a" }}1{{ end }}',
])('%j is left to careful parsing, which knows it', (text) => {
  expect(compared(text)).toBeUndefined()
  expect(parseCarefully('t', text, { functions, nesting })).toHaveProperty('template')
})

test('either parser gives the same trees', () => {
  const pieces =
    'a .a .a.b $ $x $.a $x.a . ( ) | := = , "s" "}}" `r` " 1 -1 1.5 0x1p6 1e3 12a 0x 1.5.2 1P3 "\\" \\ true nil if if else end with range define template ' +
    'break include quote.a {{ {{ {{ {{- }} }} }} -}} - /* */ text \n'
  const piece = constantFrom(...pieces.split(' '), ' ', ' ', ' ')
  const action = constantFrom(
    ...[
      '{{ end }}',
      '{{- end -}}',
      '{{ if . }}',
      '{{else}}',
      '{{ else if .a }}',
      '{{ with $x := .b }}',
      '{{ $x := 1 }}',
    ],
    ...[
      '{{ $x }}',
      '{{ range $i, $x := .l }}',
      '{{ break }}',
      '{{ define "b" }}',
      '{{/* c */}}',
      '{{ (quote .a).b -}}',
    ],
    ...[
      '{{ include "a" . | default (quote .b 1) }}',
      '{{ template "b" .}}',
      '{{ range . }}',
      ' \n',
      'text',
      '}}',
      '{{',
    ],
  )
  let plain = 0
  const takes = (taken: string[]) => {
    if (compared(taken.join(''))) plain++
  }
  assert(property(array(piece, { maxLength: 24 }), takes), { numRuns: 10_000, seed: 7 })
  assert(property(array(oneof(action, piece), { maxLength: 9 }), takes), { numRuns: 10_000, seed: 7 })
  assert(property(array(action, { maxLength: 9 }), takes), { numRuns: 10_000, seed: 7 })
  expect(plain).toBeGreaterThan(3000)
})
