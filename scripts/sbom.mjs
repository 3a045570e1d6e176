// Writes dist/sbom.cdx.json: what is inside of the program, in CycloneDX.
//
// npm knows every package of the checkout with its version, licence and digest; which of them are in the program, the
// bundler knows. The serial number and the time are left out: the same checkout gives the same bytes.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { whole } from './bundle.mjs'

const entries = ['src/main.ts', 'src/kpt.ts', 'src/helm.ts']
const { metafile } = await build({ ...whole, entryPoints: entries, metafile: true, write: false, outdir: 'dist' })
const inside = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
)

const { status, stdout, stderr } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
  {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  },
)
if (status !== 0) throw new Error(`npm sbom: ${stderr}`)
const { serialNumber: _, metadata, components, dependencies, ...rest } = JSON.parse(stdout)
const { timestamp: __, component, ...about } = metadata
// npm calls the program after its folder.
const [program] = component['bom-ref'].split('@')
const kept = components
  .filter(({ group, name }) => inside.has(group ? `${group}/${name}` : name))
  // They are needed to develop the program only in so far as it is one file when it is done.
  .map(({ scope: ___, ...component }) => ({
    ...component,
    properties: component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development'),
  }))
const missing = [...inside].filter(
  (name) => !kept.some((one) => name === (one.group ? `${one.group}/${one.name}` : one.name)),
)
if (missing.length > 0) throw new Error(`npm sbom does not know ${missing.join(', ')}`)

const own = component['bom-ref']
const references = kept.map((component) => component['bom-ref'])
const bom = {
  ...rest,
  metadata: { ...about, component: { ...component, name: program, scope: undefined } },
  components: kept,
  dependencies: dependencies
    .filter(({ ref }) => ref === own || references.includes(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: (ref === own ? references : dependsOn).filter((one) => references.includes(one)),
    })),
}
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`)
console.log(`dist/sbom.cdx.json: ${kept.map(({ name, version }) => `${name} ${version}`).join(', ')}`)
