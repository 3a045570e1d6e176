import { map } from '../components/words.ts'
import { renderRelease } from '../helm/release.ts' // on demand
import { type Kind, kinds } from '../k8s/kinds.ts'
import { type Fields, isMap, type KubeObject } from '../k8s/object.ts'
import type { Position, Problem, Report } from '../problem.ts'
import { readDocuments } from '../yaml/read.ts'
import type { PackagedChart } from './package.ts'

/** What a chart is rendered for. */
export interface ChartRun {
  readonly chart: PackagedChart
  readonly values: Fields
  /** Helm's name of the release; istioctl calls every one of them `istio`. */
  readonly release: string
  readonly namespace: string
  readonly kubeVersion: string
  /** Where the component stands in the user's document, and where that is. */
  readonly path: string
  readonly at: Position | undefined
  /** Whether objects that belong into a namespace and name none get that of the component. */
  readonly placed: boolean
}

/**
 * The objects that a chart makes of values, hooks and CRDs among them, as istioctl takes them. Reports what keeps the
 * chart from being rendered (`invalid-chart`, `chart-values`, `chart-template`, `chart-limit`, `chart-output`) where that
 * is in the chart, `ignored-chart-value`, and as `chart-warning` what the chart's notes warn of.
 */
export function renderChart(run: ChartRun, report: Report): readonly KubeObject[] {
  const { chart, values, release, namespace, kubeVersion, path, at } = run
  const told = (problem: Problem): Problem => ({ ...problem, path, at: problem.at ?? at, hint: hintOf(problem, chart) })
  const made = renderRelease(chart.chart, values, { releaseName: release, namespace, kubeVersion, cache: chart.cache })
  if ('problem' in made) {
    const { message } = made.problem
    report(told({ ...made.problem, message: `the chart of \`${path}\` must be rendered: ${message}` }))
    return []
  }
  for (const problem of made.problems) report(told(problem))
  for (const line of made.notes.split('\n')) {
    const [, warning] = /^WARNING: (.*)$/.exec(line) ?? []
    if (warning !== undefined) report(told(noted(path, warning.trim())))
  }
  const texts = [
    ...[...made.manifests, ...made.hooks].map(({ path: template, value, content }) => ({
      template,
      values: endsInBlock(content) ? read(content.trim()) : [value],
    })),
    ...(withCrds(chart, values) ? made.crds : []).map((file) => ({ template: file.path, values: read(file.content) })),
  ]
  return texts.flatMap(({ template, values }) =>
    values.flatMap(members).flatMap((value) => {
      // istioctl passes over what has no kind, such as a document of comments.
      if (!isMap(value) || typeof value.kind !== 'string' || value.kind === '') return []
      const object = { ...value, metadata: map(value.metadata) } as KubeObject
      const lack = lacking(object)
      if (lack !== undefined) report(told(incomplete(path, object.kind, lack, template)))
      return lack === 'apiVersion' ? [] : [run.placed ? placed(object, namespace) : object]
    }),
  )
}

/** The objects of a `List`, or the one that a document holds. */
function members(value: unknown): readonly unknown[] {
  const { kind, items } = map(value)
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : [value]
}

/** istioctl trims a document before it reads it, which takes the line break from the end of a text that ends there. */
function endsInBlock(content: string): boolean {
  return /\n\s*$/.test(content) && /[:-] *[|>][-+1-9]{0,2}\s*$/m.test(content) && !/^kind: Custom/m.test(content)
}

function read(text: string): readonly unknown[] {
  return readDocuments(text, '', () => undefined).map(({ value }) => value)
}

/** The charts of 1.20 to 1.23 keep their CRDs in `crds/`, which a value switches off. */
function withCrds({ name }: PackagedChart, values: Fields): boolean {
  return name !== 'base' || map(values.base).enableIstioConfigCRDs !== false
}

function lacking({ apiVersion, metadata }: Fields): 'apiVersion' | 'metadata.name' | undefined {
  if (typeof apiVersion !== 'string' || apiVersion === '') return 'apiVersion'
  const { name } = map(metadata)
  return typeof name === 'string' && name !== '' ? undefined : 'metadata.name'
}

/** Helm and kubectl put such an object into the namespace of the release. */
function placed(object: KubeObject, namespace: string): KubeObject {
  const isNamespaced = Object.hasOwn(kinds, object.kind) && kinds[object.kind as Kind].scope === 'Namespaced'
  const own = object.metadata.namespace
  if (!isNamespaced || (own !== undefined && own !== null && own !== '')) return object
  return { ...object, metadata: { ...object.metadata, namespace } }
}

function noted(path: string, warning: string): Problem {
  return {
    code: 'chart-warning',
    severity: 'warning',
    message: `\`${path}\` must heed what its chart warns of: ${warning}`,
  }
}

function incomplete(path: string, kind: string, lack: string, template: string): Problem {
  return {
    code: 'chart-output',
    severity: 'error',
    // istioctl prints what has no name.
    ...(lack === 'metadata.name' && { istioctl: 'warning' }),
    message: `the chart of \`${path}\` must give every object its \`${lack}\`; a ${kind} of ${template} has none`,
  }
}

/** A failing template has a file of its own; everything else is said of the whole chart. */
function hintOf({ hint, at }: Problem, { place }: PackagedChart): string {
  const where = at === undefined ? `the chart is "${place}"` : undefined
  return [hint, where].filter((part) => part !== undefined && part !== '').join('; ') || `the chart is "${place}"`
}
