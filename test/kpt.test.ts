import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

/** Real kpt, where there is one: it is not to be had from a package registry. */
const kpt = ['kpt', '/usr/bin/kpt'].find((path) => spawnSync(path, ['version']).status === 0)
const title = (text: string) => (kpt ? text : `${text} (skipped: kpt is not there)`)

const scratch = mkdtempSync(join(tmpdir(), 'kpt-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const bin = join(scratch, 'bin')
mkdirSync(bin)
symlinkSync(resolve('dist/render-istio.cjs'), join(bin, 'render-istio'))

/** A package of one's own, made from the example. */
function example(): string {
  const folder = mkdtempSync(join(scratch, 'mesh-'))
  cpSync('examples/render-istio-exec', folder, { recursive: true })
  return folder
}

function render(folder: string) {
  const results = join(scratch, 'results')
  const { status, stdout, stderr } = spawnSync(
    kpt ?? '',
    ['fn', 'render', folder, '--allow-exec', '--results-dir', results],
    {
      encoding: 'utf8',
      cwd: scratch,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    },
  )
  return { status, output: stdout + stderr, results: parse(readFileSync(join(results, 'results.yaml'), 'utf8')) }
}

function contents(folder: string): { [file: string]: string } {
  const files = (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Object.fromEntries(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]))
}

const edit = (folder: string, file: string, from: string, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, file), text.replace(from, to))
}

describe('kpt fn render', () => {
  test.skipIf(!kpt)(title('writes the mesh by component, and keeps the comments of the IstioOperator'), () => {
    const folder = example()
    const before = contents(folder)
    const { status, output, results } = render(folder)
    expect({ status, output }).toMatchObject({ status: 0 })
    const after = contents(folder)
    expect(Object.keys(after).sort()).toEqual(
      [...Object.keys(before), 'control-plane/base.yaml', 'control-plane/istiod.yaml'].sort(),
    )
    const line = '  annotations:\n    config.kubernetes.io/local-config: "true"\n'
    const marked = before['istio-operator.yaml']?.replace('  namespace: istio-system\n', (text) => text + line)
    expect(after['istio-operator.yaml']).toBe(marked)
    expect(after['render-istio.yaml']).toBe(before['render-istio.yaml'])
    expect(after['control-plane/istiod.yaml']).toContain('config.kubernetes.io/depends-on')
    expect(results.items.map(({ exitCode }: { exitCode: number }) => exitCode)).toEqual([0, 0])
  })

  test.skipIf(!kpt)(title('a second time changes nothing'), () => {
    const folder = example()
    expect(render(folder).status).toBe(0)
    const once = contents(folder)
    expect(render(folder).status).toBe(0)
    expect(contents(folder)).toEqual(once)
  })

  test.skipIf(!kpt)(title('takes away what is no longer rendered'), () => {
    const folder = example()
    edit(folder, 'istio-operator.yaml', 'profile: minimal', 'profile: default')
    expect(render(folder).status).toBe(0)
    expect(Object.keys(contents(folder))).toContain('control-plane/ingress-gateways.yaml')
    edit(folder, 'istio-operator.yaml', 'profile: default', 'profile: minimal')
    expect(render(folder).status).toBe(0)
    expect(Object.keys(contents(folder))).not.toContain('control-plane/ingress-gateways.yaml')
  })

  test.skipIf(!kpt)(title('fails with the place of a mistake, and leaves the package as it is'), () => {
    const folder = example()
    edit(folder, 'istio-operator.yaml', 'profile: minimal', 'profile: minimul')
    const before = contents(folder)
    const { status, output } = render(folder)
    expect(status).not.toBe(0)
    expect(output).toContain('istio-operator.yaml:8:12: `spec.profile` must name a profile; "minimul" is none')
    const { Kptfile: _, ...after } = contents(folder)
    const { Kptfile: __, ...asBefore } = before
    expect(after).toEqual(asBefore)
  })

  test.skipIf(!kpt)(title('has dependencies that kpt can resolve inside of the package'), () => {
    const folder = example()
    edit(folder, 'istio-operator.yaml', 'profile: minimal', 'profile: demo')
    expect(render(folder).status).toBe(0)
    const objects = Object.entries(contents(folder))
      .filter(([file]) => file.startsWith('control-plane/'))
      .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS({ maxAliasCount: -1 })))
    const group = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '')
    const names = new Set(
      objects.map(({ apiVersion, kind, metadata: { namespace, name } }) =>
        [group(apiVersion), ...(namespace ? ['namespaces', namespace] : []), kind, name].join('/'),
      ),
    )
    const targets = objects.flatMap(
      ({ metadata }) => metadata.annotations?.['config.kubernetes.io/depends-on']?.split(',') ?? [],
    )
    expect(targets.length).toBeGreaterThan(3)
    expect(targets.filter((target) => !names.has(target))).toEqual([])
  })
})

