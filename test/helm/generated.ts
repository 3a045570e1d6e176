/** Charts and values at random, by a seed: templates of everything the language and Helm's functions have. */

import { random } from '../mutations/random.ts'
import type { Question } from './oracle.ts'

const texts = [
  '""',
  '"a"',
  '"Hello World"',
  '"a,b,c"',
  '"12"',
  '"1.5"',
  '"true"',
  '"x-y_z"',
  '"é ü"',
  '" pad "',
  '"line\\nline"',
  '"a: b"',
  '"[1, 2]"',
  '"v1.2.3"',
]
const numbers = ['0', '1', '2', '3', '-1', '10', '1.5', '100', '0.1', '2.0']
const paths = [
  '.Values.name',
  '.Values.count',
  '.Values.ratio',
  '.Values.flag',
  '.Values.items',
  '.Values.table',
  '.Values.table.a',
  '.Values.table.b.c',
  '.Values.nothing',
  '.Values.missing',
  '.Values.missing.deep',
  '.Release.Name',
  '.Chart.Name',
  '.Values.global',
  '.Values.words',
  '.Values',
  '.Values.empty',
  '.Values.name.x',
]
const unary = [
  'upper',
  'lower',
  'title',
  'trim',
  'quote',
  'squote',
  'toString',
  'toJson',
  'toYaml',
  'len',
  'int',
  'float64',
  'int64',
  'first',
  'last',
  'rest',
  'initial',
  'reverse',
  'uniq',
  'compact',
  'sortAlpha',
  'kindOf',
  'typeOf',
  'not',
  'b64enc',
  'b64dec',
  'sha256sum',
  'snakecase',
  'camelcase',
  'kebabcase',
  'empty',
  'toStrings',
  'keys | sortAlpha',
  'floor',
  'ceil',
  'add1',
  'untitle',
  'nospace',
  'fromJson',
  'fromYaml',
  'toPrettyJson',
  'toToml',
  'base',
  'dir',
  'ext',
  'deepCopy',
  'html',
  'urlquery',
  'print',
  'list',
  'dict',
  'until',
  'toYamlPretty',
  'squote',
  'semver',
  'regexQuoteMeta',
  'atoi',
  'mustToJson',
  'values | len',
  'initials',
  'swapcase',
  'fromYamlArray',
  'fromJsonArray',
  'adler32sum',
  'b32enc',
  'duration',
  'durationRound',
  'clean',
]
const binary = [
  'default',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'and',
  'or',
  'contains',
  'hasPrefix',
  'hasSuffix',
  'trimSuffix',
  'trimPrefix',
  'trunc',
  'indent',
  'nindent',
  'join',
  'splitList',
  'has',
  'append',
  'prepend',
  'without',
  'concat',
  'add',
  'sub',
  'mul',
  'div',
  'mod',
  'max',
  'min',
  'addf',
  'mulf',
  'subf',
  'divf',
  'coalesce',
  'merge',
  'mergeOverwrite',
  'hasKey',
  'get',
  'pick',
  'omit',
  'index',
  'list',
  'dict',
  'cat',
  'print',
  'deepEqual',
  'typeIs',
  'kindIs',
  'regexMatch',
  'regexFind',
  'semverCompare',
  'required',
  'repeat',
  'slice',
  'chunk',
  'trimAll',
  'split',
  'round',
  'all',
  'any',
  'seq',
  'unset',
  'pluck',
  'tpl',
  'maxf',
  'plural "a" "b"',
  'ternary "yes"',
  'replace "a"',
  'set (dict)',
  'printf "%v-%s"',
  'substr 0',
  'dig "a"',
  'regexReplaceAll "[a-e]"',
  'regexSplit "[,-]"',
]

