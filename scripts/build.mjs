// Builds dist/render-istio.cjs, the program; dist/helm.cjs and dist/kpt.cjs for programs that render charts or are built
// with kpt-functions.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { programText, whole } from './bundle.mjs'

mkdirSync('dist', { recursive: true })
// What another V8 has compiled is that of another build.
for (const name of readdirSync('dist')) if (name.endsWith('.cache')) rmSync(`dist/${name}`)
writeFileSync('dist/render-istio.cjs', await programText())
chmodSync('dist/render-istio.cjs', 0o755)
const { status } = spawnSync(process.execPath, ['scripts/compile.mjs'], { stdio: 'inherit' })
if (status !== 0) process.exit(1)

await build({ ...whole, entryPoints: ['src/kpt.ts'], outfile: 'dist/kpt.cjs' })
writeFileSync(
  'dist/kpt.d.ts',
  "import type { KptFunc } from 'kpt-functions'\nexport declare const renderIstio: KptFunc\n",
)

await build({ ...whole, entryPoints: ['src/helm.ts'], outfile: 'dist/helm.cjs' })
copyFileSync('src/helm-api.d.ts', 'dist/helm.d.ts')
