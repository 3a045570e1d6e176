import { isMap } from '../../k8s/object.ts'
import { nearest, type Problem, type Report } from '../../problem.ts'
import { type Collection, type Parameter, type ParameterName, parameters } from './parameters.ts'

/** The variables of a process, by name. */
export type Environment = { readonly [name: string]: string | undefined }

/** What an Application says, by parameter; texts, lists of texts, or texts by name. */
export type Given = { readonly [Name in ParameterName]?: Value }

export type Value = string | readonly string[] | { readonly [key: string]: string }

/** Where a value was said, as problems call the place. */
export type Place = (name: ParameterName) => string

/** Whether the environment is the one that Argo CD's plugin server gives a command. */
export function isArgoCd(environment: Environment): boolean {
  return Object.keys(environment).some((name) => name.startsWith('ARGOCD_APP_') || name.startsWith(envPrefix))
}

/**
 * What the parameters of the Application say (`spec.source.plugin.parameters`). Argo CD sends them as a JSON list, as
 * `null` when there are none, and not at all when the Application has no section about the plugin. A parameter without
 * a value, or with an empty text, is one that nobody filled in.
 *
 * Reports `wrong-parameter` and `unknown-parameter`.
 */
export function givenParameters({ ARGOCD_APP_PARAMETERS: text }: Environment, report: Report): Given {
  const list = text === undefined || text.trim() === '' ? null : json(text)
  if (list === null) return {}
  if (!Array.isArray(list)) {
    report(
      wrong('ARGOCD_APP_PARAMETERS', '`ARGOCD_APP_PARAMETERS` must be a JSON list of parameters, as Argo CD sends it'),
    )
    return {}
  }
  const given: { [name: string]: Value } = {}
  for (const [index, entry] of list.entries()) {
    const name = isMap(entry) ? entry.name : undefined
    if (!isMap(entry) || typeof name !== 'string') {
      report(wrong(`parameter ${index + 1}`, `parameter ${index + 1} of the Application must have a \`name\``))
      continue
    }
    const parameter = find(name)
    if (!parameter) report(unknownParameter(name))
    else {
      const value = givenValue(entry, parameter, report)
      if (value !== undefined) given[parameter.name] = value
    }
  }
  return given
}

/** The value of one parameter: of the form that it takes, though one text may stand for a list of lines. */
function givenValue(entry: { readonly [field: string]: unknown }, { name, collectionType }: Parameter, report: Report) {
  const { string: text, array, map } = entry
  const forms = { '': text, array: array ?? text, map }
  const value = forms[collectionType]
  const other = [text, array, map].find((one) => one !== undefined && one !== null && one !== '')
  if (value === undefined || value === null || value === '') {
    if (other !== undefined)
      report(wrong(`parameter ${name}`, `parameter \`${name}\` must be ${words[collectionType]}`))
    return undefined
  }
  const read = checked[collectionType](value)
  if (read === undefined) report(wrong(`parameter ${name}`, `parameter \`${name}\` must be ${words[collectionType]}`))
  return read
}

const words: { readonly [C in Collection]: string } = {
  '': 'a `string`',
  array: 'an `array` of texts',
  map: 'a `map` of texts',
}

const isText = (value: unknown) => typeof value === 'string'
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const checked: { readonly [C in Collection]: (value: unknown) => Value | undefined } = {
  '': (value) => (typeof value === 'string' ? value : undefined),
  array: (value) => {
    if (typeof value === 'string') return lines(value)
    return Array.isArray(value) && value.every(isText) ? (value as string[]).filter(Boolean) : undefined
  },
  map: (value) =>
    isMap(value) && Object.values(value).every(isText) ? (value as { [key: string]: string }) : undefined,
}

const envPrefix = 'ARGOCD_ENV_'

/**
 * What the variables of the Application say (`spec.source.plugin.env`), which Argo CD prefixes with `ARGOCD_ENV_`: the
 * same as its parameters, in capitals (`KUBE_VERSION` is `kubeVersion`). Lists have one item a line, maps one
 * `name=value` a line.
 *
 * Reports `unknown-parameter` as a warning for others, as they may be meant for what starts this program.
 */
export function givenVariables(environment: Environment, report: Report): Given {
  const given: { [name: string]: Value } = {}
  for (const [variable, text = ''] of Object.entries(environment)) {
    if (!variable.startsWith(envPrefix)) continue
    const parameter = parameters.find(({ name }) => variableOf(name) === variable)
    if (!parameter) report({ ...unknownVariable(variable), severity: 'warning' })
    else if (text.trim() !== '') given[parameter.name] = fromText[parameter.collectionType](text.trim())
  }
  return given
}

const fromText: { readonly [C in Collection]: (text: string) => Value } = {
  '': (text) => text,
  array: lines,
  map: (text) => Object.fromEntries(lines(text).map((line) => splitAt(line, line.indexOf('=')))),
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index).trim(), text.slice(index + 1).trim()]
}

/** `kubeVersion` as a variable: `ARGOCD_ENV_KUBE_VERSION`. */
export function variableOf(name: string): string {
  return `${envPrefix}${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

function find(name: string): (typeof parameters)[number] | undefined {
  return parameters.find((one) => one.name === name)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wrong(file: string, message: string): Problem {
  const hint = 'see `spec.source.plugin` of the Application.'
  return { code: 'wrong-parameter', severity: 'error', message, at: { file, line: 1, col: 1 }, hint }
}

function unknownParameter(name: string): Problem {
  const known = parameters.map((one) => one.name)
  const [close] = nearest(name, known)
  return {
    code: 'unknown-parameter',
    severity: 'error',
    message: `the Application must set known parameters; "${name}" is none`,
    at: { file: `parameter ${name}`, line: 1, col: 1 },
    hint: close ? `did you mean \`${close}\`?` : `known are ${known.join(', ')}.`,
  }
}

function unknownVariable(variable: string): Problem {
  const short = (name: string) => name.slice(envPrefix.length)
  const [close] = nearest(
    short(variable),
    parameters.map(({ name }) => short(variableOf(name))),
  )
  return {
    code: 'unknown-parameter',
    severity: 'warning',
    message: `the Application must set known variables; "${short(variable)}" is none`,
    at: { file: variable, line: 1, col: 1 },
    hint: close ? `did you mean \`${close}\`?` : 'it has no effect.',
  }
}
