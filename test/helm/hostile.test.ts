import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { chart } from '../../src/commands/chart.ts'
import { render, single } from './ours.ts'

const limits = { steps: 300_000, output: 3_000_000 }

/** Every one ends within the limits, with an error that names the template. */
test.each([
  ['an include of itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
  ['a template of itself', '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
  ['a tpl of itself', '{{ define "a" }}{{ tpl "{{ include \\"a\\" . }}" . }}{{ end }}{{ include "a" . }}'],
  [
    'tpl of a growing text',
    '{{ define "a" }}{{ tpl (repeat 2 .) (repeat 2 .) }}{{ include "a" (repeat 2 .) }}{{ end }}{{ include "a" "x" }}',
  ],
  ['a huge range', '{{ range until 1000000000 }}x{{ end }}'],
  ['a range over a number', '{{ range 1000000000 }}x{{ end }}'],
  ['a huge sequence', '{{ seq 1 1000000000 }}'],
  ['a huge untilStep', '{{ untilStep 0 1000000000 1 }}'],
  ['a huge repeat', '{{ repeat 1000000000 "x" }}'],
  ['a huge indent', '{{ indent 1000000000 "x" }}'],
  ['doubling texts', '{{ $x := "xx" }}{{ range until 100 }}{{ $x = print $x $x }}{{ end }}'],
  ['doubling by replace', '{{ $x := "xx" }}{{ range until 100 }}{{ $x = replace "x" "xx" $x }}{{ end }}'],
  ['doubling by join', '{{ $x := "xx" }}{{ range until 100 }}{{ $x = join "" (list $x $x) }}{{ end }}'],
  [
    'doubling by a regular expression',
    '{{ $x := "xx" }}{{ range until 100 }}{{ $x = regexReplaceAll "x" $x "xx" }}{{ end }}',
  ],
  ['doubling lists', '{{ $x := list 1 }}{{ range until 100 }}{{ $x = concat $x $x }}{{ end }}'],
  [
    'lists that hold one list twice',
    '{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ toYaml $x }}',
  ],
  ['the same as JSON', '{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ toJson $x }}'],
  ['the same, copied', '{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ deepCopy $x }}'],
  ['a map that holds itself', '{{ $x := dict }}{{ $_ := set $x "x" $x }}{{ toYaml $x }}'],
  ['the same as text', '{{ $x := dict }}{{ $_ := set $x "x" $x }}{{ $x }}'],
  ['the same, merged', '{{ $x := dict }}{{ $_ := set $x "x" $x }}{{ merge (dict) $x }}'],
  ['the same, compared', '{{ $x := dict }}{{ $_ := set $x "x" $x }}{{ deepEqual $x (deepCopy $x) }}'],
  [
    'a regular expression that backtracks',
    '{{ regexMatch "(a*)*(a|aa)*b$" (repeat 20000 "a") }}{{ fail "it ended in time" }}',
  ],
  ['a text split into its characters', '{{ range 100 }}{{ $x := splitList "" (repeat 2900000 "x") }}{{ end }}'],
  ['texts for tpl that are all different', '{{ range until 1000000 }}{{ tpl (print "x" .) $ }}{{ end }}'],
  ['digests of large texts', '{{ range 1000 }}{{ $x := sha512sum (repeat 2900000 "x") }}{{ end }}'],
  ['derived passwords', '{{ range until 1000 }}{{ derivePassword 1 "long" (toString .) "user" "site" }}{{ end }}'],
  [
    'a map that holds itself many times',
    '{{ $x := dict }}{{ range until 100 }}{{ $_ := set $x (toString .) $x }}{{ end }}{{ toJson $x }}',
  ],
  ['a long pattern of names', '{{ .Files.Glob (repeat 1000 "*a") }}'],
  ['a deep pattern of names', '{{ .Files.Glob (print (repeat 100000 "{a,") "a" (repeat 100000 "}")) }}'],
  ['deep values, compared', '{{ $x := list }}{{ range 1000 }}{{ $x = list $x }}{{ end }}{{ has (list $x) (list $x) }}'],
  ...['keys', 'len', 'omit $d "x" | len', 'empty', 'if $d', 'and $d 1', 'not', 'values'].map(
    (use): [string, string] => {
      const action = use.startsWith('if')
        ? `{{ ${use} }}{{ end }}`
        : `{{ $x := ${use.includes('$d') ? use : `${use} $d`} }}`
      const made = '{{ $d := dict }}{{ range until 20000 }}{{ $_ := set $d (toString .) 1 }}{{ end }}'
      return [`a large map: ${use}`, `${made}{{ range 1000000 }}${action}{{ end }}`]
    },
  ),
  ['many unique elements', '{{ uniq (until 100000) }}'],
  ['deep parentheses', `{{ ${'('.repeat(10000)}1${')'.repeat(10000)} }}`],
  ['deep conditions', `${'{{ if true }}'.repeat(20000)}x${'{{ end }}'.repeat(20000)}`],
  ['deep JSON', '{{ fromJson (repeat 100000 "[") | len }}{{ fail "told as a result" }}'],
  ['deep YAML', '{{ fromYaml (repeat 3000 "[") | len }}{{ fail "told as a result" }}'],
])('%s', (_, template) => {
  const start = performance.now()
  const { error = '' } = render(single(template, ''), limits)
  expect(error).toMatch(/^(template: )?(c\/templates\/t:1|(parse|execution) error at \(c\/templates\/t:1)/)
  expect(performance.now() - start).toBeLessThan(20_000)
})

const scratch = mkdtempSync(join(tmpdir(), 'render-istio-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** One entry of a tar archive. */
function entry(name: string, content: Uint8Array, kind = '0', size = content.length): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0'.repeat(3), 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(kind, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

const chartYaml = entry('c/Chart.yaml', Buffer.from('apiVersion: v2\nname: c\nversion: 1.0.0\n'))
const archive = (...entries: readonly Buffer[]) => gzipSync(Buffer.concat([chartYaml, ...entries, Buffer.alloc(1024)]))

function messageOf(path: string): string {
  const { problems, exitCode, stdout } = chart([path])
  expect(stdout).toBe('')
  expect(exitCode).toBe(1)
  return problems[0]?.message ?? ''
}

test.each<[string, Buffer, RegExp]>([
  ['a path that leads out', archive(entry('c/../../x', Buffer.from('x'))), /illegally references parent directory/],
  ['a path from the root', archive(entry('c//etc/x', Buffer.from('x'))), /absolute paths/],
  ['a path with backslashes', archive(entry('c\\..\\x', Buffer.from('x'))), /illegally/],
  ['a path with a drive', archive(entry('c/c:/x', Buffer.from('x'))), /illegally named files/],
  ['a path beside the folder', archive(entry('c', Buffer.from('x'))), /outside the base directory/],
  [
    'more than a chart may hold',
    archive(entry('c/big', Buffer.alloc(101 * 1024 * 1024))),
    /larger than the maximum size/,
  ],
  ['far more, packed', gzipSync(Buffer.alloc(400 * 1024 * 1024), { level: 1 }), /larger than the maximum size/],
  ['a size that is a lie', archive(entry('c/x', Buffer.from('x'), '0', 10 ** 9)), /unexpected EOF/],
  ['a broken header', gzipSync(Buffer.alloc(1024, 'x')), /invalid tar header/],
  ['no archive within', gzipSync(Buffer.from('text')), /no files in chart archive/],
  ['nothing', gzipSync(Buffer.alloc(0)), /no files in chart archive/],
  ['a cut archive', archive().subarray(0, 60), /gzip/],
  [
    'an archive within that leads out',
    archive(entry('c/charts/d-1.tgz', archive(entry('c/../../x', Buffer.from('x'))))),
    /error unpacking subchart d-1.tgz in c: .*parent directory/,
  ],
  [
    'many archives within',
    archive(...[1, 2, 3].map((i) => entry(`c/charts/d${i}-1.tgz`, archive(entry('c/big', Buffer.alloc(40 << 20)))))),
    /larger than the maximum size/,
  ],
  ['an archive within that is none', archive(entry('c/charts/d-1.tgz', Buffer.from('x'))), /error unpacking subchart/],
])('an archive with %s', (name, data, message) => {
  const path = join(scratch, `${name.replaceAll(/\W/g, '-')}.tgz`)
  writeFileSync(path, data)
  expect(messageOf(path)).toMatch(message)
})

/** A chart's folder with a link in it. */
function linked(name: string, link: string, target: string): string {
  const folder = join(scratch, name)
  for (const [file, text] of Object.entries({
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'templates/a.yaml': 'a: {{ .Files.Get "linked" }}\n',
    'real/file': 'within',
  })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  symlinkSync(target, join(folder, link))
  return folder
}

test('a link out of the chart is refused', () => {
  writeFileSync(join(scratch, 'secret'), 'secret')
  expect(messageOf(linked('out', 'linked', '../secret'))).toMatch(/must not lead out/)
  expect(messageOf(linked('root', 'linked', '/etc'))).toMatch(/must not lead out/)
})

test('deep values are refused before anything visits them', () => {
  const folder = linked('deep', 'linked', 'real/file')
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
  for (const argument of [`{"a":${deep}}`, `a=${deep}`]) {
    const { problems, exitCode } = chart([folder, '--set-json', argument])
    expect({ code: problems[0]?.code, exitCode }).toEqual({ code: 'chart-values', exitCode: 1 })
  }
})

test('a link in a circle is refused', () => {
  expect(messageOf(linked('circle', 'templates/up', '..'))).toMatch(/must not lead to a folder that holds it/)
  expect(messageOf(linked('self', 'linked', 'linked'))).toMatch(/leads nowhere/)
})

test('a link within the chart is followed', () => {
  expect(chart([linked('within', 'linked', 'real/file')]).stdout).toContain('a: within')
})
