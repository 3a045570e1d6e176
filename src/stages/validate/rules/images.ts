import { first, map, truth } from '../../../components/words.ts'
import { printed } from '../../../gotemplate/value.ts'
import type { Path } from '../../../problem.ts'
import { at, find, type Node, quote, type Rule, type Subject, type Tell } from './rule.ts'

const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const label = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
/** What counts as a registry: a host with a dot or a port, or `localhost`. */
const host = `(?:(?:${label}\\.)+${label}(?::\\d+)?|${label}:\\d+|localhost|\\[[0-9a-fA-F:]+\\](?::\\d+)?)`
const digest = '@sha256:[0-9a-f]{64}'
/** What the container runtime takes before the name of an image. */
const repository = new RegExp(`^(?:${host}/)?(?:${part}/)*${part}$|^${host}$`)
/** A tag, a tag with a digest, or nothing that a runtime could pull. */
const tagged = new RegExp(`^\\w[\\w.-]{0,127}(?:${digest})?$`)
const image = new RegExp(`^(?:${host}/)?(?:${part}/)*${part}(?::\\w[\\w.-]{0,127})?(?:${digest})?$`)

const owners = ['pilot', 'cni', 'ztunnel'] as const

const hubs: readonly Path[] = [
  ['values', 'global', 'hub'],
  ...owners.flatMap((owner): Path[] => [
    ['components', owner, 'hub'],
    ['values', owner, 'hub'],
  ]),
]

const tags: readonly Path[] = [
  ['values', 'global', 'tag'],
  ...owners.flatMap((owner): Path[] => [
    ['components', owner, 'tag'],
    ['values', owner, 'tag'],
  ]),
  ['components', 'ingressGateways', '*', 'tag'],
  ['components', 'egressGateways', '*', 'tag'],
]

const imagePaths: readonly Path[] = [
  ...owners.map((owner): Path => ['values', owner, 'image']),
  ['values', 'global', 'proxy', 'image'],
  ['values', 'global', 'proxy_init', 'image'],
]

/**
 * Reports `invalid-hub`, `invalid-tag` and `invalid-image` for what no image can be named with, and `float-tag` for
 * tags that YAML read as fractions, or that hold the variant already. Of these istioctl looks at `spec.hub` and `spec.tag` alone, and only at which
 * characters they are made of.
 */
export const images: Rule = (subject, tell) => {
  const { spec } = subject
  const hub = at(spec, 'hub')
  if (typeof hub.value === 'string' && hub.value !== '') {
    const mistake = hubMistake(hub.value)
    if (mistake) tell({ grade: 'rejected', code: 'invalid-hub', path: hub.path, ...mistake })
    else checkHub(hub, tell)
  }
  for (const path of hubs) checkHub(at(spec, ...path), tell)

  const tag = at(spec, 'tag')
  if (tag.value !== undefined && tag.value !== null && typeof tag.value !== 'object') {
    if (/^[\w.-]{1,128}$/.test(printed(tag.value))) checkTag(tag, tell)
    else tell({ grade: 'rejected', code: 'invalid-tag', path: tag.path, ...noTag(tag.value) })
  }
  for (const node of tags.flatMap((path) => find({ path: ['spec'], value: spec }, path))) checkTag(node, tell)

  variantTwice(subject, tell)
  for (const path of imagePaths) {
    const { path: whole, value } = at(spec, ...path)
    if (typeof value !== 'string' || !value.includes('/') || image.test(value)) continue
    tell({
      grade: 'mistake',
      code: 'invalid-image',
      path: whole,
      must: `be the name of an image; ${quote(value)} is none`,
      hint: 'write a name, or "registry.example.com/path/name:tag".',
    })
  }
}

/** A variant is put behind the tag whatever the tag ends in, and there is no image of such a name. */
function variantTwice({ spec, effective }: Subject, tell: Tell): void {
  const told = new Set<string>()
  for (const owner of owners) {
    const values = map(effective(owner))
    const [tag, variant] = ['tag', 'variant'].map((name) => first(values[name], map(values.global)[name]))
    const own = [
      ['components', owner, 'tag'],
      ['values', owner, 'tag'],
    ].find((path) => truth(at(spec, ...path).value))
    const path = own ?? ['values', 'global', 'tag']
    if (typeof tag !== 'string' || !truth(variant) || !tag.endsWith(`-${printed(variant)}`)) continue
    if (told.has(path.join('.')) || printed(values.image).includes('/')) continue
    told.add(path.join('.'))
    tell({
      grade: 'warning',
      code: 'invalid-tag',
      path: ['spec', ...path],
      must: `not end in the variant, which is put behind it once more: the image would be of "${tag}-${printed(variant)}"`,
      hint: `leave "-${printed(variant)}" out of the tag.`,
    })
  }
}

/** What istioctl's look at `spec.hub` finds: the registry before the first slash, and the path of istiod's image. */
function hubMistake(text: string): Pick<Parameters<Tell>[0], 'must' | 'hint'> | undefined {
  const [first = '', ...rest] = `${text}/pilot`.split('/')
  const registry = first === 'localhost' || /[.:]/.test(first)
  const path = registry ? rest.join('/') : `${text}/pilot`
  const [odd] = /[^a-z0-9_\-./]/.exec(path) ?? []
  if (odd !== undefined) {
    return {
      must: `be a registry and a path; its path must not hold ${quote(odd)}, as ${quote(text)} does`,
      hint: /[A-Z]/.test(odd) ? 'write the path in lower case.' : 'write it as "registry.example.com/istio".',
    }
  }
  if (path.length < 2 || path.length > 255) return { must: 'be a registry and a path of 2 to 255 characters' }
  if (registry && !/^(?:[^\s:@?#/\\%[\]]*|\[[^\]]*\])(?::\d*)?$/.test(first)) {
    return { must: `begin with a registry's host and port; ${quote(first)} is none` }
  }
  return undefined
}

function checkHub({ path, value }: Node, tell: Tell): void {
  if (typeof value !== 'string' || value === '' || repository.test(value)) return
  const bare = value.replace(/^\w+:\/\//, '').replace(/\/+$/, '')
  tell({
    grade: 'mistake',
    code: 'invalid-hub',
    path,
    must: `be a registry and a path that images can be pulled from; ${quote(value)} is none`,
    hint: bare !== value && repository.test(bare) ? `write "${bare}".` : 'write it as "registry.example.com/istio".',
  })
}

function checkTag({ path, value }: Node, tell: Tell): void {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return
  if (typeof value === 'number' && !Number.isInteger(value)) {
    tell({
      grade: 'warning',
      code: 'float-tag',
      path,
      must: `be text: YAML reads it as the number ${value}, without zeros at its end`,
      hint: `put the tag in quotes, such as "${value}" or "${value}0".`,
    })
  } else if (!tagged.test(printed(value).trim())) {
    tell({ grade: 'mistake', code: 'invalid-tag', path, ...noTag(value) })
  }
}

function noTag(value: unknown): Pick<Parameters<Tell>[0], 'must' | 'hint'> {
  return {
    must: `be a tag: 1 to 128 letters, digits, "_", "-" and "."; ${quote(printed(value))} is none`,
    hint:
      typeof value === 'number'
        ? `put the tag in quotes: "${value}".`
        : 'a tag is what follows the colon of an image, such as "1.30.3".',
  }
}
