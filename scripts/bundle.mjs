// How the sources become files: the program in parts, of which a run compiles only those that it needs; what programs
// call in one piece.
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { inOneFile } from './parts.mjs'
import { validatorsForEsbuild } from './validators.mjs'

/**
 * Imports that say that what they get is loaded when it is first called; they must name functions only:
 *
 *     import { parse } from './parse.ts' // on demand
 */
function onDemand(load) {
  const pattern = /^import \{([^}]+)\} from ('[^']+') \/\/ on demand$/gm
  return {
    name: 'on-demand',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        const contents = text.replace(pattern, (_, list, module) =>
          list
            .split(',')
            .map((name) => name.trim())
            .map((name) => `const ${name} = (...args: any[]): any => (${load}(${module}) as any).${name}(...args)`)
            .join('\n'),
        )
        return contents === text ? undefined : { contents, loader: 'ts' }
      })
    },
  }
}

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  // A file of plain ASCII is held and scanned one byte a character.
  charset: 'ascii',
  loader: { '.gotmpl': 'text' },
  entryPoints: ['src/main.ts'],
  logLevel: 'warning',
}

/** A bundle of everything that an entry point reaches. */
export const whole = { ...options, format: 'cjs', plugins: [onDemand('require'), validatorsForEsbuild] }

/** Where the runs begin whose start should be quick. */
const runs = [['src/hosts/krm.ts', 'src/commands/generate.ts', 'src/commands/validate.ts'], ['src/commands/chart.ts']]

/** The text of the program as one file of parts. */
export async function programText() {
  const { outputFiles, metafile } = await build({
    ...options,
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    write: false,
    metafile: true,
    plugins: [onDemand('import'), validatorsForEsbuild],
  })
  return inOneFile(outputFiles, metafile, runs)
}
