import { obsoleteMeshField } from '../../istio/obsolete-mesh-fields.ts'
import { formOf } from '../../k8s/forms.ts'
import type { Shape, TypeSource } from '../../k8s/json-schema.ts'
import { isMap } from '../../k8s/object.ts'
import { dotted, nearest, type Path, type Problem, type Report } from '../../problem.ts'
import type { Finding } from './check.ts'
import type { DecodedOtherwise } from './decoded-otherwise.ts'
import { isDecodable, isMergeKey, judged, type Mistake } from './leniency.ts'
import { pathOf, read } from './read.ts'
import type { Written } from './schema.ts'
import { schemaTypes } from './schema-types.js'
import { isSecret, shown } from './shown.ts'
import { suggestField } from './suggest.ts'
import { properName, trace } from './trace.ts'
import { wordingOf } from './wording.ts'

/** Makes problems of what the validators found; `otherwise` are values that only istioctl refuses. */
export function tellMistakes(
  found: readonly Finding[],
  otherwise: readonly DecodedOtherwise[],
  { operator: document, locate }: Written,
  report: Report,
): void {
  const types = schemaTypes()
  const source: TypeSource = (name) => (Object.hasOwn(types, name) ? types[name] : undefined)
  for (const finding of found) {
    if (finding.keyword === 'missing' && isMistyped(finding.field, finding.instancePath, found)) continue
    const told = tell({ finding, document, source, path: pathOf(finding.instancePath, document) })
    if (!told) continue
    const { place, part, ...problem } = told
    const at = locate(place, part)
    const isTyped = at?.file.startsWith('--') && typeof problem.proposed === 'string' && problem.code === 'wrong-type'
    report({ ...problem, at, ...(isTyped && { hint: 'on the command line this is no text: write it into a file.' }) })
  }
  for (const { path, needs } of otherwise) {
    report({
      code: 'istioctl-rejects',
      severity: 'info',
      istioctl: 'error',
      message: `\`${dotted(path)}\` must hold ${needs} for istioctl, although the charts read it as it is here`,
      path: dotted(path),
      at: locate(path, 'value'),
      hint: 'istioctl takes it below `unvalidatedValues`.',
    })
  }
}

/** Whether a field is only missing because its name is misspelt there. */
function isMistyped(field: string | undefined, instancePath: string, found: readonly Finding[]): boolean {
  return found.some(
    (other) =>
      other.keyword === 'unknown' &&
      other.instancePath === instancePath &&
      nearest(other.field ?? '', [field ?? '']).length > 0,
  )
}

/** A problem but for its position, which is that of `part` at `place`. */
type Told = Omit<Problem, 'at'> & { readonly place: Path; readonly part: 'key' | 'value' }

function tell(mistake: Mistake): Told | undefined {
  const { finding, path } = mistake
  const { field = '' } = finding
  const place = [...path, field]
  const at = (part: 'key' | 'value', where: Path = place) => ({ path: dotted(place), place: where, part })
  const name = dotted(place)
  const around = trace(path, 'IstioOperator', mistake.source)
  const type = typeof around.shape === 'string' ? mistake.source(around.shape) : undefined
  const proper = type && properName(field, type)
  switch (finding.keyword) {
    case 'value':
      return wrongValue(mistake)
    case 'unknown':
      if (isObsolete(place)) return undefined
      return {
        code: 'unknown-field',
        ...judged(mistake, around, type?.matching === 'snake'),
        message: `\`${name}\` must be a known field; "${field}" is none`,
        hint: suggestField(path, field, 'IstioOperator', mistake.source),
        ...at('key'),
      }
    case 'case':
      return {
        code: 'wrong-case',
        ...judged(mistake, around, true),
        message: `\`${name}\` must be written \`${proper}\`: istioctl takes any case and then ignores what isn't exact`,
        hint: `did you mean \`${proper}\`?`,
        ...at('key'),
      }
    case 'alias':
      return {
        code: 'other-name',
        severity: 'warning',
        message: `\`${name}\` must be written \`${proper}\`: the other name passes, but the charts don't read it`,
        hint: `did you mean \`${proper}\`?`,
        ...at('key'),
      }
    case 'key':
      return {
        code: 'wrong-format',
        ...judged(mistake, around, true),
        message: `"${field}" in \`${dotted(path)}\` must ${keyForm(around.shape)?.must ?? 'be a known name'}`,
        ...at('key'),
      }
    case 'exclusive':
      return {
        code: 'exclusive-fields',
        ...judged(mistake, around, true),
        message: `\`${name}\` must not be given: only one of ${listed(rivals(mistake, type?.exclusive))} counts`,
        hint: 'keep the one that is meant.',
        ...at('key'),
      }
    case 'missing':
      return {
        code: 'missing-field',
        ...judged(mistake, around, !isMergeKey(path, field)),
        message: `\`${dotted(path)}\` must have the field \`${field}\``,
        ...at('value', path),
      }
  }
}

function wrongValue(mistake: Mistake): Told {
  const { path, document, source } = mistake
  const place = trace(path, 'IstioOperator', source)
  const value = read(document, path)
  const around = read(document, path.slice(0, -1))
  const { code, must, hint, proposed } = wordingOf(place.shape, value, fieldName(path), source)
  const name = path.length === 0 ? 'the document' : `\`${dotted(path)}\``
  return {
    code,
    ...judged(mistake, place, isDecodable(place.shape, value)),
    message: `${name} must ${must}; it is ${shown(value, path, around)}`,
    hint,
    path: dotted(path),
    // What is no scalar may hold secrets further in.
    ...(typeof value !== 'object' && !isSecret(value, path, around) && { value }),
    ...(proposed !== undefined && { proposed }),
    place: path,
    part: 'value',
  }
}

/** A field that Istio knew once is told as such by a rule of its own. */
function isObsolete(path: Path): boolean {
  const index = path.indexOf('meshConfig')
  return index > 0 && obsoleteMeshField(path.slice(index + 1)) !== undefined
}

function keyForm(shape: Shape | undefined) {
  return typeof shape === 'object' && 'map' in shape ? formOf(shape.keys) : undefined
}

/** The fields of a group of which one too many is given. */
function rivals({ finding, path, document }: Mistake, groups: readonly (readonly string[])[] = []): string[] {
  const given = read(document, path)
  const group = groups.find((names) => names.includes(finding.field ?? '')) ?? []
  return group.filter((name) => isMap(given) && given[name] !== undefined && given[name] !== null)
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** The last name on the path. */
function fieldName(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '')
}
