import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import { afterAll, expect, test } from 'vitest'
import { buildOf, cacheOf, partsOf } from '../scripts/parts.mjs'

const file = 'dist/render-istio.cjs'
const program = readFileSync(file, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'parts-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every part of the program is code by itself', () => {
  const parts = partsOf(program)
  expect(parts.length).toBeGreaterThan(20)
  for (const part of parts) expect(() => compileFunction(part, ['__part', 'require'])).not.toThrow()
})

test('the parts of usual runs are a fraction of the program', () => {
  const lengths = partsOf(program).map(({ length }) => length)
  expect(Math.max(...lengths)).toBeLessThan(program.length / 2)
})

const chart = resolve('test/helm/charts/features')
const operator = resolve('fixtures/default/istio-operator.yaml')
const runs = [['version'], ['chart', chart], ['generate', '-f', operator], ['validate', '-f', 'nowhere.yaml'], ['help']]

function outputs(copy: string) {
  return runs.map((argv) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [copy, ...argv], { encoding: 'utf8', cwd: folder })
    return { status, stdout, stderr }
  })
}

test('the file is enough, wherever it lies and whatever it is called', () => {
  const copy = join(folder, 'render istio')
  copyFileSync(file, copy)
  const alone = outputs(copy)
  expect(alone.map(({ status }) => status)).toEqual([0, 0, 0, 1, 0])
  expect(alone).toEqual(outputs(resolve(file)))
})

/** Tells on stderr of each part whether V8 was given something for it, and whether it refused that. */
const watch = `
const vm = require('node:vm')
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options)
    const { cachedData, cachedDataRejected = false } = { ...options, cachedDataRejected: this.cachedDataRejected }
    process.stderr.write(JSON.stringify({ size: code.length, given: cachedData !== undefined, cachedDataRejected }) + '\\n')
  }
}
process.argv.splice(1, 0, process.execPath)
process.argv.splice(0, 1)
require(process.argv[1])`

function told(copy: string, argv: readonly string[]) {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', watch, copy, ...argv], { encoding: 'utf8' })
  const parts = stderr.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
  return { stdout, large: parts.filter(({ size }) => size > 10_000) }
}

test.each([[['chart', chart]], [['generate', '-f', operator]]])(
  'what V8 made of the parts at build time is taken by %s, if it comes from the same build',
  (argv) => {
    const mine = told(resolve(file), argv)
    expect(mine.large.length).toBeGreaterThan(0)
    expect(mine.large.filter(({ given, cachedDataRejected }) => !given || cachedDataRejected)).toEqual([])

    const copy = join(folder, 'other.cjs')
    const of = buildOf(program)
    writeFileSync(copy, program.replace(of, of.replaceAll(/./g, '0')))
    copyFileSync(cacheOf(file), cacheOf(copy))
    const other = told(copy, argv)
    expect(other.large.map(({ given }) => given)).toEqual(mine.large.map(() => false))
    expect(other.stdout).toBe(mine.stdout)
  },
)

test('what is no such file is passed over', () => {
  const copy = join(folder, 'broken.cjs')
  copyFileSync(file, copy)
  for (const text of ['', 'x', '{}\n', '{"of":1}']) {
    writeFileSync(cacheOf(copy), text)
    expect(spawnSync(process.execPath, [copy, 'version'], { encoding: 'utf8' }).stderr).toBe('')
  }
  expect(existsSync(cacheOf(file))).toBe(true)
})
