import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

/** The release whose behaviour the function is written for. */
const version = 'v5.8.2'
const cache = resolve('node_modules/.cache/kustomize')

/** kustomize from the path, else built from its Go module where Go is there. */
function findKustomize(): { path?: string; why: string } {
  const found = spawnSync('kustomize', ['version'], { encoding: 'utf8' })
  if (found.status === 0 && found.stdout.includes(version)) return { path: 'kustomize', why: '' }
  const built = join(cache, 'kustomize')
  if (existsSync(built)) return { path: built, why: '' }
  const go = spawnSync('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@${version}`], {
    env: { ...process.env, GOBIN: cache, GOFLAGS: '-mod=mod' },
  })
  return go.status === 0
    ? { path: built, why: '' }
    : { why: `neither kustomize ${version} nor Go with its module proxy is there` }
}

const { path: kustomize, why } = findKustomize()

/** A folder with the built program under the name that the fixtures call. */
const bin = mkdtempSync(join(tmpdir(), 'render-istio-'))
symlinkSync(resolve('dist/render-istio.cjs'), join(bin, 'render-istio'))

function build(folder: string, ...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(kustomize ?? '', ['build', ...flags, folder], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  })
  const objects = parseAllDocuments(stdout).map((document) => document.toJS({ maxAliasCount: -1 }))
  return {
    status,
    stderr,
    objects: objects.filter(Boolean) as { kind: string; metadata: { name: string; annotations?: object } }[],
  }
}

const both = ['--enable-alpha-plugins', '--enable-exec']
/** What the function says behind its problems, where kustomize shows it. */
const rendered = expect.stringMatching(/^info: rendered 3[45] objects: 3 ClusterRole, .*\n?$/)
const checked = expect.stringMatching(/^info: valid, for 35 objects: 3 ClusterRole, .*\n?$/)
const title = (text: string) => (kustomize ? text : `${text} (skipped: ${why})`)

test.skipIf(!kustomize).each(['generator', 'transformer'])(
  title('kustomize builds the %s fixture in our order'),
  (form) => {
    const { status, stderr, objects } = build(`fixtures/kustomize-${form}`, ...both)
    expect({ status, stderr }).toEqual({ status: 0, stderr: rendered })
    expect(objects.some(({ kind }) => kind === 'IstioOperator' || kind === 'RenderIstio')).toBe(false)
    expect(objects).toHaveLength(35)
    const kinds = objects.map(({ kind }) => kind)
    expect(kinds.slice(0, 2)).toEqual(['Namespace', 'CustomResourceDefinition'])
    expect(kinds.indexOf('Deployment')).toBeLessThan(kinds.indexOf('MutatingWebhookConfiguration'))
    expect(kinds.at(-1)).toBe('HorizontalPodAutoscaler')
  },
)

test.skipIf(!kustomize)(title('a failing render fails the build, with our first line on stderr'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'render-istio-'))
  const files = ['kustomization.yaml', 'istio-operator.yaml']
  for (const file of files) {
    const text = readFileSync(join('fixtures/kustomize-generator', file), 'utf8')
    spawnSync('tee', [join(folder, file)], { input: text.replace('profile: minimal', 'profile: minimul') })
  }
  const { status, stderr, objects } = build(folder, ...both)
  expect(status).not.toBe(0)
  expect(objects).toEqual([])
  expect(stderr.split('\n')[0]).toMatch(
    /error: `spec.profile` must name a profile; "minimul" is none; did you mean "minimal"\?/,
  )
})

test.skipIf(!kustomize)(title('without --enable-exec kustomize prints nothing, as the README warns'), () => {
  expect(build('fixtures/kustomize-generator', '--enable-alpha-plugins')).toMatchObject({ status: 0, objects: [] })
})

test.skipIf(!kustomize)(
  title('`validators:` takes no function, whatever it does: kustomize trips over its own annotations'),
  () => {
    const same =
      'apiVersion: v1\nkind: Same\nmetadata:\n  name: same\n  annotations:\n    config.kubernetes.io/function: "exec: {path: cat}"\n'
    const files = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 'same.yaml': same }
    const { status, stderr } = buildFiles(
      { ...files, 'kustomization.yaml': 'resources: [a.yaml]\nvalidators: [same.yaml]\n' },
      ...both,
    )
    expect(status).not.toBe(0)
    expect(stderr).toContain("validator shouldn't modify the resource map")
  },
)

/** A folder with these files, built. */
function buildFiles(files: { readonly [name: string]: string }, ...flags: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'render-istio-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return build(folder, ...flags)
}

const fixture = (form: string, file: string) => readFileSync(join('fixtures', `kustomize-${form}`, file), 'utf8')
const generator = {
  'kustomization.yaml': fixture('generator', 'kustomization.yaml'),
  'istio-operator.yaml': fixture('generator', 'istio-operator.yaml'),
}
const transformer = {
  'kustomization.yaml': fixture('transformer', 'kustomization.yaml'),
  'istio-operator.yaml': fixture('transformer', 'istio-operator.yaml'),
  'render-istio.yaml': fixture('transformer', 'render-istio.yaml'),
}
const validatorSettings = fixture('transformer', 'render-istio.yaml').replace('engine: argocd', 'mode: validate')

