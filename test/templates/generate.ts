/** Templates made from a seed: mostly meaningful ones, some with a slip of the keys. */

import { type Question, type RowOptions, strings, texts } from './host.ts'

/** The same numbers for the same seed, on every machine. */
class Dice {
  state: number
  constructor(seed: number) {
    this.state = (seed * 2654435761 + 12345) >>> 0 || 1
    for (let i = 0; i < 4; i++) this.below(2)
  }
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    this.state >>>= 0
    return Math.floor((this.state / 0x1_0000_0000) * limit)
  }
  chance(percent: number): boolean {
    return this.below(100) < percent
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}

type Type = 'int' | 'float' | 'string' | 'bool' | 'list' | 'map' | 'nil'

const types: readonly Type[] = ['int', 'float', 'string', 'bool', 'list', 'map', 'nil']

/** What the data holds, by type; the same paths exist in every variant of the data. */
const paths: Readonly<Record<Type, readonly string[]>> = {
  int: ['.i', '.j', '.m.c.i'],
  float: ['.n', '.z', '.big', '.tiny', '.neg', '.m.a'],
  string: ['.s', '.e', '.u', '.m.b', '.m.c.d.e', '.labels.app'],
  bool: ['.t', '.f', '.m.c.t'],
  list: ['.l', '.nums', '.ints', '.empty', '.mixed', '.objs', '.names', '.m.c.l'],
  map: ['.m', '.em', '.m.c', '.labels', '.m.c.d'],
  nil: ['.nil', '.missing', '.m.missing', '.m.c.nil'],
}

const literals: Readonly<Record<Type, readonly string[]>> = {
  int: ['0', '1', '2', '7', '12', '-3', '+4', '0x1F', '0b101', '0o17', '017', '1_0', "'a'", "'\\n'", "'é'"],
  float: ['0.0', '1.5', '-2.5', '1e3', '1e-7', '.5', '2.', '0x1p4', '1e21', '-0.0', '123456789.0', '-0xE'],
  string: ['"x"', '""', '"a b"', '`raw "q" \\n`', '"tab\\tq\\"é\\u00e9\\x41"', '"%v|%d"', "`<a href='x'>`", '"日本"'],
  bool: ['true', 'false'],
  list: ['(list)', '(list 1 2)', '(list "a" nil 1.5)'],
  map: ['.m', '.em'],
  nil: ['nil', '(nothing)', '(index .em "q")'],
}

const verbs = 'vvvvdsqxXtTbocUeEfFgGOwz%'
const glue = ['', ' ', '\n', '  \n  ', 'text', 'a: ', '- ', 'é ', '\t', '{ ', ' }', '-']

interface Scope {
  variables: { name: string; type: Type | undefined }[]
  inLoop: boolean
  templates: readonly string[]
  /** Dot is the data itself, so that the paths exist. */
  root: boolean
}

class Author {
  readonly dice: Dice
  budget = 14
  constructor(dice: Dice) {
    this.dice = dice
  }

  document(): string {
    const { dice } = this
    const templates: string[] = []
    let text = ''
    for (const name of ['one', 'two']) {
      if (!dice.chance(25)) continue
      const root = dice.chance(50)
      const scope: Scope = { variables: [], inLoop: false, templates: [...templates], root }
      text += this.action(`define "${name}"`) + this.body(scope, 2) + this.action('end')
      templates.push(name)
    }
    return text + this.body({ variables: [], inLoop: false, templates, root: true }, 3)
  }

  body(scope: Scope, depth: number): string {
    const visible = scope.variables.length
    let text = this.dice.pick(glue)
    for (let count = 1 + this.dice.below(3); count > 0; count--)
      text += this.statement(scope, depth) + this.dice.pick(glue)
    scope.variables.length = visible
    return text
  }

  statement(scope: Scope, depth: number): string {
    const { dice } = this
    if (this.budget-- <= 0 || depth === 0) return this.action(this.pipeline(scope, this.type(), 1))
    const kind = dice.below(20)
    if (kind < 8) return this.action(this.pipeline(scope, this.type(), 2))
    if (kind < 10) return this.declaration(scope)
    if (kind < 13) return this.choice(scope, depth)
    if (kind < 16) return this.loop(scope, depth)
    if (kind === 16) return this.comment()
    if (kind === 17 && scope.inLoop && dice.chance(60)) return this.jump(scope)
    if (kind === 18 && dice.chance(40))
      return (
        this.action(`block "b${dice.below(3)}" ${dice.pick(['.', '$', '.m'])}`) + dice.pick(glue) + this.action('end')
      )
    if (scope.templates.length > 0)
      return this.action(`template "${dice.pick(scope.templates)}" ${dice.pick(['.', '$', '', '.m', '.nil'])}`)
    return this.action(this.pipeline(scope, this.type(), 2))
  }

