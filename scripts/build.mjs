// Builds dist/render-istio.cjs: the whole program in one file, so that a run opens nothing else.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { validatorsForEsbuild } from './validators.mjs'

/**
 * Modules that most runs don't need are loaded when one of their functions is first called. An import says so itself:
 *
 *     import { parse } from './parse.ts' // on demand
 *
 * Such an import must name functions only.
 */
const onDemand = {
  name: 'on-demand',
  setup({ onLoad }) {
    const pattern = /^import \{([^}]+)\} from ('[^']+') \/\/ on demand$/gm
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes('// on demand')) return undefined
      const contents = text.replace(pattern, (_, names, module) =>
        names
          .split(',')
          .map((name) => name.trim())
          .map((name) => `const ${name} = (...args: any[]): any => require(${module}).${name}(...args)`)
          .join('\n'),
      )
      return { contents, loader: 'ts' }
    })
  },
}

export const bundleOptions = {
  entryPoints: ['src/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  // A file of plain ASCII is held and scanned one byte a character.
  charset: 'ascii',
  loader: { '.gotmpl': 'text' },
  banner: { js: '#!/usr/bin/env node' },
  plugins: [onDemand, validatorsForEsbuild],
}

const outfile = 'dist/render-istio.cjs'
await build({ ...bundleOptions, outfile, logLevel: 'warning' })
chmodSync(outfile, 0o755)

// The same as a function to call, for programs built with kpt-functions.
await build({ ...bundleOptions, entryPoints: ['src/kpt.ts'], banner: {}, outfile: 'dist/kpt.cjs', logLevel: 'warning' })
writeFileSync(
  'dist/kpt.d.ts',
  "import type { KptFunc } from 'kpt-functions'\nexport declare const renderIstio: KptFunc\n",
)
