/** Templates of charts to texts. */

import type { Signature } from '../gotemplate/builtins.ts'
import { errorText, FunctionError, type TemplateError } from '../gotemplate/error.ts'
import type { ExecuteOptions } from '../gotemplate/eval.ts'
import { type Executed, execute } from '../gotemplate/exec.ts'
import { type Limits, type Meter, startMeter } from '../gotemplate/meter.ts'
import type { Tree } from '../gotemplate/node.ts'
import { associate, type Parsed, parse, type Template } from '../gotemplate/parse.ts'
import { quote } from '../gotemplate/quote.ts'
import { asPlain, compareText, type GoType, seenAs, typed } from '../gotemplate/value.ts'
import type { Path } from '../problem.ts'
import { type Budget, budgetOf } from './budget.ts'
import { type Capabilities, capabilitiesValue } from './capabilities.ts'
import { type Chart, isLibrary, type Place, placeForHeld, placeOf } from './chart/chart.ts'
import { filesValue } from './chart/files.ts'
import { textOf } from './chart/load.ts'
import { chartValue } from './chart/metadata.ts'
import { executionError, parseError } from './error-text.ts' // on demand
import { yamlOrNothing } from './functions/conversions.ts'
import { type FunctionOptions, templateFunctions } from './functions/index.ts'
import { withholding } from './functions/withholding.ts'
import { base } from './sprig/paths.ts'
import { isTable as isMap } from './value/members.ts'

type Map = Record<string, unknown>

export interface Release {
  readonly name: string
  readonly namespace: string
  readonly isUpgrade: boolean
}

/** Templates that were parsed, by name and text; whoever renders often keeps one. */
export type TemplateCache = globalThis.Map<string, Parsed>

export interface RenderOptions extends FunctionOptions {
  readonly release: Release
  readonly capabilities: Capabilities
  readonly limits?: Partial<Limits>
  readonly cache?: TemplateCache
  /** Who wants to know what the statements of one template write. */
  readonly watch?: { readonly path: string; readonly onWrite: NonNullable<ExecuteOptions['onWrite']> }
}

/** What rendering a chart gave: the text of each template by its path, or why it gave none. */
export type Rendered = { readonly texts: ReadonlyMap<string, string> } | RenderFailure

export interface RenderFailure {
  readonly error: TemplateError
  /** The error in Helm's words. */
  readonly text: string
  /** The values that a chart, or one that it holds, sees as `.Values`, by their path in those of the outermost one. */
  readonly scopes: ReadonlyMap<object, Path>
}

/** Deeper nesting of templates ends the execution; what Helm allows is more than a call stack here holds. */
const deepest = 10_000
/** As Helm: so many times may a template be included within itself. */
const mostNested = 1000

/**
 * The texts that a chart's templates make of values, which are those of `coalesceValues`. Templates whose names begin with
 * an underscore are there to be included only. Charts that this one holds see their part of the values.
 */
export function renderChart(chart: Chart, values: Readonly<Map>, options: RenderOptions): Rendered {
  const sources = new globalThis.Map<string, Source>()
  const shared = {
    Release: releaseValue(options.release),
    Capabilities: capabilitiesValue(options.capabilities),
  }
  const scopes = new globalThis.Map<object, Path>()
  collect(chart, undefined, [], values, { shared, sources, scopes })
  const meter = startMeter({ depth: deepest, ...options.limits })
  const renderer = new Renderer(templateFunctions(meter, options), meter, options.cache)
  const paths = [...sources.keys()].sort(byDepth)
  const templates: Template[] = []
  for (const path of paths) {
    const parsed = parseCached(path, sources.get(path)?.text ?? '', renderer.functions, options.cache)
    if ('error' in parsed) return { error: parsed.error, text: parseError(parsed.error), scopes }
    templates.push(parsed.template)
  }
  const [first, ...others] = templates
  const texts = new globalThis.Map<string, string>()
  if (first === undefined) return { texts }
  renderer.trees = new globalThis.Map(associate(first, ...others).trees)
  for (const path of paths) {
    const source = sources.get(path)
    if (source === undefined || base(path).startsWith('_')) continue
    source.scope.Template = typed({ Name: path, BasePath: source.basePath }, valuesType)
    const executed = renderer.render(path, source.scope, path === options.watch?.path ? options.watch : undefined)
    if ('error' in executed) return { error: executed.error, text: executionError(path, executed.error), scopes }
    texts.set(path, withoutNoValue(executed.output))
  }
  return { texts }
}

