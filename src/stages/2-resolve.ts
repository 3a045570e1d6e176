import { listsMergedBefore24 } from '../charts/lists.ts'
import type { ChartSource } from '../charts/package.ts'
import { isBefore } from '../charts/release.ts'
import { map } from '../components/words.ts'
import { bundle } from '../istio/bundle.ts'
import { environments } from '../istio/environments.ts'
import { parseSet, type SetProblem, setPath } from '../istio/set.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { nearest, type Path, type Position, type Problem, type Report } from '../problem.ts'
import type { ListStrategy, SetArgument, Settings } from '../settings.ts'
import type { Document } from '../yaml/document.ts'
import type { Charts } from './resolve/charts.ts'
import { chartsOf } from './resolve/charts.ts' // on demand
import { deriveValues, sourceGroups } from './resolve/derive.ts'
import { has, type Layer, type Merged, mergeLayers } from './resolve/layers.ts'
import { type ProfileLayer, type ProfileSource, profileLayers, profileName } from './resolve/profiles.ts'
import type { Written } from './validate/schema.ts'

/** A control plane as it is written down. */
export interface Plane {
  /** `namespace/name` of the IstioOperator, which owns what is rendered from it. */
  readonly owner: string
  /** The IstioOperators that are merged into it, in order; none when it comes from settings alone. */
  readonly documents: readonly Document[]
}

/** A control plane as it is meant: all profiles, presets and flags merged in. */
export interface Resolved {
  readonly owner: string
  /** The whole merged IstioOperator, before anything is derived from it. */
  readonly written: Written
  /** The merged `spec` of the IstioOperator. */
  readonly spec: Fields
  /** What the charts are handed as values. */
  readonly values: Fields
  /** Where objects go that name no namespace of their own. */
  readonly namespace: string
  readonly revision: string
  /** The charts that it is rendered with, if the user brings any. */
  readonly charts?: Charts | undefined
  /** Where the user wrote what stands at a path of the merged document, such as `['spec', 'hub']`. */
  readonly locate: (path: Path, part?: 'key' | 'value') => Position | undefined
}

/**
 * Stage 2: base < profile < environment < detected < IstioOperators in order < `--set`, merged as the installer merges,
 * and the values that follow from the result.
 *
 * Reports `unknown-profile`, `profile-cycle`, `unknown-environment`, `charts-not-read`, what is wrong with a `--set`, and
 * what `chartsOf` reports.
 */
export function resolve(
  plane: Plane,
  settings: Settings,
  profiles: ProfileSource,
  report: Report,
  chartSource?: ChartSource,
): Resolved {
  const replacing = (path: string): ListStrategy => settings.merge.paths[path] ?? settings.merge.lists
  const asked = userLayer(plane, settings.sets, replacing, report)
  const ownCharts = {
    path: map(map(asked.value).spec).installPackagePath,
    file: asked.from(chartsPath)?.file,
    at: () => asked.locate(chartsPath, 'value'),
  }
  const found = namesCharts(ownCharts.path, settings) ? chartsOf(ownCharts, settings, chartSource, report) : undefined
  const isOld = isBefore(found?.release, 24)
  const merging = (path: string): ListStrategy =>
    settings.merge.paths[path] ?? (listsMergedBefore24.has(path) ? 'merge' : settings.merge.lists)
  const strategy = isOld ? merging : replacing
  // What is wrong with a flag was told when the charts were looked for.
  const user = isOld ? userLayer(plane, settings.sets, merging, () => undefined) : asked
  const at = () => user.locate(['spec', 'profile'], 'value')
  const under = profileLayers(
    profileName(user.value) ?? 'default',
    user.from(['spec', 'profile']),
    at,
    profiles,
    report,
    found?.profiles,
  )
  const builtIn = under.filter((layer) => layer.builtIn).map((layer) => besideCharts(layer, found))
  const custom = under.filter((layer) => !layer.builtIn)
  const written = [...custom, ...environment(settings, report), ...detected(settings, [...under, user], isOld), user]
  const whole = mergeLayers([...builtIn, ...written], strategy)
  const operator = map(whole.value)
  const spec = map(operator.spec)
  if (spec.installPackagePath !== ownCharts.path) report(chartsOfProfile(whole))
  // A profile of another release is not held against the schema of this one.
  const said = found?.profiles ? mergeLayers(written, strategy) : whole
  const values = deriveValues(
    spec,
    written.map((layer) => layer.value),
    settings.compat,
  )
  return {
    owner: plane.owner,
    written: { operator: map(said.value), locate: (path, part) => locateWritten(whole, path, part) },
    spec,
    values,
    charts: found,
    namespace: namespaceOf(operator, settings),
    revision: typeof values.revision === 'string' ? values.revision : '',
    locate: (path, part) => locateIn(whole, path, part),
  }
}

