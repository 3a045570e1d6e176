import { map } from '../../components/words.ts'
import { type Fields, isMap, type KubeObject } from '../../k8s/object.ts'
import type { Path, Problem, Severity } from '../../problem.ts'

/** What a patch of the user needs to know of its surroundings. */
export interface PatchContext {
  /** Where the patches stand: `spec.components.pilot.k8s`. */
  readonly path: Path
  /** Reports at a place below `path`. */
  readonly report: (
    severity: Severity,
    code: Problem['code'],
    below: Path,
    message: string,
    hint?: string | undefined,
    part?: 'key' | 'value',
  ) => void
}

/** The workload that a component's `k8s` settings mean. */
export interface Target {
  readonly kind: string
  readonly name: string
  readonly container: string
  /** A gateway's ports come in through its values, so the Service keeps them. */
  readonly keepsPorts: boolean
}

/** Whether an object is meant by kind and name, whatever its namespace. */
export function isNamed(object: KubeObject, kind: unknown, name: unknown): boolean {
  return object.kind === kind && object.metadata.name === name
}

/** What an object is no object without, and what it must be. */
const needs: readonly { readonly field: string; readonly fits: (object: Fields) => boolean; readonly what: string }[] =
  [
    { field: 'apiVersion', fits: ({ apiVersion }) => isText(apiVersion), what: 'text' },
    { field: 'kind', fits: ({ kind }) => isText(kind), what: 'text' },
    { field: 'metadata', fits: ({ metadata }) => isMap(metadata), what: 'a map' },
    { field: 'metadata.name', fits: ({ metadata }) => isText(map(metadata).name), what: 'text' },
  ]

/** What must be left of an object that a patch has spoilt, as the end of "must leave …"; nothing when it is fine. */
export function spoilt(patched: unknown, { kind, metadata }: KubeObject): string | undefined {
  const of = `${kind} "${metadata.name}"`
  if (!isMap(patched)) return `something of ${of}`
  const missing = needs.find(({ fits }) => !fits(patched))
  return missing && `${of} with \`${missing.field}\`, and that ${missing.what}`
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
