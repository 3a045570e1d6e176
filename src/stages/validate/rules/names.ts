import { map } from '../../../components/words.ts'
import type { Path } from '../../../problem.ts'
import { at, each, find, type Node, quote, type Rule, type Tell } from './rule.ts'

const forms = {
  label: {
    fits: (text: string) => text.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text),
    must: 'be at most 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  },
  name: {
    fits: (text: string) =>
      text.length <= 253 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(text),
    must: 'be at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
  },
  labelValue: {
    fits: (text: string) => text.length <= 63 && /^[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?$/.test(text),
    must: 'be at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  },
} as const

interface Named {
  /** Below `spec`; `*` stands for each item of a list. */
  readonly path: Path
  readonly form: keyof typeof forms
  readonly code: 'invalid-namespace' | 'invalid-name'
  /** Words that have a meaning of their own there. */
  readonly also?: readonly string[]
}

const namespace = (...path: Path): Named => ({ path, form: 'label', code: 'invalid-namespace' })
const named = (form: Named['form'], ...path: Path): Named => ({ path, form, code: 'invalid-name' })
const exported = (field: string): Named => ({ ...namespace('meshConfig', field, '*'), also: ['*', '.', '~'] })

/** Where names of objects, of namespaces and for labels stand. */
const places: readonly Named[] = [
  namespace('values', 'global', 'istioNamespace'),
  namespace('meshConfig', 'rootNamespace'),
  namespace('components', 'pilot', 'namespace'),
  namespace('components', 'cni', 'namespace'),
  namespace('components', 'ztunnel', 'namespace'),
  namespace('components', 'ingressGateways', '*', 'namespace'),
  namespace('components', 'egressGateways', '*', 'namespace'),
  namespace('values', 'pilot', 'trustedZtunnelNamespace'),
  namespace('values', 'pilot', 'taint', 'namespace'),
  namespace('values', 'cni', 'excludeNamespaces', '*'),
  exported('defaultServiceExportTo'),
  exported('defaultVirtualServiceExportTo'),
  exported('defaultDestinationRuleExportTo'),
  named('label', 'values', 'revisionTags', '*'),
  named('label', 'values', 'defaultRevision'),
  named('name', 'values', 'global', 'imagePullSecrets', '*'),
  named('name', 'values', 'global', 'priorityClassName'),
  named('name', 'values', 'global', 'trustBundleName'),
  named('name', 'values', 'pilot', 'crlConfigMapName'),
  named('label', 'values', 'ztunnel', 'resourceName'),
  named('labelValue', 'values', 'global', 'network'),
  ...['pilot', 'cni', 'ztunnel'].map((component) => named('name', 'components', component, 'k8s', 'priorityClassName')),
  ...['ingressGateways', 'egressGateways'].map((list) =>
    named('name', 'components', list, '*', 'k8s', 'priorityClassName'),
  ),
]

/** Names get what is added to them, and none may be longer than 63 characters: Services are called `istiod-<revision>`. */
const longestRevision = 63 - 'istiod-'.length

/**
 * Reports `invalid-revision`, `reserved-revision`, `invalid-name`, `invalid-namespace` and `missing-name` for names that
 * the API server would refuse. istioctl looks at the revision, though not for capitals, and at the characters in the
 * names of gateways.
 */
export const names: Rule = (subject, tell) => {
  const { spec, resolved, entries } = subject
  revision(at(spec, 'revision'), resolved.revision, tell)
  for (const list of ['ingressGateways', 'egressGateways']) {
    for (const { path, value } of each(at(spec, 'components', list))) gatewayName(path, value, tell)
  }
  for (const { component, settings, path } of entries) {
    if (component.many === undefined || settings.name) continue
    tell({
      grade: 'mistake',
      code: 'missing-name',
      path,
      must: 'have a `name`: what is rendered for a gateway without one has no name either',
      hint: `write \`name: ${component.many}\`, or another one.`,
    })
  }
  for (const place of places) {
    for (const { path, value } of find({ path: ['spec'], value: spec }, place.path)) {
      const { fits, must } = forms[place.form]
      if (typeof value !== 'string' || value === '' || fits(value) || place.also?.includes(value)) continue
      tell({ grade: 'mistake', code: place.code, path, must: `${must}; it is ${quote(value)}`, hint: nameHint(value) })
    }
  }
}

function revision(said: Node, effective: string, tell: Tell): void {
  const path = ['spec', 'values', 'revision']
  const istioctl = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
  if (typeof said.value === 'string' && said.value !== '' && !istioctl.test(said.value)) {
    tell({
      grade: 'rejected',
      code: 'invalid-revision',
      path: said.path,
      must: `${forms.label.must}; it is ${quote(said.value)}`,
      hint: nameHint(said.value),
    })
  } else if (effective !== '' && (!forms.label.fits(effective) || effective.length > longestRevision)) {
    tell({
      grade: 'mistake',
      code: 'invalid-revision',
      path,
      must: `be at most ${longestRevision} lower-case letters, digits and "-", as objects are named after it; it is ${quote(effective)}`,
      hint: nameHint(effective),
    })
  } else if (effective === 'default') {
    tell({
      grade: 'warning',
      code: 'reserved-revision',
      path,
      must: 'not be "default": objects are called `istiod-default` then, and settings below `k8s` miss them',
      hint: 'leave it out for the default revision, or add the tag "default" to `values.revisionTags` of a named one.',
    })
  }
}

function gatewayName(path: Path, gateway: unknown, tell: Tell): void {
  const { name } = map(gateway)
  if (typeof name !== 'string' || name === '' || /^[a-z0-9.-]{1,254}$/.test(name)) return
  tell({
    grade: 'rejected',
    code: 'invalid-name',
    path: [...path, 'name'],
    must: `${forms.label.must}; it is ${quote(name)}`,
    hint: nameHint(name),
  })
}

/** The name that was probably meant. */
function nameHint(text: string): string | undefined {
  const close = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return close !== text && close !== '' && close.length <= 63 ? `did you mean "${close}"?` : undefined
}
