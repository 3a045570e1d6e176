import fc from 'fast-check'

/** Pieces of text that mean something to one reader of YAML or another. */
const pieces = [
  ...['a', 'b', 'word', 'word ', 'lorem ipsum', '1', '0', '12', '007', 'é', '日本', '\u{1f600}', '\ufffd', '\ue000'],
  ...[' ', '  ', '\n', '\n\n', ' \n', '\n ', '\t', '\n\t', '\r', '\r\n', '\x00', '\x07', '\x1b', '\x7f', '\x80'],
  ...['\u0085', '\u00a0', '\u2028', '\ufeff', '\uffff', '-', '--', '- ', '---', '\n---\n', '...', '\n...\n', '_', '.'],
  ...[':', ': ', '#', ' #', '"', "'", '\\', '{', '}', '[', ']', ',', '?', '? ', '!', '&', '*', '|', '>', '%', '@', '`'],
  ...['=', '<<', '<', '~', '/', '$', '(', ')', '+', 'T', 'Z', 'yes', 'NO', 'y', 'true', 'null', 'on', 'nULL'],
  ...['1e3', '0x1', '0o7', '0b1', '1_000', '.5', '.inf', '.nan', '12:30', '2020-01-01', '2020-01-01T00:00:00Z'],
]

const piece = fc.constantFrom(...pieces)
const words = fc.constantFrom('word ', 'longerword ', 'a', ' ', "it's ")

/** Text that tempts a writer or a reader to a mistake: indicators, odd white space, long lines. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...pieces, ''),
  fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(piece, { minLength: 6, maxLength: 40 }).map((parts) => parts.join('')),
  fc
    .array(fc.constantFrom('line', '\n', '  x: ', ' ', '\t', 'word '), { maxLength: 30 })
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.array(piece, { maxLength: 3 }), fc.array(words, { minLength: 8, maxLength: 60 }))
    .map(([head, tail]) => [...head, ...tail].join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

const number = fc.oneof(
  fc.constantFrom(0, -1, 15, 1000000, 1234567.5, 0.1, 1e-5, 1e20, 1e19, 2 ** 63, 2 ** 64, 1e21, 5e-324),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const keys = fc.oneof(
  fc.constantFrom('a', 'b', 'name', 'a1', 'a2', 'a10', 'x-y', 'app.kubernetes.io/name', 'on', '1', '_', ''),
  nastyText,
)

/** Plain data as JSON holds it, with nasty keys and texts. */
export const data: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: nastyText },
    { weight: 1, arbitrary: number },
    { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(keys, tie('value')), { maxLength: 5 })
        .map((members) => Object.fromEntries(members) as Record<string, unknown>),
    },
  ),
})).value

const commonScalars = [
  ...[
    'a',
    'x y',
    '1',
    '-1',
    '0x1f',
    '1.5',
    'true',
    'yes',
    '~',
    '""',
    "''",
    '"q\\n\\u00e9 r"',
    "'it''s'",
    'é',
    '007',
    'a:b',
  ],
  ...[
    'http://x:80/',
    'a#b',
    '-x',
    '{}',
    '[]',
    '[ ]',
    '[a, b]',
    '{a: 1, b: [c]}',
    '{"a":1,"b":[true,-2,"x"],"c":{"d":null}}',
    '{a: , b: ~, "c": }',
    '[{a: b}, "c"]',
    '{"a": 1}',
    'null',
    'on',
  ],
  ...['"a: b"', "'a # b'", 'x # c', '"y" # c', '[a] # c', '2020-01-01', '{a: 1,}', '[-1, $x]', 'one\n      two', ''],
  ...['{a: 1,\n     b: [x,\n y]}', '[\n      a, # c\n     b\n     ]'],
]

const rareScalars = [
  ...[
    '<<',
    '|',
    '>',
    '%',
    '@',
    '&x a',
    '*x',
    '!!str 1',
    '!t {a: 1}',
    '"a\n      b \\\n     c\n\n    d"',
    "'a\n     b'",
  ],
  ...[
    'one\n      # c',
    '? a',
    '- a',
    'a: b',
    '"open',
    '[open',
    '[a:b, c: d]',
    '{"a":b:c}',
    '{"a":}',
    '{"a":,"b" :1}',
    '"x" y',
    '"\\x41\\\'"',
    '{a, b}',
  ],
]

