import { gunzipSync } from 'node:zlib'
import type { Limits } from '../../src/gotemplate/meter.ts'
import { defaultCapabilities } from '../../src/helm/capabilities.ts'
import { coalesceValues } from '../../src/helm/chart/coalesce.ts'
import { processDependencies } from '../../src/helm/chart/dependencies.ts'
import { loadFiles, readValues } from '../../src/helm/chart/load.ts'
import { validateValues } from '../../src/helm/chart/schema.ts'
import { renderChart, type TemplateCache } from '../../src/helm/engine.ts'
import { ChartError } from '../../src/helm/failed.ts'
import type { Answer, Question } from './oracle.ts'

/** What this engine makes of a question that has no arguments. */
export function render({ files, values = '' }: Question, limits: Partial<Limits> = {}, cache?: TemplateCache): Answer {
  try {
    const encoder = new TextEncoder()
    const all = Object.entries(files).map(([name, text]) => ({ name, data: encoder.encode(text) }))
    const given = readValues(values)
    const chart = processDependencies(loadFiles(all, { unzip: (data) => gunzipSync(data) }), given, () => {})
    const coalesced = coalesceValues(chart, given, false, () => {})
    validateValues(chart, coalesced)
    const rendered = renderChart(chart, coalesced, {
      release: { name: 'release-name', namespace: 'default', isUpgrade: false },
      capabilities: defaultCapabilities(),
      limits,
      ...(cache && { cache }),
    })
    return 'error' in rendered ? { error: rendered.text } : { output: Object.fromEntries(rendered.texts) }
  } catch (thrown) {
    if (thrown instanceof ChartError) return { error: thrown.message }
    throw thrown
  }
}

const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'

/** A chart of one template. */
export function single(template: string, values: string): Question {
  return { files: { 'Chart.yaml': chart, 'templates/t': template }, values }
}

/** The text of a chart's only template, or an object with what went wrong. */
export function only({ output, error }: Answer): string | { readonly error: string } {
  return error === undefined ? (output?.['c/templates/t'] ?? '') : { error }
}
