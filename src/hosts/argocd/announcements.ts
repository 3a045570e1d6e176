import { map } from '../../components/words.ts'
import { parseSet } from '../../istio/set.ts'
import { isMap } from '../../k8s/object.ts'
import { splitPath } from '../../k8s/path.ts'
import { isSecret } from '../../problems/secret.ts'
import type { Settings } from '../../settings.ts'
import type { Plane, Resolved } from '../../stages/2-resolve.ts'
import { profileName } from '../../stages/resolve/profiles.ts'
import { type ParameterName, parameters } from './parameters.ts'

/** A parameter as Argo CD wants it announced; its value stands in the field that `collectionType` names. */
export interface Announcement {
  readonly name: string
  readonly title: string
  readonly tooltip: string
  readonly required: false
  readonly itemType: 'string'
  readonly collectionType: '' | 'array' | 'map'
  readonly string?: string
  readonly array?: readonly string[]
  readonly map?: { readonly [key: string]: string }
}

type Current = { readonly [Name in ParameterName]?: Pick<Announcement, 'string' | 'array' | 'map'> }

/**
 * What is announced of an Application whose control planes these are, each as it is written and as it is meant. A value
 * that differs between control planes is left open.
 */
export function announcements(
  settings: Settings,
  planes: readonly Plane[],
  resolved: readonly Resolved[],
): Announcement[] {
  const same = (values: readonly unknown[]) => {
    const [first, ...others] = values.map((value) => (typeof value === 'string' ? value : ''))
    return { string: first !== undefined && others.every((other) => other === first) ? first : '' }
  }
  const current: Current = {
    profile: same(resolved.map((_, index) => profileOf(planes[index], settings))),
    revision: same(resolved.map(({ revision }) => revision)),
    hub: same(resolved.map(({ values }) => map(values.global).hub)),
    tag: same(resolved.map(({ values }) => map(values.global).tag)),
    environment: { string: settings.environment ?? '' },
    set: { array: [] },
    values: { map: planes.length === 1 ? valuesOf(planes[0]) : {} },
  }
  return parameters.flatMap(({ name, title, tooltip, collectionType, announced }) =>
    announced === 'dynamic'
      ? [{ name, title, tooltip, required: false, itemType: 'string', collectionType, ...current[name] } as const]
      : [],
  )
}

/** The profile that a control plane names: by a setting, else in its last file. */
function profileOf(plane: Plane | undefined, { sets }: Settings): string {
  const named = sets.findLast(({ text }) => text.startsWith('profile='))?.text.slice('profile='.length)
  const [written] = (plane?.documents ?? []).flatMap(({ value }) => profileName(value) ?? []).slice(-1)
  return named ?? written ?? 'default'
}

/**
 * The values that the control plane's own files give, by path: those that the form can give back as they are. Secrets
 * stay where they are.
 */
function valuesOf(plane: Plane | undefined): { readonly [path: string]: string } {
  const found = (plane?.documents ?? []).flatMap(({ value }) => leaves(map(map(value).spec).values, ''))
  const kept = found.filter(([path, text, value]) => {
    const said = parseSet(`values.${path}=${text}`)
    return !said.problem && !said.doubt && said.value === value && !isSecret(path)
  })
  return Object.fromEntries(kept.map(([path, text]) => [path, text]))
}

function leaves(value: unknown, path: string): [path: string, text: string, value: unknown][] {
  if (isMap(value)) {
    return Object.entries(value).flatMap(([key, member]) => {
      const step = key.replaceAll('.', '\\.')
      const isOne = splitPath(step).length === 1 && splitPath(step)[0]?.text === key
      return isOne ? leaves(member, path === '' ? step : `${path}.${step}`) : []
    })
  }
  return path !== '' && ['string', 'number', 'boolean'].includes(typeof value) ? [[path, String(value), value]] : []
}
