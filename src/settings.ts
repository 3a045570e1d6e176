import { isMap } from './k8s/object.ts'
import { dotted, nearest, type Path, type Position, type Problem, type Report } from './problem.ts'
import { noRules, type ProblemRules } from './problems/judge.ts'
import { readProblemRules } from './problems/rules.ts' // on demand
import type { EngineName } from './stages/stage.ts'
import { resolvePlain } from './yaml/scalar.ts'

/** How two lists at the same path become one: the upper one alone, both in a row, or matched by key. */
export type ListStrategy = 'replace' | 'append' | 'merge'

export const listStrategies = ['replace', 'append', 'merge'] as const satisfies readonly ListStrategy[]
export const modes = ['render', 'validate'] as const satisfies readonly Settings['mode'][]
export const engineNames = ['argocd', 'kpt', 'flux', 'none'] as const satisfies readonly EngineName[]

/** The GitOps-safe changes, each of which can be switched off (docs/gitops-changes.md). */
export const changeNames = ['default-revision', 'failure-policy', 'replicas', 'stored-form', 'namespaces'] as const

export type ChangeName = (typeof changeNames)[number]

/** What one `--set` says, and where it was said. */
export interface SetArgument {
  /** `path=value` in the grammar of istioctl's `--set`. */
  readonly text: string
  /** What problems call the place, unless it stands in a file: `--set` on the command line. */
  readonly source: string
  /** Which one of its kind it is, from 1. */
  readonly line: number
  /** How much of the text was put before what the user wrote; nothing of `--set` itself. */
  readonly lead?: number
  /** Where it stands in a file. */
  readonly place?: (() => Position | undefined) | undefined
}

/** Everything that a run can be told besides the IstioOperators themselves. */
export interface Settings {
  readonly engine: EngineName
  /** `validate`: the function checks the IstioOperators and hands its items back as they came. */
  readonly mode?: 'render' | 'validate' | undefined
  /** `istioctl`: what istioctl lets through silently is a warning; engine `none` unless another one is named. */
  readonly compat?: 'istioctl' | undefined
  /** The preset of settings laid over the profile: dev, test, staging or prod. */
  readonly environment?: string | undefined
  /** The cluster's Kubernetes version, e.g. `1.33.1-gke.100`. */
  readonly kubeVersion?: string | undefined
  /** The Istio release that the cluster runs so far, e.g. `1.29.2`. */
  readonly previousVersion?: string | undefined
  /** Whether mistakes in what is written are warnings, as after istioctl's `--force`. */
  readonly force?: boolean | undefined
  /** Where a setting is written. */
  readonly place?: ((setting: string) => Position | undefined) | undefined
  readonly sets: readonly SetArgument[]
  readonly merge: {
    readonly lists: ListStrategy
    /** Exceptions by field path: `spec.meshConfig.extensionProviders`. */
    readonly paths: { readonly [path: string]: ListStrategy }
  }
  readonly waves: { readonly start?: number | undefined; readonly step?: number | undefined }
  /** Whether a run that renders no object is fine. */
  readonly allowEmpty: boolean
  /** GitOps-safe changes that are switched off, by name (docs/gitops-changes.md). */
  readonly keep: readonly string[]
  /** Patches of the whole mesh, for what no setting and no overlay of a component reaches. */
  readonly patches: readonly MeshPatch[]
  /** Which problems count for how much, and which are accepted. */
  readonly problems: ProblemRules
  /** Charts of the user's, which take the place of the bundled renderers. */
  readonly charts?: ChartSettings | undefined
}

/** Which charts are rendered. */
export interface ChartSettings {
  /** The folder or archive that holds them, whatever an IstioOperator says. */
  readonly path?: string | undefined
  /** Where the chart of a component lies, by its key under `spec.components`; `bundled` for none. */
  readonly components?: { readonly [component: string]: string } | undefined
  /** No charts, whatever an IstioOperator says. */
  readonly none?: boolean | undefined
  /** What messages call the setting. */
  readonly named?: string | undefined
}

