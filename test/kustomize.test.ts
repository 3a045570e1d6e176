import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
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
const title = (text: string) => (kustomize ? text : `${text} (skipped: ${why})`)

test.skipIf(!kustomize).each(['generator', 'transformer'])(
  title('kustomize builds the %s fixture in our order'),
  (form) => {
    const { status, stderr, objects } = build(`fixtures/kustomize-${form}`, ...both)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
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
