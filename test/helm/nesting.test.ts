import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/**
 * V8 can end the process when its call stack runs out, which nothing catches. So the limits must come first, with room
 * to spare, in every Node: here the built program has four fifths of the usual stack.
 */
const stack = '--stack-size=800'
const program = resolve('dist/render-istio.cjs')

const newer = ['22', '24', '26'].map((version) => ({
  version,
  node: resolve(`node_modules/.cache/node-${version}/node_modules/node-${process.platform}-${process.arch}/bin/node`),
}))
const nodes = [{ version: process.versions.node.split('.')[0] ?? '', node: process.execPath }, ...newer]

const scratch = mkdtempSync(join(tmpdir(), 'nesting-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const around = (count: number, before: string, inner: string, after: string) =>
  before.repeat(count) + inner + after.repeat(count)
/** Includes itself so many times within loops and conditions, and does something there. */
const below = (count: number, inner: string) =>
  `{{define "a"}}{{if gt .n 0}}{{range list 1}}{{include "a" (dict "n" (sub $.n 1) "t" $.t)}}{{end}}{{else}}${inner}{{end}}{{end}}{{include "a" (dict "n" ${count} "t" $t)}}`
const nestedValue = '{{$t := "yes: \\n a"}}{{range until 100}}{{$t = dict "a" (list $t)}}{{end}}'

/** Templates, and what is said of them; nothing of those that are within the limits. */
const templates: readonly (readonly [name: string, template: string, told: RegExp | undefined])[] = [
  ['conditions', around(5000, '{{if true}}', 'x', '{{end}}'), /actions nest too deeply/],
  ['scopes', around(5000, '{{with 1}}', 'x', '{{end}}'), /actions nest too deeply/],
  ['loops', around(5000, '{{range (list 1)}}', 'x', '{{end}}'), /actions nest too deeply/],
  ['loops that just fit', around(590, '{{range list 1}}', 'x: 1', '{{end}}'), undefined],
  ['blocks', around(5000, '{{block "x" .}}', 'x', '{{end}}'), /actions nest too deeply/],
  ['else after else', `{{if 0}}${'{{else if 0}}'.repeat(5000)}{{end}}`, /actions nest too deeply/],
  ['parentheses', `{{ ${around(5000, '(', '1', ')')} }}`, /max expression depth exceeded/],
  ['calls in parentheses', `x: {{ ${around(390, '(print ', '1', ')')} }}`, undefined],
  ['fields of parentheses', `x: {{ ${around(390, '(dict "a" ', '1', ').a')} }}`, undefined],
  ['calls within conditions', around(300, '{{if true}}', `{{ ${around(350, '(', '1', ')')} }}`, '{{end}}'), /nest too/],
  [
    'a template in itself',
    '{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}',
    /the template nests too deeply/,
  ],
  ['an include of itself', '{{define "a"}}{{include "a" .}}{{end}}{{include "a" .}}', /the template nests too deeply/],
  [
    'an include of itself within much else',
    '{{define "a"}}{{if true}}{{with 1}}{{range list 1}}{{print (print (print (include "a" .)))}}{{end}}{{end}}{{end}}{{end}}{{include "a" .}}',
    /the template nests too deeply/,
  ],
  [
    'a tpl of itself',
    '{{ $s := "{{ tpl .s . }}" }}{{ tpl $s (dict "s" $s "Template" .Template) }}',
    /nests too deeply/,
  ],
  [
    'a tpl of an include of itself',
    '{{define "a"}}{{tpl "{{include \\"a\\" .}}" .}}{{end}}{{include "a" .}}',
    /nests too deeply/,
  ],
  [
    'a deep text for tpl, far below',
    `{{$t := print (repeat 590 "{{range list 1}}") "x" (repeat 590 "{{end}}")}}${below(60, '{{tpl .t .}}')}`,
    /actions nest too deeply/,
  ],
  [
    'a deep value, written far below',
    `${nestedValue}${below(100, 'x: {{list (toYamlPretty .t) (toYaml .t) (toJson .t) (print .t) (deepCopy .t | merge (dict) | toToml) | len}}')}`,
    undefined,
  ],
  [
    'a deep regular expression, far below',
    `{{$t := "aaa"}}${below(100, 'x: {{regexMatch (print (repeat 140 "(") "a" (repeat 140 ")*")) .t}}')}`,
    undefined,
  ],
]

/** The charts, one a folder, as one shell would render them one after the other. */
const folders = templates.map(([name, template]) => {
  const folder = join(scratch, name.replaceAll(/\W/g, '-'))
  mkdirSync(join(folder, 'templates'), { recursive: true })
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: c\nversion: 1.0.0\n')
  writeFileSync(join(folder, 'templates/t.yaml'), template)
  return folder
})

describe.each(nodes)('Node $version', ({ version, node }) => {
  const there = existsSync(node)
  const absent = there
    ? ''
    : ` (skipped: \`npm install --prefix node_modules/.cache/node-${version} node-${process.platform}-${process.arch}@${version}\` was not run)`

  test.skipIf(!there).each(templates.map(([name, , told], i) => ({ name, told, folder: folders[i] ?? '' })))(
    `$name${absent}`,
    ({ told, folder }) => {
      const { status, stderr } = spawnSync(node, [stack, program, 'chart', folder], { encoding: 'utf8' })
      if (told === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      else {
        expect({ status, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 1, lines: 1 })
        expect(stderr).toMatch(told)
        expect(stderr).toContain(`${folder}/templates/t.yaml:1:`)
      }
    },
  )
})
