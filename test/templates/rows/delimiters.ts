/** Other delimiters. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['<<1>> {{2}}', null, '1 {{2}}', { delimiters: ['<<', '>>'] }],
  ['[[ .a ]]', { a: 1 }, '1', { delimiters: ['[[', ']]'] }],
  ['<% if .a %>y<% else %>n<% end %>', { a: 1 }, 'y', { delimiters: ['<%', '%>'] }],
  ['a <<- 1 ->> b', null, 'a1b', { delimiters: ['<<', '>>'] }],
  ['<</* comment */>>x', null, 'x', { delimiters: ['<<', '>>'] }],
  ['((print (1)))', null, { error: '1: unclosed left paren' }, { delimiters: ['((', '))'] }],
  ['$1$', null, '1', { delimiters: ['$', '$'] }],
  ['BEGIN 1 END', null, '1', { delimiters: ['BEGIN', 'END'] }],
  ['{{1}}', null, '1', { delimiters: ['', ''] }],
  ['<<1}}', null, '1', { delimiters: ['<<', ''] }],
  ['{{1|', null, '1', { delimiters: ['', '|'] }],
  [
    '<<.a.b>>',
    { a: 1 },
    { error: "1:4 <.a.b>: can't evaluate field b in type interface {}" },
    { delimiters: ['<<', '>>'] },
  ],
  ['<<$x := 1>><<$x>>', null, '1', { delimiters: ['<<', '>>'] }],
  ['<<define "x">>X<<end>><<template "x">>', null, 'X', { delimiters: ['<<', '>>'] }],
  ['<<1', null, { error: '1: unclosed action' }, { delimiters: ['<<', '>>'] }],
  ['日1本', null, { error: '1: bad number syntax: "1本"' }, { delimiters: ['日', '本'] }],
]
