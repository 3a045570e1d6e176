import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheOf } from '../scripts/parts.mjs'

/**
 * What is given to others is made in a clean folder by the commands that the Dockerfile and package.json have for it,
 * and each form of it renders every fixture to the same bytes as the build that is tested everywhere else.
 */
const scratch = mkdtempSync(join(tmpdir(), 'release-'))
const folder = join(scratch, 'checkout')
afterAll(() => rmSync(scratch, { recursive: true }))

function run(command: string, args: readonly string[], cwd = folder, input = '') {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, input, encoding: 'utf8', maxBuffer: 64 << 20 })
  expect({ command: [command, ...args].join(' '), status, stderr: status === 0 ? '' : stderr }).toMatchObject({
    status: 0,
  })
  return stdout
}

const sources = [
  'src',
  'scripts',
  'fixtures',
  'test/helm/charts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'plugin.yaml',
]
beforeAll(() => {
  mkdirSync(folder)
  for (const name of [...sources, 'README.md', 'LICENSE']) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
})

const inputs = readdirSync('fixtures')
  .filter((story) => !story.startsWith('k'))
  .map((story) =>
    resolve('fixtures', story, story === 'production' ? 'production-profile.yaml' : 'istio-operator.yaml'),
  )
const list = readFileSync('fixtures/production-override/resource-list.yaml', 'utf8')

const chart = resolve('test/helm/charts/features')

/** What a program makes of every fixture, of a ResourceList and of a chart. */
function rendered(program: string, first: readonly string[] = []): string[] {
  const streams = inputs.map((input) => run(program, [...first, 'generate', '-f', input], scratch))
  return [...streams, run(program, first, scratch, list), run(program, [...first, 'chart', chart], scratch)]
}

const dockerfile = readFileSync('Dockerfile', 'utf8')

describe('the image', () => {
  test('is built by commands that work in a clean folder', () => {
    const stage = dockerfile.split(/^FROM /m)[1] ?? ''
    const commands = [...stage.replaceAll('\\\n', '').matchAll(/^RUN (.*)$/gm)].map(([, command = '']) => command)
    expect(commands[0]).toBe('npm ci')
    expect(commands).toHaveLength(2)
    run('bash', ['-ec', commands[1] ?? ''])
    const program = join(folder, 'dist/bin/render-istio')
    const built = readFileSync(program, 'utf8')
    expect(built.split('\n')[0]).toBe('#!/nodejs/bin/node')
    const ours = readFileSync('dist/render-istio.cjs', 'utf8')
    expect(built.slice(built.indexOf('\n'))).toBe(ours.slice(ours.indexOf('\n')))
    // What V8 made of it lies beside it.
    expect(existsSync(cacheOf(program))).toBe(true)
  })

  test('copies what is there', () => {
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/src\/(\S+) /gm)].map(([, file = '']) => file)
    expect(copied).toEqual(['dist/bin/', 'dist/sbom.cdx.json'])
    for (const file of copied) expect(existsSync(join(folder, file)), file).toBe(true)
    expect(existsSync('plugin.yaml')).toBe(true)
  })

  test('finds in its context what it is built from', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n')
    const absent = sources.filter((source) => ignored.some((name) => `${source}/`.startsWith(`${name}/`)))
    expect(absent.filter((source) => !ignored.includes(`!${source}`))).toEqual([])
    expect(absent).toEqual(['test/helm/charts'])
  })

  test('says its version, and what Artifact Hub asks for', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(dockerfile).toContain(`ARG VERSION=${version}\n`)
    const required = ['io.artifacthub.package.readme-url', 'org.opencontainers.image.created']
    for (const label of [...required, 'org.opencontainers.image.description'])
      expect(dockerfile).toContain(`${label}="`)
    const [, keywords = ''] = /package\.keywords="([^"]*)"/.exec(dockerfile) ?? []
    expect(keywords.split(',').length).toBeLessThanOrEqual(10)
  })

  test('has the program that is tested, run by its interpreter', () => {
    expect(rendered(process.execPath, [join(folder, 'dist/render-istio.cjs')])).toEqual(
      rendered(process.execPath, [resolve('dist/render-istio.cjs')]),
    )
  })
})

test('the bill of materials names every package whose code is inside, and is the same each time', () => {
  const bom = () => readFileSync(join(folder, 'dist/sbom.cdx.json'), 'utf8')
  run(process.execPath, ['scripts/sbom.mjs'])
  const first = bom()
  run(process.execPath, ['scripts/sbom.mjs'])
  expect(bom()).toBe(first)
  const { bomFormat, metadata, components, dependencies } = JSON.parse(first)
  expect(bomFormat).toBe('CycloneDX')
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(metadata.component).toMatchObject({ name: 'render-istio', version, purl: `pkg:npm/render-istio@${version}` })
  const packages = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  expect(components.map(({ name }: { name: string }) => name)).toContain('yaml')
  for (const { name, version, hashes, licenses } of components) {
    expect(version).toBe(packages[`node_modules/${name}`].version)
    expect([hashes.length, licenses.length]).toEqual([1, 1])
  }
  expect(dependencies).toHaveLength(components.length + 1)
})

test('the package holds what it needs, and renders the same', () => {
  run(process.execPath, ['scripts/build.mjs'])
  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts']))
  const { files: named } = JSON.parse(readFileSync('package.json', 'utf8'))
  const packed = files.map(({ path }: { path: string }) => path.replace(/cjs\..*\.cache$/, 'cjs.*.cache')).sort()
  expect(packed).toEqual([...named, 'LICENSE', 'README.md', 'package.json'].sort())
  run('tar', ['xzf', filename, '-C', scratch])
  const program = join(scratch, 'package', 'dist/render-istio.cjs')
  expect(rendered(program)).toEqual(rendered(resolve('dist/render-istio.cjs')))
  const callable = `const { renderIstio } = require('${join(scratch, 'package', 'dist/kpt.cjs')}'); console.log(typeof renderIstio.usage)`
  if (named.includes('dist/kpt.cjs')) expect(run(process.execPath, ['-e', callable])).toBe('string\n')
})

const postject = existsSync('node_modules/postject')
test.skipIf(!postject)(
  `the executable renders the same${postject ? '' : ' (skipped: postject is not installed)'}`,
  () => {
    run(process.execPath, ['scripts/build.mjs'])
    run(process.execPath, ['scripts/build-bin.mjs'])
    const program = join(folder, `dist/render-istio${process.platform === 'win32' ? '.exe' : ''}`)
    expect(rendered(program)).toEqual(rendered(process.execPath, [resolve('dist/render-istio.cjs')]))
  },
)
