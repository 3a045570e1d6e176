/**
 * Our stored form of quantities against Kubernetes' own. Runs where Go is and k8s.io/apimachinery is in its module cache
 * (`cd test/oracle/quantity-go && go mod download` puts it there).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { storedQuantity } from '../../src/k8s/quantity.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantity-oracle-'))
const program = join(folder, 'quantity-go')
const reason = build()

afterAll(() => rmSync(folder, { recursive: true }))

/** Builds the oracle without touching the network; why that did not work, if it did not. */
function build(): string | undefined {
  try {
    const cwd = join(import.meta.dirname, 'quantity-go')
    const env = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' }
    execFileSync('go', ['build', '-o', program, '.'], { cwd, env, stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `Go and k8s.io/apimachinery are needed: ${String(error).split('\n')[0]}`
  }
}

const amounts = [
  ...['0', '1', '2', '3', '7', '8', '10', '100', '128', '250', '256', '500', '512', '999', '1000', '1023', '1024'],
  ...['1500', '1536', '2000', '2048', '3000', '4096', '1048576', '1000000', '1073741824', '123456789', '5000000000'],
  ...[
    '0.1',
    '0.25',
    '0.5',
    '.5',
    '0.75',
    '1.0',
    '1.25',
    '1.5',
    '2.5',
    '0.0001',
    '10.24',
    '0.000000001',
    '1.0000000001',
  ],
]
const units = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti']
/** Beyond 63 bits Kubernetes cuts off or loses the unit; no resource is that large. */
const sums = amounts.flatMap((amount) => {
  const fitting = Number(amount) > 1e8 ? units.filter((unit) => !unit.startsWith('T')) : units
  return fitting.map((unit) => amount + unit)
})
const exponents = ['e3', 'e6', 'e-3', 'e9', 'e-6']
const whole = amounts.filter((amount) => /^[1-9]\d*$/.test(amount))
const questions: (string | number)[] = [
  ...['', '-'].flatMap((sign) => sums.map((sum) => sign + sum)),
  ...whole.flatMap((amount) => exponents.map((exponent) => amount + exponent)),
  ...[0, 1, 2, 0.5, 0.25, 1000, 1024, 1500, 2048, 1000000],
  ...['x', '1KB', '1mi', '1,5', '1.5.5', '1_000', '--1', '1 Gi'],
]

test.skipIf(reason)(`Kubernetes stores quantities as we do${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const input = questions.map((question) => JSON.stringify(question)).join('\n')
  const lines = execFileSync(program, { input }).toString().trimEnd().split('\n')
  const answers = lines.map((line) => JSON.parse(line) as { readonly stored?: string; readonly error?: string })
  const theirs = answers.map(({ stored }, index) => stored ?? questions[index])
  const differing = questions.flatMap((question, index) => {
    const ours = storedQuantity(question)
    return ours === theirs[index] ? [] : [{ question, ours, theirs: theirs[index] }]
  })
  expect(differing).toEqual([])
  expect(answers.filter(({ error }) => error !== undefined)).toHaveLength(8)
  expect(questions.length).toBeGreaterThan(1000)
})
