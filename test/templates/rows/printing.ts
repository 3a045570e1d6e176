/** `print`, `println` and the escaping functions. */

import type { Row } from '../host.ts'

export const rows: readonly Row[] = [
  ['{{print}}|{{println}}|', null, '|\n|'],
  [
    '{{print "a" "b"}} {{print 1 2}} {{print "a" 1}} {{print 1 "a" 2}} {{print 1 2 "a" "b" 3 4}}',
    null,
    'ab 1 2 a1 1a2 1 2ab3 4',
  ],
  ['{{print 1.5 true nil}}', null, '1.5 true <nil>'],
  ['{{print "a" nil "b"}} {{print nil nil}}', null, 'a<nil>b <nil> <nil>'],
  ['{{println "a" "b" 1}}', null, 'a b 1\n'],
  ['{{println nil .missing}}', {}, '<nil> <nil>\n'],
  ['{{print .l}} {{print .m}}', { l: [1, 'x', [2]], m: { b: null, a: [] } }, '[1 x [2]] map[a:[] b:<nil>]'],
  ['{{print .l .l}}', { l: [1] }, '[1] [1]'],
  ['{{print "" ""}}|{{print 1 "" 2}}', null, '|12'],
  ['{{html "<a href=\\"x\\">\'&\'</a>"}}', null, '&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt;'],
  ['{{"<b>" | html}} {{html "a" 1 2}} {{html 1.5}}', null, '&lt;b&gt; a1 2 1.5'],
  ['{{html nil}} {{html .missing}} {{html .l}}', { l: ['<'] }, '&lt;no value&gt; &lt;no value&gt; [&lt;]'],
  ['{{html "\\x00é"}}', null, '\ufffdé'],
  ['{{html}}|', null, '|'],
  [
    '{{js "it\'s \\"q\\" \\\\ <b> & = \\n\\t é"}}',
    null,
    'it\\\'s \\"q\\" \\\\ \\u003Cb\\u003E \\u0026 \\u003D \\u000A\\u0009 é',
  ],
  ['{{js "\\u2028 \\u00a0 😀 \\x7f"}}', null, '\\u2028 \\u00A0 😀 '],
  ['{{js 1 true}} {{js nil}}', null, '1 true \\u003Cno value\\u003E'],
  ['{{urlquery "a b&c=d/e?f+g%h"}}', null, 'a+b%26c%3Dd%2Fe%3Ff%2Bg%25h'],
  ['{{urlquery "é~-_.!*()"}} {{urlquery 1 2}} {{urlquery nil}}', null, '%C3%A9~-_.%21%2A%28%29 1+2 %3Cno+value%3E'],
  ['{{"a b" | urlquery | html}}', null, 'a+b'],
  ['{{.x | html}}', { x: { a: '<' } }, 'map[a:&lt;]'],
]
