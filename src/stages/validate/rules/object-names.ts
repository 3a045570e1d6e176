import { components } from '../../../components/index.ts'
import { items, map } from '../../../components/words.ts'
import { isMap, row } from '../../../k8s/object.ts'
import type { Path, Problem } from '../../../problem.ts'
import { display } from '../../order/display.ts'
import { podOf } from '../../order/pods.ts'
import { has } from '../../resolve/layers.ts'
import type { Rendered } from '../../stage.ts'
import { entryPath, type Mesh, type MeshRule, planeOf } from './mesh.ts'
import { quote } from './rule.ts'

interface Form {
  readonly longest: number
  readonly pattern: RegExp
  readonly must: string
}

const subdomain: Form = {
  longest: 253,
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  must: 'lower-case letters, digits, "-" and "."',
}
const service: Form = {
  longest: 63,
  pattern: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  must: 'lower-case letters, digits and "-", with a letter at the start',
}
const label: Form = {
  ...service,
  pattern: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  must: 'lower-case letters, digits and "-"',
}
/** Roles are looked up by path, and may be called almost anything. */
const segment: Form = { longest: 253, pattern: /^(?!\.{1,2}$)[^/%]+$/, must: 'a name without "/" and "%"' }

/** The forms of names, where the API server doesn't ask for a DNS name. */
const forms: { readonly [kind: string]: Form } = {
  Service: service,
  Namespace: label,
  Role: segment,
  RoleBinding: segment,
  ClusterRole: segment,
  ClusterRoleBinding: segment,
}

/**
 * Reports `invalid-object-name` and `invalid-label` for names and labels that the API server refuses, most of which are
 * put together from several settings: too long, or with a character in them that may not be there.
 */
export const objectNames: MeshRule = (mesh, tell) => {
  const told = new Set<string>()
  for (const item of mesh.rendered) {
    const { kind, metadata } = item.object
    const { longest, pattern, must } = row(forms, kind) ?? subdomain
    const name = metadata.name
    // One setting goes into the names of many objects.
    const say = (code: Problem['code'], path: Path, why: string, hint: string) => {
      const key = `${code} ${item.owner} ${path.join('/')}`
      if (told.has(key)) return
      told.add(key)
      tell(item, { grade: 'mistake', code, path, must: why, hint })
    }
    if (typeof name === 'string' && (name.length > longest || !pattern.test(name))) {
      say(
        'invalid-object-name',
        origin(mesh, item, name),
        `leave the name of ${display(item.object)} valid: at most ${longest} characters, ${must}; ${name.length > longest ? `it has ${name.length}` : 'it is not of that form'}`,
        'shorten or change the name.',
      )
    }
    for (const labels of [metadata.labels, podOf(item.object)?.labels]) {
      for (const [key, value] of Object.entries(map(labels))) {
        if (typeof value !== 'string' || isLabelValue(value)) continue
        say(
          'invalid-label',
          origin(mesh, item, value),
          `leave the label "${key}" of ${display(item.object)} valid: at most 63 letters, digits, "-", "_" and "."; it is ${quote(value)}`,
          'shorten or change what the label is made of.',
        )
      }
    }
  }
}

function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && /^[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?$/.test(text))
}

/** The setting that a name or label is made of: that whose text is part of it, the longest first. */
function origin(mesh: Mesh, item: Rendered, text: string): Path {
  const plane = planeOf(mesh, item)
  const entry = entryPath(item)
  const root = components.find(({ name }) => name === item.component)?.valuesRoot ?? []
  if (!plane) return entry
  const fixed: Path[] = [
    [...entry, 'name'],
    ['spec', 'values', 'revision'],
    ['spec', 'values', 'global', 'istioNamespace'],
    ['spec', 'values', 'ztunnel', 'resourceName'],
    ['spec', 'values', 'global', 'network'],
    ...items(plane.values.revisionTags).map((_, index): Path => ['spec', 'values', 'revisionTags', index]),
    ...below(plane.spec, entry.slice(1), 'label'),
    ...['podLabels', 'deploymentLabels', 'labels'].flatMap((field) => below(plane.spec, ['values', ...root], field)),
  ]
  const found = fixed
    .map((path) => ({ path, value: valueAt(plane.spec, plane.values, path) }))
    .filter(({ value }) => value !== '' && text.includes(value))
    .sort((a, b) => b.value.length - a.value.length)
  return found[0]?.path ?? entry
}

function below(spec: unknown, path: Path, field: string): Path[] {
  const whole = [...path, field]
  const value = whole.reduce<unknown>(
    (here, step) => (Array.isArray(here) ? here[Number(step)] : map(here)[step]),
    spec,
  )
  return isMap(value) ? Object.keys(value).map((key) => ['spec', ...whole, key]) : []
}

/** What stands there as text; a revision may have come from the spec. */
function valueAt(spec: unknown, values: unknown, path: Path): string {
  const tree = has({ spec }, path) ? { spec } : { spec: { values } }
  const value = path.reduce<unknown>((here, step) => (Array.isArray(here) ? here[Number(step)] : map(here)[step]), tree)
  return typeof value === 'string' ? value : ''
}
