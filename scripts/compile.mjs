// Writes what V8 makes of the program beside it, so that runs on this very version of Node needn't compile it again:
// `node scripts/compile.mjs [PROGRAM]`. A run that finds nothing for its V8 compiles what it needs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOf, cacheOf, headSize } from './parts.mjs'

const program = process.argv[2] ?? 'dist/render-istio.cjs'
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Runs of each kind, whose functions are compiled then. */
const runs = [
  { argv: [], input: readFileSync(here('../fixtures/production-override/resource-list.yaml')) },
  { argv: ['generate', '-f', here('../fixtures/default/istio-operator.yaml')] },
  { argv: ['chart', here('../test/helm/charts/features')] },
]

const folder = mkdtempSync(join(tmpdir(), 'compile-'))
/** By the number of the part, the most that a run compiled of it. */
const compiled = new Map()
try {
  for (const { argv, input } of runs) {
    const file = join(folder, 'recorded')
    const { status, stderr } = spawnSync(process.execPath, [here('record.cjs'), file, program, ...argv], { input })
    if (status !== 0) throw new Error(String(stderr))
    for (const [number, data] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
      const bytes = Buffer.from(data, 'base64')
      if (bytes.length > (compiled.get(number)?.length ?? 0)) compiled.set(number, bytes)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}

// The smallest ones are not worth looking up.
const parts = [...compiled].filter(([, { length }]) => length > 4096)
const places = {}
let end = headSize
for (const [number, { length }] of parts) {
  places[number] = [end, length]
  end += length
}
const head = `${JSON.stringify({ of: buildOf(readFileSync(program, 'latin1')), places })}\n`.padEnd(headSize)
writeFileSync(cacheOf(program), Buffer.concat([Buffer.from(head), ...parts.map(([, bytes]) => bytes)]))
