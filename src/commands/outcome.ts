import type { Environment } from '../hosts/argocd.ts'
import type { Problem } from '../problem.ts'
import type { SourceText } from '../problems/told.ts'

/** What a command leaves behind: the program writes it out and exits. */
export interface Outcome {
  readonly stdout: string
  /** Told on standard error. */
  readonly problems: readonly Problem[]
  /** What was done, told behind the problems where the host shows no results. */
  readonly notice?: string | undefined
  /** 0 fine, 1 the input is wrong, 2 usage. */
  readonly exitCode: 0 | 1 | 2
  /** The texts that the positions of the problems count in, for those who show them. */
  readonly source?: SourceText
}

/** What a command may ask about where it runs. */
export interface Terminal {
  readonly hasColour: () => boolean
  /** The variables of the process, which only Argo CD is known to use. */
  readonly environment?: Environment
}
