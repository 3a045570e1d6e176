import { map } from '../components/words.ts'
import { environments } from '../istio/environments.ts'
import { parseSet, type SetProblem, setPath } from '../istio/set.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { nearest, type Path, type Position, type Problem, type Report } from '../problem.ts'
import type { ListStrategy, SetArgument, Settings } from '../settings.ts'
import type { Document } from '../yaml/document.ts'
import { deriveValues, sourceGroups } from './resolve/derive.ts'
import { has, type Layer, type Merged, mergeLayers } from './resolve/layers.ts'
import { type ProfileSource, profileLayers, profileName } from './resolve/profiles.ts'
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
  /** Where the user wrote what stands at a path of the merged document, such as `['spec', 'hub']`. */
  readonly locate: (path: Path, part?: 'key' | 'value') => Position | undefined
}

/**
 * Stage 2: base < profile < environment < detected < IstioOperators in order < `--set`, merged as the installer merges,
 * and the values that follow from the result.
 *
 * Reports `unknown-profile`, `profile-cycle`, `unknown-environment`, `charts-not-read`, and what is wrong with a `--set`.
 */
export function resolve(plane: Plane, settings: Settings, profiles: ProfileSource, report: Report): Resolved {
  const strategy = (path: string): ListStrategy => settings.merge.paths[path] ?? settings.merge.lists
  const user = userLayer(plane, settings.sets, strategy, report)
  const at = () => user.locate(['spec', 'profile'], 'value')
  const under = profileLayers(
    profileName(user.value) ?? 'default',
    user.from(['spec', 'profile']),
    at,
    profiles,
    report,
  )
  const builtIn = under.filter((layer) => layer.builtIn)
  const custom = under.filter((layer) => !layer.builtIn)
  const written = [...custom, ...environment(settings, report), ...detected(settings, [...under, user]), user]
  const whole = mergeLayers([...builtIn, ...written], strategy)
  const operator = map(whole.value)
  const spec = map(operator.spec)
  const { installPackagePath: charts } = spec
  if (typeof charts === 'string' && charts !== '') report(noCharts(charts, user.locate(chartsPath, 'value')))
  const values = deriveValues(
    spec,
    written.map((layer) => layer.value),
    settings.compat,
  )
  return {
    owner: plane.owner,
    written: { operator, locate: (path, part) => locateWritten(whole, path, part) },
    spec,
    values,
    namespace: namespaceOf(operator),
    revision: typeof values.revision === 'string' ? values.revision : '',
    locate: (path, part) => locateIn(whole, path, part),
  }
}

const chartsPath: Path = ['spec', 'installPackagePath']

function noCharts(charts: string, at: Position | undefined): Problem {
  return {
    code: 'charts-not-read',
    severity: 'error',
    message: `\`spec.installPackagePath\` must not be given: no charts are read, and so none in "${charts}"`,
    path: 'spec.installPackagePath',
    at,
    hint: 'leave it out; the bundled release is rendered.',
  }
}

/**
 * The installation namespace is a value; the metadata's counts only where that is empty. What stands under
 * `unvalidatedValues` comes too late for it.
 */
function namespaceOf(operator: Fields): string {
  const { istioNamespace } = map(map(map(operator.spec).values).global)
  for (const name of [istioNamespace, map(operator.metadata).namespace]) {
    if (typeof name === 'string' && name !== '') return name
  }
  return 'istio-system'
}

/** What the user wrote for this control plane alone. */
interface UserLayer extends Layer {
  /** The file that decided what stands at a path; none for flags. */
  readonly from: (path: Path) => Document | undefined
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
  const placed: { path: Path; at: () => Position }[] = []
  for (const { text, source, line, place } of sets) {
    const at = (offset = 0) => place?.() ?? { file: source, line, col: offset + 1 }
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
    placed.push({ path: written.path, at })
  }
  const setBy = (path: Path) => placed.findLast((set) => set.path.every((step, index) => path[index] === step))
  const locate: Layer['locate'] = (path, part) =>
    setBy(path)?.at() ??
    locateWritten(files, path, part) ??
    placed.findLast((set) => path.every((step, index) => set.path[index] === step))?.at()
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
 * kube-system and brings a quota of its own. The CNI is only moved there, never switched on by it.
 */
function detected({ kubeVersion }: Settings, others: readonly Layer[]): Layer[] {
  if (!kubeVersion?.includes('-gke')) return []
  const cni = others.some((layer) => has(layer.value, ['spec', 'components', 'cni']))
  const spec = {
    ...(cni && { components: { cni: { namespace: 'kube-system' } } }),
    values: { global: { platform: 'gke' }, cni: { resourceQuotas: { enabled: false } } },
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
