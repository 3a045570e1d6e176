import type { Problem } from '../problem.ts'

/** What a command leaves behind: the program writes it out and exits. */
export interface Outcome {
  readonly stdout: string
  readonly problems: readonly Problem[]
  /** 0 fine, 1 the input is wrong, 2 usage. */
  readonly exitCode: 0 | 1 | 2
}
