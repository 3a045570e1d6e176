/** Comments, which leave nothing behind, and where they may stand. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{/* a comment */}}', null, ''],
  ['a {{/* a comment */}} b', null, 'a  b'],
  ['a {{- /* a comment */ -}} b', null, 'ab'],
  ['a {{- /* a comment */}} b', null, 'a b'],
  ['a {{/* a comment */ -}} b', null, 'a b'],
  ['{{/* two\nlines */}}x', null, 'x'],
  ['{{/**/}}x', null, 'x'],
  ['{{/***/}}x', null, 'x'],
  ['{{/* {{nested}} */}}x', null, 'x'],
  ['{{/* "quoted }} text" */}}x', null, 'x'],
  ['{{if true}}{{/* in a body */}}y{{end}}', null, 'y'],
  ['{{/* a */}}{{/* b */}}c', null, 'c'],
  ['{{ /* a */}}', null, { error: '1: unexpected "/" in command' }],
  ['{{/* a */ }}', null, { error: '1: comment ends before closing delimiter' }],
  ['{{/* a */', null, { error: '1: comment ends before closing delimiter' }],
  ['{{/* a', null, { error: '1: unclosed comment' }],
  ['{{/* a }}', null, { error: '1: unclosed comment' }],
  ['{{- /* a */ -}', null, { error: '1: comment ends before closing delimiter' }],
  ['line\n{{/* a\nb */ x}}', null, { error: '2: comment ends before closing delimiter' }],
  ['{{1 /* a */}}', null, { error: '1: unexpected "/" in operand' }],
  ['{{/* a */}}\n{{.x.y.z}}', { x: 1 }, { error: "2:4 <.x.y.z>: can't evaluate field y in type interface {}" }],
]