/** Expressions by what they give; in them a letter in capitals stands for another expression: Text, Number, List, Map, Any. */
const forms = {
  T: [
    'upper T',
    'lower T',
    'title T',
    'trim T',
    'quote A',
    'squote A',
    'toString A',
    'toJson A',
    'toYaml A',
    'toPrettyJson A',
    'toRawJson A',
    'b64enc T',
    'b32enc T',
    'sha256sum T',
    'sha1sum T',
    'snakecase T',
    'camelcase T',
    'kebabcase T',
    'trunc N T',
    'indent 2 T',
    'nindent 4 T',
    'replace T T T',
    'join T L',
    'printf "%v-%s" A T',
    'printf "%d|%5.2f|%q" N 1.5 T',
    'cat A A',
    'repeat 2 T',
    'substr 0 2 T',
    'untitle T',
    'swapcase T',
    'initials T',
    'nospace T',
    'trimSuffix T T',
    'trimPrefix T T',
    'trimAll T T',
    'regexReplaceAll "[a-e]" T "<$0>"',
    'regexFind "[a-z]+" T',
    'typeOf A',
    'kindOf A',
    'base T',
    'dir T',
    'clean T',
    'ext T',
    'toToml M',
    'toYamlPretty A',
    'html A',
    'urlquery A',
    'default T T',
    'ternary T T B',
    'include "c.names" .',
    'tpl "{{ .Values.name }}" .',
    '.Files.Get "extra.txt"',
    'wrap 5 T',
    'abbrev 5 T',
    'plural "one" "many" (len L)',
    'print A A',
    'adler32sum T',
    'regexQuoteMeta T',
    'duration N',
    'toToml M',
    'get (dict "a" T) "a"',
    'coalesce "" T',
  ],
  N: [
    'len L',
    'len T',
    'int A',
    'int64 A',
    'float64 A',
    'add N N',
    'sub N N',
    'mul N N',
    'max N N',
    'min N N',
    'add1 N',
    'addf N N',
    'mulf N N',
    'floor N',
    'ceil N',
    'round N 1',
    'div N 3',
    'mod N 7',
    'atoi T',
    'subf N N',
    'divf N 3',
    'maxf N N',
    'toDecimal T',
    'biggest N N N',
  ],
  B: [
    'not A',
    'empty A',
    'contains T T',
    'hasPrefix T T',
    'hasSuffix T T',
    'has A L',
    'hasKey M T',
    'eq T T',
    'ne T T',
    'lt (int N) (int N)',
    'gt (float64 N) (float64 N)',
    'and B B',
    'or B B',
    'kindIs "map" A',
    'typeIs "string" A',
    'deepEqual A A',
    'regexMatch "^[a-z ]+$" T',
    'semverCompare ">=1.2" "1.3.1"',
    '.Capabilities.APIVersions.Has "apps/v1"',
    'all A A',
    'any A A',
    'isAbs T',
  ],
  L: [
    'list A A',
    'list T T',
    'splitList "," T',
    'rest (list A L)',
    'initial (list A L)',
    'reverse L',
    'uniq L',
    'compact L',
    'sortAlpha (list T T T)',
    'append L A',
    'prepend L A',
    'concat L L',
    'without L A',
    'until 3',
    'untilStep 0 10 3',
    'toStrings L',
    'keys M | sortAlpha',
    'regexFindAll "[a-z]" T -1',
    'regexSplit "[,-]" T -1',
    'slice (list A A A) 1',
    'first (chunk 2 (list A A A))',
    'pluck "a" M M',
    'tuple A A',
    'fromJsonArray (toJson L)',
    'fromYamlArray (toYaml L)',
    'default L L',
  ],
  M: [
    'dict "a" A "b" A',
    'dict "x" (dict "y" A)',
    'merge (dict "a" A) M',
    'mergeOverwrite (deepCopy M) (dict "a" A)',
    'pick M "a" "b"',
    'omit M "a"',
    'set (dict) T A',
    'unset (dict "a" A "b" A) "a"',
    'fromJson (toJson M)',
    'fromYaml (toYaml M)',
    'split "," T',
    'deepCopy M',
    'default (dict "d" A) M',
    'splitn "," 2 T',
  ],
  A: [
    'T',
    'N',
    'B',
    'L',
    'M',
    'first L',
    'last L',
    'index (list A A) 0',
    'default A A',
    'coalesce A A',
    'ternary A A B',
    'get M "a"',
    'dig "a" A (deepCopy (dict "a" A))',
    'and A A',
    'or A A',
    'fromJson (toJson M)',
  ],
} as const

type Kind = keyof typeof forms

