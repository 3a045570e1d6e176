import type { KubeObject } from '../../k8s/object.ts'
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
    hint: string | undefined,
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