/** What the catalog's own runner does with an example: run it twice, and compare what git says has changed. */
describe("the examples in the catalog's layout", () => {
  const git = (folder: string, ...argv: string[]) => {
    const who = ['-c', 'user.name=us', '-c', 'user.email=us@example.com']
    return spawnSync('git', [...who, ...argv], { cwd: folder, encoding: 'utf8' }).stdout
  }
  const hasGit = spawnSync('git', ['--version']).status === 0
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  const here = kpt && hasGit
  const named = (text: string) => (here ? text : `${text} (skipped: kpt or git is not there)`)

  /** The package under git; an image becomes the program, since there may be nothing to run images with. */
  const checkout = (name: string) => {
    const folder = join(mkdtempSync(join(scratch, 'example-')), name)
    cpSync(join('examples', name), folder, { recursive: true })
    for (const file of ['Kptfile', '.expected/exec.sh', '.expected/results.yaml']) {
      if (!existsSync(join(folder, file))) continue
      const text = readFileSync(join(folder, file), 'utf8')
      const exec = text.replaceAll(/image: .*/g, 'exec: render-istio').replace(/fn render$/m, '$& --allow-exec')
      writeFileSync(join(folder, file), exec)
    }
    for (const argv of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['commit', '--quiet', '--message=first'],
    ]) {
      git(folder, ...argv)
    }
    return folder
  }

  test.skipIf(!here).each(['render-istio-exec', 'render-istio-image'])(named('%s changes as it says'), async (name) => {
    const folder = checkout(name)
    for (const _ of ['once', 'and again']) {
      const { status, stderr } = spawnSync('bash', ['.expected/exec.sh'], { cwd: folder, env, encoding: 'utf8' })
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
      git(folder, 'add', '--all')
      const patch = git(folder, 'diff', '--cached', '--no-ext-diff', '--abbrev=7')
      await expect(patch).toMatchFileSnapshot(resolve('examples', name, '.expected/diff.patch'))
    }
  })

  test.skipIf(!here)(named('render-istio-validate fails as it says'), () => {
    const folder = checkout('render-istio-validate')
    const wanted = parse(readFileSync(join(folder, '.expected/results.yaml'), 'utf8'))
    const { status, results } = render(folder)
    expect(status).toBe(parse(readFileSync(join(folder, '.expected/config.yaml'), 'utf8')).exitCode)
    expect(results).toEqual(wanted)
    git(folder, 'checkout', 'Kptfile')
    expect(git(folder, 'status', '--porcelain')).toBe('')
  })

  test('kpt leaves alone what is expected of them', () => {
    for (const name of readdirSync('examples')) {
      expect(readFileSync(join('examples', name, '.krmignore'), 'utf8')).toBe('.expected\n')
      const [expected, config] = ['.expected', '.expected/config.yaml'].map((file) => join('examples', name, file))
      expect(readdirSync(expected ?? '').length).toBeGreaterThan(1)
      expect(Object.keys(parse(readFileSync(config ?? '', 'utf8')))).toHaveLength(1)
    }
  })
})

test('both examples are the same but for how the function is called', () => {
  const [exec, image] = ['exec', 'image'].map((form) => contents(`examples/render-istio-${form}`))
  const called = (text = '') => text.replaceAll(/- (exec|image): .*/g, '- FUNCTION')
  expect(called(exec?.Kptfile)).toBe(called(image?.Kptfile))
  expect(exec?.Kptfile?.match(/- exec: render-istio\n/g)).toHaveLength(2)
  expect(image?.Kptfile?.match(/- image: \S+\/render-istio:\d+\.\d+\.\d+\n/g)).toHaveLength(2)
  expect(image?.['istio-operator.yaml']).toBe(exec?.['istio-operator.yaml'])
  expect(image?.['render-istio.yaml']).toBe(exec?.['render-istio.yaml'])
})

test('metadata.yaml names examples that are there, and the image that they use', () => {
  const { image, examplePackageURLs, license, tags } = parse(readFileSync('metadata.yaml', 'utf8'))
  const packages = (examplePackageURLs as string[]).map((url) => url.slice(url.indexOf('examples/')))
  expect(packages.sort()).toEqual(readdirSync('examples').map((name) => `examples/${name}`))
  expect(readFileSync('examples/render-istio-image/Kptfile', 'utf8')).toContain(`image: ${image}:`)
  expect(license).toBe(JSON.parse(readFileSync('package.json', 'utf8')).license)
  expect(tags).toEqual(expect.arrayContaining(['mutator', 'validator']))
})