/** A template, the values that it sees as `.`, and the folder of its chart's templates. */
interface Source {
  readonly text: string
  readonly scope: Map
  readonly basePath: string
}

interface Collection {
  /** What all templates see alike. */
  readonly shared: Readonly<Map>
  readonly sources: globalThis.Map<string, Source>
  readonly scopes: globalThis.Map<object, Path>
}

/** Adds the templates of a chart and of those that it holds; gives what the holder sees of it. */
function collect(chart: Chart, holder: Place | undefined, at: Path, given: Readonly<Map>, into: Collection): Map {
  const place = placeOf(chart, holder)
  const values = valuesValue(given)
  into.scopes.set(values, at)
  const subcharts: Map = {}
  const scope = typed<Map>(
    {
      ...into.shared,
      Chart: chartValue(chart.metadata, holder === undefined),
      Files: filesValue(chart.files),
      Values: values,
      Subcharts: subcharts,
    },
    valuesType,
  )
  for (const held of chart.dependencies) {
    const { name } = held.metadata
    const below = Object.hasOwn(values, name) ? values[name] : undefined
    const seen = collect(held, placeForHeld(chart, place), [...at, name], isMap(below) ? below : {}, into)
    subcharts[name] = seen
    // What the held chart's templates set in their values, those of its holder see, and the other way round.
    if (isMap(below) && isMap(seen.Values)) {
      const shared = asPlain(seen.Values)
      values[name] = shared
      into.scopes.set(shared, [...at, name])
    }
  }
  for (const { name, data } of chart.templates)
    if (!isLibrary(chart) || base(name).startsWith('_'))
      into.sources.set(`${place.path}/${name}`, { text: textOf(data), scope, basePath: `${place.path}/templates` })
  return scope
}

function releaseValue({ name, namespace, isUpgrade }: Release): Map {
  return {
    Name: name,
    Namespace: namespace,
    IsUpgrade: isUpgrade,
    IsInstall: !isUpgrade,
    Revision: 1n,
    Service: 'Helm',
  }
}

const valuesType = { name: 'common.Values' } as const

/** `.Values`, which is a map with methods. */
function valuesValue(values: Readonly<Map>): Map {
  const value: Map = typed(
    values as Map,
    methodsOf(() => value),
  )
  return value
}

function methodsOf(values: () => Map): GoType {
  return {
    name: valuesType.name,
    methods: {
      AsMap: { parameters: [], call: () => (Object.keys(values()).length === 0 ? {} : asPlain(values())) },
      YAML: { parameters: [], call: () => `${yamlOrNothing(values())}\n` },
      Table: { parameters: ['string'], call: (path: string) => tableValue(tableAt(values(), path)) },
      PathValue: { parameters: ['string'], call: (path: string) => pathValue(values(), path) },
    },
  }
}

function tableValue(table: Map): Map {
  return seenAs(
    table,
    methodsOf(() => table),
  )
}

function tableAt(values: Readonly<Map>, path: string): Map {
  let table = values as Map
  for (const step of path.split('.')) {
    const next = Object.hasOwn(table, step) ? table[step] : undefined
    if (!isMap(next)) throw new FunctionError(`${quote(step)} is not a table`)
    table = next
  }
  return table
}

function pathValue(values: Readonly<Map>, path: string): unknown {
  if (path === '') throw new FunctionError('YAML path cannot be empty')
  const steps = path.split('.')
  const key = steps.at(-1) ?? ''
  try {
    const table = steps.length === 1 ? values : tableAt(values, steps.slice(0, -1).join('.'))
    if (Object.hasOwn(table, key) && !isMap(table[key])) return table[key]
  } catch (thrown) {
    if (!(thrown instanceof FunctionError)) throw thrown
  }
  throw new FunctionError(`${quote(key)} is not a value`)
}

/** Deeper paths come first, so that a chart's definitions win over those of the charts that it holds. */
function byDepth(a: string, b: string): number {
  return b.split('/').length - a.split('/').length || compareText(b, a)
}

