import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import { expect, test } from 'vitest'
import { partsOf } from '../scripts/parts.mjs'

const program = readFileSync('dist/render-istio.cjs', 'utf8')

test('every part of the program is code by itself', () => {
  const parts = partsOf(program)
  expect(parts.length).toBeGreaterThan(20)
  for (const part of parts) expect(() => compileFunction(part, ['part', 'require'])).not.toThrow()
})

test('the parts of usual runs are a fraction of the program', () => {
  const lengths = partsOf(program).map(({ length }) => length)
  expect(Math.max(...lengths)).toBeLessThan(program.length / 2)
})

test('the file is enough, wherever it lies and whatever it is called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'))
  try {
    const copy = join(folder, 'render istio')
    copyFileSync('dist/render-istio.cjs', copy)
    const run = (...argv: string[]) => spawnSync(process.execPath, [copy, ...argv], { encoding: 'utf8' })
    expect(run('version').stdout).toMatch(/^render-istio \d/)
    expect(run('chart', 'test/helm/charts/features').stdout).toMatch(/^---\n# Source: /)
    expect(run('generate', '-f', 'fixtures/default/istio-operator.yaml').status).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
