/** Templates of several texts that call each other. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{template "b" .}}', 5, '[5]', { others: [['b', '[{{.}}]']] }],
  ['{{template "x" .}}', 5, '<5>', { others: [['b', '{{define "x"}}<{{.}}>{{end}}ignored']] }],
  ['{{template "b.tpl"}}', null, ' b X', { others: [['b.tpl', '{{define "x"}}X{{end}} b {{template "x"}}']] }],
  ['{{define "x"}}first{{end}}{{template "x"}}', null, 'second', { others: [['b', '{{define "x"}}second{{end}}']] }],
  ['{{define "x"}}first{{end}}{{template "x"}}', null, 'first', { others: [['b', '{{define "x"}}{{end}}']] }],
  [
    '{{define "x"}}first{{end}}{{template "x"}}',
    null,
    'first',
    { others: [['b', '{{define "x"}} {{/* c */}} {{end}}']] },
  ],
  ['{{block "x" .}}default{{end}}', null, 'mine', { others: [['b', '{{define "x"}}mine{{end}}']] }],
  ['{{template "b"}}', null, '', { others: [['b', '']] }],
  ['{{template "b"}}|', null, '  |', { others: [['b', '  ']] }],
  [
    '{{template "x"}}',
    null,
    '2',
    {
      others: [
        ['b', '{{define "x"}}1{{end}}'],
        ['c', '{{define "x"}}2{{end}}'],
      ],
    },
  ],
  [
    '{{template "b" .}}',
    { a: 1 },
    { error: 'template: b:2:6: executing "b" at <.a.b>: can\'t evaluate field b in type interface {}' },
    { others: [['b', 'line\n  {{.a.b}}']] },
  ],
  [
    '{{template "x" .}}',
    { a: 1 },
    { error: 'template: dir/b.tpl:2:4: executing "x" at <.a.b>: can\'t evaluate field b in type interface {}' },
    { others: [['dir/b.tpl', '{{define "x"}}\n{{.a.b}}{{end}}']] },
  ],
  [
    '{{template "x" .}}',
    { a: 1 },
    { error: 'template: c:1:19: executing "y" at <.a.b>: can\'t evaluate field b in type interface {}' },
    {
      others: [
        ['b', '{{define "x"}}{{template "y" .}}{{end}}'],
        ['c', '{{define "y"}} {{.a.b}}{{end}}'],
      ],
    },
  ],
  [
    '{{template "x" .}}',
    { a: 1 },
    { error: 'template: b:2: function "nope" not defined' },
    { others: [['b', '\n{{define "x"}}{{nope}}{{end}}']] },
  ],
  [
    '{{template "x" .}}',
    { a: 1 },
    { error: 'template: b:1:25: executing "x" at <{{template "none"}}>: template "none" not defined' },
    { others: [['b', '{{define "x"}}{{template "none"}}{{end}}']] },
  ],
  ['a', null, 'b', { others: [['t', 'b']] }],
  ['a', null, 'c', { others: [['b', '{{define "t"}}c{{end}}']] }],
  ['<<template "b" .>>', 1, '1{{.}}', { others: [['b', '<<.>>{{.}}']], delimiters: ['<<', '>>'] }],
]
