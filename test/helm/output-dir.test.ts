import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { chart } from '../../src/commands/chart.ts'

/** What Helm 4.3.1 prints and writes with `--output-dir`, in a folder that is the working directory. */
const home = process.cwd()
const scratch = mkdtempSync(join(tmpdir(), 'output-dir-'))
afterAll(() => {
  process.chdir(home)
  rmSync(scratch, { recursive: true })
})

const hook = (name: string, event: string) =>
  `kind: Job\nname: ${name}\nmetadata:\n  annotations:\n    helm.sh/hook: ${event}\n`
const files = {
  'Chart.yaml': 'apiVersion: v2\nname: box\nversion: 1.0.0\n',
  'crds/x.yaml': 'kind: CustomResourceDefinition\n',
  'templates/a.yaml': `kind: A\nname: {{ .Release.Name }}\n---\nkind: Service\n---\n${hook('one', 'test')}`,
  'templates/deep/h.yaml': hook('two', 'pre-install'),
  'templates/NOTES.txt': 'done',
}

beforeEach(() => {
  process.chdir(mkdtempSync(join(scratch, 'work-')))
  write('chart', files)
})

function write(folder: string, texts: { readonly [path: string]: string }) {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function run(...flags: readonly string[]) {
  const { stdout, problems, exitCode } = chart(['chart', ...flags])
  return { lines: stdout.split('\n'), told: problems.map(({ code, message }) => `${code}: ${message}`), exitCode }
}

function found(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(path, 'utf8')]))
}

const a = (release: string) =>
  ['kind: Service\n', `kind: A\nname: ${release}\n`, hook('one', 'test')]
    .map((text) => `---\n# Source: box/templates/a.yaml\n${text}\n`)
    .join('')
const h = `---\n# Source: box/templates/deep/h.yaml\n${hook('two', 'pre-install')}\n`
const x = '---\n# Source: box/crds/x.yaml\nkind: CustomResourceDefinition\n\n'

describe('--output-dir', () => {
  test('writes a file for each template, and a line for each document', () => {
    expect(run('--output-dir', 'out', '--include-crds')).toEqual({
      lines: [
        'wrote out/box/crds/x.yaml',
        'wrote out/box/templates/a.yaml',
        'wrote out/box/templates/a.yaml',
        'wrote out/box/templates/a.yaml',
        'wrote out/box/templates/deep/h.yaml',
        '',
        '',
      ],
      told: [],
      exitCode: 0,
    })
    expect(found('out')).toEqual({
      'out/box/crds/x.yaml': x,
      'out/box/templates/a.yaml': a('release-name'),
      'out/box/templates/deep/h.yaml': h,
    })
  })

  test('has a folder of the release for what is no CRD', () => {
    const { lines } = run('--output-dir', './out/', '--include-crds', '--release-name', '--name-template', 'shop')
    expect(lines.filter((_, i) => i % 4 < 2)).toEqual([
      'wrote ./out//box/crds/x.yaml',
      'wrote out/shop/box/templates/a.yaml',
      'wrote out/shop/box/templates/deep/h.yaml',
      '',
    ])
    expect(found('out')).toEqual({
      'out/box/crds/x.yaml': x,
      'out/shop/box/templates/a.yaml': a('shop'),
      'out/shop/box/templates/deep/h.yaml': h,
    })
  })

  test('leaves out hooks where they are not wanted', () => {
    run('--output-dir', 'out', '--no-hooks')
    expect(Object.keys(found('out'))).toEqual(['out/box/templates/a.yaml'])
  })

  test('replaces what an earlier run wrote, and leaves the files of others', () => {
    write('out', { 'box/templates/a.yaml': 'old', 'mine.yaml': 'mine' })
    run('--output-dir', 'out')
    run('--output-dir', 'out')
    expect(found('out')).toEqual({
      'out/box/templates/a.yaml': a('release-name'),
      'out/box/templates/deep/h.yaml': h,
      'out/mine.yaml': 'mine',
    })
  })

  test('writes nothing of a chart that is wrong', () => {
    write('chart', { 'templates/z.yaml': '{{ fail "no" }}' })
    expect(run('--output-dir', 'out').exitCode).toBe(1)
    expect(existsSync('out')).toBe(false)
  })

  test('finds no template to show, as in Helm', () => {
    const told = ['chart-output: could not find template templates/a.yaml in chart']
    expect(run('--output-dir', 'out', '-s', 'templates/a.yaml')).toEqual({ lines: [''], told, exitCode: 1 })
  })

  test('stays in its folder, whatever the chart is called', () => {
    write('chart', { 'Chart.yaml': 'apiVersion: v2\nname: ".."\nversion: 1.0.0\n' })
    const { told, exitCode } = run('--output-dir', 'out/in')
    expect(told).toEqual(['invalid-chart: validation: chart.metadata.name ".." is not allowed'])
    expect(existsSync('out')).toBe(false)
    expect(exitCode).toBe(1)
  })

  test('tells where it cannot write', () => {
    write('.', { out: '' })
    expect(run('--output-dir', 'out').told.join()).toMatch(/^file-not-written: .*writing failed \((ENOTDIR|EEXIST)\)$/)
  })
})

describe('what needs more than the machine', () => {
  test.each([['--validate'], ['--validate=true'], ['--dry-run=server']])('%s is refused', (flag) => {
    const { told, exitCode } = run(flag)
    expect(told).toEqual(['usage: `--validate` and `--dry-run=server` ask a cluster, and this program knows of none'])
    expect(exitCode).toBe(2)
  })

  test('--validate=false asks for nothing', () => {
    expect(run('--validate=false').exitCode).toBe(0)
  })

  test('--dependency-update does not fetch what is missing', () => {
    write('chart', { 'Chart.yaml': `${files['Chart.yaml']}dependencies:\n- name: far\n  version: 1.0.0\n` })
    const { problems, exitCode } = chart(['chart', '--dependency-update'])
    const [problem] = problems
    expect(problem?.message).toMatch(/missing in charts\/ directory: far$/)
    expect(problem?.hint).toBe('nothing is fetched here, not with `--dependency-update` either; do as it says first.')
    expect(exitCode).toBe(1)
  })

  test('a random name is asked for with a seed', () => {
    const template = ['--name-template', 'a-{{ randAlpha 5 | lower }}']
    expect(run(...template).told.join()).toMatch(/^usage: template: name-template:1:\d+: .*a fixed seed$/)
    const { lines } = run(...template, '--seed', 's')
    expect(lines.join()).toMatch(/name: a-[a-z]{5},/)
    expect(run(...template, '--seed', 's').lines).toEqual(lines)
  })

  test.each([['{{ env "HOME" }}'], ['{{ expandenv "$HOME" }}']])('a name from %s is refused', (text) => {
    expect(run('--name-template', text).told.join()).toMatch(/would read what each machine has another of/)
  })
})