const chartsPath: Path = ['spec', 'installPackagePath']

/** Whether charts of the user's come into it at all. */
function namesCharts(path: unknown, { charts }: Settings): boolean {
  return (charts !== undefined && !charts.none) || (typeof path === 'string' && path !== '' && !charts?.none)
}

/** The installer looks for charts before it looks for profiles. */
function chartsOfProfile(merged: Merged): Problem {
  return {
    code: 'charts-not-read',
    severity: 'error',
    message: '`spec.installPackagePath` must stand in the IstioOperator itself: in a profile it comes too late',
    path: 'spec.installPackagePath',
    at: locateWritten(merged, chartsPath, 'value'),
    hint: 'move it there, or name the charts with `--charts`.',
  }
}

/**
 * The built-in profiles for charts that come without any: their images are those of the charts' own release, unless that
 * is the bundled one.
 */
function besideCharts(layer: ProfileLayer, charts: Charts | undefined): ProfileLayer {
  if (!charts || charts.profiles || charts.release === bundle.version) return layer
  const operator = map(layer.value)
  const { hub: _, tag: __, ...spec } = map(operator.spec)
  return { ...layer, value: { ...operator, spec } }
}

/**
 * The installation namespace is a value; the metadata's counts only where that is empty. What stands under
 * `unvalidatedValues` comes too late for it, and where `metadata` is null istioctl has no place to keep it.
 */
function namespaceOf(operator: Fields, { compat }: Settings): string {
  const { istioNamespace } = map(map(map(operator.spec).values).global)
  const names = compat && operator.metadata === null ? [] : [istioNamespace, map(operator.metadata).namespace]
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? 'istio-system'
}

/** What the user wrote for this control plane alone. */
interface UserLayer extends Layer {
  /** The file that decided what stands at a path; none for flags. */
  readonly from: (path: Path) => Document | undefined
}

/** Where a `--set` put its value, and where in the argument stands what leads so deep into it. */
interface Placed {
  readonly path: Path
  readonly at: (depth: number, part: 'key' | 'value' | undefined) => Position
}

/** Where the value of an argument begins; its end where it has none. */
function valueStart(text: string): number {
  const start = text.split('=').length === 2 ? text.indexOf('=') + 1 : text.length
  return start + (text.slice(start).length - text.slice(start).trimStart().length)
}

/** Files in order, then every `--set` upon the document that they make together. */
function userLayer(
  plane: Plane,
  sets: readonly SetArgument[],
  strategy: (path: string) => ListStrategy,
  report: Report,
): UserLayer {
  const layers = plane.documents.map((document) => ({
    value: withoutEmptySpec(document.value),
    source: document.file,
    locate: document.locate,
  }))
  const files = mergeLayers(layers, strategy)
  let value = files.value
  const placed: Placed[] = []
  for (const { text, lead = 0, source, line, place } of sets) {
    const at = (offset: number) => place?.() ?? { file: source, line, col: Math.max(0, offset - lead) + 1 }
    const tell = (code: Problem['code'], { message, offset, hint }: SetProblem) =>
      report({ code, severity: 'error', message, at: at(offset), hint })
    const argument = parseSet(text)
    const written = argument.problem ? argument : setPath(value, argument.path, argument.value)
    if (written.problem) {
      tell('set-argument', written.problem)
      continue
    }
    if (!argument.problem && argument.doubt) tell('set-doubt', argument.doubt)
    if (written.doubt) tell('set-doubt', written.doubt)
    value = written.tree
    const starts = argument.problem ? [] : argument.path.map(({ offset }) => offset)
    placed.push({
      path: written.path,
      at: (depth, part) => {
        const isValue = depth > starts.length || (depth === starts.length && part === 'value')
        return at(isValue ? valueStart(text) : (starts[depth - 1] ?? 0))
      },
    })
  }
  const setBy = (path: Path) => placed.findLast((set) => set.path.every((step, index) => path[index] === step))
  const locate: Layer['locate'] = (path, part) =>
    setBy(path)?.at(path.length, part) ??
    locateWritten(files, path, part) ??
    placed.findLast((set) => path.every((step, index) => set.path[index] === step))?.at(path.length, 'key')
  const from = (path: Path) => {
    const origin = setBy(path) ? undefined : files.origin(path)
    return origin && plane.documents[origin.height]
  }
  return { value, source: 'the input', locate, from }
}

