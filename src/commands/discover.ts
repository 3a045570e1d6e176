import { filesOf, isDirectory, readText } from '../hosts/files.ts'
import { readOperators } from '../stages/1-read.ts'
import type { Outcome } from './outcome.ts'

/** How a file says that it means to be an IstioOperator, when it can't be read as YAML. */
const claim = /^\s*["']?kind["']?:\s*["']?IstioOperator\b/m

/**
 * `render-istio discover [FOLDER]`: the files of a folder that hold an IstioOperator, one a line. Argo CD asks so
 * whether the plugin is the one for an Application: nothing on stdout is a no, and any other exit code than 0 would be
 * a failure for Applications that have nothing to do with Istio.
 *
 * A file that can't be read as YAML but speaks of an IstioOperator counts, so that `generate` gets to say what is wrong.
 */
export function discover(argv: readonly string[]): Outcome {
  const [folder = '.', ...more] = argv
  if (more.length > 0 || folder.startsWith('-')) {
    const message = `\`discover\` takes nothing but a folder; "${more[0] ?? folder}" must go`
    const at = { file: more[0] ?? folder, line: 1, col: 1 }
    return { stdout: '', problems: [{ code: 'usage', severity: 'error', message, at }], exitCode: 2 }
  }
  const found = isDirectory(folder) ? filesOf(folder).filter(holdsOperator) : []
  return { stdout: found.map((file) => `${file}\n`).join(''), problems: [], exitCode: 0 }
}

function holdsOperator(file: string): boolean {
  let sound = true
  const text = readText(file, () => {}) ?? ''
  const operators = readOperators(text, file, ({ severity }) => {
    if (severity === 'error') sound = false
  })
  return operators.length > 0 || (!sound && claim.test(text))
}
