// Fails when the program outgrows its budget: what is loaded at each start costs each start.
import { statSync } from 'node:fs'

const budgets = { 'dist/render-istio.cjs': 920_000, 'dist/helm.cjs': 400_000 }

const outgrown = Object.entries(budgets).filter(([file, budget]) => {
  const { size } = statSync(file)
  console.log(`${file}: ${size} of ${budget} bytes`)
  return size > budget
})
process.exit(outgrown.length > 0 ? 1 : 0)
