import { isMap } from './k8s/object.ts'
import { dotted, nearest, type Path, type Position, type Report } from './problem.ts'
import type { EngineName } from './stages/stage.ts'
import { resolvePlain } from './yaml/scalar.ts'

/** How two lists at the same path become one: the upper one alone, both in a row, or matched by key. */
export type ListStrategy = 'replace' | 'append' | 'merge'

export const listStrategies = ['replace', 'append', 'merge'] as const satisfies readonly ListStrategy[]
export const engineNames = ['argocd', 'kpt', 'flux', 'none'] as const satisfies readonly EngineName[]

/** What one `--set` says, and where it was said. */
export interface SetArgument {
  /** `path=value` in the grammar of istioctl's `--set`. */
  readonly text: string
  /** What problems call the place: `--set` on the command line, the setting's name elsewhere. */
  readonly source: string
  /** Which one of its kind it is, from 1. */
  readonly line: number
}

/** Everything that a run can be told besides the IstioOperators themselves. */
export interface Settings {
  readonly engine: EngineName
  /** `istioctl`: what istioctl lets through silently is a warning; engine `none` unless another one is named. */
  readonly compat?: 'istioctl' | undefined
  /** The preset of settings laid over the profile: dev, test, staging or prod. */
  readonly environment?: string | undefined
  /** The cluster's Kubernetes version, e.g. `1.33.1-gke.100`. */
  readonly kubeVersion?: string | undefined
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
}

export const defaultSettings: Settings = {
  engine: 'argocd',
  sets: [],
  merge: { lists: 'replace', paths: {} },
  waves: {},
  allowEmpty: false,
  keep: [],
}

/** What a setting may be, and how it changes the settings; `undefined` from `read` means that the value is wrong. */
interface Field {
  readonly must: string
  readonly read: (value: unknown, settings: Settings) => Partial<Settings> | undefined
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const word = <T extends string>(value: unknown, words: readonly T[]) => words.find((known) => known === value)
const whole = (value: unknown) => (Number.isInteger(value) ? (value as number) : undefined)
const texts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : undefined

/** The fields of a RenderIstio's `spec`, in the order of its documentation. */
const fields: { readonly [name: string]: Field } = {
  engine: {
    must: `be one of ${quotedList(engineNames)}`,
    read: (value) => set('engine', word(value, engineNames)),
  },
  compat: {
    must: 'be "istioctl"',
    read: (value) => set('compat', word(value, ['istioctl'])),
  },
  environment: { must: 'be text', read: (value) => set('environment', text(value)) },
  kubeVersion: { must: 'be text, such as "1.33.1"', read: (value) => set('kubeVersion', text(value)) },
  profile: {
    must: 'be text',
    read: (value, { sets }) => set('sets', text(value) && [...sets, argument('profile', `profile=${value}`, 1)]),
  },
  set: {
    must: 'be a list of "path=value"',
    read: (value, { sets }) =>
      set(
        'sets',
        texts(value) && [...sets, ...(texts(value) ?? []).map((item, index) => argument('set', item, index + 1))],
      ),
  },
  merge: {
    must: `hold \`lists\` and \`paths\`, of ${quotedList(listStrategies)}`,
    read: (value, { merge }) => set('merge', mergeSettings(value, merge)),
  },
  waves: {
    must: 'hold whole numbers `start` and `step`, with a step of at least 1',
    read: (value, { waves }) => set('waves', waveSettings(value, waves)),
  },
  allowEmpty: {
    must: 'be true or false',
    read: (value) => set('allowEmpty', typeof value === 'boolean' ? value : undefined),
  },
  keep: { must: 'be a list of names', read: (value) => set('keep', texts(value)) },
}

/**
 * The settings with what a RenderIstio's `spec` says (`at` tells where). Reports `unknown-setting` and `wrong-setting`.
 */
export function readSettings(
  spec: unknown,
  base: Settings,
  at: (path: Path, part?: 'key' | 'value') => Position | undefined,
  report: Report,
): Settings {
  let settings = base
  for (const [name, value] of Object.entries(isMap(spec) ? spec : {})) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    const path = dotted(['spec', name])
    if (!field) {
      const [close] = nearest(name, Object.keys(fields))
      report({
        code: 'unknown-setting',
        severity: 'error',
        message: `\`${path}\` must be a setting of RenderIstio; "${name}" is none`,
        path,
        at: at([name], 'key'),
        hint: close ? `did you mean \`${close}\`?` : `known are ${Object.keys(fields).join(', ')}.`,
      })
      continue
    }
    const change = field.read(value, settings)
    if (change) settings = { ...settings, ...change }
    else {
      report({
        code: 'wrong-setting',
        severity: 'error',
        message: `\`${path}\` must ${field.must}; it is ${JSON.stringify(value)}`,
        path,
        at: at([name], 'value'),
      })
    }
  }
  return settings.compat && !(isMap(spec) && 'engine' in spec) ? { ...settings, engine: 'none' } : settings
}

/**
 * A ConfigMap's `data` in the shape of a RenderIstio's `spec`: dotted keys are nested (`waves.start`), lists stand one
 * item a line, and texts that read as a number or a boolean are one.
 */
export function settingsOfConfigMap(data: unknown): { readonly [name: string]: unknown } {
  const result: { [name: string]: unknown } = {}
  for (const [key, value] of Object.entries(isMap(data) ? data : {})) {
    const [head = '', ...rest] = key.split('.')
    const typed = listFields.has(head) ? String(value).split('\n').filter(Boolean) : plain(head, value)
    result[head] = rest.length === 0 ? typed : nest(result[head], head === 'merge' ? groups(rest) : rest, typed)
  }
  return result
}

const listFields = new Set(['set', 'keep'])
const textFields = new Set(['kubeVersion', 'profile', 'environment'])

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

function argument(source: string, text: string, line: number): SetArgument {
  return { source, text, line }
}

function mergeSettings(value: unknown, merge: Settings['merge']): Settings['merge'] | undefined {
  if (!isMap(value)) return undefined
  const lists = value.lists === undefined ? merge.lists : word(value.lists, listStrategies)
  const paths = isMap(value.paths) ? Object.entries(value.paths) : []
  if (!lists || !paths.every(([, how]) => word(how, listStrategies))) return undefined
  return { lists, paths: { ...merge.paths, ...Object.fromEntries(paths as [string, ListStrategy][]) } }
}

function waveSettings(value: unknown, waves: Settings['waves']): Settings['waves'] | undefined {
  if (!isMap(value)) return undefined
  const { start = waves.start, step = waves.step } = value
  if (start !== undefined && whole(start) === undefined) return undefined
  if (step !== undefined && !((whole(step) ?? 0) >= 1)) return undefined
  return { start: whole(start), step: whole(step) }
}

function quotedList(words: readonly string[]): string {
  return words.map((known) => `"${known}"`).join(', ')
}