/** One patch of the mesh. */
export interface MeshPatch {
  /** The objects that it means: what isn't given doesn't count. */
  readonly target: {
    readonly kind: string
    readonly name?: string | undefined
    readonly namespace?: string | undefined
  }
  /** A strategic merge patch, or the operations of RFC 6902. */
  readonly patch: { readonly [field: string]: unknown } | readonly unknown[]
  /** Whether it is fine that nothing matches. */
  readonly optional: boolean
  /** Where a part of it is written. */
  readonly place: (path: Path) => Position | undefined
}

export const defaultSettings: Settings = {
  engine: 'argocd',
  sets: [],
  merge: { lists: 'replace', paths: {} },
  waves: {},
  allowEmpty: false,
  keep: [],
  patches: [],
  problems: noRules,
}

/** Where a setting is written. */
type Locate = (path: Path, part?: 'key' | 'value') => Position | undefined

/** What a setting may be, and how it changes the settings; `undefined` from `read` means that the value is wrong. */
interface Leaf {
  readonly must: string
  readonly read: (value: unknown, settings: Settings, at: Locate) => Partial<Settings> | undefined
}

type Field = Leaf | { readonly members: { readonly [name: string]: Leaf } }

/** A version of Kubernetes or Istio, as far as a minor one. */
const version = (value: unknown) =>
  typeof value === 'string' && /^v?\d+\.\d+(?:[-+.].*)?$/.test(value) ? value : undefined
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const word = <T extends string>(value: unknown, words: readonly T[]) => words.find((known) => known === value)
const whole = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined)
const texts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : undefined

/** The fields of a RenderIstio's `spec`, in the order of its documentation. */
const fields: { readonly [name: string]: Field } = {
  engine: {
    must: `be one of ${quotedList(engineNames)}`,
    read: (value) => set('engine', word(value, engineNames)),
  },
  mode: {
    must: `be one of ${quotedList(modes)}`,
    read: (value) => set('mode', word(value, modes)),
  },
  compat: {
    must: 'be "istioctl"',
    read: (value) => set('compat', word(value, ['istioctl'] as const)),
  },
  environment: { must: 'be text', read: (value) => set('environment', text(value)) },
  kubeVersion: { must: 'be a version, such as "1.33.1"', read: (value) => set('kubeVersion', version(value)) },
  previousVersion: {
    must: 'be a version of Istio, such as "1.29.2"',
    read: (value) => set('previousVersion', version(value)),
  },
  profile: {
    must: 'be text',
    read: (value, { sets }, at) => set('sets', text(value) && [...sets, argument(`profile=${value}`, ['profile'], at)]),
  },
  set: {
    must: 'be a list of "path=value"',
    read: (value, { sets }, at) => {
      const own = texts(value)?.map((item, index) => argument(item, ['set', index], at))
      return set('sets', own && [...sets, ...own])
    },
  },
  merge: {
    members: {
      lists: {
        must: `be one of ${quotedList(listStrategies)}`,
        read: (value, { merge }) => {
          const lists = word(value, listStrategies)
          return lists && { merge: { ...merge, lists } }
        },
      },
      paths: {
        must: `name fields below \`spec\`, each with one of ${quotedList(listStrategies)}`,
        read: (value, { merge }) => {
          const paths = mergePaths(value)
          return paths && { merge: { ...merge, paths: { ...merge.paths, ...paths } } }
        },
      },
    },
  },
  waves: {
    members: {
      start: {
        must: 'be a whole number',
        read: (value, { waves }) =>
          whole(value) === undefined ? undefined : { waves: { ...waves, start: whole(value) } },
      },
      step: {
        must: 'be a whole number of at least 1',
        read: (value, { waves }) =>
          (whole(value) ?? 0) >= 1 ? { waves: { ...waves, step: whole(value) } } : undefined,
      },
    },
  },
  allowEmpty: {
    must: 'be true or false',
    read: (value) => set('allowEmpty', typeof value === 'boolean' ? value : undefined),
  },
  keep: {
    must: `be a list of ${quotedList(changeNames)}`,
    read: (value) => (texts(value)?.every((name) => word(name, changeNames)) ? { keep: value as string[] } : undefined),
  },
  charts: {
    members: {
      path: {
        must: 'be the path of a folder or an archive',
        read: (value, { charts }) =>
          text(value) === undefined ? undefined : { charts: { ...charts, path: value as string } },
      },
      components: {
        must: 'name components, each with the path of its chart or "bundled"',
        read: (value, { charts }) => {
          const isSound = isMap(value) && Object.values(value).every((path) => text(path) !== undefined)
          const components = { ...charts?.components, ...(value as ChartSettings['components']) }
          return isSound ? { charts: { ...charts, components } } : undefined
        },
      },
    },
  },
  patches: {
    must: 'be a list of maps with a `target` that has a `kind`, and a `patch`: a map, or a list of operations',
    read: (value, _, at) => set('patches', meshPatches(value, at)),
  },
}

