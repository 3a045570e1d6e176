import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An input of the conformance corpus, or of the part of it that is kept here. */
export interface Case {
  readonly name: string
  readonly folder: string
  /** The arguments of `generate` that give the case, with paths from the repository's root. */
  readonly argv: readonly string[]
  /** What istioctl does with it. */
  readonly renders: boolean
}

export const corpus = '../shared/conformance/cases'
/** Inputs that were written for this project, kept so that the suite proves itself without the corpus. */
export const kept = 'test/oracle/cases'

/** The cases in a folder, in order of their names. */
export function casesIn(root: string): Case[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort()
    .map((name) => {
      const folder = join(root, name)
      const files = readdirSync(folder)
      const inputs = files.filter((file) => file.startsWith('input')).sort()
      const args = files.includes('args.txt')
        ? readFileSync(join(folder, 'args.txt'), 'utf8').trimEnd().split('\n')
        : []
      const named = args.includes('-f') || args.includes('--filename')
      const given = named ? [] : inputs.flatMap((file) => ['-f', join(folder, file)])
      const inFolder = args.map((arg, index) =>
        ['-f', '--filename'].includes(args[index - 1] ?? '') ? join(folder, arg) : arg,
      )
      return { name, folder, argv: [...given, ...inFolder], renders: !files.includes('error.json') }
    })
}
