/** Leaving a loop or one turn of it. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{range .}}{{if eq . 2.0}}{{break}}{{end}}{{.}}{{end}}', [1, 2, 3], '1'],
  ['{{range .}}{{if eq . 2.0}}{{continue}}{{end}}{{.}}{{end}}', [1, 2, 3], '13'],
  ['{{range .}}{{.}}{{break}}{{else}}none{{end}}', [1, 2], '1'],
  ['{{range .}}{{break}}{{else}}none{{end}}', [], 'none'],
  ['{{range .}}{{range $}}{{.}}{{break}}{{end}}|{{end}}', [1, 2], '1|1|'],
  ['{{range .}}{{range $}}{{continue}}x{{end}}{{.}}{{end}}', [1, 2], '12'],
  ['{{range .}}{{with .}}{{break}}{{end}}{{end}}ok', [1, 2], 'ok'],
  ['{{range .}}{{with 1}}{{continue}}{{end}}x{{end}}ok', [1, 2], 'ok'],
  ['{{range 2}}{{range 0}}{{else}}e{{break}}x{{end}}o{{end}}', null, 'eoeo'],
  ['{{range 2}}{{range 0}}{{else}}e{{continue}}x{{end}}o{{end}}', null, 'ee'],
  ['{{range 5}}{{if ge . 2}}{{break}}{{end}}{{.}}{{end}}', null, '01'],
  ['{{$x := 0}}{{range .}}{{$x = .}}{{if eq . 2.0}}{{break}}{{end}}{{end}}{{$x}}', [1, 2, 3], '2'],
  ['{{range .}}{{ break }}{{end}}ok', [1], 'ok'],
  ['{{range .}}a {{- continue -}} b{{end}}ok', [1, 2], 'aaok'],
  ['{{break}}', null, { error: '1: {{break}} outside {{range}}' }],
  ['{{continue}}', null, { error: '1: {{continue}} outside {{range}}' }],
  ['{{if 1}}{{break}}{{end}}', null, { error: '1: {{break}} outside {{range}}' }],
  ['{{range 1}}{{else}}{{break}}{{end}}', null, { error: '1: {{break}} outside {{range}}' }],
  ['{{range .}}{{break 1}}{{end}}', [1], { error: '1: unexpected "1" in {{break}}' }],
  ['{{range .}}{{continue .}}{{end}}', [1], { error: '1: unexpected <.> in {{continue}}' }],
  ['{{range .}}{{break | print}}{{end}}', [1], { error: '1: unexpected "|" in {{break}}' }],
  ['{{range .}}{{define "x"}}{{break}}{{end}}{{end}}', [1], { error: '1: unexpected <define> in command' }],
  ['{{range .}}{{block "x" .}}{{break}}{{end}}{{end}}', [1], { error: '1: {{break}} outside {{range}}' }],
]
