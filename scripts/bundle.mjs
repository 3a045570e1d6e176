// How the sources become files: what the program needs at each start in one, charts in another one beside it.
import { readFileSync } from 'node:fs'
import { validatorsForEsbuild } from './validators.mjs'

/**
 * Imports that say where they get their functions from, which are loaded when one of them is first called:
 *
 *     import { parse } from './parse.ts' // on demand
 *     import { renderRelease } from './helm/release.ts' // in helm.cjs
 *
 * The first stays in the file; the second is what dist/helm.cjs exports, unless the file holds that as well. Both must
 * name functions only.
 */
function imports(inHelm) {
  const pattern = /^import \{([^}]+)\} from ('[^']+') \/\/ (on demand|in helm\.cjs)$/gm
  return {
    name: 'imports',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        const contents = text.replace(pattern, (_, list, own, where) => {
          const names = list.split(',').map((name) => name.trim())
          const isApart = where === 'in helm.cjs' && inHelm !== undefined
          if (isApart) for (const name of names) inHelm.add(name)
          const module = isApart ? "'./helm.cjs'" : own
          return names
            .map((name) => `const ${name} = (...args: any[]): any => require(${module}).${name}(...args)`)
            .join('\n')
        })
        return contents === text ? undefined : { contents, loader: 'ts' }
      })
    },
  }
}

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  // A file of plain ASCII is held and scanned one byte a character.
  charset: 'ascii',
  loader: { '.gotmpl': 'text' },
}
const program = { entryPoints: ['src/main.ts'], banner: { js: '#!/usr/bin/env node' } }

/** A bundle that takes charts' functions from helm.cjs; their names are added to `inHelm`. */
export const apart = (inHelm) => ({
  ...options,
  ...program,
  external: ['./helm.cjs'],
  plugins: [imports(inHelm), validatorsForEsbuild],
})

/** A bundle of everything. */
export const whole = { ...options, ...program, plugins: [imports(), validatorsForEsbuild] }
