import { fstatSync, writeSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { chart } from './commands/chart.ts' // on demand
import { diff } from './commands/diff.ts' // on demand
import { discover } from './commands/discover.ts' // on demand
import { generate } from './commands/generate.ts' // on demand
import { help } from './commands/help.ts' // on demand
import { init } from './commands/init.ts' // on demand
import type { Outcome, Terminal } from './commands/outcome.ts'
import { parameters } from './commands/parameters.ts' // on demand
import { schema } from './commands/schema.ts' // on demand
import { readStdin } from './commands/stdin.ts' // on demand
import { validate } from './commands/validate.ts' // on demand
import { version } from './commands/version.ts' // on demand
import { runFunction } from './hosts/krm.ts' // on demand
import { nearest } from './problem.ts' // on demand
import { problemLines } from './problem-text.ts' // on demand
import { blocks } from './problems/text.ts' // on demand

/** Commands by name; without one the program is a KRM function that reads a ResourceList from stdin. */
const commands: { readonly [name: string]: (argv: readonly string[], terminal: Terminal) => Outcome } = {
  generate,
  diff,
  discover,
  parameters,
  init,
  chart,
  validate,
  schema,
  version,
  help,
}

/** Other names, as people type them. */
const names: { readonly [word: string]: string } = { '--help': 'help', '-h': 'help', '--version': 'version' }

function main([word, ...argv]: readonly string[]): Outcome {
  if (word === undefined) return isTerminal(0) ? help([]) : runFunction(readStdin())
  const name = names[word] ?? word
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return unknownCommand(word)
  return argv.some((argument) => names[argument] === 'help') ? help([name]) : command(argv, terminal)
}

function unknownCommand(name: string): Outcome {
  const [close] = nearest(name, Object.keys(commands))
  const message = `the command must be one of ${Object.keys(commands).join(', ')}; "${name}" is none`
  const hint = close ? `did you mean \`${close}\`?` : 'see `render-istio --help`.'
  return { stdout: '', problems: [{ code: 'usage', severity: 'error', message, hint }], exitCode: 2 }
}

/** Node's own question opens half of its network code, so it is only asked of what may be a terminal at all. */
function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && isatty(fd)
  } catch {
    return false
  }
}

function isatty(fd: number): boolean {
  return process.getBuiltinModule('node:tty').isatty(fd)
}

/** https://no-color.org: set to anything but the empty text it means no. */
function hasColour(fd: number): boolean {
  return isTerminal(fd) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}

const terminal: Terminal = { hasColour: () => hasColour(1), environment: process.env }

/** People at a terminal see the lines that problems are about; hosts get a line for each problem. */
function told({ problems, source, notice }: Outcome): string {
  const end = notice === undefined ? '' : `info: ${notice}\n`
  if (problems.length === 0) return end
  return `${source && isTerminal(2) ? blocks(problems, source, hasColour(2)) : problemLines(problems)}${end}`
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

/** V8's quick compiler and its thorough one: how often a function is to be called before they take it up. */
const lateTurbofan = '--invocation-count-for-turbofan=100000'
const lateMaglev = '--invocation-count-for-maglev=4000 --invocation-count-for-maglev-osr=2000'

/**
 * A run lasts some fifty milliseconds, in which V8 would spend a fifth on optimizing code that is about to end. By major
 * version of Node, the flags that put this off; a version that isn't listed goes without.
 */
const optimizeLate: { readonly [major: string]: string } = {
  20: '--interrupt-budget=10000000',
  22: lateTurbofan,
  24: `${lateTurbofan} ${lateMaglev}`,
  26: `${lateTurbofan} ${lateMaglev}`,
}

/** What Node loads of itself after flags have changed it compiles anew, so that what every run takes is loaded before. */
function loadEarly(isCommand: boolean): void {
  process.getBuiltinModule('node:vm')
  if (isCommand) void process.getBuiltinModule('node:util').parseArgs
}

try {
  loadEarly(process.argv.length > 2)
  const flags = optimizeLate[process.versions.node.split('.')[0] ?? '']
  if (flags) setFlagsFromString(flags)
  const outcome = main(process.argv.slice(2))
  writeAll(2, told(outcome))
  writeAll(1, outcome.stdout)
  leave(outcome.exitCode)
} catch (error) {
  const { text, exitCode } = lastWords(error as NodeJS.ErrnoException)
  writeAll(2, `${text}\n`)
  leave(exitCode)
}

/** All is written, and taking the heap apart would take Node longer than leaving it to the system. */
function leave(exitCode: number): never {
  process.exit(exitCode)
}

/** What is thrown is a bug of ours, unless the machine can't do what it was asked for: no mistake of an input either. */
function lastWords({ name, message, stack = '', syscall }: NodeJS.ErrnoException) {
  if (syscall === 'read') return { text: `error: standard input must be readable; ${message}`, exitCode: 1 }
  if (syscall === 'write') return { text: `error: standard output must take what is written; ${message}`, exitCode: 1 }
  const where = stack.split('\n').find((line) => line.trim().startsWith('at ')) ?? ''
  return { text: `render-istio: a bug of ours: ${name}: ${message}${where.replace(/^\s+at/, ' at')}`, exitCode: 3 }
}
