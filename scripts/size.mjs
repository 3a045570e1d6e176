// Fails when the program outgrows its budget: what a run has to compile costs each run.
import { readFileSync } from 'node:fs'
import { partsOf } from './parts.mjs'

const program = readFileSync('dist/render-istio.cjs', 'utf8')
const parts = partsOf(program)
const sizes = {
  'dist/render-istio.cjs': [program.length, 1_150_000],
  'its code in front of the parts': [program.length - parts.reduce((sum, { length }) => sum + length, 0), 12_000],
  'its largest part, which most runs compile': [Math.max(...parts.map(({ length }) => length)), 450_000],
  'dist/helm.cjs': [readFileSync('dist/helm.cjs').length, 420_000],
}
const outgrown = Object.entries(sizes).filter(([name, [size, budget]]) => {
  console.log(`${name}: ${size} of ${budget} bytes`)
  return size > budget
})
process.exit(outgrown.length > 0 ? 1 : 0)
