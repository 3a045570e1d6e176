import { forms } from '../problems/forms.ts'
import { flagProblem, renderCommandLine } from './input.ts'
import type { Outcome, Terminal } from './outcome.ts'

export const validateFlags = { format: { type: 'string' }, strict: { type: 'boolean' } } as const

type Form = keyof typeof forms

/**
 * `render-istio validate`: everything that `generate` would tell of the same input, in the form that is asked for, and
 * nothing rendered. With `--strict` warnings fail too.
 */
export function validate(argv: readonly string[], terminal: Terminal): Outcome {
  let form: Form = 'text'
  const run = renderCommandLine(argv, validateFlags, ({ format }, report) => {
    const names = Object.keys(forms) as Form[]
    const known = names.find((name) => name === (format ?? form))
    if (known) form = known
    else report(flagProblem('format', format ?? '', names))
  })
  if (!run.flags) return { stdout: '', problems: run.problems, exitCode: run.exitCode }
  const { problems, suppressed, source } = run
  const grave = problems.filter(({ severity }) => severity !== 'info')
  const passed = run.exitCode === 0 && !(run.flags.strict && grave.length > 0)
  const told = { problems, suppressed, passed, source, colour: terminal.hasColour }
  return { stdout: forms[form](told), problems: [], exitCode: passed ? 0 : 1 }
}
