// Fails when the program outgrows its budget: what is loaded at each start costs each start.
import { statSync } from 'node:fs'

const budget = 900_000
const { size } = statSync('dist/render-istio.cjs')
console.log(`dist/render-istio.cjs: ${size} of ${budget} bytes`)
process.exit(size > budget ? 1 : 0)
