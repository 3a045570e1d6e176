import { row } from '../../../k8s/object.ts'
import { display } from '../../order/display.ts'
import { entryPath, type MeshRule } from './mesh.ts'
import { minorsAhead, minorText, parseVersion } from './version.ts'

/** When Kubernetes began, and when it ceased, to serve an API: of all its kinds, or of one. */
const served: { readonly [api: string]: { readonly since?: string; readonly until?: string; readonly now?: string } } =
  {
    'policy/v1': { since: '1.21' },
    'policy/v1beta1': { until: '1.25', now: 'policy/v1' },
    'autoscaling/v2': { since: '1.23' },
    'autoscaling/v2beta1': { until: '1.25', now: 'autoscaling/v2' },
    'autoscaling/v2beta2': { until: '1.26', now: 'autoscaling/v2' },
    'discovery.k8s.io/v1': { since: '1.21' },
    'discovery.k8s.io/v1beta1': { until: '1.25', now: 'discovery.k8s.io/v1' },
    'networking.k8s.io/v1beta1': { until: '1.22', now: 'networking.k8s.io/v1' },
    'extensions/v1beta1': { until: '1.22', now: 'networking.k8s.io/v1' },
    'apps/v1beta1': { until: '1.16', now: 'apps/v1' },
    'apps/v1beta2': { until: '1.16', now: 'apps/v1' },
    'rbac.authorization.k8s.io/v1beta1': { until: '1.22', now: 'rbac.authorization.k8s.io/v1' },
    'apiextensions.k8s.io/v1beta1': { until: '1.22', now: 'apiextensions.k8s.io/v1' },
    'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration': {
      until: '1.22',
      now: 'admissionregistration.k8s.io/v1',
    },
    'admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration': {
      until: '1.22',
      now: 'admissionregistration.k8s.io/v1',
    },
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': { since: '1.30' },
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': { since: '1.30' },
  }

/** Where no version is given, the oldest cluster that the release supports is assumed to be there. */
const assumed = '1.32'

/**
 * Reports `api-not-served` for objects of an API that the cluster doesn't have, by the Kubernetes version of the settings:
 * one that is gone, or not there yet.
 */
export const apis: MeshRule = ({ rendered, settings }, tell) => {
  const cluster = parseVersion(settings.kubeVersion ?? assumed)
  if (!cluster) return
  const told = new Set<string>()
  for (const item of rendered) {
    const { apiVersion, kind } = item.object
    const known = row(served, `${apiVersion}/${kind}`) ?? row(served, apiVersion)
    const [since, until] = [parseVersion(known?.since ?? ''), parseVersion(known?.until ?? '')]
    const early = since && (minorsAhead(cluster, since) ?? 0) < 0
    const late = until && (minorsAhead(cluster, until) ?? 0) >= 0
    const key = `${item.path} ${apiVersion} ${kind}`
    if ((!early && !late) || told.has(key)) continue
    told.add(key)
    tell(item, {
      grade: 'mistake',
      code: 'api-not-served',
      path: entryPath(item),
      must: `hold no ${display(item.object)} of "${apiVersion}": Kubernetes ${minorText(cluster)} ${late ? `serves it no more, since ${known?.until}` : `doesn't serve it yet, as ${known?.since} does`}`,
      hint: late && known?.now ? `use "${known.now}".` : 'upgrade the cluster, or switch off what renders it.',
    })
  }
}
