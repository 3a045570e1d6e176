// Builds dist/render-istio.cjs, which is what a run opens; dist/helm.cjs, which it opens besides for charts, and which
// programs may call; and dist/kpt.cjs for programs built with kpt-functions.
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'
import { apart, whole } from './bundle.mjs'

const outfile = 'dist/render-istio.cjs'
const taken = new Set()
const fromHelm = apart(taken)
await build({ ...fromHelm, outfile, logLevel: 'warning' })
chmodSync(outfile, 0o755)

await build({ ...fromHelm, entryPoints: ['src/kpt.ts'], banner: {}, outfile: 'dist/kpt.cjs', logLevel: 'warning' })
writeFileSync(
  'dist/kpt.d.ts',
  "import type { KptFunc } from 'kpt-functions'\nexport declare const renderIstio: KptFunc\n",
)

await build({ ...whole, entryPoints: ['src/helm.ts'], banner: {}, outfile: 'dist/helm.cjs', logLevel: 'warning' })
copyFileSync('src/helm-api.d.ts', 'dist/helm.d.ts')
const known = createRequire(import.meta.url)('../dist/helm.cjs')
const missing = [...taken].filter((name) => typeof known[name] !== 'function')
if (missing.length > 0) throw new Error(`src/helm.ts must export ${missing.join(', ')}`)