const leaves: { readonly [kind in Kind]: readonly string[] } = {
  T: [...texts, '.Values.name', '.Release.Name', '.Chart.Name', '(toString .Values.count)'],
  N: [...numbers, '.Values.count', '.Values.ratio'],
  B: ['true', 'false', '(not .Values.flag)', '(eq 1 1)'],
  L: ['(list)', '(list 1 2 3)', '(list "b" "a")', '(default (list) .Values.items)', '(until 2)'],
  M: ['(dict)', '(dict "a" 1)', '(default (dict) .Values.table)', '(dict "b" (list 1))'],
  A: [
    '.Values.name',
    '.Values.count',
    '.Values.flag',
    '.Values.items',
    '.Values.table',
    '.Values.nothing',
    '.Values.missing',
    '.Values.words',
    '.Values.empty',
    '.Values.global',
    '1',
    '"x"',
    '1.5',
    '.Values',
    '(list)',
    'nil',
  ],
}

class Writer {
  readonly next: () => number
  depth = 0
  /** Variables that are there, by how far inside. */
  variables: string[] = []
  inLoop = 0
  /** Only expressions that mostly don't fail. */
  readonly isCareful: boolean

  constructor(seed: number) {
    this.next = random(seed)
    this.isCareful = seed % 5 !== 0
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T
  }

  chance(of: number): boolean {
    return this.next() < of
  }

  /** An expression that gives a value of a kind, so that most of them do not fail. */
  expression(kind: Kind): string {
    if (this.depth > 2 || this.chance(0.35)) return this.pick(leaves[kind])
    this.depth++
    const form = this.pick<string>(forms[kind])
    const out = form.replace(/(?<![\w".$])[TNBLMA](?![\w".])/g, (letter) => {
      const inner = this.expression(letter as Kind)
      return /[ ]/.test(inner) && !/^(\(.*\)|"[^"]*")$/s.test(inner)
        ? `(${inner})`
        : inner.includes('" "') || / /.test(inner)
          ? `(${inner})`
          : inner
    })
    this.depth--
    return out
  }

  fitting(kind?: Kind): string {
    const { depth } = this
    this.depth = 0
    const out = this.expression(kind ?? this.pick(['T', 'T', 'N', 'B', 'A', 'L', 'M'] as const))
    this.depth = depth
    return out === 'nil' ? '"nil"' : out
  }

  value(): string {
    if (this.isCareful) return `(${this.fitting()})`
    const kind = this.next()
    if (kind < 0.3) return this.pick(paths)
    if (kind < 0.45) return this.pick(texts)
    if (kind < 0.55) return this.pick(numbers)
    if (kind < 0.62 && this.variables.length > 0) return this.pick(this.variables)
    if (kind < 0.66)
      return this.pick(['true', 'false', '.Values.words', '(list)', '(dict)', '(list 1 2 3)', '(dict "a" 1)'])
    if (this.depth > 2) return this.pick(paths)
    this.depth++
    const inner = `(${this.pipeline()})`
    this.depth--
    return inner
  }

  pipeline(): string {
    if (this.isCareful) return this.fitting()
    const kind = this.next()
    let out: string
    if (kind < 0.35) out = this.value()
    else if (kind < 0.6) out = this.call(this.pick(unary), this.value())
    else if (kind < 0.93) out = `${this.pick(binary)} ${this.value()} ${this.value()}`
    else
      out = this.pick([
        'include "part" .',
        'include "c.names" .',
        `include "part" ${this.value()}`,
        'tpl "{{ .Values.name }}" .',
        'include "missing" .',
        'lookup "v1" "Pod" "" ""',
        '.Files.Get "extra.txt"',
        '.Capabilities.APIVersions.Has "apps/v1"',
      ])
    while (this.chance(0.3)) out += ` | ${this.chance(0.7) ? this.pick(unary) : `${this.pick(binary)} ${this.value()}`}`
    return out
  }

  call(name: string, value: string): string {
    const [first = '', ...rest] = name.split(' | ')
    return [`${first} ${value}`, ...rest].join(' | ')
  }

