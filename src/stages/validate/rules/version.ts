/** A version as far as compatibility goes. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number | undefined
}

/** Reads `1.30.3`, `v1.33`, `1.29.2-distroless` and the like; nothing for what begins otherwise. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+.].*)?$/s.exec(text) ?? []
  if (major === undefined || minor === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? undefined : Number(patch) }
}

/** How many minor versions the first one is ahead of the second one; nothing across major versions. */
export function minorsAhead(version: Version, of: Version): number | undefined {
  return version.major === of.major ? version.minor - of.minor : undefined
}

/** `1.30`. */
export function minorText({ major, minor }: Version): string {
  return `${major}.${minor}`
}
