/** What a chart says of its release: both are text of `Chart.yaml`. */
export interface Stated {
  readonly version?: string | undefined
  readonly appVersion?: string | undefined
}

/** The oldest minor version of Istio 1 whose charts are laid out like those of today. */
const oldest = 6

/**
 * The release of Istio that a chart is of, such as `1.28.0` or `1.28.0-vendor`; nothing for a chart from a source tree,
 * which holds a placeholder (`1.0.0`, `1.1.0`) until it is released.
 */
export function releaseOf({ version, appVersion }: Stated): string | undefined {
  return [appVersion, version].map((text) => text?.replace(/^v/, '')).find((text) => minorOf(text) !== undefined)
}

/** The minor version of a release of Istio 1. */
export function minorOf(release: string | undefined): number | undefined {
  const [, minor] = /^1\.(\d{1,3})(?:[.+-].*)?$/.exec(release ?? '') ?? []
  return minor !== undefined && Number(minor) >= oldest ? Number(minor) : undefined
}

/** What stands in a source tree until it is released. */
const placeholders = ['1.0.0', '1.1.0', 'latest', '']

/** The version of a chart that is neither of a release that is known nor a placeholder, such as `2.0.0`. */
export function strangeVersion(stated: Stated): string | undefined {
  if (releaseOf(stated) !== undefined) return undefined
  return [stated.appVersion, stated.version].find((text) => text !== undefined && !placeholders.includes(text))
}

/** Whether the charts of a release are handed what istioctl hands those of another, which is newer. */
export function isBefore(release: string | undefined, minor: number): boolean {
  const own = minorOf(release)
  return own !== undefined && own < minor
}

/** The patch versions, by minor version, from which on istioctl hands charts the replicas that `k8s` settings ask for. */
const replicasSince: { readonly [minor: number]: number } = { 28: 8, 30: 4 }

/** Whether istioctl of a release hands charts the replicas that `k8s` settings ask for. */
export function handsReplicas(release: string | undefined): boolean {
  const minor = minorOf(release)
  if (minor === undefined) return false
  const [, patch = '0'] = /^1\.\d+\.(\d+)/.exec(release ?? '') ?? []
  return minor > 30 || Number(patch) >= (replicasSince[minor] ?? Number.POSITIVE_INFINITY)
}
