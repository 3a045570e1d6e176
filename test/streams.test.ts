import { spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const program = resolve('dist/render-istio.cjs')
const list = readFileSync('fixtures/production-override/resource-list.yaml')
const usual = spawnSync(process.execPath, [program], { input: list, maxBuffer: 64 << 20 }).stdout

test('a standard input that does not wait is read to its end all the same', async () => {
  // A Node that dies with the pipe open leaves it so that reading nothing is an error.
  const unblock = 'process.stdin.resume(); setTimeout(() => process.kill(process.pid, 9), 50)'
  const script = `"$0" -e '${unblock}'; exec "$0" "$1"`
  const child = spawn('sh', ['-c', script, process.execPath, program])
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  const ended = new Promise((done) => child.on('close', done))
  await new Promise((done) => setTimeout(done, 1000))
  child.stdin.write(list.subarray(0, 1000))
  await new Promise((done) => setTimeout(done, 100))
  child.stdin.end(list.subarray(1000))
  expect(await ended).toBe(0)
  expect(Buffer.concat(chunks).equals(usual)).toBe(true)
})

test('a reader that leaves early is no failure', async () => {
  const child = spawn(process.execPath, [program, 'generate', '--profile', 'default'])
  const ended = new Promise((done) => child.on('close', done))
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await ended).toBe(0)
})

test('a folder for standard input is a mistake, not a bug', () => {
  const { status, stderr } = spawnSync(process.execPath, [program], { stdio: [openSync('.', 'r'), 'pipe', 'pipe'] })
  expect(status).toBe(1)
  expect(String(stderr)).toMatch(/^error: standard input must be readable; EISDIR/)
})

const full = existsSync('/dev/full')
test.skipIf(!full)(`a full disk is not a bug${full ? '' : ' (skipped: there is no /dev/full)'}`, () => {
  const argv = [program, 'generate', '--profile', 'minimal']
  const { status, stderr } = spawnSync(process.execPath, argv, {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  })
  expect(status).toBe(1)
  expect(String(stderr)).toMatch(/^error: standard output must take what is written; ENOSPC/)
})