const patchFields = new Set(['target', 'patch', 'optional'])
const targetFields = new Set(['kind', 'name', 'namespace'])

function meshPatches(value: unknown, at: Locate): readonly MeshPatch[] | undefined {
  if (!Array.isArray(value)) return undefined
  const patches = value.map((item, index) => meshPatch(item, (path) => at(['patches', index, ...path], 'value')))
  return patches.every((patch) => patch !== undefined) ? patches : undefined
}

function meshPatch(item: unknown, place: MeshPatch['place']): MeshPatch | undefined {
  if (!isMap(item) || !isMap(item.target) || !Object.keys(item).every((key) => patchFields.has(key))) return undefined
  const { target, patch, optional = false } = item
  const named = Object.entries(target).every(([key, word]) => targetFields.has(key) && text(word) !== undefined)
  if (!named || typeof target.kind !== 'string' || typeof optional !== 'boolean') return undefined
  return isMap(patch) || Array.isArray(patch)
    ? { target: target as MeshPatch['target'], patch, optional, place }
    : undefined
}

/**
 * The settings with what a RenderIstio's `spec` says (`at` tells where, `named` what messages call a setting). Reports
 * `unknown-setting` and `wrong-setting`.
 */
export function readSettings(
  spec: unknown,
  base: Settings,
  at: Locate,
  report: Report,
  named = (path: Path) => dotted(['spec', ...path]),
): Settings {
  const written = isMap(spec) ? spec : {}
  let settings: Settings = {
    ...base,
    place: (name) => (Object.hasOwn(written, name) ? at([name], 'value') : base.place?.(name)),
    ...(written.charts !== undefined && { charts: { ...base.charts, named: named(['charts']) } }),
  }
  const refuse = (path: Path, must: string, value: unknown) =>
    report({
      code: 'wrong-setting',
      severity: 'error',
      message: `\`${named(path)}\` must ${must}; it is ${JSON.stringify(value)}`,
      path: named(path),
      at: at(path, 'value'),
      value,
    })
  const readAll = (
    map: { readonly [name: string]: unknown },
    table: { readonly [name: string]: Field },
    above: Path,
  ) => {
    for (const [name, value] of Object.entries(map)) {
      const path = [...above, name]
      const field = Object.hasOwn(table, name) ? table[name] : undefined
      if (above.length === 0 && name === 'problems') {
        const locate: Locate = (below, part) => at([...path, ...below], part)
        settings = {
          ...settings,
          problems: readProblemRules(value, settings.problems, locate, report, (below) => named([...path, ...below])),
        }
      } else if (!field) report(unknownSetting(path, Object.keys(table), named, at))
      else if ('members' in field) {
        if (isMap(value)) readAll(value, field.members, path)
        else refuse(path, 'be a map', value)
      } else {
        const change = field.read(value, settings, at)
        if (change) settings = { ...settings, ...change }
        else refuse(path, field.must, value)
      }
    }
  }
  readAll(written, fields, [])
  if (spec !== undefined && spec !== null && !isMap(spec)) refuse([], 'be a map', spec)
  return settings.compat && !('engine' in written) ? { ...settings, engine: 'none' } : settings
}