test.skipIf(!kustomize)(title('as a validator it lets a sound IstioOperator pass, and changes nothing'), () => {
  const kustomization = 'resources: [istio-operator.yaml]\ntransformers: [render-istio.yaml]\n'
  const files = { ...transformer, 'render-istio.yaml': validatorSettings, 'kustomization.yaml': kustomization }
  const { status, stderr, objects } = buildFiles(files, ...both)
  expect({ status, stderr }).toEqual({ status: 0, stderr: checked })
  expect(objects.map(({ kind }) => kind)).toEqual(['IstioOperator'])
  const wrong = { ...files, 'istio-operator.yaml': files['istio-operator.yaml'].replace('minimal', 'minimul') }
  const failed = buildFiles(wrong, ...both)
  expect(failed.status).not.toBe(0)
  expect(failed.stderr.split('\n')[0]).toContain('did you mean "minimal"?')
})

test.skipIf(!kustomize)(title('as a validator behind itself it takes what was rendered for what it is'), () => {
  const files = {
    ...transformer,
    'validate.yaml': validatorSettings.replace('name: render-istio', 'name: validate'),
    'kustomization.yaml': transformer['kustomization.yaml'].replace('- render-istio.yaml', '$&\n  - validate.yaml'),
  }
  const { status, stderr, objects } = buildFiles(files, ...both)
  const told = stderr.trimEnd().split('\n')
  expect({ status, told }).toEqual({ status: 0, told: [rendered, checked] })
  expect(objects).toHaveLength(35)
})

test.skipIf(!kustomize)(title('patches of the kustomization reach the output of the generator'), () => {
  const patches = `patches:
  - target: {kind: Deployment, name: istiod}
    patch: '[{"op": "add", "path": "/metadata/labels/team", "value": "mesh"}]'
  - patch: |
      apiVersion: v1
      kind: Service
      metadata: {name: istiod, namespace: istio-system, annotations: {who: us}}
`
  const files = { ...generator, 'kustomization.yaml': generator['kustomization.yaml'] + patches }
  const { status, stderr, objects } = buildFiles(files, ...both)
  expect({ status, stderr }).toEqual({ status: 0, stderr: rendered })
  const named = (kind: string) => objects.find((one) => one.kind === kind && one.metadata.name === 'istiod')
  expect(named('Deployment')).toMatchObject({ metadata: { labels: { team: 'mesh' } } })
  expect(named('Service')).toMatchObject({ metadata: { annotations: { who: 'us' } } })
})

test.skipIf(!kustomize)(title('patches of a base reach the IstioOperator before the transformer'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'render-istio-'))
  mkdirSync(join(folder, 'operator'))
  const patched = `resources: [istio-operator.yaml]
patches:
  - target: {kind: IstioOperator}
    patch: '[{"op": "add", "path": "/spec/revision", "value": "blue"}]'
`
  writeFileSync(join(folder, 'operator/kustomization.yaml'), patched)
  writeFileSync(join(folder, 'operator/istio-operator.yaml'), transformer['istio-operator.yaml'])
  writeFileSync(join(folder, 'render-istio.yaml'), transformer['render-istio.yaml'])
  const top = transformer['kustomization.yaml'].replace('istio-operator.yaml', 'operator')
  writeFileSync(join(folder, 'kustomization.yaml'), top)
  const { status, stderr, objects } = build(folder, ...both)
  expect({ status, stderr }).toEqual({ status: 0, stderr: rendered })
  expect(objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)).toEqual([
    'istiod-blue',
  ])
})

test.skipIf(!kustomize)(title('labels of the kustomization are added, and a namespace moves the mesh'), () => {
  const more = 'labels:\n  - pairs: {team: mesh}\nnamespace: elsewhere\n'
  const files = { ...generator, 'kustomization.yaml': generator['kustomization.yaml'] + more }
  const { status, stderr, objects } = buildFiles(files, ...both)
  expect({ status, stderr }).toEqual({ status: 0, stderr: rendered })
  expect(objects).toHaveLength(35)
  for (const { metadata } of objects) expect(metadata).toMatchObject({ labels: { team: 'mesh' } })
  // What the documentation warns of: the Namespace is renamed with all that is in it.
  expect(objects.find(({ kind }) => kind === 'Namespace')?.metadata.name).toBe('elsewhere')
})

test.skipIf(!kustomize)(title('without fifo kustomize puts webhooks last, as the README warns'), () => {
  const files = { ...generator, 'kustomization.yaml': 'generators: [istio-operator.yaml]\n' }
  const kinds = buildFiles(files, ...both).objects.map(({ kind }) => kind)
  expect(kinds.at(-1)).toBe('ValidatingWebhookConfiguration')
})

test.skipIf(!kustomize)(title('a folder that generate wrote builds to what generate prints'), () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'render-istio-')), 'mesh')
  const args = ['dist/render-istio.cjs', 'generate', 'fixtures/default', '-o']
  expect(spawnSync(process.execPath, [...args, folder]).status).toBe(0)
  const stream = spawnSync(process.execPath, [...args, 'json'], { encoding: 'utf8', maxBuffer: 64 << 20 }).stdout
  const printed = stream
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(build(folder).objects).toEqual(printed)
})