const blocks = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '|+', '>-', '>+', '|2', '|1-', '| # c'),
    fc.array(
      fc.constantFrom('  text', '    deeper', '', '  text  ', '     ', '  # no', '  - a', '  x\ttab', '  a: b', ' '),
    ),
  )
  .map(([header, lines]) => [header, ...lines])

const plainKeys = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'name', 'x y', '"q"', "'s'", '1', 'a.b/c', 'é', '-k', 'a:b'),
  },
  { weight: 1, arbitrary: fc.constantFrom('on', '<<', '? k', '~', '&x k', '[k]', '1.5') },
)

/** Lines of YAML without the indentation that their parent gives them. */
interface Lines {
  readonly kind: 'scalar' | 'map' | 'list'
  readonly lines: readonly string[]
}

const node: fc.Arbitrary<Lines> = fc.letrec<{ map: Lines; list: Lines }>((tie) => {
  const scalar = fc
    .oneof(
      { weight: 40, arbitrary: fc.constantFrom(...commonScalars).map((text) => [text]) },
      { weight: 1, arbitrary: fc.constantFrom(...rareScalars).map((text) => [text]) },
      { weight: 8, arbitrary: blocks },
    )
    .map((lines): Lines => ({ kind: 'scalar', lines }))
  const nested = fc.oneof({ depthSize: 'small' }, scalar, tie('map'), tie('list'))
  const noise = fc.constantFrom([], [], [], [], [], [], [''], ['# c'], ['  # c'], ['  '])
  const member = fc
    .tuple(plainKeys, nested, fc.constantFrom(2, 2, 2, 4), noise)
    .map(([key, { kind, lines }, deep, more]) => {
      if (kind === 'scalar') return [`${key}: ${lines[0]}`, ...lines.slice(1), ...more]
      const indent = ' '.repeat(kind === 'list' && deep === 4 ? 0 : deep)
      return [`${key}:`, ...lines.map((line) => indent + line), ...more]
    })
  const item = fc
    .tuple(nested, noise)
    .map(([{ lines }, more]) => [
      `- ${lines[0]}`,
      ...lines.slice(1).map((line) => (line === '' ? '' : `  ${line}`)),
      ...more,
    ])
  return {
    map: fc
      .uniqueArray(member, { minLength: 1, maxLength: 4, selector: ([first]) => first?.split(':')[0] })
      .map((all) => ({ kind: 'map', lines: all.flat() })),
    list: fc.array(item, { minLength: 1, maxLength: 3 }).map((all) => ({ kind: 'list', lines: all.flat() })),
  }
}).map

const bits = [
  ' ',
  '  ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '"',
  "'",
  '#',
  ' #',
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '>',
  '&a ',
  '\t',
  '?',
]
const edit = fc.tuple(
  fc.nat(),
  fc.nat({ max: 3 }),
  fc.constantFrom('', ...bits, '%', '@', '---\n', '...\n', '\\', '~', '\n\n'),
)

/** The text with a few characters replaced: what a slip of the hand makes of it. */
export function slips(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.oneof(fc.constant([]), fc.constant([]), fc.array(edit, { maxLength: 3 })))
    .map(([text, edits]) =>
      edits.reduce((now, [place, cut, bit]) => {
        const at = place % (now.length + 1)
        return now.slice(0, at) + bit + now.slice(at + cut)
      }, text),
    )
}

/** Texts in YAML, most of them well-formed. */
export const yamlText: fc.Arbitrary<string> = slips(
  fc
    .tuple(
      fc.array(node, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('', '---\n', '# c\n---\n'),
      fc.constantFrom('', '\n'),
    )
    .map(([documents, head, end]) => head + documents.map(({ lines }) => lines.join('\n')).join('\n---\n') + end),
)