  comment(): string {
    return this.dice.pick(['{{/* note */}}', '{{- /* note\n */ -}}', '{{/* a }} */ -}}', '{{- /**/}}'])
  }

  jump(scope: Scope): string {
    const word = this.dice.pick(['break', 'continue'])
    return this.action(`if ${this.operand(scope, 'bool', 1)}`) + this.action(word) + this.action('end')
  }

  declaration(scope: Scope): string {
    const { dice } = this
    const type = this.type()
    const value = this.pipeline(scope, type, 2)
    if (scope.variables.length > 0 && dice.chance(40))
      return this.action(`${dice.pick(scope.variables).name} = ${value}`)
    const name = `$v${scope.variables.length}`
    scope.variables.push({ name, type })
    return this.action(`${name} := ${value}`)
  }

  choice(scope: Scope, depth: number): string {
    const { dice } = this
    const word = dice.chance(60) ? 'if' : 'with'
    const visible = scope.variables.length
    const { root } = scope
    const type = this.type()
    let head = this.pipeline(scope, type, 2)
    if (dice.chance(20)) {
      scope.variables.push({ name: '$w', type })
      head = `$w := ${head}`
    }
    if (word === 'with') scope.root = false
    let text = this.action(`${word} ${head}`) + this.body(scope, depth - 1)
    scope.root = root
    if (dice.chance(25)) text += this.action(`else ${word} ${this.pipeline(scope, this.type(), 1)}`) + dice.pick(glue)
    if (dice.chance(40)) text += this.action('else') + this.body(scope, depth - 1)
    scope.variables.length = visible
    return text + this.action('end')
  }

  loop(scope: Scope, depth: number): string {
    const { dice } = this
    const type = dice.pick<Type>(['list', 'list', 'list', 'map', 'int', 'nil', 'string'])
    const visible = scope.variables.length
    const { root, inLoop } = scope
    let head = type === 'int' ? String(dice.below(4)) : this.operand(scope, type, 1)
    if (dice.chance(25)) {
      scope.variables.push({ name: '$x', type: undefined })
      head = `$x := ${head}`
    } else if (dice.chance(40)) {
      scope.variables.push({ name: '$k', type: undefined }, { name: '$x', type: undefined })
      head = `$k, $x := ${head}`
    } else if (visible > 0 && dice.chance(20)) head = `${dice.pick(scope.variables).name} = ${head}`
    scope.root = false
    scope.inLoop = true
    let text = this.action(`range ${head}`) + this.body(scope, depth - 1)
    scope.root = root
    scope.inLoop = inLoop
    if (dice.chance(30)) text += this.action('else') + this.body(scope, depth - 1)
    scope.variables.length = visible
    return text + this.action('end')
  }

  type(): Type {
    return this.dice.pick(types)
  }

  pipeline(scope: Scope, type: Type, depth: number): string {
    const { dice } = this
    const first = dice.chance(55) ? this.operand(scope, type, depth) : this.call(scope, type, depth)
    if (!dice.chance(25)) return first
    const stages = [
      'print',
      'printf "%v"',
      'printf "%q"',
      'printf "%[1]T"',
      'html',
      'js',
      'urlquery',
      'len',
      'not',
      'eq 1',
    ]
    const more = [
      'println',
      'and true',
      'or false',
      'index .l',
      'give',
      'list',
      'upper',
      'sum 1',
      'call',
      'printf "%5.2f|"',
    ]
    return `${first} | ${dice.pick([...stages, ...more])}${dice.chance(20) ? ' | print' : ''}`
  }

  operand(scope: Scope, wanted: Type, depth: number): string {
    const { dice } = this
    const type = dice.chance(4) ? this.type() : wanted
    const kind = dice.below(10)
    if (kind < 3 && depth > 0) return `(${this.pipeline(scope, type, depth - 1)})`
    if (kind < 5) {
      const fitting = scope.variables.filter((variable) => variable.type === type || variable.type === undefined)
      if (fitting.length > 0)
        return dice.pick(fitting).name + (dice.chance(8) ? dice.pick(['.a', '.name', '.c.d']) : '')
    }
    if (kind < 6) return dice.pick(literals[type])
    if (!scope.root && dice.chance(30)) return dice.pick(['.', '.', '.name', '$.m', '.a'])
    const path = dice.pick(paths[type])
    return scope.root ? (dice.chance(10) ? `$${path}` : path) : dice.chance(85) ? `$${path}` : path
  }

