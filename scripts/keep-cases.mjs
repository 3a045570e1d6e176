// Copies the inputs of the conformance corpus that were written for this project, and digests what istioctl makes of
// them, so that the suite proves equality without the corpus. Run by hand when the corpus changes.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const corpus = '../shared/conformance/cases'
const kept = 'test/oracle/cases'
const helper = 'node_modules/.cache/canonical.mjs'
await build({
  entryPoints: ['test/oracle/canonical.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: helper,
  packages: 'external',
})
const { digest, nameOf, readObjects } = await import(join(process.cwd(), helper))

// Inputs with a line that stands in Istio's own text too; they are run from the corpus only.
const alike = new Set(['f-global-mesh-networks', 'f-sidecar-injector'])

rmSync(kept, { recursive: true, force: true })
const table = {}
// Cases of category b, and failing ones named after Istio, are Istio's own test data, which stays where it is.
for (const name of readdirSync(corpus)
  .filter((one) => !one.startsWith('b-') && !one.startsWith('i-istio-') && !alike.has(one))
  .sort()) {
  const files = readdirSync(join(corpus, name))
  mkdirSync(join(kept, name), { recursive: true })
  for (const file of files.filter((one) => /^(input.*|args\.txt)$/.test(one))) {
    writeFileSync(join(kept, name, file), readFileSync(join(corpus, name, file)))
  }
  if (!files.includes('expected.yaml')) {
    const { exit } = JSON.parse(readFileSync(join(corpus, name, 'error.json'), 'utf8'))
    writeFileSync(join(kept, name, 'error.json'), `${JSON.stringify({ exit })}\n`)
    continue
  }
  const digests = {}
  for (const object of readObjects(readFileSync(join(corpus, name, 'expected.yaml'), 'utf8'))) {
    digests[nameOf(object)] = [...(digests[nameOf(object)] ?? []), digest(object)].sort()
  }
  table[name] = Object.fromEntries(Object.entries(digests).sort(([a], [b]) => (a < b ? -1 : 1)))
}
writeFileSync('test/oracle/digests.json', `${JSON.stringify(table, null, 1)}\n`)
