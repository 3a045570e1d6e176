/** Rendered templates as manifests: split into documents, told apart from hooks, in the order of installation. */

import { compareText } from '../gotemplate/value.ts'
import type { Problem } from '../problem.ts'
import { ChartError } from './failed.ts'
import { isSpace, trimSpace } from './sprig/characters.ts'
import { base } from './sprig/paths.ts'
import { jsonTypeError, readYaml } from './text/yaml.ts'

/** A place in what a template wrote; lines and columns are counted from 0. */
export interface OutputSpot {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** What a template wrote is no YAML, or no object. */
export class OutputError extends ChartError {
  readonly spot: OutputSpot
  constructor(message: string, spot: OutputSpot, hint?: string) {
    super(message, 'chart-output', hint)
    this.spot = spot
  }
}

export interface Manifest {
  /** The template that it comes from. */
  readonly path: string
  readonly content: string
  readonly kind: string
  /** What the content says, read as Go reads YAML; null for comments only. */
  readonly value: Readonly<Record<string, unknown>> | null
}

export interface Hook extends Manifest {
  /** When it runs: `pre-install`, `test` and so on. */
  readonly events: readonly string[]
}

/** The kinds in the order in which Helm installs them; what is not listed comes after, by name. */
const installOrder = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
]

const hookEvents = new Set([
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
  'test-success',
])

/** The documents of a stream, each without white space before it; those of nothing but white space are left out. */
export function splitDocuments(text: string): string[] {
  return withoutLeadingSpace(text)
    .split(/^---[ \t]*/m)
    .map(withoutLeadingSpace)
    .filter((document) => trimSpace(document) !== '')
}

function withoutLeadingSpace(text: string): string {
  let from = 0
  while (from < text.length && isSpace(text.charAt(from))) from++
  return text.slice(from)
}

/**
 * The manifests and hooks that rendered templates hold, each in the order of installation; `NOTES.txt` and hooks for
 * events that Helm doesn't know are left out. Throws an OutputError for text that is no YAML.
 */
export function manifestsOf(texts: ReadonlyMap<string, string>): {
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
} {
  const manifests: Manifest[] = []
  const hooks: Hook[] = []
  for (const path of [...texts.keys()].sort(compareText)) {
    if (base(path).startsWith('_') || path.endsWith('NOTES.txt')) continue
    const documents = splitDocuments(texts.get(path) ?? '')
    for (const [i, content] of documents.entries()) {
      const { kind, hook, value } = headOf(content, path, (line, column) => {
        const start = startOf(texts.get(path) ?? '', documents, i)
        return { path, line: start.line + line, column: line === 0 ? start.column + column : column }
      })
      if (hook === undefined) {
        manifests.push({ path, content, kind, value })
        continue
      }
      const events = hook.split(',').map((event) => trimSpace(event).toLowerCase())
      if (events.every((event) => hookEvents.has(event)))
        hooks.push({ path, content, kind, value, events: events.map((event) => event.replace('test-success', 'test')) })
    }
  }
  return { manifests: manifests.sort(byKind), hooks: hooks.sort(byKind) }
}

function byKind({ kind: a }: Manifest, { kind: b }: Manifest): number {
  const [left, right] = [installOrder.indexOf(a), installOrder.indexOf(b)]
  if (left < 0 && right < 0) return compareText(a, b)
  return left < 0 ? 1 : right < 0 ? -1 : left - right
}

type Map = Readonly<Record<string, unknown>>

/** Where a document begins in the text from which it was split. */
function startOf(text: string, documents: readonly string[], n: number): Omit<OutputSpot, 'path'> {
  let at = 0
  for (const document of documents.slice(0, n)) at = text.indexOf(document, at) + document.length
  const lines = text.slice(0, text.indexOf(documents[n] ?? '', at)).split('\n')
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 }
}

/** A document's kind, and the events of the hook that it is; `spotOf` tells where a place of it is in the output. */
function headOf(
  content: string,
  path: string,
  spotOf: (line: number, column: number) => OutputSpot,
): Pick<Manifest, 'kind' | 'value'> & { readonly hook?: string | undefined } {
  const read = readYaml(content)
  if ('problem' in read) {
    const { line, column, hint } = wrongLine(read.problem, content)
    throw new OutputError(`YAML parse error on ${path}: ${read.text}`, spotOf(line, column), hint)
  }
  const { value } = read
  if (value === null) return { kind: '', value }
  const fail = (wrong: unknown, wanted: string) => {
    throw new OutputError(`YAML parse error on ${path}: ${jsonTypeError(wrong, wanted)}`, spotOf(0, 0))
  }
  if (!isMap(value)) return fail(value, 'value of type util.SimpleHead')
  const text = (item: unknown, field: string): string => {
    if (item === null || item === undefined) return ''
    return typeof item === 'object' ? fail(item, `struct field ${field} of type string`) : String(item)
  }
  const metadata = fieldOf(value, 'metadata') ?? {}
  const type = 'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }'
  if (!isMap(metadata)) return fail(metadata, `struct field SimpleHead.metadata of type ${type}`)
  text(fieldOf(value, 'apiVersion'), 'SimpleHead.apiVersion')
  text(fieldOf(metadata, 'name'), '.metadata.name')
  const kind = text(fieldOf(value, 'kind'), 'SimpleHead.kind')
  const annotations = fieldOf(metadata, 'annotations') ?? {}
  if (!isMap(annotations)) return fail(annotations, 'struct field .metadata.annotations of type map[string]string')
  for (const item of Object.values(annotations)) text(item, '.metadata.annotations')
  const hook = Object.hasOwn(annotations, 'helm.sh/hook') ? text(annotations['helm.sh/hook'], '') : undefined
  return { kind, hook, value }
}

/** The line that is no YAML, which stands in no file, and what we have to say of it. */
function wrongLine({ at, message }: Problem, content: string) {
  const lines = content.split('\n')
  // A fault that ends a block is found at the blank lines before the line that it is about.
  const index = at ? lines.findIndex((line, i) => i >= at.line - 1 && line.trim() !== '') : -1
  if (at === undefined || index < 0) return { line: 0, column: 0 }
  const found = lines[index] ?? ''
  const column = index === at.line - 1 ? at.col - 1 : found.search(/\S/)
  return {
    line: index,
    column,
    hint: `line ${index + 1} of what the template wrote is "${found.trim()}": ${message}`,
  }
}

/** A field by its name, or by one that differs in case only. */
function fieldOf(map: Map, name: string): unknown {
  if (Object.hasOwn(map, name)) return map[name]
  const other = Object.keys(map).find((key) => key.toLowerCase() === name.toLowerCase())
  return other === undefined ? undefined : map[other]
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
