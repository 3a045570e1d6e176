// Builds dist/render-istio.cjs: the whole program in one file, so that a run opens nothing else.
import { chmodSync } from 'node:fs'
import { build } from 'esbuild'

export const bundleOptions = {
  entryPoints: ['src/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  loader: { '.gotmpl': 'text' },
  banner: { js: '#!/usr/bin/env node' },
}

const outfile = 'dist/render-istio.cjs'
await build({ ...bundleOptions, outfile, logLevel: 'warning' })
chmodSync(outfile, 0o755)
