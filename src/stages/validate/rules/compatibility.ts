import { map, valueAt } from '../../../components/words.ts'
import { printed } from '../../../gotemplate/value.ts'
import { compatibilityVersions } from '../../../istio/values-profiles.ts'
import { quote, type Rule, type Subject, type Tell } from './rule.ts'
import { minorsAhead, minorText, parseVersion, type Version } from './version.ts'

/** The Kubernetes versions that each release of Istio is supported on, oldest and newest. */
const kubernetes: { readonly [release: string]: { readonly oldest: string; readonly newest: string } } = {
  '1.30': { oldest: '1.32', newest: '1.36' },
}

/**
 * Reports `unsupported-kubernetes` for a cluster outside of what the release supports, `unknown-compatibility-version`
 * and `old-compatibility-version`, `version-mismatch` for images of another minor version than what is rendered, and
 * `version-skew` between the components' own images. istioctl refuses unknown compatibility versions only.
 */
export const compatibility: Rule = (subject, tell) => {
  const release = parseVersion(subject.version)
  if (!release) return
  cluster(subject, release, tell)
  behaviour(subject, release, tell)
  images(subject, release, tell)
  skew(subject, tell)
}

function cluster({ settings }: Subject, release: Version, tell: Tell): void {
  const supported = kubernetes[minorText(release)]
  const version = parseVersion(settings.kubeVersion ?? '')
  const [oldest, newest] = [parseVersion(supported?.oldest ?? ''), parseVersion(supported?.newest ?? '')]
  if (!version || !oldest || !newest) return
  const old = (minorsAhead(version, oldest) ?? -1) < 0
  if (!old && (minorsAhead(version, newest) ?? 1) <= 0) return
  tell({
    grade: 'warning',
    code: 'unsupported-kubernetes',
    path: ['spec', 'kubeVersion'],
    must: `be ${supported?.oldest} to ${supported?.newest}, on which Istio ${minorText(release)} is supported; it is ${quote(settings.kubeVersion)}`,
    hint: old ? 'upgrade the cluster, or use an older Istio.' : 'a newer Istio supports newer clusters.',
    // What is placed nowhere is what Argo CD says of its cluster.
    at: settings.place?.('kubeVersion') ?? { file: 'KUBE_VERSION', line: 1, col: 1 },
  })
}

function behaviour({ resolved, entries }: Subject, release: Version, tell: Tell): void {
  const { compatibilityVersion: value } = resolved.values
  if (value === undefined || value === null || value === '' || entries.length === 0) return
  const text = printed(value)
  const known = Object.keys(compatibilityVersions)
  const version = parseVersion(text)
  const path = ['spec', 'values', 'compatibilityVersion']
  const ago = version && minorsAhead(release, version)
  if (!known.includes(text)) {
    tell({
      grade: 'rejected',
      code: 'unknown-compatibility-version',
      path,
      must: `name a compatibility version of this release; ${quote(text)} is none`,
      hint:
        ago !== undefined && ago <= 0
          ? `leave it out: the release is ${minorText(release)} itself. Known are ${known.map(quote).join(', ')}.`
          : `Known are ${known.map(quote).join(', ')}.`,
    })
  } else if (ago !== undefined && ago > 2) {
    tell({
      grade: 'warning',
      code: 'old-compatibility-version',
      path,
      must: `be one of the last two minor versions in the long run; ${quote(text)} is ${ago} behind, and goes with one of the next releases`,
      hint: 'read what changed since, and raise it step by step.',
    })
  }
}

function images({ resolved, spec }: Subject, release: Version, tell: Tell): void {
  const { tag } = map(resolved.values.global)
  // What YAML read as a number is told elsewhere, and is hardly what was meant.
  if (typeof spec.tag === 'number') return
  const version = typeof tag === 'string' ? parseVersion(tag) : undefined
  if (!version || (minorsAhead(version, release) === 0 && version.major === release.major)) return
  tell({
    grade: 'warning',
    code: 'version-mismatch',
    path: ['spec', 'values', 'global', 'tag'],
    must: `be a tag of Istio ${minorText(release)}, for which everything is rendered; ${quote(tag)} is of ${minorText(version)}`,
    hint: `the manifests hold what ${minorText(release)} reads, which another minor version may not know: use a render-istio that bundles ${minorText(version)}, or a tag of ${minorText(release)}.`,
  })
}

/** How far the images of two components may be apart: behind istiod by one, and ahead of it by none or one. */
const partners: readonly { readonly component: string; readonly ahead: number }[] = [
  { component: 'cni', ahead: 1 },
  { component: 'ztunnel', ahead: 0 },
  { component: 'ingressGateways', ahead: 0 },
  { component: 'egressGateways', ahead: 0 },
]

function skew({ entries }: Subject, tell: Tell): void {
  const versions = entries.map((entry) => ({ entry, version: versionOf(entry) }))
  const istiod = versions.find(({ entry }) => entry.component.spec === 'pilot')?.version
  if (!istiod) return
  for (const { entry, version } of versions) {
    const partner = partners.find(({ component }) => component === entry.component.spec)
    const ahead = partner && version && minorsAhead(version, istiod)
    if (!partner || !version || ahead === undefined || (ahead <= partner.ahead && ahead >= -1)) continue
    tell({
      grade: 'warning',
      code: 'version-skew',
      path: [...entry.path, 'tag'],
      must: `be at most one minor version behind istiod's${partner.ahead > 0 ? ', or ahead of it' : ', and not ahead of it'}; it is of ${minorText(version)}, and istiod's of ${minorText(istiod)}`,
      hint: 'upgrade one minor version at a time, istiod first.',
    })
  }
}

function versionOf({ component, values }: Subject['entries'][number]): Version | undefined {
  const own = valueAt(values, component.valuesRoot)
  const tag = map(own).tag ?? values.tag ?? map(values.global).tag
  return typeof tag === 'string' ? parseVersion(tag) : undefined
}