  action(): string {
    const trims = (text: string) => `{{${this.chance(0.2) ? '- ' : ' '}${text}${this.chance(0.2) ? ' -' : ' '}}}`
    const kind = this.next()
    if (kind < 0.55 || this.depth > 3) return trims(this.pipeline())
    this.depth++
    const before = [...this.variables]
    let out: string
    if (kind < 0.65) {
      const name = this.pick(['$a', '$b', '$c'])
      out = trims(`${name} ${this.variables.includes(name) ? '=' : ':='} ${this.pipeline()}`)
      this.depth--
      if (!this.variables.includes(name)) this.variables.push(name)
      return out
    }
    if (kind < 0.78)
      out = `${trims(`if ${this.pipeline()}`)}${this.body()}${this.chance(0.4) ? `${trims(this.chance(0.3) ? `else if ${this.value()}` : 'else')}${this.body()}` : ''}${trims('end')}`
    else if (kind < 0.85) out = `${trims(`with ${this.pipeline()}`)}${this.body()}${trims('end')}`
    else {
      const names = this.pick(['', '$i, $e := ', '$e := '])
      this.variables.push(...(names.match(/\$\w/g) ?? []))
      this.inLoop++
      out = `${trims(`range ${names}${this.isCareful ? this.fitting(this.pick(['L', 'M'] as const)) : this.value()}`)}${this.body()}${this.chance(0.1) ? trims(this.pick(['break', 'continue'])) : ''}${trims('end')}`
      this.inLoop--
    }
    this.variables = before
    this.depth--
    return out
  }

  body(): string {
    const before = [...this.variables]
    let out = ''
    for (let i = 0; i < 1 + Math.floor(this.next() * 3); i++)
      out += this.pick(['', ' ', 'text', '\n', 'key: ']) + this.action()
    this.variables = before
    return out
  }

  template(): string {
    this.variables = []
    return this.body()
  }

  yaml(depth: number): unknown {
    const kind = this.next()
    if (depth > 2 || kind < 0.5)
      return this.pick([
        0,
        1,
        2.5,
        -3,
        1000000,
        true,
        false,
        null,
        '',
        'word',
        'two words',
        '12',
        'a,b',
        'x: y',
        'multi\nline\n',
        'é',
      ])
    if (kind < 0.75) return Array.from({ length: Math.floor(this.next() * 4) }, () => this.yaml(depth + 1))
    return Object.fromEntries(
      ['a', 'b', 'c', 'x-y'].filter(() => this.chance(0.5)).map((key) => [key, this.yaml(depth + 1)]),
    )
  }

  values(): Record<string, unknown> {
    const all = {
      name: this.pick(['word', 'Two Words', 'a-b', '', 'x']),
      count: this.pick([0, 1, 3, 10]),
      ratio: this.pick([0.5, 1.25, 2]),
      flag: this.chance(0.5),
      items: Array.from({ length: Math.floor(this.next() * 4) }, () => this.yaml(2)),
      words: ['b', 'a', 'c'],
      table: { a: this.yaml(1), b: { c: this.yaml(2) } },
      nothing: null,
      empty: this.pick(['', {}, [], 0]),
      global: { g: this.yaml(1) },
      sub: { name: this.yaml(1), enabled: this.chance(0.8) },
      tags: { t: this.chance(0.5) },
    }
    return Object.fromEntries(Object.entries(all).filter(() => this.chance(0.9)))
  }
}

/** The chart and values of a seed. */
export function generated(seed: number): Question {
  const writer = new Writer(seed)
  const files: Record<string, string> = {
    'Chart.yaml': `apiVersion: v2\nname: c\nversion: 1.0.0\n${writer.chance(0.3) ? 'dependencies:\n- name: sub\n  version: ">0"\n  condition: sub.enabled\n  tags: [t]\n' : ''}`,
    'values.yaml': JSON.stringify(writer.values()),
    'templates/_parts.tpl': `{{ define "part" }}${writer.template()}{{ end }}{{ define "c.names" }}{{ .Chart.Name }}-{{ .Release.Name }}{{ end }}`,
    'templates/one.yaml': writer.template(),
    'extra.txt': 'first\nsecond\n',
  }
  if (writer.chance(0.5)) files['templates/two.yaml'] = writer.template()
  if (writer.chance(0.5)) {
    files['charts/sub/Chart.yaml'] = 'apiVersion: v2\nname: sub\nversion: 0.1.0\n'
    files['charts/sub/values.yaml'] = JSON.stringify(writer.values())
    files['charts/sub/templates/one.yaml'] = writer.chance(0.5) ? '{{ toYaml .Values }}' : writer.template()
  }
  return { files, values: writer.chance(0.7) ? JSON.stringify(writer.values()) : '' }
}
