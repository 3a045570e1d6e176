import type { GoFunction } from '../../gotemplate/builtins.ts'
import { errorText, FunctionError } from '../../gotemplate/error.ts'
import { execute } from '../../gotemplate/exec.ts'
import { parse } from '../../gotemplate/parse.ts'
import { quote } from '../../gotemplate/quote.ts'
import { typed } from '../../gotemplate/value.ts'
import type { Report } from '../../problem.ts'
import { toGoYaml } from '../../yaml/go-yaml.ts'
import { readDocuments } from '../../yaml/read.ts'
import { first, print, truth } from '../words.ts'
import type { IstiodContext } from './values.ts'

/**
 * The user's own init containers. Their YAML is a template of the chart: `image: "{{ .Values.global.hub }}/init"`.
 * What `checkInitContainers` has a problem with expands to nothing.
 */
export function initContainers(context: IstiodContext): unknown {
  const expanded = expand(context)
  return 'problem' in expanded ? undefined : expanded.value
}

/** Reports `init-container-template` when the init containers are no template, or expand to what is no YAML. */
export function checkInitContainers(context: IstiodContext, report: Report): void {
  if (!truth(context.values.initContainers)) return
  const expanded = expand(context)
  if (!('problem' in expanded)) return
  report({
    code: 'init-container-template',
    severity: 'error',
    message: `\`spec.values.pilot.initContainers\` must expand to a list of containers: ${expanded.problem}`,
    path: 'spec.values.pilot.initContainers',
    hint: 'double braces start a template action; write {{ "{{" }} where braces are meant.',
  })
}

function expand(context: IstiodContext): { readonly value: unknown } | { readonly problem: string } {
  const parsed = parse('initContainers', toGoYaml(context.values.initContainers), { functions })
  if ('error' in parsed) return { problem: errorText(parsed.error) }
  const executed = execute(parsed.template, chartContext(context), { functions, missingKey: 'zero' })
  if ('error' in executed) return { problem: errorText(executed.error) }
  // Helm prints nothing for what is not there.
  const problems: string[] = []
  const [document] = readDocuments(executed.output.replaceAll('<no value>', ''), '', ({ message }) =>
    problems.push(message),
  )
  return problems[0] === undefined ? { value: document?.value ?? null } : { problem: problems[0] }
}

/** What a template of the chart sees. */
function chartContext({ values, namespace, version, kubeVersion }: IstiodContext): unknown {
  const cluster = kubeVersion.replace(/^v?/, 'v')
  const [, Major = '', Minor = ''] = /^v(\d+)\.(\d+)/.exec(cluster) ?? []
  return {
    Values: values,
    Release: {
      Name: 'istio',
      Namespace: namespace,
      Service: 'Helm',
      IsInstall: true,
      IsUpgrade: false,
      Revision: 1n,
    },
    Chart: { Name: 'istiod', Version: version, AppVersion: version },
    Capabilities: {
      KubeVersion: typed(
        { Version: cluster, GitVersion: cluster, Major, Minor },
        { name: 'KubeVersion', text: cluster },
      ),
    },
  }
}

/** The functions of Helm's that a name, an image or an argument may need. */
const functions: Readonly<Record<string, GoFunction>> = {
  default: (fallback: unknown, value: unknown) => first(value, fallback),
  coalesce: (...values: unknown[]) => values.find(truth) ?? null,
  ternary: (yes: unknown, no: unknown, condition: unknown) => (condition === true ? yes : no),
  required: (message: unknown, value: unknown) => {
    if (value === null || value === undefined || value === '') throw new FunctionError(print(message))
    return value
  },
  toString: print,
  quote: (...values: unknown[]) =>
    present(values)
      .map((value) => quote(print(value)))
      .join(' '),
  squote: (...values: unknown[]) =>
    present(values)
      .map((value) => `'${print(value)}'`)
      .join(' '),
  upper: (text: unknown) => print(text).toUpperCase(),
  lower: (text: unknown) => print(text).toLowerCase(),
  trim: (text: unknown) => print(text).trim(),
  trimPrefix: (prefix: unknown, text: unknown) =>
    print(text).startsWith(print(prefix)) ? print(text).slice(print(prefix).length) : print(text),
  trimSuffix: (suffix: unknown, text: unknown) =>
    print(text).endsWith(print(suffix)) ? print(text).slice(0, print(text).length - print(suffix).length) : print(text),
  replace: (old: unknown, replacement: unknown, text: unknown) =>
    print(text).replaceAll(print(old), () => print(replacement)),
  contains: (part: unknown, text: unknown) => print(text).includes(print(part)),
  hasPrefix: (prefix: unknown, text: unknown) => print(text).startsWith(print(prefix)),
  hasSuffix: (suffix: unknown, text: unknown) => print(text).endsWith(print(suffix)),
  join: (separator: unknown, values: unknown) =>
    Array.isArray(values) ? values.map(print).join(print(separator)) : print(values),
}

function present(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== null && value !== undefined)
}