function unknownSetting(path: Path, names: readonly string[], named: (path: Path) => string, at: Locate): Problem {
  const word = String(path.at(-1))
  const known = path.length === 1 ? [...names, 'problems'] : names
  const [close] = nearest(word, known)
  return {
    code: 'unknown-setting',
    severity: 'error',
    message: `\`${named(path)}\` must be a setting of RenderIstio; "${word}" is none`,
    path: named(path),
    at: at(path, 'key'),
    hint: close ? `did you mean \`${close}\`?` : `known are ${known.join(', ')}.`,
  }
}

/**
 * A ConfigMap's `data` in the shape of a RenderIstio's `spec`: dotted keys are nested (`waves.start`), lists stand one
 * item a line, and texts that read as a number or a boolean are one.
 */
export function settingsOfConfigMap(data: unknown): { readonly [name: string]: unknown } {
  const result: { [name: string]: unknown } = {}
  for (const [key, value] of Object.entries(isMap(data) ? data : {})) {
    const [head = '', ...rest] = key.split('.')
    const typed =
      key === 'problems.ignore'
        ? suppressionLines(String(value))
        : listFields.has(head)
          ? String(value).split('\n').filter(Boolean)
          : plain(head, value)
    result[head] = rest.length === 0 ? typed : nest(result[head], head === 'merge' ? groups(rest) : rest, typed)
  }
  return result
}

/** `code: reason` or `code field.path: reason`, one a line. */
function suppressionLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, code, path, reason] = /^\s*([\w-]+)(?:\s+(\S+?))?\s*(?::\s*(.*?))?\s*$/.exec(line) ?? []
      return { code: code ?? line, ...(path !== undefined && { path }), ...(reason !== undefined && { reason }) }
    })
}

const listFields = new Set(['set', 'keep'])
const textFields = new Set(['kubeVersion', 'previousVersion', 'profile', 'environment', 'charts'])

function plain(field: string, value: unknown): unknown {
  return typeof value === 'string' && !textFields.has(field) ? resolvePlain(value) : value
}

/** `merge.paths.<a path with dots>` has two steps, the second of which is the path. */
function groups([first = '', ...rest]: readonly string[]): string[] {
  return rest.length > 0 ? [first, rest.join('.')] : [first]
}

function nest(tree: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const base = isMap(tree) ? tree : {}
  return { ...base, [key]: rest.length === 0 ? value : nest(base[key], rest, value) }
}

function set<Key extends keyof Settings>(
  key: Key,
  value: Settings[Key] | '' | undefined,
): Partial<Settings> | undefined {
  return value === undefined || value === '' ? undefined : { [key]: value }
}

function argument(text: string, [source = '', index = 0]: Path, at: Locate): SetArgument {
  const path = source === 'set' ? [source, index] : [source]
  return { source: String(source), text, line: Number(index) + 1, place: () => at(path, 'value') }
}

/** Exceptions by path, if the value is a map of such. */
function mergePaths(value: unknown): Settings['merge']['paths'] | undefined {
  if (!isMap(value)) return undefined
  const sound = Object.entries(value).every(([path, how]) => path.startsWith('spec.') && word(how, listStrategies))
  return sound ? (value as Settings['merge']['paths']) : undefined
}

function quotedList(words: readonly string[]): string {
  return words.map((known) => `"${known}"`).join(', ')
}
