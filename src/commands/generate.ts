import { hostOf } from '../hosts/argocd.ts' // on demand
import { phaseFolders } from '../hosts/phase-folders.ts' // on demand
import type { Problem } from '../problem.ts'
import { writeStream } from '../stages/7-write.ts'
import { renderCommandLine } from './input.ts'
import type { Outcome, Terminal } from './outcome.ts'
import { fluxSourceOf, type Output, outputFlags, outputOf } from './output.ts'
import { checkFolder, writeFolder } from './output-folder.ts' // on demand

export const generateFlags = outputFlags

/**
 * `render-istio generate`: what `istioctl manifest generate` does, for the IstioOperators in files (`-f`, merged in
 * order) or, without any, in a folder (each one a control plane). Under Argo CD the Application has its say as well.
 */
export function generate(argv: readonly string[], { environment = {} }: Partial<Terminal> = {}): Outcome {
  let output = { format: 'yaml' } as Output
  const run = renderCommandLine<typeof generateFlags>(
    argv,
    generateFlags,
    (flags, report) => {
      output = outputOf(flags, report)
    },
    hostOf(environment),
  )
  const { objects, problems, exitCode, source } = run
  if (exitCode !== 0) return { stdout: '', problems, exitCode, source }
  if ('folder' in output) return inFolder(output, run)
  const rendered = objects.map(({ object }) => object)
  return { stdout: writeStream(rendered, output.format), problems, exitCode, source }
}

function inFolder({ folder, check }: Extract<Output, { folder: string }>, run: Run): Outcome {
  const { flags = {}, settings, objects, source } = run
  const problems = [...run.problems]
  const report = (problem: Problem) => problems.push(problem)
  const flux = settings.engine === 'flux' ? fluxSourceOf(flags, folder, report) : undefined
  const wrong = () => problems.some(({ severity }) => severity === 'error')
  if (wrong()) return { stdout: '', problems, exitCode: 1, source }
  const stdout = (check ? checkFolder : writeFolder)(folder, phaseFolders(objects, flux), report)
  return { stdout, problems, exitCode: wrong() ? 1 : 0, source }
}

type Run = ReturnType<typeof renderCommandLine<typeof generateFlags>>