function parseCached(
  name: string,
  text: string,
  functions: Readonly<Record<string, unknown>>,
  cache: TemplateCache | undefined,
  nesting?: number,
): Parsed {
  const key = `${name}\0${text}`
  const known = cache?.get(key)
  if (known) return known
  const parsed = parse(name, text, { functions, ...(nesting !== undefined && { nesting }) })
  // At another place the text may have more room.
  if ('template' in parsed || nesting === undefined) cache?.set(key, parsed)
  return parsed
}

/** The name under which `tpl` parses its text, for want of a better one. */
export const inlineName = 'gotpl'

/** The steps that parsing a text counts, besides one for each character. */
const parsing = 100

/** Executes templates, and those that they include. */
class Renderer {
  /** All functions, those that render templates among them. */
  readonly functions: Readonly<Record<string, Signature>>
  /** The templates that can be included where it is now: a text of `tpl` can add some for itself. */
  trees = new globalThis.Map<string, Tree>()
  readonly meter: Meter
  readonly budget: Budget
  readonly inline: TemplateCache
  /** How often a template is being included just now. */
  readonly nested = new globalThis.Map<string, number>()

  constructor(functions: Record<string, Signature>, meter: Meter, cache: TemplateCache | undefined) {
    functions.include = {
      parameters: ['string', 'any'],
      call: (name: string, data: unknown) => this.include(name, data),
    }
    functions.tpl = { parameters: ['string', 'any'], call: (text: string, data: unknown) => this.text(text, data) }
    this.functions = functions
    this.meter = meter
    this.budget = budgetOf(meter)
    this.inline = cache ?? new globalThis.Map()
  }

  render(name: string, data: unknown, watch?: RenderOptions['watch']): Executed {
    const { trees, functions, meter } = this
    const options: ExecuteOptions = { functions, missingKey: 'zero', meter, withholding }
    if (trees.has(name)) return execute({ name, trees }, data, watch ? { ...options, onWrite: watch.onWrite } : options)
    const message = `no template ${quote(name)} associated with template ${quote(inlineName)}`
    return { error: { kind: 'execute', message, template: '', frames: [] } }
  }

  include(name: string, data: unknown): string {
    const count = this.nested.get(name) ?? 0
    if (count > mostNested)
      throw new FunctionError(`rendering template has a nested reference name: ${name}: unable to execute template`)
    this.nested.set(name, count + 1)
    try {
      const executed = this.render(name, data)
      if ('output' in executed) return executed.output
      throw nestedError(executed.error, '')
    } finally {
      this.nested.set(name, count)
    }
  }

  /** What `tpl` makes of a text. */
  text(text: string, data: unknown): string {
    const { meter } = this
    if (!this.inline.has(`${inlineName}\0${text}`)) this.budget.steps(parsing + text.length)
    const parsed = parseCached(inlineName, text, this.functions, this.inline, meter.limits.nesting - meter.nesting)
    if ('error' in parsed) throw nestedError(parsed.error, `cannot parse template ${quote(text)}: `)
    const executed = this.within(parsed.template, () => this.render(inlineName, data))
    if ('output' in executed) return withoutNoValue(executed.output)
    throw nestedError(executed.error, `error during tpl function execution for ${quote(text)}: `)
  }

  /** Does something while the definitions of a text of `tpl` stand beside those of the chart. */
  within<T>({ name, trees }: Template, act: () => T): T {
    const outer = this.trees
    const replaced = outer.get(name)
    // Nearly all texts define nothing but themselves.
    if (trees.size > 1) this.trees = new globalThis.Map(associate({ name, trees: outer }, { name, trees }).trees)
    this.trees.set(name, trees.get(name) as Tree)
    try {
      return act()
    } finally {
      this.trees = outer
      if (replaced) outer.set(name, replaced)
      else outer.delete(name)
    }
  }
}

function nestedError(error: TemplateError, words: string): FunctionError {
  const text = error.template === '' && error.at === undefined ? `template: ${error.message}` : errorText(error)
  return new FunctionError(words + text, error)
}

/** Go writes these words where a value is missing, and Helm takes them out again. */
function withoutNoValue(text: string): string {
  return text.includes('<no value>') ? text.replaceAll('<no value>', '') : text
}
