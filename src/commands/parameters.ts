import { announcements } from '../hosts/argocd/announcements.ts'
import { settingsBelowParameters } from '../hosts/argocd.ts'
import { isDirectory, profileFiles, readDirectory } from '../hosts/files.ts'
import type { Problem } from '../problem.ts'
import { defaultSettings } from '../settings.ts'
import { planesOf } from '../stages/1-read.ts'
import { resolve } from '../stages/2-resolve.ts'
import { findCharts } from './chart-package.ts' // on demand
import type { Outcome, Terminal } from './outcome.ts'

/**
 * `render-istio parameters`: what Argo CD's form for an Application shows, as the JSON that it asks of a plugin. The
 * defaults are what holds now, from the IstioOperator in the working directory and what lies below it.
 *
 * A mistake in that file is told, but as it may be mended in the form it is no reason to show none.
 */
export function parameters(argv: readonly string[], { environment = {} }: Partial<Terminal> = {}): Outcome {
  const [folder = '.', ...more] = argv
  if (more.length > 0 || folder.startsWith('-') || !isDirectory(folder)) {
    const named = more[0] ?? folder
    const message = `\`parameters\` takes nothing but a folder; "${named}" must go`
    const at = { file: named, line: 1, col: 1 }
    return { stdout: '', problems: [{ code: 'usage', severity: 'error', message, at }], exitCode: 2 }
  }
  const problems: Problem[] = []
  const report = (problem: Problem) => {
    problems.push(problem.severity === 'error' ? { ...problem, severity: 'warning' } : problem)
  }
  const settings = settingsBelowParameters(environment, defaultSettings, report)
  const { planes: found, profiles } = planesOf(readDirectory(folder, report))
  const planes = found.length > 0 ? found : [{ owner: '', documents: [] }]
  const charts = { find: findCharts }
  const resolved = planes.map((plane) => resolve(plane, settings, profileFiles(profiles, report), report, charts))
  return { stdout: `${JSON.stringify(announcements(settings, planes, resolved))}\n`, problems, exitCode: 0 }
}
