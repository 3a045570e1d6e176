/** What a chart may ask of the cluster that it is rendered for. */

import { typed } from '../gotemplate/value.ts'
import { ChartError } from './failed.ts'

/** A version of Kubernetes. */
export interface KubeVersion {
  /** As it was given, behind a `v`. */
  readonly version: string
  /** Only its numbers, which conditions are checked against. */
  readonly normalized: string
  readonly major: string
  readonly minor: string
}

export interface Capabilities {
  readonly kubeVersion: KubeVersion
  readonly apiVersions: readonly string[]
}

/** The release of Helm whose behaviour this follows, and what it was built with. */
const helm = { version: 'v4.3.1', goVersion: 'go1.26.8', kubeClientVersion: 'v1.37' }

/** The API versions that Helm knows without asking a cluster, in its order. */
const knownVersions = {
  '': 'v1',
  'admissionregistration.k8s.io': 'v1 v1alpha1 v1beta1',
  'internal.apiserver.k8s.io': 'v1alpha1',
  apps: 'v1 v1beta1 v1beta2',
  'authentication.k8s.io': 'v1 v1alpha1 v1beta1',
  'authorization.k8s.io': 'v1 v1beta1',
  autoscaling: 'v1 v2',
  batch: 'v1 v1beta1',
  'certificates.k8s.io': 'v1 v1beta1 v1alpha1',
  'coordination.k8s.io': 'v1alpha2 v1beta1 v1',
  'discovery.k8s.io': 'v1 v1beta1',
  'events.k8s.io': 'v1 v1beta1',
  extensions: 'v1beta1',
  'flowcontrol.apiserver.k8s.io': 'v1 v1beta1 v1beta2 v1beta3',
  'lifecycle.k8s.io': 'v1alpha1',
  'networking.k8s.io': 'v1 v1beta1',
  'node.k8s.io': 'v1 v1alpha1 v1beta1',
  policy: 'v1 v1beta1',
  'rbac.authorization.k8s.io': 'v1 v1beta1 v1alpha1',
  'resource.k8s.io': 'v1 v1beta2 v1beta1 v1alpha3',
  'scheduling.k8s.io': 'v1alpha3 v1beta1 v1',
  'storage.k8s.io': 'v1beta1 v1 v1alpha1',
  'storagemigration.k8s.io': 'v1 v1beta1',
  'apiextensions.k8s.io': 'v1beta1 v1',
} as const

/** What Helm assumes without a cluster, and the API versions that were given besides. */
export function defaultCapabilities(
  kubeVersion = defaultKubeVersion,
  apiVersions: readonly string[] = [],
): Capabilities {
  const known = Object.entries(knownVersions).flatMap(([group, versions]) =>
    versions.split(' ').map((version) => (group === '' ? version : `${group}/${version}`)),
  )
  return { kubeVersion, apiVersions: [...known, ...apiVersions] }
}

const defaultKubeVersion: KubeVersion = { version: 'v1.37.0', normalized: 'v1.37.0', major: '1', minor: '37' }

/** The version that a text tells, such as `1.31.2-gke.1`, or what is wrong with it in Helm's words. */
export function parseKubeVersion(text: string): KubeVersion | { readonly error: string } {
  const fail = (why: string) => ({ error: `invalid kube version '${text}': ${why}` })
  const [, numbers, rest = ''] = /^\s*v?(\d+(?:\.\d+)*)(.*?)\s*$/s.exec(text) ?? []
  if (numbers === undefined) return fail(`could not parse "${text}" as version`)
  const parts = numbers.split('.')
  if (parts.length < 2) return fail(`illegal version string "${text}"`)
  const padded = parts.find((part) => /^0\d/.test(part))
  if (padded !== undefined) return fail(`illegal zero-prefixed version component "${padded}" in "${text}"`)
  const normalized = `v${parts.map(BigInt).join('.')}`
  const [major = '', minor = ''] = parts
  return {
    version: text.startsWith('v') ? text : `v${text}`,
    normalized: rest === text ? text : normalized,
    major,
    minor,
  }
}

/** As `parseKubeVersion`, undefined for nothing; throws a ChartError. */
export function kubeVersionOf(text: string | undefined): KubeVersion | undefined {
  if (text === undefined || text === '') return undefined
  const version = parseKubeVersion(text)
  if ('error' in version) throw new ChartError(version.error, 'usage')
  return version
}

/** What a struct is as JSON: its fields keep their order. */
function struct<T extends object>(fields: T): T {
  return typed(fields, { name: '', struct: true })
}

/** `.Capabilities` */
export function capabilitiesValue({ kubeVersion, apiVersions }: Capabilities): object {
  const { version, normalized, major, minor } = kubeVersion
  const { version: helmVersion, goVersion, kubeClientVersion } = helm
  const known = new Set(apiVersions)
  const kubeJson = struct({ Version: version, Major: major, Minor: minor })
  const kube = typed({ Version: version, normalizedVersion: normalized, Major: major, Minor: minor }, {
    name: 'common.KubeVersion',
    struct: true,
    textInPlace: normalized,
    json: kubeJson,
    methods: {
      String: { parameters: [], call: () => normalized },
      GitVersion: { parameters: [], call: () => version },
    },
  } as { name: string })
  const versions = typed([...apiVersions], {
    name: 'common.VersionSet',
    zero: '',
    methods: { Has: { parameters: ['string'], call: (version: string) => known.has(version) } },
  })
  const helmJson = struct({ version: helmVersion, go_version: goVersion, kube_client_version: kubeClientVersion })
  const build = typed(
    {
      Version: helmVersion,
      GitCommit: '',
      GitTreeState: '',
      GoVersion: goVersion,
      KubeClientVersion: kubeClientVersion,
    },
    {
      name: 'version.BuildInfo',
      struct: true,
      json: helmJson,
    } as { name: string },
  )
  const fields = { KubeVersion: kube, APIVersions: versions, HelmVersion: build }
  const json = struct({ KubeVersion: kubeJson, APIVersions: [...apiVersions], HelmVersion: helmJson })
  return typed(fields, { name: '*common.Capabilities', struct: true, json } as { name: string })
}
