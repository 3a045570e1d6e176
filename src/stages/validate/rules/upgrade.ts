import { quote, type Rule } from './rule.ts'
import { minorsAhead, minorText, parseVersion } from './version.ts'

/** How many minor versions an upgrade may span: in place, and with a revision beside the old one. */
const inPlace = 1
const canary = 2

/**
 * Reports what Istio doesn't support in the way from `previousVersion` to the bundled release: `skipped-minor`,
 * `downgrade`, and `version-skew` of the node agent, which all revisions share. istioctl knows nothing of it.
 */
export const upgrade: Rule = ({ settings, version, resolved, entries }, tell) => {
  const from = parseVersion(settings.previousVersion ?? '')
  const to = parseVersion(version)
  const ahead = from && to && minorsAhead(to, from)
  if (!from || !to || ahead === undefined) return
  const at = settings.place?.('previousVersion')
  const path = ['spec', 'previousVersion']
  const down = ahead < 0 || (ahead === 0 && (from.patch ?? 0) > (to.patch ?? 0))
  const limit = resolved.revision === '' ? inPlace : canary
  if (down) {
    tell({
      grade: ahead < -1 ? 'mistake' : 'warning',
      code: 'downgrade',
      path,
      must: `not be newer than ${version}, which is rendered; it is ${quote(settings.previousVersion)}`,
      hint:
        ahead < -1
          ? 'go back one minor version at a time.'
          : 'resources that use what came since are refused or ignored afterwards; look for them first.',
      at,
    })
  } else if (ahead > limit) {
    tell({
      grade: 'mistake',
      code: 'skipped-minor',
      path,
      must: `be at least ${to.major}.${to.minor - limit} for an upgrade to ${minorText(to)} ${limit === canary ? 'with a revision of its own' : 'in place'}; it is ${quote(settings.previousVersion)}`,
      hint: `upgrade to ${from.major}.${from.minor + limit} first.`,
      at,
    })
  }
  const agent = entries.find(({ component }) => component.spec === 'cni')
  if (agent && !down && ahead === 2 && ahead <= limit) {
    tell({
      grade: 'warning',
      code: 'version-skew',
      path: agent.path,
      must: `be at most one minor version ahead of every istiod; the one of ${minorText(from)} stays while workloads move to revision ${quote(resolved.revision)}`,
      hint: `keep \`tag\` of the component at ${from.major}.${from.minor + 1} until the old revision is gone.`,
    })
  }
}
