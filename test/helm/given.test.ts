import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { chart } from '../../src/commands/chart.ts'

/** What Helm takes from the machine, and what a run here has to be given. */
const folder = mkdtempSync(join(tmpdir(), 'render-istio-'))
afterAll(() => rmSync(folder, { recursive: true }))

function printed(template: string, ...flags: readonly string[]) {
  mkdirSync(join(folder, 'templates'), { recursive: true })
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: given\nversion: 1.0.0\n')
  writeFileSync(join(folder, 'templates', 'a.yaml'), `made: ${template}\n`)
  const { stdout, problems, exitCode } = chart([folder, ...flags])
  const [, made] = /^made: (.*)$/m.exec(stdout) ?? []
  return { made, exitCode, told: problems.map(({ code, message }) => `${code}: ${message}`) }
}

describe('a seed', () => {
  test.each<[template: string, form: RegExp]>([
    ['{{ randAlphaNum 40 }}', /^[A-Za-z0-9]{40}$/],
    ['{{ randAlpha 40 }}', /^[A-Za-z]{40}$/],
    ['{{ randNumeric 40 }}', /^\d{40}$/],
    ['{{ randAscii 40 | b64enc }}', /^[A-Za-z0-9+/]{54}==$/],
    ['{{ randBytes 30 }}', /^[A-Za-z0-9+/]{40}$/],
    ['{{ randInt 5 7 }}', /^[56]$/],
    ['{{ shuffle "abcdefghijklmnop" }}', /^(?!abcdefghijklmnop$)[a-p]{16}$/],
    ['{{ uuidv4 }}', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['"{{ randAlpha 0 }}{{ randAlpha -1 }}"', /^""$/],
  ])('makes %s the same on every run', (template, form) => {
    const { made = '', told } = printed(template, '--seed', 'a')
    expect(told).toEqual([])
    expect(made).toMatch(form)
    expect(printed(template, '--seed', 'a').made).toBe(made)
    if (made.length > 4) expect(printed(template, '--seed', 'b').made).not.toBe(made)
  })

  test('gives every call numbers of its own', () => {
    const { made = '' } = printed('{{ randAlpha 9 }} {{ randAlpha 9 }}', '--seed', 'a')
    const [first, second] = made.split(' ')
    expect(first).not.toBe(second)
  })

  test('draws each number of a range', () => {
    const { made = '' } = printed('{{ range until 60 }}{{ randInt 0 4 }}{{ end }}', '--seed', 'a')
    expect([...new Set(made)].sort()).toEqual(['0', '1', '2', '3'])
  })

  test.each<[template: string, message: RegExp]>([
    ['{{ randInt 7 7 }}', /must have a range: 7 is not above 7/],
    ['{{ randBytes -1 }}', /at least 0 bytes, not -1/],
    ['{{ randAlpha 100000000000 }}', /longer than/],
    ['{{ genPrivateKey "rsa" }}', /"genPrivateKey" makes a key/],
    ['{{ htpasswd "me" "secret" }}', /"htpasswd" needs a random salt/],
  ])('does not help %s', (template, message) => {
    const { told, exitCode } = printed(template, '--seed', 'a')
    expect(told.join()).toMatch(message)
    expect(exitCode).toBe(1)
  })

  test('is asked for where there is none', () => {
    expect(printed('{{ uuidv4 }}').told.join()).toMatch(
      /^chart-template: .*"uuidv4" needs random numbers.*a fixed seed/,
    )
  })
})

describe('a time', () => {
  test.each<[time: string, made: string]>([
    ['2026-01-31T12:00:00Z', '2026-01-31 12:00:00'],
    ['2026-01-31T12:00:00.5+02:00', '2026-01-31 10:00:00'],
  ])('%s is that of `now`', (time, made) => {
    expect(printed('{{ now | date "2006-01-02 15:04:05" }}', '--time', time)).toEqual({ made, exitCode: 0, told: [] })
  })

  test.each([['yesterday'], ['2026-01-31'], ['2026-13-31T12:00:00Z']])('%s is none', (time) => {
    const { told, exitCode } = printed('x', '--time', time)
    expect(told).toEqual([`usage: \`--time\` must be a time such as 2026-01-31T12:00:00Z; "${time}" is none`])
    expect(exitCode).toBe(2)
  })

  test('is asked for where there is none', () => {
    expect(printed('{{ now }}').told.join()).toMatch(/^chart-template: .*"now" needs the current time/)
  })
})

describe('what is withheld', () => {
  test.each<[template: string, name: string]>([
    ['{{ randAlphaNum 8 }}', 'randAlphaNum'],
    ['{{ randAlphaNum 8 | trunc 4 | b64enc | quote }}', 'randAlphaNum'],
    ['{{ default (randAlpha 3) "" }}', 'randAlpha'],
    ['{{ default "x" (randAlpha 3) }}', 'randAlpha'],
    ['{{ printf "%s" (randAlpha 3) }}', 'randAlpha'],
    ['{{ dict "a" (randAscii 3) | toYaml }}', 'randAscii'],
    ['{{ list (randAscii 3) | len }}', 'randAscii'],
    ['{{ $d := dict }}{{ $_ := set $d "a" uuidv4 }}', 'uuidv4'],
    ['{{ eq (randNumeric 1) "a" }}', 'randNumeric'],
    ['{{ len (randNumeric 1) }}', 'randNumeric'],
    ['{{ range shuffle "abc" }}{{ end }}', 'shuffle'],
    ['{{ include "x" (randAlpha 3) }}{{ define "x" }}{{ end }}', 'randAlpha'],
    ['{{ define "x" }}{{ . }}{{ end }}{{ template "x" randBytes 3 }}', 'randBytes'],
    ['{{ with randBytes 3 }}{{ . }}{{ end }}', 'randBytes'],
    ['{{ (genCA "a" 1).Nope }}', 'genCA'],
    ['{{ (genCA "a" 1).Cert.Nope }}', 'genCA'],
    ['{{ toJson (genCA "a" 1) }}', 'genCA'],
    ['{{ now.Year }}', 'now'],
    ['{{ now }}', 'now'],
    ['{{ toYaml now }}', 'now'],
    ['{{ now | date "2006" | int }}', 'now'],
    ['{{ randInt 0 2 | default 5 }}', 'randInt'],
    ['{{ default "x" (randAlphaNum 0) }}', 'randAlphaNum'],
  ])('is an error where %s reads it', (template, name) => {
    const { told, exitCode } = printed(template)
    expect(told.join()).toContain(`"${name}" `)
    expect(told.join()).toMatch(/^chart-template: .*each rendering another/)
    expect(exitCode).toBe(1)
  })

  test('is told at the place where it would have come from', () => {
    const { told } = printed('a\n{{- $x := randAlpha 3 }}\n{{ $x }}')
    expect(told.join()).toMatch(/:2:\d+.*<randAlpha 3>/)
  })
})
