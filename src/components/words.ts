/**
 * How a value gets into a manifest.
 *
 * Istio's charts print values into YAML text that is read again. The words here give the same result without the
 * text: a renderer chooses the word by how the place is written, unquoted (`raw`), between quotes (`text`), as an
 * escaped string (`quoted`), or as the structure that it is (no word at all).
 */
import { printed, truth } from '../gotemplate/value.ts'
import { type Fields, isMap } from '../k8s/object.ts'
import { readDocuments } from '../yaml/read.ts'
import { resolvePlain } from '../yaml/scalar.ts'

/** The value, or `undefined` where Go templates see nothing: absent, null, false, 0, '', [] and {}. */
export function given<T>(value: T): T | undefined {
  return truth(value) ? value : undefined
}

/** Whether Go templates see something in it. */
export { truth }

/** The first value that Go templates see something in; the last one when there is none. */
export function first(...values: readonly unknown[]): unknown {
  return values.find(truth) ?? values.at(-1)
}

/** The text that Helm prints for a value; nothing for null and what is absent. */
export function print(value: unknown): string {
  return value === null || value === undefined ? '' : printed(value)
}

/** Text that can only be one plain scalar wherever it stands, such as `100%` or `--log_output_level=default:info`. */
const unremarkable = /^(?!-$|---)(?:[\w./+~$(-](?:[\w./+~=,@%$()-]|:(?=.))*)?$/

/** A value that stands in YAML without quotes, so that its text is typed anew: `"5"` is the number 5, `""` is null. */
export function raw(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const text = print(value)
  return unremarkable.test(text) ? resolvePlain(text) : fromYaml(text, text)
}

/** A value between double quotes: always text, in which YAML's escapes count. */
export function text(value: unknown): unknown {
  const content = print(value)
  return /["\\\n]/.test(content) ? fromYaml(`"${content}"`, content) : content
}

/** A value as an escaped string: any text stays as it is, and null stays null. */
export function quoted(value: unknown): string | null {
  return value === null || value === undefined ? null : print(value)
}

/**
 * A value that breaks the manifest in which it stands, such as a quote inside a quoted place. A renderer has no other
 * way to stop; the render stage turns it into a problem at the place where the user wrote the value.
 */
export class Unprintable extends Error {
  readonly value: string
  constructor(value: string) {
    super('a value breaks the manifest in which it stands')
    this.value = value
  }
}

function fromYaml(yaml: string, value: string): unknown {
  let broken = false
  const [document] = readDocuments(`value: ${yaml}\n`, '', () => {
    broken = true
  })
  const fields = map(document?.value)
  if (broken || Object.keys(fields).length !== 1) throw new Unprintable(value)
  return fields.value
}

/** The value as a map; an empty one for anything else. */
export function map(value: unknown): { readonly [key: string]: unknown } {
  return isMap(value) ? value : {}
}

/** The value under a path of keys; undefined where there is none. */
export function valueAt(tree: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((here, step) => map(here)[step], tree)
}

/** The value as a list; an empty one for anything else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The entries of a map in the order of its keys, as Go templates walk it. */
export function sorted(value: unknown): [string, unknown][] {
  return Object.entries(map(value)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** A map with each value passed through a word: `mapped(v.podLabels, text)`. */
export function mapped(value: unknown, word: (value: unknown) => unknown): { readonly [key: string]: unknown } {
  return Object.fromEntries(sorted(value).map(([key, member]) => [key, word(member)]))
}

/** Deep merge as the charts do it: maps into maps, anything else replaces; an empty map over a map changes nothing. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over
  const result: { [key: string]: unknown } = { ...base }
  for (const [key, value] of Object.entries(over)) result[key] = key in base ? merged(base[key], value) : value
  return result
}

/** What an environment variable can be: text, a source, or nothing. */
type Variable = unknown

/** `{ NAME: 'text', POD: field('metadata.name'), GONE: undefined }` as a list of variables, in that order. */
export function env(variables: { readonly [name: string]: Variable }): unknown[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [isMap(value) ? { name, valueFrom: value } : { name, value }],
  )
}

/** A user's own variables, by name: the names are printed unquoted, the values quoted. */
export function userEnv(variables: unknown): unknown[] {
  return sorted(variables).map(([name, value]) => ({ name: raw(name), value: text(value) }))
}

/** A variable's value taken from a field of the pod; `version` where the chart names the API version. */
export function field(fieldPath: string, apiVersion?: 'v1'): { readonly fieldRef: unknown } {
  return { fieldRef: apiVersion ? { apiVersion, fieldPath } : { fieldPath } }
}

/** A variable's value taken from the container's own resources, in whole units. */
export function resourceField(resource: string): { readonly resourceFieldRef: unknown } {
  return { resourceFieldRef: { resource, divisor: '1' } }
}

/** Requests and limits with the entries that say something; null when none does (the charts leave the key there). */
export function resources(value: unknown): unknown {
  const block = (entries: unknown) => {
    const said = sorted(entries).filter(([, amount]) => truth(amount))
    return said.length > 0 ? Object.fromEntries(said.map(([name, amount]) => [name, raw(amount)])) : undefined
  }
  const limits = block(map(value).limits)
  const requests = block(map(value).requests)
  return limits || requests ? { limits, requests } : null
}

/** `istiod` or `istiod-canary`: a name with its revision, unless that is empty. */
export function withRevision(name: string, revision: unknown): string {
  return revision === '' ? name : `${name}-${print(revision)}`
}

/** The labels that Helm's conventions put on every object of a chart. */
export function commonLabels(chart: string, version: string): { readonly [label: string]: string } {
  return {
    'app.kubernetes.io/managed-by': 'Helm',
    'app.kubernetes.io/instance': 'istio',
    'app.kubernetes.io/part-of': 'istio',
    'app.kubernetes.io/version': version,
    'helm.sh/chart': `${chart}-${version}`.replaceAll('+', '_').slice(0, 63).replace(/-+$/, ''),
  }
}

/** `hub/image:tag-variant`; an image that holds a slash is complete already. */
export function imageReference(hub: unknown, image: unknown, tag: unknown, variant: unknown): unknown {
  if (print(image).includes('/')) return text(image)
  return text(`${print(hub)}/${print(image)}:${print(tag)}${truth(variant) ? `-${print(variant)}` : ''}`)
}

/** Whether `global.resourceScope` asks for the objects inside namespaces, or for those of the whole cluster. */
export function inScope(resourceScope: unknown, scope: 'namespace' | 'cluster'): boolean {
  return resourceScope === 'all' || resourceScope === scope
}

/** The names of Secrets with which images are pulled, as a ServiceAccount lists them. */
export function pullSecrets(names: unknown): unknown {
  return truth(names) ? each(names).map((name) => ({ name: raw(name) })) : undefined
}

/** The value as charts make a whole number of it: fractions are cut off, a text is read, all else is 0. */
export function wholeNumber(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') return /^[-+]?\d+(\.0*)?$/.test(value) ? Number(value) : 0
  return typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0
}

/** The value through the word, where Go templates see something in it: `givenAs(v.loadBalancerIP, text)`. */
export function givenAs<T>(value: unknown, word: (value: unknown) => T): T | undefined {
  return truth(value) ? word(value) : undefined
}

/** What a template's `range` walks: the items of a list, or the members of a map in the order of its keys. */
export function each(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : sorted(value).map(([, member]) => member)
}

/** The labels that tell the revision, the IstioOperator and the component to which an object belongs. */
export function ownerLabels(
  component: string,
  values: { readonly revision?: unknown; readonly ownerName?: unknown },
): { readonly [label: string]: unknown } {
  return {
    'istio.io/rev': quoted(first(values.revision, 'default')),
    'install.operator.istio.io/owning-resource': raw(first(values.ownerName, 'unknown')),
    'operator.istio.io/component': component,
  }
}

/** The spec of a NetworkPolicy that lets everything out, and in what its rules (lists of ports) allow. */
export function admit(matchLabels: unknown, ...rules: readonly (readonly unknown[])[]): Fields {
  return {
    podSelector: { matchLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: rules.map((ports) => ({ ports })),
    egress: [{}],
  }
}

/** A port of a NetworkPolicy's rule. */
export function tcp(port: unknown): Fields {
  return { protocol: 'TCP', port }
}

/** The spec of a ResourceQuota that lets so many pods run with the priority that a node depends on. */
export function nodeCriticalPods(pods: unknown): Fields {
  return {
    hard: { pods: quoted(pods) },
    scopeSelector: {
      matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: ['system-node-critical'] }],
    },
  }
}
