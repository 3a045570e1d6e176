import { readFileSync, writeSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { generate } from './commands/generate.ts' // on demand
import type { Outcome } from './commands/outcome.ts'
import { runFunction } from './hosts/krm.ts' // on demand
import { byImportance, problemLine } from './problem-text.ts'

/** Commands by name; without one the program is a KRM function that reads a ResourceList from stdin. */
const commands: { readonly [name: string]: (argv: readonly string[]) => Outcome } = { generate }

function main([name, ...argv]: readonly string[]): Outcome {
  if (name === undefined) return runFunction(readFileSync(0))
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  return command ? command(argv) : unknownCommand(name)
}

function unknownCommand(name: string): Outcome {
  const message = `the command must be one of ${Object.keys(commands).join(', ')}; "${name}" is none`
  return { stdout: '', problems: [{ code: 'usage', severity: 'error', message }], exitCode: 2 }
}

/** A pipe may take less than it is given at once, and its reader may leave before the end. */
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}

/**
 * A run lasts some fifty milliseconds, in which V8 would spend a fifth on optimizing code that is about to end. By major
 * version of Node, the flag that puts this off; a version that isn't listed goes without.
 */
const optimizeLate: { readonly [major: string]: string } = {
  20: '--interrupt-budget=10000000',
  22: '--invocation-count-for-turbofan=100000',
  24: '--invocation-count-for-turbofan=100000',
  26: '--invocation-count-for-turbofan=100000',
}

try {
  const flag = optimizeLate[process.versions.node.split('.')[0] ?? '']
  if (flag) setFlagsFromString(flag)
  const { stdout, problems, exitCode } = main(process.argv.slice(2))
  const told = byImportance(problems).map((problem) => `${problemLine(problem)}\n`)
  writeAll(2, told.join(''))
  writeAll(1, stdout)
  process.exitCode = exitCode
} catch (error) {
  const { name, message, stack = '' } = error as Error
  const where = stack.split('\n').find((line) => line.trim().startsWith('at ')) ?? ''
  writeAll(2, `render-istio: a bug of ours: ${name}: ${message}${where.replace(/^\s+at/, ' at')}\n`)
  process.exitCode = 3
}
