import type { Fields } from '../../k8s/object.ts'
import type { Path, Position, Report } from '../../problem.ts'
import { decodedOtherwise } from './decoded-otherwise.ts'
import { tellMistakes } from './mistakes.ts' // on demand
import { operator } from './validators.js'

/** A merged IstioOperator, and where its parts are written. */
export interface Written {
  /** The whole document: `apiVersion`, `kind`, `metadata`, `spec`. */
  readonly operator: Fields
  readonly locate: (path: Path, part?: 'key' | 'value') => Position | undefined
}

/**
 * Holds a merged IstioOperator against the schemas of its fields, down to the Kubernetes types and the configuration of
 * the mesh.
 *
 * Reports `unknown-field`, `wrong-case`, `other-name`, `wrong-type`, `wrong-format`, `out-of-range`,
 * `not-allowed-value`, `exclusive-fields`, `missing-field` and `istioctl-rejects`: one problem a mistake, at the key or
 * the value that it lies in.
 *
 * istioctl looks less closely: it takes unknown fields of the mesh's configuration, keys in the wrong case, and words
 * that only the API server refuses. Under its name those are warnings.
 */
export function checkSchema(written: Written, report: Report): void {
  const found = operator(written.operator, '') ?? []
  const otherwise = decodedOtherwise(written.operator)
  if (found.length > 0 || otherwise.length > 0) tellMistakes(found, otherwise, written, report)
}
