/** The conditional that moves dot. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{with 1}}{{.}}{{end}}', null, '1'],
  ['{{with ""}}a{{else}}b{{end}}', null, 'b'],
  ['{{with .a}}{{.b}}{{end}}', { a: { b: 1 } }, '1'],
  ['{{with .a}}{{.b}}{{$.c}}{{end}}', { a: { b: 1 }, c: 2 }, '12'],
  ['{{with .a}}x{{end}}', {}, ''],
  ['{{with .a}}x{{else}}{{.b}}{{end}}', { b: 'dot' }, 'dot'],
  ['{{with .a}}{{with .b}}{{.c}}{{end}}{{end}}', { a: { b: { c: 1 } } }, '1'],
  ['{{with $x := .a}}{{$x.b}}{{.b}}{{end}}', { a: { b: 1 } }, '11'],
  ['{{with .a}}{{.}}{{else with .b}}{{.}}!{{else}}none{{end}}', { b: 2 }, '2!'],
  ['{{with .a}}{{.}}{{else with .b}}{{.}}!{{else}}none{{end}}', {}, 'none'],
  ['{{with .a}}{{.}}{{else with .b}}{{.}}{{else with .c}}{{.}}?{{end}}', { c: 3 }, '3?'],
  ['{{with .a}}a{{else if .b}}b{{end}}', { b: 1 }, { error: '1: unexpected <if> in input' }],
  ['{{with 0}}a{{end}}{{.}}', 5, '5'],
  ['{{with list 1 2}}{{len .}}{{end}}', null, '2'],
  ['{{with .}}{{.}}{{end}}', 'x', 'x'],
  ['{{with .n}}{{.x}}{{end}}', { n: 5 }, { error: "1:13 <.x>: can't evaluate field x in type float64" }],
  ['{{with nil}}a{{end}}', null, { error: '1:7 <nil>: nil is not a command' }],
  ['{{with}}a{{end}}', null, { error: '1: missing value for with' }],
  ['{{with 1}}a', null, { error: '1: unexpected EOF' }],
  ['{{with 1}}{{else}}{{else}}{{end}}', null, { error: '1: expected end; found {{else}}' }],
  ['{{with $x}}a{{end}}', null, { error: '1: undefined variable "$x"' }],
  ['{{with (printf "%d" 5)}}{{.}}{{end}}', null, '5'],
  ['{{with .a -}}  {{.}}  {{- end}}', { a: 1 }, '1'],
  ['{{with 1}}{{with 0}}{{else}}{{.}}{{end}}{{end}}', null, '1'],
]
