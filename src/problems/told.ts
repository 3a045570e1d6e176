import type { Position, Problem } from '../problem.ts'
import type { Suppressed } from './judge.ts'

/** The text that positions in a file count in, by the file's name. */
export type SourceText = (file: string) => string | undefined

/** What a run has to tell, for every form in which it can be told. */
export interface Told {
  readonly problems: readonly Problem[]
  readonly suppressed: readonly Suppressed[]
  /** Whether nothing that counts is wrong. */
  readonly passed: boolean
  readonly source: SourceText
  /** Whether to use colours, asked by the form that has any. */
  readonly colour: () => boolean
}

/** Whether a position is in a file, which tools can open; others are in flags, variables, pipes, or folders as a whole. */
export function isInFile({ file }: Position): boolean {
  return !/^(?:--.*|parameter .*|ARGOCD_\w+|stdin|functionConfig|items\[\d+\]|\.{0,2})$/.test(file)
}
