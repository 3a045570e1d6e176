import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import * as made from '../../src/helm.ts'
import type * as declared from '../../src/helm-api.d.ts'

/** The package's `render-istio/helm`, as a program sees it that depends on it. */
const scratch = mkdtempSync(join(tmpdir(), 'helm-package-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const names = [...readFileSync('src/helm-api.d.ts', 'utf8').matchAll(/^export function (\w+)/gm)].map(
  ([, name]) => name,
)

test('what is declared is there, and was built', () => {
  expect(names.length).toBeGreaterThan(4)
  const built = createRequire(import.meta.url)(resolve('dist/helm.cjs'))
  expect(Object.keys(made).sort()).toEqual(names.sort())
  expect(Object.keys(built).sort()).toEqual(names.sort())
  expect(readFileSync('dist/helm.d.ts', 'utf8')).toBe(readFileSync('src/helm-api.d.ts', 'utf8'))
})

// These are checked by the compiler: what is declared to be taken is taken, and what is given is what is declared.
const taken: readonly [
  Parameters<typeof made.templateText>[2],
  Parameters<typeof made.givenValues>[0],
  Parameters<typeof made.loadChart>,
] = [
  {} as declared.TemplateOptions,
  {} as declared.ValueSources,
  [[] as declared.ChartFile[], {} as declared.LoadOptions],
]

const given: readonly [
  ReturnType<typeof declared.readChart>,
  ReturnType<typeof declared.loadChart>,
  ReturnType<typeof declared.givenValues>,
  ReturnType<typeof declared.renderRelease>,
  ReturnType<typeof declared.templateText>,
] = [
  {} as ReturnType<typeof made.readChart>,
  {} as ReturnType<typeof made.loadChart>,
  {} as ReturnType<typeof made.givenValues>,
  {} as ReturnType<typeof made.renderRelease>,
  {} as ReturnType<typeof made.templateText>,
]

test('every declared function has its types compared', () => {
  // `loadArchive` takes and gives what `loadChart` does.
  expect(given).toHaveLength(names.length - 1)
  expect(taken).toHaveLength(3)
})

const consumer = `
import { type Chart, type Failed, givenValues, loadChart, type Release, renderRelease, templateText } from 'render-istio/helm'

const text = (name: string, content: string) => ({ name, data: new TextEncoder().encode(content) })
const chart: Chart | Failed = loadChart([
  text('Chart.yaml', 'apiVersion: v2\\nname: c\\nversion: 1.0.0\\n'),
  text('values.yaml', 'name: a\\n'),
  text('templates/a.yaml', 'kind: ConfigMap\\nmetadata:\\n  name: {{ .Values.name }}\\n'),
])
if ('problem' in chart) throw new Error(chart.problem.message)
const values = givenValues({ set: ['name=b'] }, () => '')
if ('problem' in values) throw new Error(values.problem.message)
const cache = new Map()
const release: Release | Failed = renderRelease(chart, values.values, { namespace: 'n', kubeVersion: '1.31', cache })
if ('problem' in release) throw new Error(release.problem.message)
const [manifest] = release.manifests
const printed = templateText(chart, {}, { showOnly: ['templates/a.yaml'], cache })
const wrong = renderRelease(chart, { name: { a: 1 } }, { limits: { steps: 1 } })
console.log(JSON.stringify([
  manifest?.kind, manifest?.path, manifest?.value?.metadata, manifest?.content, chart.metadata.version,
  'text' in printed && printed.text, 'problem' in wrong && wrong.problem.code, cache.size,
]))
`

test('a program is checked against the declarations, and runs', () => {
  const folder = join(scratch, 'consumer')
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(resolve('.'), join(folder, 'node_modules/render-istio'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'main.ts'), consumer)
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom']
  const argv = [resolve('node_modules/typescript/bin/tsc'), ...options, 'main.ts']
  const compiled = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' })
  expect({ status: compiled.status, stdout: compiled.stdout }).toEqual({ status: 0, stdout: '' })
  const { stdout, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  const content = (name: string) => `kind: ConfigMap\nmetadata:\n  name: ${name}\n`
  expect(JSON.parse(stdout)).toEqual([
    'ConfigMap',
    'c/templates/a.yaml',
    { name: 'b' },
    content('b'),
    '1.0.0',
    `---\n# Source: c/templates/a.yaml\n${content('a')}\n`,
    'chart-limit',
    1,
  ])
})
