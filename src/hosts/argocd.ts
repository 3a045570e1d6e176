import { builtInGroups, groupOf } from '../k8s/group.ts'
import type { KubeObject } from '../k8s/object.ts'
import type { MeshObject } from '../pipeline.ts'
import type { Problem, Report } from '../problem.ts'
import { readSettings, type SetArgument, type Settings } from '../settings.ts'
import {
  type Environment,
  type Given,
  givenParameters,
  givenVariables,
  isArgoCd,
  type Value,
  variableOf,
} from './argocd/environment.ts'

export type { Environment } from './argocd/environment.ts'

/** What Argo CD has to say about a run; nothing when it isn't Argo CD that runs us. */
export function hostOf(environment: Environment) {
  if (!isArgoCd(environment)) return undefined
  return {
    settings: (said: Settings, report: Report) => settingsOfApplication(environment, said, report),
    rendered: (objects: readonly MeshObject[], report: Report) => {
      for (const problem of unservedApis(
        objects.map(({ object }) => object),
        environment,
      )) {
        report(problem)
      }
    },
  }
}

/**
 * The settings under Argo CD: what `plugin.yaml` gives every Application (`base`), then the Application's variables,
 * then its parameters, which is what its form shows. The version of the cluster counts where nobody names another one.
 *
 * Outside of Argo CD the environment means nothing, so that a run depends on its command line alone.
 *
 * Reports `wrong-parameter`, `unknown-parameter`, and what `readSettings` reports.
 */
export function settingsOfApplication(environment: Environment, base: Settings, report: Report): Settings {
  if (!isArgoCd(environment)) return base
  const fromVariables = withGiven(base, givenVariables(environment, report), variableOf, report)
  const fromAll = withGiven(fromVariables, givenParameters(environment, report), (name) => `parameter ${name}`, report)
  return { ...fromAll, kubeVersion: fromAll.kubeVersion ?? (environment.KUBE_VERSION || undefined) }
}

/** The settings without the Application's parameters: what its form shows as the defaults. */
export function settingsBelowParameters(environment: Environment, base: Settings, report: Report): Settings {
  const { ARGOCD_APP_PARAMETERS: _, ...rest } = environment
  return settingsOfApplication(rest, base, report)
}

function withGiven(base: Settings, given: Given, place: (name: string) => string, report: Report): Settings {
  const spec = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const read = settingValue[name]
      return read ? [[name, read(value)]] : []
    }),
  )
  const at = ([name = '']: readonly (string | number)[]) => ({ file: place(String(name)), line: 1, col: 1 })
  const settings = readSettings(spec, base, at, report)
  // Its leniency would choose engine `none`, and the order with it would be gone.
  return { ...settings, engine: base.engine, sets: [...base.sets, ...setsOf(given, place)] }
}

/** Parameters that are settings of a RenderIstio: their texts in the types that these have. */
const settingValue: { readonly [name: string]: (value: Value) => unknown } = {
  environment: (value) => value,
  kubeVersion: (value) => value,
  previousVersion: (value) => value,
  compat: (value) => value,
  keep: (value) => value,
  allowEmpty: (value) => ({ true: true, false: false })[String(value)] ?? value,
  waves: (value) => Object.fromEntries(Object.entries(value).map(([key, text]) => [key, wholeNumber(text)])),
  merge: (value) => {
    const { lists, ...paths } = value as { readonly [key: string]: string }
    return { ...(lists !== undefined && { lists }), paths }
  },
}

function wholeNumber(text: unknown): unknown {
  return /^[+-]?\d{1,9}$/.test(String(text)) ? Number(text) : text
}

/** Parameters that are written into the IstioOperator, from the general to the particular. */
function setsOf(given: Given, place: (name: string) => string): SetArgument[] {
  const { profile, hub, tag, values = {}, set = [], revision } = given
  const argument = (name: string, lead: string, said: Value, line = 1) => ({
    text: `${lead}${said}`,
    lead: lead.length,
    source: place(name),
    line,
  })
  return [
    ...(profile ? [argument('profile', 'profile=', profile)] : []),
    ...(hub ? [argument('hub', 'hub=', hub)] : []),
    ...(tag ? [argument('tag', 'tag=', tag)] : []),
    ...Object.entries(values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, value], index) => argument('values', 'values.', `${path}=${value}`, index + 1)),
    ...(Array.isArray(set) ? set.map((text, index) => argument('set', '', text, index + 1)) : []),
    ...(revision && revision !== 'default' ? [argument('revision', 'revision=', revision)] : []),
  ]
}

/**
 * A warning for each API of the output that the cluster does not serve, by what Argo CD knows of it: the sync would
 * fail at it. Extensions are passed over, as the output may define them, and so is everything when Argo CD says nothing.
 */
export function unservedApis(objects: readonly KubeObject[], { KUBE_API_VERSIONS: text = '' }: Environment): Problem[] {
  const served = new Set(text.split(',').map((one) => one.trim()))
  if (text.trim() === '') return []
  const used = new Map<string, KubeObject>()
  for (const object of objects) {
    if (builtInGroups.has(groupOf(object)) && !used.has(object.apiVersion)) used.set(object.apiVersion, object)
  }
  return [...used]
    .filter(([apiVersion]) => !served.has(apiVersion) && ![...served].some((one) => one.startsWith(`${apiVersion}/`)))
    .map(([apiVersion, { kind, metadata }]) => ({
      code: 'api-unlisted',
      severity: 'warning',
      message: `the cluster must serve "${apiVersion}" for ${kind} "${metadata.name}"; it is not among its APIs`,
      at: { file: 'KUBE_API_VERSIONS', line: 1, col: 1 },
      hint: 'use a version of Kubernetes that Istio 1.30 supports.',
    }))
}
