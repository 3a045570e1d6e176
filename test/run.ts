import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from '../src/commands/generate.ts'
import type { Outcome } from '../src/commands/outcome.ts'
import { runFunction } from '../src/hosts/krm.ts'
import { byImportance, problemLine } from '../src/problem-text.ts'

/**
 * Runs a folder as a user would who stands in it: `resource-list.yaml` goes through the KRM function, anything else
 * through `generate` with the folder's `args.txt` (`-f input.yaml` without one).
 */
export function runFolder(folder: string): Outcome {
  const list = join(folder, 'resource-list.yaml')
  if (existsSync(list)) return runFunction(readFileSync(list))
  const args = join(folder, 'args.txt')
  const argv = existsSync(args) ? readFileSync(args, 'utf8').trim().split('\n') : ['-f', 'input.yaml']
  return inFolder(folder, () => generate(argv))
}

function inFolder<T>(folder: string, work: () => T): T {
  const home = process.cwd()
  process.chdir(folder)
  try {
    return work()
  } finally {
    process.chdir(home)
  }
}

/** What a run tells, as the terminal shows it, and how it ends. */
export function told({ problems, exitCode }: Outcome): string {
  return [...byImportance(problems).map(problemLine), `exit ${exitCode}`].map((line) => `${line}\n`).join('')
}

/** The CRDs are the same in every mesh and six times as long as the rest; test/crds.test.ts has them. */
export function withoutCrds(yaml: string): string {
  const documents = yaml.split(/^---\n/m)
  return documents.filter((document) => !/^kind: CustomResourceDefinition$/m.test(document)).join('---\n')
}