/** A `spec:` with nothing under it says nothing, rather than emptying what lies below. */
function withoutEmptySpec(operator: unknown): unknown {
  if (!isMap(operator) || operator.spec !== null) return operator
  const { spec: _, ...rest } = operator
  return rest
}

/** Where the user wrote what stands at a path of the document itself, or whatever is nearest above it. */
function locateWritten(merged: Merged, path: Path, part?: 'key' | 'value'): Position | undefined {
  const found = merged.origin(path)
  return found?.layer.locate(found.path, found.path.length === path.length ? part : undefined)
}

/**
 * Where the user wrote what stands at a path: the value itself, else the field that it was derived from, else whatever
 * is nearest above it. What is built in has no place.
 */
function locateIn(merged: Merged, path: Path, part?: 'key' | 'value'): Position | undefined {
  for (let length = path.length; length >= 0; length--) {
    const here = path.slice(0, length)
    const isWhole = length === path.length
    for (const group of [...sourceGroups(here), [here]]) {
      const found = group.flatMap((candidate) => merged.origin(candidate) ?? [])
      const at = found
        .sort((a, b) => b.height - a.height)
        .map(({ layer, path }) => layer.locate(path, isWhole ? part : undefined))
        .find(Boolean)
      if (at) return at
    }
  }
  return undefined
}

/** The preset of settings that the environment stands for. */
function environment({ environment: name, place }: Settings, report: Report): Layer[] {
  if (name === undefined) return []
  if (Object.hasOwn(environments, name)) {
    return [preset(environments[name as keyof typeof environments], `environment "${name}"`)]
  }
  report(unknownEnvironment(name, place?.('environment')))
  return []
}

/**
 * What the installer would find out by asking the cluster: it knows GKE by its version, where the CNI agent lives in
 * kube-system and brings a quota of its own. The CNI is only moved there, never switched on by it. Before 1.24 charts
 * found out the rest themselves.
 */
function detected({ kubeVersion }: Settings, others: readonly Layer[], isOld: boolean): Layer[] {
  if (!kubeVersion?.includes('-gke')) return []
  const cni = others.some((layer) => has(layer.value, ['spec', 'components', 'cni']))
  const spec = {
    ...(cni && { components: { cni: { namespace: 'kube-system' } } }),
    ...(!isOld && { values: { global: { platform: 'gke' }, cni: { resourceQuotas: { enabled: false } } } }),
  }
  return [preset(spec, `Kubernetes version "${kubeVersion}"`)]
}

function preset(spec: Fields, source: string): Layer {
  return { value: { spec }, source, locate: () => undefined }
}

function unknownEnvironment(name: string, at: Position | undefined) {
  const known = Object.keys(environments)
  const [close] = nearest(name, known)
  const all = `Known are ${known.map((word) => `"${word}"`).join(', ')}.`
  return {
    code: 'unknown-environment',
    severity: 'error',
    message: `\`environment\` must name a preset; "${name}" is none`,
    path: 'spec.environment',
    at,
    hint: close ? `did you mean "${close}"? ${all}` : all,
  } as const
}
