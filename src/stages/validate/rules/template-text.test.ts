import { describe, expect, it } from 'vitest'
import { injectionTemplates } from '../../../istio/injection/index.ts'
import { gatewayTemplates } from '../../../istio/injection/vocabulary.ts'
import { templateMistakes } from './template-text.ts'

/** `code@word`, the word being what stands at the place of the mistake. */
function told(text: string, forPods = true): string[] {
  return templateMistakes(text, forPods).map(({ code, at }) => `${code}@${/^[^\s})]*/.exec(text.slice(at))?.[0]}`)
}

describe('mistakes in an injection template', () => {
  it.each(Object.entries(injectionTemplates))('none in %s', (name, text) => {
    expect(templateMistakes(text, !gatewayTemplates.includes(name))).toEqual([])
  })

  const rows: [text: string, mistakes: string[], forPods?: boolean][] = [
    ['', []],
    ['a: b', []],
    ['{{ if }}', ['template-syntax@']],
    ['a: {{ if .Revision }}b', ['template-syntax@']],
    ['a: b{{ end }}', ['template-syntax@{{']],
    ['a:\n  {{ .Spec \n', ['template-syntax@']],
    ['a: {{ "b }}', ['template-syntax@"b']],
    ['a: {{ $b }}', ['template-syntax@$b']],
    ['a: {{ qoute .Revision }}', ['template-function@qoute']],
    ['a: {{ .Revision | tpl }} {{ include "x" . }}', ['template-function@tpl', 'template-function@include']],
    ['{{ one }}\n{{ two }}\n{{ if }}', ['template-function@one', 'template-function@two', 'template-syntax@']],
    ['a: {{ annotation .ObjectMeta "x" "y" | quote | len }}', []],
    ['{{ template "x" . }}', ['unknown-template@"x"']],
    ['{{ define "x" }}{{ template "y" }}{{ end }}', ['unknown-template@"y"']],
    ['{{ define "x" }}{{ end }}{{ template "x" . }}{{ block "y" . }}{{ end }}{{ template "y" }}', []],
    ['{{ if false }}{{ template "inject" . }}{{ end }}', []],
    // Fields of the data, where it is certain that they are read from it.
    ['{{ .Value.global }} {{ $.Release.Name }}', ['template-field@.Value.global', 'template-field@.Release.Name']],
    ['{{ .Value.global }}', [], false],
    ['{{ (.Foo).bar }} {{ print (.Bar) }}', ['template-field@.Foo', 'template-field@.Bar']],
    [
      '{{ range .Spec.Containers }}{{ .Name }}{{ $.Nome }}{{ else }}{{ .Nome }}{{ end }}',
      ['template-field@.Nome', 'template-field@.Nome'],
    ],
    ['{{ with .Values }}{{ .global }}{{ end }}{{ if .Values }}{{ .global }}{{ end }}', ['template-field@.global']],
    ['{{ $x := .Spec }}{{ $x.Foo }}{{ $ }}', []],
    ['{{ $ := .Spec }}{{ $.Foo }}', []],
    ['{{ define "x" }}{{ .Foo }}{{ end }}{{ template "x" .Spec }}', []],
    ['{{ define "x" }}{{ .Foo }}{{ end }}{{ template "x" . }}', ['template-field@.Foo']],
    ['{{ define "x" }}{{ $.Foo }}{{ end }}{{ with .Spec }}{{ template "x" $ }}{{ end }}', ['template-field@.Foo']],
    [
      '{{ define "x" }}{{ template "y" . }}{{ end }}{{ define "y" }}{{ .Foo }}{{ end }}{{ template "x" . }}',
      ['template-field@.Foo'],
    ],
    ['{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', []],
  ]
  it.each(rows)('%j', (text, mistakes, forPods = true) => {
    expect(told(text, forPods)).toEqual(mistakes)
  })

  it('says what to do', () => {
    const hints = ['{{ qoute 1 }}', '{{ include "a" . }}', '{{ .Value.x }}', '{{ if 1 }}', '{{ lookup }}'].map(
      (text) => templateMistakes(text, true)[0]?.hint,
    )
    expect(hints).toEqual([
      'did you mean `quote`?',
      'write `{{ template "name" . }}`.',
      'did you mean `.Values`?',
      'is there an `{{ end }}` for each `if`, `range`, `with`, `define` and `block`?',
      undefined,
    ])
  })

  it('names the line where an action begins that was never closed', () => {
    const hint = 'is the action that begins on line 2 of the template closed with `}}`?'
    for (const text of ['a:\n{{ .Spec\nb: c\n{{ d }}', 'a:\n{{ .Spec\n- "b"\n'])
      expect(templateMistakes(text, true)).toMatchObject([{ hint }])
  })

  it('ends with a text full of mistakes', () => {
    expect(templateMistakes(Array.from({ length: 50 }, (_, i) => `{{ f${i} }}`).join(''), true)).toHaveLength(20)
  })
})
