// How long a whole process takes against `node -e 0`, in pairs within one run, so that a slow machine slows both.
// usage: npm run bench [-- RUNS]
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const runs = Number(process.argv[2] ?? 20)
const list = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- ${readFileSync('fixtures/default/istio-operator.yaml', 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .join('\n  ')}
`
const commands = {
  'node -e 0': { argv: ['-e', '0'], input: '' },
  'KRM function, default profile': { argv: ['dist/render-istio.cjs'], input: list },
  'generate, default profile': {
    argv: ['dist/render-istio.cjs', 'generate', '-f', 'fixtures/default/istio-operator.yaml'],
    input: '',
  },
  'validate, default profile': {
    argv: ['dist/render-istio.cjs', 'validate', '-f', 'fixtures/default/istio-operator.yaml'],
    input: '',
  },
  'generate, production profile': {
    argv: ['dist/render-istio.cjs', 'generate', '-f', 'fixtures/production/production-profile.yaml'],
    input: '',
  },
}

function time({ argv, input }) {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, argv, {
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  })
  if (status !== 0) throw new Error(String(stderr))
  return Number(process.hrtime.bigint() - start) / 1e6
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
for (let run = -2; run < runs; run++) {
  for (const [name, command] of Object.entries(commands)) {
    const taken = time(command)
    if (run >= 0) times[name].push(taken)
  }
}
const bare = times['node -e 0']
for (const [name, taken] of Object.entries(times)) {
  const ratio = median(taken.map((one, index) => one / bare[index]))
  console.log(`${name.padEnd(34)} ${median(taken).toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)} × bare node`)
}
