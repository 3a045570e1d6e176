/** What we once got wrong. */

import { type Row, texts } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{range 2}}{{range 0}}{{else}}{{break}}{{end}}a{{end}}', null, 'aa'],
  [
    '{{(index .l 0) | call}}',
    { l: [1.5] },
    { error: '1:17 <call>: error calling call: non-function <float64 Value> of type float64' },
  ],
  ['{{true | call}}', null, { error: '1:9 <call>: error calling call: non-function <bool Value> of type bool' }],
  [
    '{{slice .s 1 .n}}',
    { s: 'text', n: 2n },
    { error: '1:2 <slice .s 1 .n>: error calling slice: cannot index slice/array with type interface {}' },
  ],
  [
    '{{range .l}}{{slice $.s .}}{{end}}',
    { s: 'text', l: [1n] },
    { error: '1:14 <slice $.s .>: error calling slice: cannot index slice/array with type interface {}' },
  ],
  [
    '{{slice .l .missing}}',
    { l: [1] },
    { error: '1:2 <slice .l .missing>: error calling slice: cannot index slice/array with type interface {}' },
    { missingKey: 'zero' },
  ],
  ['{{printf "%#q" (slice "é" 1)}}', null, '"\\xa9"'],
  ['{{range (index "ab" 0)}}{{.x}}{{end}}', null, { error: "1:26 <.x>: can't evaluate field x in type uint8" }],
  ['{{printf "%v" -0B.-1.5i}}', null, { error: '1: syntax error scanning complex number' }],
  [
    '{{join "," .names}}',
    { names: texts('a') },
    { error: '1:11 <.names>: wrong type for value; expected []interface {}; got []string' },
  ],
  ['{{printf "%T" (slice .names 0)}}', { names: texts('a') }, '[]string'],
  ['{{print.x}}', null, { error: "1:2 <print>: can't evaluate field x in type string" }],
  ['{{range (slice "日本" 1)}}{{end}}', null, { error: "1:24 <1>: range can't iterate over \ufffd\ufffd本" }],
  ['{{(1) 2}}', null, { error: "1:2 <(1) 2>: can't give argument to non-function 1" }],
  ['{{(print 1 2) 2}}', null, { error: "1:2 <(print 1 2) 2>: can't give argument to non-function print 1 2" }],
  ['{{print "éééééé" := 1}}', null, { error: '1: unexpected ":=" in operand' }],
  ['{{block "x" .}}\n\n{{else}}{{end}}', null, { error: '1: unexpected {{else}} in block clause' }],
  ['{{.', null, { error: '1: illegal number syntax: "."' }],
  ['{{. ', null, { error: '1: unclosed action' }],
  ['{{printf "%+v" .i}} {{printf "%5.1f|" .i}}', { i: Infinity }, '+Inf  +Inf|'],
  ['{{printf "%[]d" 1}} {{printf "%[1" 1}}', null, '%!d(BADINDEX) %!(NOVERB)'],
]