  call(scope: Scope, type: Type, depth: number): string {
    const { dice } = this
    const of = (wanted: Type) => this.operand(scope, wanted, depth - 1)
    const same = dice.pick<Type>(['int', 'float', 'string', 'bool', 'nil'])
    const calls: Readonly<Record<Type, readonly (() => string)[]>> = {
      int: [() => `len ${of(dice.pick<Type>(['string', 'list', 'map']))}`, () => `sum ${of('int')} ${of('int')}`],
      float: [() => `half ${of('float')}`, () => `index .nums ${dice.below(4)}`],
      string: [
        () => `print ${of(this.type())} ${of(this.type())}`,
        () => `println ${of(this.type())}`,
        () => this.printf(scope, depth),
        () => this.printf(scope, depth),
        () => `slice ${of('string')} ${dice.below(4)}${dice.chance(40) ? ` ${dice.below(6)}` : ''}`,
        () => `${dice.pick(['html', 'js', 'urlquery'])} ${of(this.type())}`,
        () => `upper ${of('string')}`,
        () => `join "," ${of('list')}`,
        () => (dice.chance(20) ? `refuse ${of('string')}` : `repeat ${of('int')} "ab"`),
      ],
      bool: [
        () => `eq ${of(same)} ${of(same)}${dice.chance(20) ? ` ${of(same)}` : ''}`,
        () => `${dice.pick(['ne', 'lt', 'le', 'gt', 'ge'])} ${of(same)} ${of(same)}`,
        () => `not ${of(this.type())}`,
        () => `both ${of('bool')} ${of('bool')}`,
      ],
      list: [() => `list ${of(this.type())} ${of(this.type())}`, () => `slice ${of('list')} ${dice.below(3)}`],
      map: [() => `index .objs ${dice.below(3)}`, () => `index .m "c"`],
      nil: [() => 'nothing', () => `index .m "${dice.pick(['a', 'none'])}"`, () => `give ${of('nil')}`],
    }
    if (dice.chance(20))
      return `${dice.pick(['and', 'or'])} ${of(type)} ${of(type)}${dice.chance(20) ? ` ${of(type)}` : ''}`
    return dice.pick(calls[type])()
  }

  printf(scope: Scope, depth: number): string {
    const { dice } = this
    let format = ''
    let args = ''
    for (let count = 1 + dice.below(2); count > 0; count--) {
      let directive = '%'
      for (const flag of '+-# 0') if (dice.chance(14)) directive += flag
      if (dice.chance(6)) directive += `[${dice.below(4)}]`
      if (dice.chance(25)) directive += dice.chance(10) ? '*' : String(dice.below(14))
      if (dice.chance(20)) directive += dice.chance(10) ? '.*' : `.${dice.below(9)}`
      format += directive + dice.pick([...verbs]) + dice.pick(['', ' ', '|'])
      if (dice.chance(95)) args += ` ${this.operand(scope, this.type(), depth - 1)}`
    }
    return `printf "${format}"${args}`
  }

  action(inside: string): string {
    const { dice } = this
    const left = dice.chance(12) ? '{{- ' : dice.chance(15) ? '{{ ' : '{{'
    const right = dice.chance(12) ? ' -}}' : dice.chance(15) ? ' }}' : '}}'
    return left + inside + right
  }
}

/** One character dropped, doubled or put in, as fingers do. */
function slip(dice: Dice, text: string): string {
  const at = dice.below(text.length)
  const put = dice.pick([
    ...'{}()|.$"`\'-=:, \n#@0x_i%é!',
    'end',
    'else',
    '{{',
    '}}',
    ' 1 ',
    '{{end}}',
    '/*',
    ' := ',
    '{{else}}',
  ])
  const kind = dice.below(3)
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
  if (kind === 1) return text.slice(0, at) + put + text.slice(at)
  return text.slice(0, at) + put + text.slice(at + 1)
}

/** Template number `seed` with its data. */
export function generate(seed: number): Question {
  const dice = new Dice(seed)
  let template = new Author(dice).document()
  if (dice.chance(15)) template = slip(dice, template)
  const missingKey = dice.pick<NonNullable<RowOptions['missingKey']>>(['default', 'default', 'zero', 'error'])
  return { template, data: makeData(dice), missingKey }
}

function makeData(dice: Dice) {
  return {
    i: dice.pick([5n, 0n, -1n, 1000n]),
    j: -2n,
    n: dice.pick([1.5, 2, 1e6, 0.1, 1e-9]),
    z: 0,
    big: 1234567,
    tiny: 0.00001,
    neg: -3,
    s: dice.pick(['text', 'a', 'x-y.z', '12']),
    e: '',
    u: 'h\u00e9llo <b> & "q" \'s\' \u65e5\u672c \u{1f600}\t=',
    t: true,
    f: false,
    nil: null,
    l: ['a', 'b', 'c'],
    nums: [3, 1.5, 1e21],
    ints: [3n, 1n],
    empty: [],
    mixed: [1, 'x', null, true, { k: 'v' }, [1n, 'y']],
    names: texts('p', 'q'),
    labels: strings({ app: 'web', 'k8s.io/name': 'y' }),
    em: {},
    m: { a: 1, b: 'two', c: { d: { e: 'deep' }, i: 7n, l: [{ name: 'in' }], nil: null, t: true } },
    objs: [
      { name: 'one', port: 80 },
      { name: 'two', port: 8080n, on: true },
    ],
  }
}
