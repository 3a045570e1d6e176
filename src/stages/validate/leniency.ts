import { formOf } from '../../k8s/forms.ts'
import type { Shape, TypeSource } from '../../k8s/json-schema.ts'
import { type Fields, isMap } from '../../k8s/object.ts'
import { dotted, type Path, type Severity } from '../../problem.ts'
import type { Finding } from './check.ts'
import { read } from './read.ts'
import type { Place } from './trace.ts'
import { decoders } from './validators.js'

/** A finding with all that is needed to tell of it. */
export interface Mistake {
  readonly finding: Finding
  readonly document: Fields
  readonly source: TypeSource
  /** Of the value that the finding is about. */
  readonly path: Path
}

/** An error; for those who ask for istioctl's behaviour a warning where istioctl lets it pass. */
export function judged(mistake: Mistake, place: Place, passes: boolean): { severity: Severity; istioctl?: Severity } {
  const lets = passes || isLoose(mistake, place) || isOverwritten(mistake)
  return lets ? { severity: 'error', istioctl: 'warning' } : { severity: 'error' }
}

/** Whether istioctl decodes the value, of which only the API server or a chart makes nothing. */
export function isDecodable(shape: Shape | undefined, value: unknown): boolean {
  if (value === null) return true
  if (typeof shape === 'string') {
    const decoder = formOf(shape)?.of
    return decoder !== undefined && decoders[decoder]?.(value, '') === null
  }
  if (shape === undefined || 'list' in shape || 'map' in shape) return false
  return 'words' in shape ? typeof value === 'string' : Number.isInteger(value)
}

/** Whether istioctl looks less closely at one of the fields that the mistake lies in, and is content with that one. */
function isLoose({ path, document }: Mistake, { steps }: Place): boolean {
  return steps.some(({ field: { loose }, depth }) => {
    const value = read(document, path.slice(0, depth))
    if (loose === 'structs') return Array.isArray(value) && value.every(isMap)
    return loose === 'any' || (loose === 'struct' && isMap(value))
  })
}

/** Whether the installer puts something else there before it looks: its own switches, and what `spec.meshConfig` says. */
function isOverwritten({ path, finding, document }: Mistake): boolean {
  const whole = finding.field === undefined ? path : [...path, finding.field]
  const [, section, first, ...rest] = whole
  if (section !== 'values') return false
  if (['spec.values.pilot.enabled', 'spec.values.pilot.cni.enabled'].includes(dotted(whole))) return true
  return first === 'meshConfig' && read(document, ['spec', 'meshConfig', ...rest]) !== undefined
}

/** Without the key by which lists are merged the installer can't lay them over what is rendered. */
export function isMergeKey(path: Path, field: string): boolean {
  const list = path.at(-2)
  return path.includes('k8s') && ((list === 'env' && field === 'name') || (list === 'ports' && field === 'port'))
}
