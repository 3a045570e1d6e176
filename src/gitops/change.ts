import type { Fields, KubeObject } from '../k8s/object.ts'
import type { ChangeName } from '../settings.ts'
import type { Resolved } from '../stages/2-resolve.ts'
import type { Entry } from '../stages/render/entries.ts'
import type { Rendered } from '../stages/stage.ts'

/**
 * A way in which the output differs from istioctl's, so that a GitOps engine can apply it again and again: each one has
 * a name, under which `keep` switches it off, and a section in docs/gitops-changes.md with both fragments of YAML.
 */
export interface Change {
  readonly name: ChangeName
  /** Changes the values that one component is rendered from. */
  readonly values?: (values: Fields, entry: Entry, resolved: Resolved) => Fields
  /** Changes an object as the chart has it; what the user's patches say comes later and wins. */
  readonly rendered?: (object: KubeObject) => KubeObject
  /** Changes the whole mesh, patches included. */
  readonly mesh?: (
    rendered: readonly Rendered[],
    resolved: readonly Resolved[],
    present: readonly KubeObject[],
  ) => Rendered[]
}
