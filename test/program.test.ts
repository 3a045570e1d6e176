import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { chartFlags } from '../src/commands/chart-flags.ts'
import { generateFlags } from '../src/commands/generate.ts'
import { help } from '../src/commands/help.ts'
import { meshFlags } from '../src/commands/input.ts'
import { schema } from '../src/commands/schema.ts'
import { validateFlags } from '../src/commands/validate.ts'
import { version } from '../src/commands/version.ts'
import { problemCodes } from '../src/problems/catalogue.ts'
import { defaultSettings, readSettings } from '../src/settings.ts'
import { readDocuments } from '../src/yaml/read.ts'

const program = 'dist/render-istio.cjs'
const run = (...argv: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', input: '' })
  return { stdout, stderr, status }
}

test('the program is built', () => {
  expect(existsSync(program)).toBe(true)
})

test.each([['help'], ['--help'], ['-h']])('%s prints documentation, which kpt shows of the function', (...argv) => {
  const { stdout, stderr, status } = run(...argv)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  expect(stdout).toBe(help([]).stdout)
  for (const word of ['functionConfig', 'generate', 'validate', 'schema', 'version']) expect(stdout).toContain(word)
  // The sections that the catalog of KRM functions wants.
  expect(stdout.match(/^\w+(?=:$)/gm)).toEqual(['Overview', 'Usage', 'FunctionConfig', 'Examples', 'Commands'])
  expect(stdout.split('\n')[0]?.length).toBeLessThan(80)
})

const commands = [
  ...(/^const commands.*?^\}/ms.exec(readFileSync('src/main.ts', 'utf8'))?.[0] ?? '').matchAll(/^ {2}(\w+),$/gm),
].map(([, name = '']) => name)

test('there are commands', () => {
  expect(commands).toEqual(expect.arrayContaining(['generate', 'validate', 'schema', 'version', 'help']))
})

test.each(commands)('%s --help is about that command', (command) => {
  expect(run(command, '--help')).toEqual({ stdout: help([command]).stdout, stderr: '', status: 0 })
})

test('version says which Istio is rendered', () => {
  const { version: own } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(run('version')).toEqual({ stdout: `render-istio ${own}\nIstio 1.30.3\n`, stderr: '', status: 0 })
  expect(run('--version').stdout).toBe(version().stdout)
})

test.each([
  [['halp'], 'did you mean `help`?'],
  [['help', 'generat'], 'did you mean "generate"?'],
  [['help', 'overlay-mis'], 'did you mean "overlay-miss"?'],
  [['schema', 'IstioOperater'], 'did you mean "IstioOperator"?'],
  [['constructor'], 'see `render-istio --help`'],
  [['generate', '--profil', 'demo'], 'did you mean `--profile`?'],
])('%j is told as usage', (argv, hint) => {
  const { stdout, stderr, status } = run(...argv)
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
  expect(stderr).toContain(hint)
})

test('problems go to standard error line by line, and how many there are', () => {
  const { stdout, stderr, status } = run('generate', '-f', 'no-such.yaml', '-f', 'nor-this.yaml')
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
  const lines = stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^--filename:1:1: error: .* \[file-not-read\]$/)
  expect(lines[2]).toBe('2 errors')
})

test('what validate finds is on standard output, without colours where that is no terminal', () => {
  const { stdout, stderr, status } = run('validate', '-f', 'test/cases/errors/unknown-profile/input.yaml')
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
  expect(stdout).toMatch(
    /^test\/cases\/errors\/unknown-profile\/input\.yaml:6:12: error: .*\n {2}5 \| spec:\n {2}6 \| {3}profile: defalt\n {4}\| {12}\^{6}\n/,
  )
})

test('every flag of a command is in its help', () => {
  const flags = (table: object) => Object.keys(table).map((name) => `--${name}`)
  const listed = (command: string) => help([command]).stdout.match(/(?<=^ {2}(?: {4}|-\w, ))--[\w-]+/gm)
  expect(listed('generate')).toEqual(flags({ ...meshFlags, ...generateFlags }))
  expect(listed('validate')).toEqual(flags({ ...meshFlags, ...validateFlags }))
  expect(listed('chart')).toEqual(flags(chartFlags))
})

test('every setting is in the help', () => {
  let known = ''
  readSettings(
    { '?????????????': 1 },
    defaultSettings,
    () => undefined,
    ({ hint = '' }) => (known = hint),
  )
  const settings = /known are (.*)\.$/.exec(known)?.[1]?.split(', ')
  expect(
    help([])
      .stdout.match(/(?<=^ {2})\w+(?= {2,}.*\n)/gm)
      ?.slice(0, settings?.length),
  ).toEqual(settings)
})

test.each(problemCodes())('help knows the code %s', (code) => {
  expect(help([code])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(new RegExp(`^${code}: `)) })
})

const kinds = ['IstioOperator', 'RenderIstio'] as const

const schemas = Object.fromEntries(
  kinds.map((kind) => [kind, JSON.parse(schema(kind === 'IstioOperator' ? [] : [kind]).stdout)]),
)
const isValid = (kind: (typeof kinds)[number], yaml: string) => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  const [document] = readDocuments(yaml, 'x.yaml', () => undefined)
  return ajv.validate(schemas[kind], document?.value)
}

test.each(kinds)('the schema of %s is draft-07, with a sentence for its fields', (kind) => {
  expect(schemas[kind].$schema).toBe('http://json-schema.org/draft-07/schema#')
  const { properties } = schemas[kind].definitions[`${kind}Spec`]
  expect(Object.entries(properties).filter(([, node]) => !(node as { description?: string }).description)).toEqual([])
})

test.each([
  ['IstioOperator', 'spec: {profile: demo, meshConfig: {accessLogFile: /dev/stdout}}', true],
  ['IstioOperator', 'spec: {profil: demo}', false],
  ['IstioOperator', 'spec: {components: {pilot: {k8s: {replicaCount: two}}}}', false],
  ['RenderIstio', 'spec: {engine: kpt}', true],
  ['RenderIstio', 'spec: {enginee: kpt}', false],
  ['RenderIstio', 'spec: {problems: {levels: {overlay-miss: warn}, ignore: [{code: x, reason: fine}]}}', true],
  ['RenderIstio', 'spec: {problems: {levels: {overlay-miss: warning}}}', false],
  ['RenderIstio', 'spec: {problems: {ignore: [{code: x}]}}', false],
] as const)('an editor judges %s with %s: %s', (kind, spec, valid) => {
  const apiVersion = kind === 'RenderIstio' ? 'render-istio.dev/v1alpha1' : 'install.istio.io/v1alpha1'
  expect(isValid(kind, `apiVersion: ${apiVersion}\nkind: ${kind}\n${spec}\n`)).toBe(valid)
})

test.each(['fixtures/production/production-profile.yaml', 'fixtures/gateways/istio-operator.yaml'])(
  'an editor finds nothing wrong with %s',
  (file) => {
    expect(isValid('IstioOperator', readFileSync(file, 'utf8'))).toBe(true)
  },
)
